import { readTokens } from '../../knowledge/language.ts';
import { readTerms } from '../../knowledge/terms.ts';

/** The words that a text is about: its nouns and names, those said most and longest first. English. Pure. */
export function keywordsOf(text: string, count: number): readonly string[] {
  const wanted = new Set(readTerms(text).map(({ text: word }) => word));
  const found = new Map<string, { readonly word: string; weight: number }>();
  for (const { text: word, stem, pos } of readTokens(text)) {
    if ((pos !== 'NOUN' && pos !== 'PROPN') || !wanted.has(word) || word.length < 3) continue;
    const known = found.get(stem) ?? { word, weight: 0 };
    known.weight += 1 + (pos === 'PROPN' ? 0.5 : 0) + Math.min(word.length, 10) / 20;
    found.set(stem, known);
  }
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, count)
    .map(({ word }) => word);
}
