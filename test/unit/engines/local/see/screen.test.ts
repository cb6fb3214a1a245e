import { describe, expect, it } from 'vitest';
import { screenElements } from '../../../../../demo/server/engines/local/see/elements.ts';
import { flatAreas, type Pixels } from '../../../../../demo/server/engines/local/see/flat-areas.ts';
import { mergedLines, type TextLine } from '../../../../../demo/server/engines/local/see/text-lines.ts';
import { textStrips } from '../../../../../demo/server/engines/local/see/text-strips.ts';

type Colour = readonly [number, number, number];
const WHITE: Colour = [255, 255, 255];
const BLUE: Colour = [30, 90, 220];
const INK: Colour = [20, 20, 20];

const WIDTH = 1280;
const HEIGHT = 240;

/** Boxes painted one over the other on white. */
function painted(...boxes: readonly (readonly [x: number, y: number, width: number, height: number, colour: Colour])[]): Pixels {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(255);
  for (const [x, y, width, height, colour] of boxes)
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++) data.set(colour, 3 * (row * WIDTH + column));
  return { data, width: WIDTH, height: HEIGHT };
}

/** Strokes as letters have them. */
const letters = (x: number, y: number, count: number, colour: Colour) =>
  Array.from({ length: count }, (_, index) => [x + index * 8, y, 3, 12, colour] as const);

const line = (text: string, x: number, y: number, width: number, height = 12, confidence = 0.9): TextLine => ({
  line: text,
  confidence,
  area: { left: x / WIDTH, top: y / HEIGHT, right: (x + width) / WIDTH, bottom: (y + height) / HEIGHT },
});

describe('areas of one colour', () => {
  it('are found with their frames; compression does not part them', () => {
    const pixels = painted([100, 60, 200, 40, BLUE]);
    for (let at = 0; at < pixels.data.length; at++)
      pixels.data[at] = Math.max(0, Math.min(255, (pixels.data[at] ?? 0) + ((at * 7919) % 5) - 2));
    const { areas } = flatAreas(pixels);
    expect(areas).toHaveLength(2);
    expect(areas[1]).toMatchObject({ left: 100, top: 60, right: 300, bottom: 100, size: 8000 });
    expect(areas[1]?.score).toBeGreaterThan(0.95);
  });

  it('have rows of strokes between them, which are lines of text; edges of boxes are none', () => {
    const pixels = painted([100, 60, 300, 40, BLUE], ...letters(140, 74, 10, WHITE), ...letters(600, 150, 12, INK));
    const strips = textStrips(flatAreas(pixels), WIDTH, HEIGHT);
    expect(strips).toHaveLength(2);
    expect(strips[0]).toMatchObject({ left: 140, top: 74 });
    expect(strips[1]).toMatchObject({ left: 600, top: 150 });
  });
});

describe('elements', () => {
  const elements = (pixels: Pixels, lines: readonly TextLine[]): unknown =>
    screenElements(pixels, flatAreas(pixels).areas, lines).map(({ kind, label }) => `${kind} ${label}`);

  it('are a button where words stand in the middle of a box, a field where they begin it', () => {
    const field = [[500, 60, 360, 40, INK] as const, [502, 62, 356, 36, WHITE] as const];
    expect(
      elements(painted([100, 60, 160, 40, BLUE], ...field), [
        line('Sign in', 150, 74, 60),
        line('you@example.com', 514, 74, 110),
      ]),
    ).toEqual(['button Sign in', 'field you@example.com']);
  });

  it('are none in plain text', () => {
    expect(elements(painted(), [line('Only a sentence that stands on the page', 100, 120, 320)])).toEqual([]);
  });

  it('are a menu where its words stand in a row at the top', () => {
    expect(elements(painted(), [line('File Edit View', 10, 10, 110)])).toEqual(['menu File', 'menu Edit', 'menu View']);
  });
});

describe('two readings of a page', () => {
  it('are one, the surer line of each place kept, in reading order', () => {
    const page = [line('Sign im', 150, 74, 60, 12, 0.7), line('Footer', 10, 200, 60)];
    const strips = [line('Sign in', 150, 74, 62, 12, 0.95), line('Header', 10, 10, 60)];
    expect(mergedLines([page, strips]).map(({ line: text }) => text)).toEqual(['Header', 'Sign in', 'Footer']);
  });

  it('a piece does not stand for its line', () => {
    expect(
      mergedLines([[line('Good morning to all', 10, 10, 200)], [line('morning', 60, 10, 60, 12, 0.99)]]).map(
        ({ line: text }) => text,
      ),
    ).toEqual(['Good morning to all']);
  });
});
