import { LitElement } from 'lit';
import { afterEach, describe, expect, test } from 'vitest';
import { filmTokens, tokens } from '../../../src/elements/tokens.styles.ts';

/** The colours of the tokens against the grounds they stand on, in both schemes: WCAG 2.2, 1.4.3 and 1.4.11. */

class Swatch extends LitElement {
  static override styles = [tokens, filmTokens];
}
customElements.define('test-swatch', Swatch);

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
if (canvas === null) throw new Error('no canvas');

afterEach(() => {
  document.querySelector('test-swatch')?.remove();
});

type Rgb = readonly [number, number, number];

/** What a colour looks like on these grounds, the lowest first. */
function painted(colours: readonly string[]): Rgb {
  for (const colour of ['#fff', ...colours]) {
    canvas!.fillStyle = colour;
    canvas!.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = canvas!.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['--_bg', '--_bg-raised', '--_bg-input'];

/** Colour of letters, and what they stand on. */
const text: readonly (readonly [string, readonly string[]])[] = [
  ['--_text', grounds],
  ['--_text-muted', grounds],
  ['--_primary', grounds],
  ['--_error', grounds],
  ['--_thinking', grounds],
  ['--_speaking', grounds],
  ['--_info', grounds],
  ['--_plum', grounds],
  ['--_on-primary', ['--_primary', '--_primary-hover', '--_primary-active']],
  ['--_on-error', ['--_error']],
  ['--_on-film', ['--_film', '--_film-raised', '--_film-control', '--_overlay', '--_recording-label']],
  ['--_on-film-soft', ['--_film', '--_film-deep']],
  ['--_on-film-muted', ['--_film']],
  ['--_on-film-blue', ['--_film']],
  ['--_on-film-amber', ['--_film']],
];

/** Colour of edges and signs that are needed to see a control, and what they stand on. */
const controls: readonly (readonly [string, readonly string[]])[] = [
  ['--_control', grounds],
  ['--_primary', grounds],
  ['--_recording', ['--_film', '--_overlay']],
];

describe.each(['light', 'dark'])('%s', (scheme) => {
  const measured = (pairs: typeof text) => {
    const swatch = document.body.appendChild(document.createElement('test-swatch'));
    swatch.style.colorScheme = scheme;
    const colour = (name: string): string => {
      swatch.style.color = `var(${name})`;
      return getComputedStyle(swatch).color;
    };
    const film = colour('--_film');
    return pairs.flatMap(([ink, stands]) =>
      stands.map((ground) => {
        const below = ground.startsWith('--_film') || ground === '--_overlay' ? [film, colour(ground)] : [colour(ground)];
        return { pair: `${ink} on ${ground}`, ratio: ratio(painted([...below, colour(ink)]), painted(below)) };
      }),
    );
  };

  test('text is at least 4.5 to 1', () => {
    expect(measured(text).filter((it) => it.ratio < 4.5)).toEqual([]);
  });

  test('controls are at least 3 to 1', () => {
    expect(measured(controls).filter((it) => it.ratio < 3)).toEqual([]);
  });
});
