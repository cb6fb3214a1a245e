import { describe, expect, it } from 'vitest';
import { around, sectionIndex, type FoundSection } from '../../../demo/docs/site/search.ts';

/** Finding a section of the documents. */

const section = (heading: string, text: string, page = 'Guide'): FoundSection => ({ href: heading, page, heading, text });
const sections = [
  section('Tokens', 'A page never holds a key.'),
  section('Languages', 'The table of German has a key. Tokens are elsewhere.'),
  section('Größe', 'Grows with the text.'),
  section('Playing', 'viva-player', 'Streams'),
];
const index = sectionIndex(sections);
const headings = (query: string) => index.find(query).map(({ heading }) => heading);

describe('the search', () => {
  it('finds what a section is about before what it mentions', () => {
    expect(headings('tokens')).toEqual(['Tokens', 'Languages']);
  });

  it('puts what has more of the words first, and does not ask for all of them', () => {
    expect(headings('german key')[0]).toBe('Languages');
    expect(headings('how do I use the german key')[0]).toBe('Languages');
    expect(headings('streams player')).toEqual(['Playing']);
    expect(headings('german pony')).toEqual(['Languages']);
    expect(headings('pony')).toEqual([]);
  });

  it('knows the words of other documents', () => {
    expect(headings('locale')).toEqual(['Languages']);
    expect(around(`${'before '.repeat(40)}lang ${'after '.repeat(40)}`, 'locale')).toContain('lang');
  });

  it('goes by beginnings of words, without accents and case; nothing finds nothing', () => {
    expect(headings('groß')).toEqual(['Größe']);
    expect(headings('lang')).toEqual(['Languages']);
    expect(headings('  ')).toEqual([]);
  });

  it('forgives a letter', () => {
    expect(headings('langauges')).toEqual(['Languages']);
  });

  it('goes by words, not by signs', () => {
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
