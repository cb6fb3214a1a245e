import { describe, expect, it } from 'vitest';
import { around, find, type FoundSection } from '../../../demo/docs/site/search.ts';

/** Finding a section of the documents. */

const section = (heading: string, text: string, page = 'Guide'): FoundSection => ({ href: heading, page, heading, text });
const sections = [
  section('Tokens', 'A page never holds a key.'),
  section('Languages', 'The table of German has a key. Tokens are elsewhere.'),
  section('Größe', 'Grows with the text.'),
  section('Playing', 'viva-player', 'Streams'),
];
const headings = (query: string) => find(sections, query).map(({ heading }) => heading);

describe('the search', () => {
  it('finds what a section is about before what it mentions', () => {
    expect(headings('tokens')).toEqual(['Tokens', 'Languages']);
  });

  it('wants every word, wherever it stands', () => {
    expect(headings('german key')).toEqual(['Languages']);
    expect(headings('streams player')).toEqual(['Playing']);
    expect(headings('german pony')).toEqual([]);
  });

  it('goes by beginnings of words, without accents and case; nothing finds nothing', () => {
    expect(headings('GROSSE')).toEqual([]);
    expect(headings('groß')).toEqual(['Größe']);
    expect(headings('lang')).toEqual(['Languages']);
    expect(headings('  ')).toEqual([]);
  });

  it('takes signs as they are', () => {
    expect(headings('(')).toEqual([]);
    expect(headings('viva-player')).toEqual(['Playing']);
  });

  it('shows the words around what was found', () => {
    const text = `${'before '.repeat(40)}needle ${'after '.repeat(40)}`;
    expect(around(text, 'needle')).toMatch(/^… .*needle.* …$/);
    expect(around('short text', 'text')).toBe('short text');
    expect(around('without it', 'nothing')).toBe('without it');
  });
});
