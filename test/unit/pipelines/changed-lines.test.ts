import { expect, it } from 'vitest';
import type { CaptionLine } from '../../../src/pipelines/caption-lines.ts';
import { changedLines } from '../../../src/pipelines/changed-lines.ts';

const line = (id: string, text: string, more: Partial<CaptionLine> = {}): CaptionLine => ({
  id,
  stream: 's',
  startMs: 0,
  endMs: null,
  at: 0,
  original: { text, language: 'en', final: false },
  translation: null,
  ...more,
});

it('finds new and changed lines among copies', () => {
  const before = [line('1', 'one'), line('2', 'two'), line('3', 'three'), line('4', 'four')];
  const now = structuredClone([
    line('1', 'one'),
    line('2', 'two and a half'),
    line('3', 'three', { translation: { text: 'tres', language: 'es', final: true } }),
    line('4', 'four', { endMs: 900 }),
    line('5', 'five'),
  ]);
  expect(changedLines(now, before).map(({ id }) => id)).toEqual(['2', '3', '4', '5']);
  expect(changedLines(now, now)).toEqual([]);
});

it('finds a line that became final', () => {
  const final = line('1', 'one', { original: { text: 'one', language: 'en', final: true } });
  expect(changedLines([final], [line('1', 'one')])).toEqual([final]);
});
