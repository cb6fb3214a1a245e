import { expect, it } from 'vitest';
import { entriesOf } from '../../../../../demo/server/livestream/search/vocabulary.ts';

it('words and runs are kept once; what is short, a number or endless is not', () => {
  expect(entriesOf('new launch launch su7 2026 新车发布会 车').map(({ word }) => word)).toEqual(['launch', '新车发布会']);
  expect(entriesOf('a'.repeat(41))).toEqual([]);
});

it('a long run is kept in windows, each search of 16 whole in one', () => {
  const run = Array.from({ length: 75 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
  const windows = entriesOf(run).map(({ word }) => word);
  for (let at = 0; at + 16 <= run.length; at++) {
    expect(windows.some((window) => window.includes(run.slice(at, at + 16)))).toBe(true);
  }
  expect(windows.every((window) => window.length <= 32)).toBe(true);
});
