import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clauses } from '../../../../demo/server/realtime/clauses.ts';

function cut(...pieces: string[]): { ready: readonly (readonly string[])[]; rest: readonly string[] } {
  const clauses = new Clauses();
  return { ready: pieces.map((piece) => clauses.push(piece)), rest: clauses.finish() };
}

describe('Clauses', () => {
  it('lets the first piece go at its first breath, later ones as whole sentences', () => {
    const { ready, rest } = cut('We are open on weekdays, from nine to five. ', 'On Saturdays, we close at noon. ');
    expect(ready).toEqual([['We are open on weekdays, '], ['from nine to five. ']]);
    expect(rest).toEqual(['On Saturdays, we close at noon. ']);
  });

  it('does not let go of a sentence that may go on', () => {
    expect(cut('It costs 3').ready).toEqual([[]]);
    expect(cut('It costs 3', '.50 in all.').rest).toEqual(['It costs 3.50 in all.']);
  });

  it('an abbreviation ends no sentence', () => {
    expect(cut('Ask for Dr. Miller at the desk. She helps.').ready).toEqual([['Ask for Dr. Miller at the desk. ']]);
  });

  it('cuts a breathless sentence between words', () => {
    const text = 'word '.repeat(200);
    const { ready, rest } = cut(text);
    const all = [...ready.flat(), ...rest];
    expect(all.join('')).toBe(text);
    expect(Math.max(...all.map((piece) => piece.length))).toBeLessThanOrEqual(241);
    expect(all.every((piece) => piece.endsWith(' '))).toBe(true);
  });

  it('loses and adds nothing, however the answer arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 30 }), (pieces) => {
        const { ready, rest } = cut(...pieces);
        expect([...ready.flat(), ...rest].join('')).toBe(pieces.join(''));
      }),
    );
  });
});
