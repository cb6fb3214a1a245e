import { describe, expect, it } from 'vitest';
import { layoutOf, symbolRows } from '../../../src/elements/keyboard/layouts.ts';
import { localeTags } from '../../../src/locales/tags.ts';

describe('layouts', () => {
  it.each(localeTags)('%s: each letter is there once, in rows that fit', (tag) => {
    const { rows, more } = layoutOf(tag);
    const letters = [...rows.flat(), ...more];
    expect(letters.filter((letter, index) => letters.indexOf(letter) !== index)).toEqual([]);
    expect(letters.every((letter) => letter.trim() !== '')).toBe(true);
    expect(rows.every((row) => row.length <= 12)).toBe(true);
  });

  it.each([
    ['en-GB', 'q'],
    ['de', 'q'],
    ['fr-CA', 'a'],
    ['ru', 'й'],
    ['el', 'ε'],
    ['ar', 'ض'],
    ['he', 'ק'],
    ['ja', 'q'],
  ])('%s begins with %s', (tag, first) => {
    expect(layoutOf(tag).rows[0]?.[0]).toBe(first);
  });

  it('know which scripts have no capitals', () => {
    expect(['ar', 'he', 'fa', 'ur', 'el', 'ru'].map((tag) => layoutOf(tag).capitals)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('have every digit', () => {
    expect(symbolRows[0]).toEqual('1234567890'.split(''));
  });
});
