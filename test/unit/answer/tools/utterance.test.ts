import { describe, expect, it } from 'vitest';
import { MappedText } from '../../../../demo/server/engines/local/answer/tools/mapped-text.ts';
import { readUtterance } from '../../../../demo/server/engines/local/answer/tools/utterance.ts';

/** A Friday. */
const NOW = new Date(2026, 10, 20, 10, 0);
const values = (said: string, about = '') =>
  readUtterance(said, NOW, about).entities.map(({ kind, value }) => `${kind} ${String(value)}`);

describe('an utterance', () => {
  it.each([
    ['book a table for four tomorrow at seven thirty pm', ['number 4', 'date 2026-11-21', 'time 19:30']],
    ['next Friday at 8 pm', ['date 2026-11-27', 'time 20:00']],
    ['the day after tomorrow', ['date 2026-11-22']],
    ['at half past three', ['time 15:30']],
    ['set a timer for half an hour', ['duration 30']],
    ['where is order four four one two', ['code 4412']],
    ['track AB-1234', ['code AB-1234']],
    ['order twenty tulips', ['number 20']],
    ['fifty euros', ['money 50']],
    ['eighteen euros fifty', ['money 18.5']],
    ['two point five kilograms', ['number 2.5']],
    ['write to anna@example.com', ['email anna@example.com']],
    ['anna dot smith at example dot com', ['email anna.smith@example.com']],
    ['my phone number is 020 7946 0018', ['phone 020 7946 0018']],
    ['from Madrid to Berlin', ['place Madrid', 'place Berlin']],
    ['translate it into spanish', ['language spanish']],
    ['to 12 Oak Street', ['street 12 Oak Street']],
    ['the other one', []],
  ])('%s holds %j', (said, expected) => {
    expect(values(said)).toEqual(expected);
  });

  it('takes seven for the evening where a table is spoken of', () => {
    expect(values('at seven')).toEqual(['time 07:00']);
    expect(values('at seven', 'book a table')).toEqual(['time 19:00']);
  });

  it('remembers the words behind what it rewrote', () => {
    const { mapped, entities } = readUtterance('remind me at half past seven pm to call', NOW);
    const time = entities.find(({ kind }) => kind === 'time');
    expect(mapped.original(time?.start ?? 0, time?.end ?? 0)).toContain('half past seven');
  });
});

it('a mapped text keeps places through several rewritings', () => {
  const text = new MappedText('one plus twenty');
  text.replace(/one/g, () => '1');
  text.replace(/twenty/g, () => '20');
  expect(text.text).toBe('1 plus 20');
  expect(text.original(0, 1)).toBe('one');
  expect(text.original(7, 9)).toBe('twenty');
  expect(text.original(2, 6)).toBe('plus');
});
