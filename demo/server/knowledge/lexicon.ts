import MiniSearch from 'minisearch';
import type { Passages } from './passages.ts';
import { KIND_WORDS } from './question-kind.ts';
import { likeness, readTerms, type Term } from './terms.ts';

/** What the words alone say: BM25 (minisearch) with synonyms, and how much of a question's words a passage covers. */

export interface Lexicon {
  /** What a question shares with the passages; read once a question. */
  compare(question: readonly Term[]): WordMatch;
  /** Title, headings and sentences of a page, lower case. */
  pageText(page: number): string;
}

export interface WordMatch {
  /** BM25 score of a passage, 0 when nothing is shared. */
  score(passageId: number): number;
  /** 0–1: the share of the question's words, weighted by rarity, that the passage, its headings and its neighbours speak of. */
  coverage(passageId: number): Coverage;
}

export interface Coverage {
  /** By the sentence itself. */
  readonly sentence: number;
  /** By the sentence with its heading, title and section. */
  readonly section: number;
  /** By the heading and the title alone. */
  readonly title: number;
  /** Share of the question's words, weighted by rarity, that nothing of the page covers. */
  readonly missing: number;
}

const HEADING_WORTH = 0.8;
const NEIGHBOUR_WORTH = 0.6;
const PAGE_WORTH = 0.35;
const SYNONYM_BOOST = 0.6;
const KIND_WORTH = 0.4;

export function createLexicon(all: Passages): Lexicon {
  const vocabulary = new Vocabulary();
  const own = all.passages.map((passage) => vocabulary.ids(readTerms(passage.text)));
  const headings = all.sections.map((section) =>
    vocabulary.ids(readTerms(`${section.heading} . ${all.pages[section.page]?.title ?? ''}`)),
  );
  const neighbours = all.sections.map((section) => distinct(own.slice(section.from, section.to)));
  const pages = all.pages.map((_, page) => distinct(own.filter((__, id) => all.passages[id]?.page === page)));
  const frequency = new Uint32Array(vocabulary.size);
  all.passages.forEach((passage, id) => {
    for (const word of new Set([...(own[id] ?? []), ...(headings[passage.section] ?? [])]))
      frequency[word] = (frequency[word] ?? 0) + 1;
  });
  const search = createSearch(all, vocabulary, own, headings);
  const pageTexts = all.pages.map((page) =>
    [page.title, ...page.sections.flatMap((section) => [section.heading, ...section.sentences])].join(' ').toLowerCase(),
  );

  const rarity = (term: Term): number => {
    const word = vocabulary.find(term);
    return Math.log(1 + (all.passages.length + 1) / ((word === null ? 0 : (frequency[word] ?? 0)) + 0.5));
  };

  return {
    pageText: (page) => pageTexts[page] ?? '',
    compare(question) {
      const scores = match(search, vocabulary, question);
      const hasSubject = question.some((term) => !isKindWord(term));
      const words = question.map((term) => ({
        likeness: vocabulary.likenesses(term),
        weight: rarity(term) * (isKindWord(term) && hasSubject ? KIND_WORTH : 1),
      }));
      const total = words.reduce((sum, word) => sum + word.weight, 0);
      // Many passages share a section and a page: these are looked through once.
      const around = all.sections.map((section, index) =>
        words.map((word) => ({
          heading: best(word.likeness, headings[index]) * HEADING_WORTH,
          wider: Math.max(
            best(word.likeness, neighbours[index]) * NEIGHBOUR_WORTH,
            best(word.likeness, pages[section.page]) * PAGE_WORTH,
          ),
        })),
      );
      return {
        score: (id) => scores.get(id) ?? 0,
        coverage(id) {
          const passage = all.passages[id];
          if (passage === undefined || total === 0) return { sentence: 0, section: 0, title: 0, missing: 0 };
          let sentence = 0;
          let section = 0;
          let title = 0;
          let missing = 0;
          words.forEach((word, index) => {
            const { heading, wider } = around[passage.section]?.[index] ?? { heading: 0, wider: 0 };
            const here = best(word.likeness, own[id]);
            const anywhere = Math.max(here, heading, wider);
            sentence += word.weight * Math.max(here, heading * 0.5);
            section += word.weight * anywhere;
            title += (word.weight * heading) / HEADING_WORTH;
            if (anywhere === 0) missing += word.weight / total;
          });
          return { sentence: sentence / total, section: section / total, title: title / total, missing };
        },
      };
    },
  };
}

function best(likeness: Float32Array, words: readonly number[] | undefined): number {
  let most = 0;
  for (const word of words ?? []) most = Math.max(most, likeness[word] ?? 0);
  return most;
}

function distinct(lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())];
}

/** Every distinct word of the documents, numbered. */
class Vocabulary {
  readonly #terms: Term[] = [];
  readonly #byStem = new Map<string, number>();

  get size(): number {
    return this.#terms.length;
  }

  ids(terms: readonly Term[]): number[] {
    return terms.map((term) => {
      const known = this.#byStem.get(term.stem);
      if (known !== undefined) return known;
      this.#byStem.set(term.stem, this.#terms.length);
      return this.#terms.push(term) - 1;
    });
  }

  find(term: Term): number | null {
    return this.#byStem.get(term.stem) ?? null;
  }

  stem(id: number): string {
    return this.#terms[id]?.stem ?? '';
  }

  likenesses(term: Term): Float32Array {
    return Float32Array.from(this.#terms, (other) => likeness(term, other));
  }

  synonyms(term: Term): string[] {
    if (term.meanings.length === 0) return [];
    return this.#terms
      .filter((other) => other.meanings.some((meaning) => term.meanings.includes(meaning)))
      .map((other) => other.stem);
  }
}

function match(search: MiniSearch<Row>, vocabulary: Vocabulary, question: readonly Term[]): ReadonlyMap<number, number> {
  const boosts = new Map<string, number>();
  for (const term of question) {
    boosts.set(term.stem, 1);
    for (const stem of vocabulary.synonyms(term)) if (!boosts.has(stem)) boosts.set(stem, SYNONYM_BOOST);
  }
  const results = search.search([...boosts.keys()].join(' '), {
    boost: { heading: 1.2 },
    boostTerm: (term) => boosts.get(term) ?? 1,
    prefix: (term) => term.length > 4,
    weights: { fuzzy: 0.4, prefix: 0.5 },
    fuzzy: (term) => (term.length > 5 ? 0.15 : false),
  });
  return new Map(results.map((result) => [result.id as number, result.score]));
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
  vocabulary: Vocabulary,
  own: readonly (readonly number[])[],
  headings: readonly (readonly number[])[],
): MiniSearch<Row> {
  const search = new MiniSearch<Row>({
    fields: ['text', 'heading'],
    tokenize: (text) => text.split(' ').filter((stem) => stem !== ''),
    processTerm: (term) => term,
  });
  const joined = (words: readonly number[] | undefined): string => (words ?? []).map((word) => vocabulary.stem(word)).join(' ');
  search.addAll(
    all.passages.map((passage) => ({
      id: passage.id,
      text: joined(own[passage.id]),
      heading: joined(headings[passage.section]),
    })),
  );
  return search;
}
