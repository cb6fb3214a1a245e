import { describe, expect, it } from 'vitest';
import { fold, piecesOf } from '../../../../../demo/server/livestream/search/fold.ts';

describe('fold', () => {
  it.each([
    ['  New\n car ', 'new car'],
    ['Élan ÉLAN élan E\u0301lan', 'elan elan elan elan'],
    ['Straße, Œuvre, Łódź, Ærø', 'strasse, oeuvre, lodz, aero'],
    ['ＳＵ７ ﬁnal', 'su7 final'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['İstanbul ıstanbul', 'istanbul istanbul'],
    ['新车发布会', '新车发布会'],
    ['ประเทศไทย', 'ประเทศไทย'.normalize('NFKD')],
    ['100% _a\\b', '100% _a\\b'],
  ])('%j is %j', (text, folded) => expect(fold(text)).toBe(folded));
});

describe('pieces', () => {
  it('are letters, runs without spaces, and the rest', () => {
    expect(piecesOf('xiaomi su7新车,2026 ёж')).toEqual([
      { kind: 'letters', text: 'xiaomi' },
      { kind: 'letters', text: 'su' },
      { kind: 'other', text: '7' },
      { kind: 'unspaced', text: '新车' },
      { kind: 'other', text: ',2026' },
      { kind: 'letters', text: 'ёж' },
    ]);
    expect(piecesOf('')).toEqual([]);
  });
});
