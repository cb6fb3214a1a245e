import { describe, expect, it } from 'vitest';
import { inColumns } from '../../../../../demo/server/engines/local/see/columns.ts';
import { withMissed } from '../../../../../demo/server/engines/local/see/missed-lines.ts';
import { lettersOf, lineOfWords } from '../../../../../demo/server/engines/local/see/line-of-words.ts';

/** Words of 10 px a letter, 20 px high, each at its left edge. */
const words = (...placed: readonly (readonly [left: number, text: string])[]) =>
  placed.map(([left, text]) => ({ text, bbox: { x0: left, y0: 0, x1: left + 10 * text.length, y1: 20 } }));

describe('a line of recognised words', () => {
  it('has spaces between words, none between Chinese characters', () => {
    expect(lineOfWords(words([0, 'Aurora'], [66, 'prices']))).toBe('Aurora prices');
    expect(lineOfWords(words([0, '北风'], [26, '汽车']))).toBe('北风汽车');
  });

  it('has a space beside Chinese where there is room for one, more beside figures', () => {
    expect(lineOfWords(words([0, '总结'], [25, 'Summary']))).toBe('总结 Summary');
    expect(lineOfWords(words([0, '总结'], [22, 'Summary']))).toBe('总结Summary');
    expect(lineOfWords(words([0, '售价'], [26, '21.59'], [80, '万元']))).toBe('售价21.59万元');
    expect(lineOfWords(words([0, '售价'], [32, '21.59']))).toBe('售价 21.59');
  });

  it('has marks of full width between Chinese characters', () => {
    expect(lineOfWords(words([0, '订金'], [20, ','], [32, '退款']))).toBe('订金，退款');
    expect(lineOfWords(words([0, '3,000'], [60, 'km']))).toBe('3,000 km');
  });

  it('counts a Chinese character as two letters', () => expect(lettersOf('a1 北!')).toBe(4));
});

describe('lines across columns', () => {
  const row = (left: string, right: string) => ({ words: words([0, left], [600, right]), confidence: 90 });

  it('are read column by column where they hold sentences', () => {
    const lines = [
      row('Charging took long', 'Charging is quick'),
      row('Range was short then', 'Range is long now'),
      row('Two trim levels', 'Three trim levels'),
    ];
    expect(inColumns(lines, 1280).map(({ text }) => text)).toEqual([
      ...['Charging took long', 'Range was short then', 'Two trim levels'],
      ...['Charging is quick', 'Range is long now', 'Three trim levels'],
    ]);
  });

  it('are read row by row where they are a table, or fewer than three', () => {
    expect(inColumns([row('Price', '$100'), row('Range', '560 km'), row('Seats', '5')], 1280).map(({ text }) => text)).toEqual([
      ...['Price | $100', 'Range | 560 km', 'Seats | 5'],
    ]);
    expect(inColumns([row('Something before it', 'Something after it')], 1280).map(({ text }) => text)).toEqual([
      'Something before it | Something after it',
    ]);
    expect(inColumns([], 1280)).toEqual([]);
  });
});

describe('lines that the whole page’s reading passed over', () => {
  const line = (text: string, top: number, confidence = 0.9, left = 0.1) => ({
    ...{ line: text, confidence },
    area: { left, top, right: left + 0.3, bottom: top + 0.05 },
  });
  const texts = (lines: readonly { readonly line: string }[]): readonly string[] => lines.map(({ line: text }) => text);

  it('are put where they stand', () => {
    const page = [line('Heading', 0.1), line('Below', 0.5)];
    expect(texts(withMissed(page, [line('老款', 0.3), line('Last', 0.9)]))).toEqual(['Heading', '老款', 'Below', 'Last']);
    expect(texts(withMissed([line('Right', 0.3, 0.9, 0.6)], [line('Left', 0.3)]))).toEqual(['Left', 'Right']);
    const columns = [line('Left one', 0.4), line('Left two', 0.5), line('Right one', 0.4, 0.9, 0.6)];
    expect(texts(withMissed(columns, [line('Old', 0.3), line('New', 0.3, 0.9, 0.6)]))).toEqual([
      ...['Old', 'Left one', 'Left two', 'New', 'Right one'],
    ]);
  });

  it('are none where something was read, where it is doubtful or no word', () => {
    const page = [line('Heading', 0.1)];
    expect(texts(withMissed(page, [line('Heoding', 0.11), line('Shade', 0.3, 0.8), line('oO', 0.5, 0.99)]))).toEqual(['Heading']);
  });
});
