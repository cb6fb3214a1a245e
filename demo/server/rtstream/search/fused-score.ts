import { likeness } from '../../knowledge/terms.ts';
import type { Term } from '../../knowledge/terms.ts';

/**
 * How well a passage fits a query, 0–1: about 0 nothing in common, 0.2 something of the subject, 0.5 and more most of what was asked. Words
 * and meaning are added with weights set by hand; `npm run prove:search` shows what they do to queries that were never looked at for it. Pure.
 */

export interface Evidence {
  /** Share of the query's words that it has, rare ones counting more, 0–1. */
  readonly words: number;
  /** The same, with synonyms counting in part. */
  readonly related: number;
  /** Cosine of the nearest part; null = not known. */
  readonly cosine: number | null;
  /** The query's words stand in it as they are. */
  readonly phrase: boolean;
}

/** Sentences without anything in common have a cosine up to this. */
const UNLIKE = 0.2;
/** Those that say the same in other words. */
const ALIKE = 0.75;
const WORDS = 0.3;
const RELATED = 0.2;
const MEANING = 0.5;
const PHRASE = 0.08;

export function fusedScore({ words, related, cosine, phrase }: Evidence): number {
  const bonus = phrase ? PHRASE : 0;
  if (cosine === null) return Math.min(1, (WORDS * words + RELATED * related) / (WORDS + RELATED) + bonus);
  const meaning = Math.min(1, Math.max(0, (cosine - UNLIKE) / (ALIKE - UNLIKE)));
  return Math.min(1, WORDS * words + RELATED * related + MEANING * meaning + bonus);
}

/** Rarity of a word that `count` of `total` passages have. */
export const rarity = (count: number, total: number): number => Math.log(1 + (total + 1) / (count + 0.5));

/** Share of the query's words, weighted by rarity, that are there. */
export function coverage(lexemes: readonly string[], there: ReadonlySet<string>, weightOf: (lexeme: string) => number): number {
  let all = 0;
  let found = 0;
  for (const lexeme of lexemes) {
    const weight = weightOf(lexeme);
    all += weight;
    if (there.has(lexeme)) found += weight;
  }
  return all === 0 ? 0 : found / all;
}

/** The same over meanings: a synonym counts 0.8, what is spoken of together 0.6. */
export function relatedCoverage(query: readonly Term[], passage: readonly Term[], weightOf: (stem: string) => number): number {
  let all = 0;
  let found = 0;
  for (const term of query) {
    const weight = weightOf(term.stem);
    all += weight;
    let best = 0;
    for (const other of passage) if (best < 1) best = Math.max(best, likeness(term, other));
    found += weight * best;
  }
  return all === 0 ? 0 : found / all;
}

/** Hits by the limits of who asked, best first. */
export function within<T extends { readonly score: number }>(
  hits: readonly T[],
  limits: { readonly results: number; readonly score: number; readonly dynamicPercent: number | null },
): readonly T[] {
  const sorted = [...hits].sort((a, b) => b.score - a.score);
  const [first] = sorted;
  if (first === undefined) return [];
  const last = sorted.at(-1) ?? first;
  const floor = limits.dynamicPercent === null ? 0 : first.score - ((first.score - last.score) * limits.dynamicPercent) / 100;
  return sorted.filter(({ score }) => score >= limits.score && score >= floor && score > 0).slice(0, limits.results);
}
