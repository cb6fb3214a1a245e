import MiniSearch from 'minisearch';
import type { Passages } from './passages.ts';
import { KIND_WORDS } from './question-kind.ts';
import { likeness, readTerms, type Term } from './terms.ts';

/** What the words alone say: BM25 (minisearch) with synonyms, and how much of a question's words a passage covers. */

export interface Lexicon {
  /** BM25 scores of the passages that share a word or meaning with the question, by passage id. */
  match(question: readonly Term[]): ReadonlyMap<number, number>;
  /** 0–1: the share of the question's words, weighted by rarity, that the passage, its headings and its neighbours speak of. */
  coverage(question: readonly Term[], passageId: number): Coverage;
  /** Rarity of a word in these documents, ln-scaled; highest when it does not occur. */
  rarity(term: Term): number;
  readonly termsOf: readonly (readonly Term[])[];
}

export interface Coverage {
  /** By the sentence itself. */
  readonly sentence: number;
  /** By the sentence with its heading, title and section. */
  readonly section: number;
  /** The rarest question word that nothing of the page covers, null when all are. */
  readonly missing: Term | null;
}

const HEADING_WORTH = 0.8;
const NEIGHBOUR_WORTH = 0.6;
const PAGE_WORTH = 0.35;
const SYNONYM_BOOST = 0.6;
const KIND_WORTH = 0.4;

export function createLexicon(all: Passages): Lexicon {
  const termsOf = all.passages.map((passage) => readTerms(passage.text));
  const headingTerms = all.sections.map((section) => readTerms(`${section.heading} . ${all.pages[section.page]?.title ?? ''}`));
  const stemsOfMeaning = new Map<number, Set<string>>();
  const frequency = new Map<string, number>();
  termsOf.forEach((terms, id) => {
    const headings = headingTerms[all.passages[id]?.section ?? 0] ?? [];
    for (const term of [...terms, ...headings]) {
      for (const meaning of term.meanings) stemsOfMeaning.set(meaning, (stemsOfMeaning.get(meaning) ?? new Set()).add(term.stem));
    }
    for (const stem of new Set([...terms, ...headings].map((term) => term.stem)))
      frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  });
  const search = createSearch(all, termsOf, headingTerms);
  const count = all.passages.length;

  const rarity = (term: Term): number => Math.log(1 + (count + 1) / ((frequency.get(term.stem) ?? 0) + 0.5));

  const best = (term: Term, among: readonly Term[]): number => {
    let most = 0;
    for (const other of among) most = Math.max(most, likeness(term, other));
    return most;
  };

  const pageTerms = all.pages.map((_, page) => termsOf.filter((__, id) => all.passages[id]?.page === page).flat());

  return {
    termsOf,
    rarity,
    match(question) {
      const boosts = new Map<string, number>();
      for (const term of question) {
        boosts.set(term.stem, 1);
        for (const meaning of term.meanings) {
          for (const stem of stemsOfMeaning.get(meaning) ?? []) if (!boosts.has(stem)) boosts.set(stem, SYNONYM_BOOST);
        }
      }
      const results = search.search([...boosts.keys()].join(' '), {
        boost: { heading: 1.2 },
        boostTerm: (term) => boosts.get(term) ?? 1,
        prefix: (term) => term.length > 4,
        weights: { fuzzy: 0.4, prefix: 0.5 },
        fuzzy: (term) => (term.length > 5 ? 0.15 : false),
      });
      return new Map(results.map((result) => [result.id as number, result.score]));
    },
    coverage(question, passageId) {
      const passage = all.passages[passageId];
      if (passage === undefined || question.length === 0) return { sentence: 0, section: 0, missing: null };
      const own = termsOf[passageId] ?? [];
      const headings = headingTerms[passage.section] ?? [];
      const section = all.sections[passage.section];
      const neighbours = section === undefined ? [] : termsOf.slice(section.from, section.to).flat();
      const hasSubject = question.some((term) => !isKindWord(term));
      let total = 0;
      let inSentence = 0;
      let inSection = 0;
      let missing: Term | null = null;
      for (const term of question) {
        const weight = rarity(term) * (isKindWord(term) && hasSubject ? KIND_WORTH : 1);
        const bySentence = best(term, own);
        const byHeading = best(term, headings) * HEADING_WORTH;
        const bySection = Math.max(
          bySentence,
          byHeading,
          best(term, neighbours) * NEIGHBOUR_WORTH,
          best(term, pageTerms[passage.page] ?? []) * PAGE_WORTH,
        );
        total += weight;
        inSentence += weight * Math.max(bySentence, byHeading * 0.5);
        inSection += weight * bySection;
        if (bySection === 0 && (missing === null || weight > rarity(missing))) missing = term;
      }
      return { sentence: inSentence / total, section: inSection / total, missing };
    },
  };
}

function isKindWord(term: Term): boolean {
  return KIND_WORDS.has(term.lemma);
}

interface Row {
  readonly id: number;
  readonly text: string;
  readonly heading: string;
}

function createSearch(
  all: Passages,
  termsOf: readonly (readonly Term[])[],
  headings: readonly (readonly Term[])[],
): MiniSearch<Row> {
  const search = new MiniSearch<Row>({
    fields: ['text', 'heading'],
    tokenize: (text) => text.split(' ').filter((stem) => stem !== ''),
    processTerm: (term) => term,
  });
  const joined = (terms: readonly Term[] | undefined): string => (terms ?? []).map((term) => term.stem).join(' ');
  search.addAll(
    all.passages.map((passage) => ({
      id: passage.id,
      text: joined(termsOf[passage.id]),
      heading: joined(headings[passage.section]),
    })),
  );
  return search;
}
