import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { clearStages, stages } from '../../support/access-stages.ts';
import { everything, unmountAll } from '../../support/tag.ts';

/** What a reader asked of the system is heeded by every element: colours, motion, transparency, size of text. */

const wish = async (features: Readonly<Record<string, string>>): Promise<void> => {
  await cdp().send('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });
};

beforeAll(() => page.viewport(1200, 900));
afterEach(async () => {
  unmountAll();
  clearStages();
  document.documentElement.style.fontSize = '';
  await wish({});
  await page.viewport(1200, 900);
});

const names = Object.keys(stages);
const visible = (element: Element): boolean => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const told = (element: Element): string => element.outerHTML.slice(0, 100);

/** The element around, also through shadow roots. */
const around = (element: Element): Element | null => {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
};
/** 0–1 */
const alphaOf = (element: Element): number => {
  const { backgroundColor } = getComputedStyle(element);
  const alpha = /(?:\/ |rgba\(.*, )([\d.]+)\)$/.exec(backgroundColor)?.[1];
  return backgroundColor === 'transparent' ? 0 : alpha === undefined ? 1 : Number(alpha);
};

/** Relative luminance of a colour that is told as `rgb(…)`: forced colours all are. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = (/^rgba?\((.+?)\)$/.exec(colour)?.[1] ?? '')
    .split(',')
    .map((part) => Number(part) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
/** By what is painted: axe asks for the fill of letters, which Chromium tells as it is without forced colours. */
const contrast = (element: Element): number => {
  let ground: Element | null = element;
  while (ground !== null && alphaOf(ground) < 1) ground = around(ground);
  const below = luminance(ground === null ? 'rgb(255, 255, 255)' : getComputedStyle(ground).backgroundColor);
  const ink = luminance(getComputedStyle(element).color);
  return (Math.max(below, ink) + 0.05) / (Math.min(below, ink) + 0.05);
};
const hasWords = (element: Element): boolean =>
  Array.from(element.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && (node.nodeValue ?? '').trim() !== '');

describe('forced colours', () => {
  test.each(names)('%s: words are read, what can be pressed has an edge or words, the focus is seen', async (name) => {
    await wish({ 'forced-colors': 'active' });
    expect(matchMedia('(forced-colors: active)').matches).toBe(true);
    const root = await stages[name]!({});
    const pale = everything(root).filter((element) => hasWords(element) && visible(element) && contrast(element) < 4.5);
    // What cannot be pressed now may be pale (WCAG 1.4.3), as the system's own GrayText is; Highlight and HighlightText are a pair of its own.
    const excused = ':disabled, [aria-disabled="true"], .solid, .solid *';
    expect(pale.filter((element) => !element.matches(excused)).map(told)).toEqual([]);
    const unseen = everything(root)
      // Sliders and boxes to tick are drawn by the browser, which knows its colours.
      .filter((element) => element.matches('button, select, textarea, input[type="text"]') && visible(element))
      .filter((element) => {
        const edged = (each: Element): boolean => {
          const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(each);
          return (borderTopStyle !== 'none' && borderTopWidth !== '0px') || outlineStyle !== 'none';
        };
        const edge = edged(element) || (element.matches('textarea') && edged(element.closest('form') ?? element));
        return !edge && element.textContent.trim() === '' && element.querySelector('svg, img') === null;
      });
    expect(unseen.map(told)).toEqual([]);
  });

  test('the focus is seen on whatever takes it', async () => {
    await wish({ 'forced-colors': 'active' });
    const root = await stages['panel, answering']!({});
    for (const element of everything(root).filter(
      (each): each is HTMLElement => each.matches('button, textarea') && visible(each),
    )) {
      element.focus({ focusVisible: true });
      const { outlineStyle, outlineColor } = getComputedStyle(element);
      const around = getComputedStyle(element.closest('form, label') ?? element);
      const shown = outlineStyle !== 'none' || around.outlineStyle !== 'none';
      expect(shown, `${told(element)} ${outlineColor}`).toBe(true);
    }
  });
});

test.each(names)(
  'reduced motion and transparency: nothing moves for ever or is blurred, no page shines through a ground, %s',
  async (name) => {
    await wish({ 'prefers-reduced-motion': 'reduce', 'prefers-reduced-transparency': 'reduce' });
    const root = await stages[name]!({});
    const endless = everything(root)
      .flatMap((element) => [...element.getAnimations(), ...element.getAnimations({ subtree: true })])
      .filter((animation) => animation.playState === 'running' && animation.effect?.getComputedTiming().endTime === Infinity);
    expect(endless.map(({ effect }) => (effect instanceof KeyframeEffect && effect.target ? told(effect.target) : ''))).toEqual(
      [],
    );
    const through = everything(root)
      .filter(visible)
      .filter((element) => {
        if (getComputedStyle(element).backdropFilter !== 'none') return true;
        if (alphaOf(element) === 0 || alphaOf(element) === 1) return false;
        // A tint upon a ground of ours hides as much as that ground does.
        for (let at = around(element); at !== null && at !== root.parentElement; at = around(at))
          if (alphaOf(at) === 1) return false;
        return root.localName === 'viva-voce';
      });
    expect(through.map((element) => `${told(element)} ${getComputedStyle(element).backgroundColor}`)).toEqual([]);
  },
);

test.each(names)('text twice as large: nothing to the side, nothing cut, %s', async (name) => {
  document.documentElement.style.fontSize = '32px';
  const root = await stages[name]!({});
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  const cut = everything(root)
    .filter((element) => element.matches('button, summary, label, h2, h3, p, legend') && visible(element))
    .filter((element) => {
      const { overflowX, overflowY, clipPath } = getComputedStyle(element);
      if (clipPath !== 'none' || element.getBoundingClientRect().width <= 1) return false;
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      return (
        (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
      );
    });
  expect(cut.map(told)).toEqual([]);
});
