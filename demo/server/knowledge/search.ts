import { daysIn, fitsDays } from './days.ts';
import { dotRow } from './embedder.ts';
import type { Knowledge } from './knowledge.ts';
import type { WordMatch } from './lexicon.ts';
import type { Passage } from './passages.ts';
import { fitsKind } from './question-kind.ts';
import type { Question } from './question.ts';

/** Which sentences answer a question, best first, and how likely the best one really does: words, meaning and kind together. */

export interface Hit {
  readonly passage: Passage;
  /** For ranking only. */
  readonly score: number;
  /** 0–1: how likely it answers the question. */
  readonly confidence: number;
}

export interface SearchOptions {
  /** Page (by index) to search; null or absent = all. */
  readonly only?: number | null;
  /** Page (by index) the conversation is on: its sentences get a little ahead. */
  readonly near?: number | null;
  readonly limit?: number;
}

/** BM25 score that counts as a full match. */
const FULL_MATCH = 20;
const NEAR_BONUS = 1.2;

interface Features {
  readonly match: number;
  readonly sentence: number;
  readonly section: number;
  readonly sentenceCoverage: number;
  readonly sectionCoverage: number;
  readonly kind: number;
  readonly days: number;
  readonly title: number;
  /** Share of the question's words that nothing on the page covers. */
  readonly missing: number;
  /** The question names a place or person that the page does not. */
  readonly stranger: number;
}

/** Fitted by a ranking loss and a logistic regression on the questions of test/prove/tuning-*.ts and a small second set. */
const RANK: Readonly<Record<keyof Features, number>> = {
  match: 2.49,
  sentence: 4.42,
  section: 2.78,
  sentenceCoverage: 2.73,
  sectionCoverage: 3.82,
  kind: 2.94,
  days: 1.23,
  title: 2.53,
  missing: 0,
  stranger: 0,
};
const ACCEPT: Readonly<Record<keyof Features, number>> = {
  match: 1.12,
  sentence: 4.79,
  section: 4.1,
  sentenceCoverage: 0.07,
  sectionCoverage: 1.95,
  kind: 1.16,
  days: 3.24,
  title: 0.63,
  missing: -1.94,
  stranger: -1.45,
};
const ACCEPT_BIAS = -5.42;
/** The likest sentence and section of all: a question that is like everything is answered by nothing. */
const ACCEPT_BEST_SENTENCE = 0.94;
const ACCEPT_BEST_SECTION = -4.54;
/** How far ahead of the next page it is. */
const ACCEPT_MARGIN = 0.77;
const MOST_MARGIN = 4;
/** Where there is one page only. */
const LONE_MARGIN = 1.5;

/** `vector`: the question's embedding. */
export function search(knowledge: Knowledge, question: Question, vector: Float32Array, options: SearchOptions = {}): Hit[] {
  const words = knowledge.lexicon.compare(question.terms);
  const ranked = knowledge.passages
    .filter((passage) => options.only == null || passage.page === options.only)
    .map((passage) => {
      const features = featuresOf(knowledge, question, vector, passage, words);
      return { passage, features, score: weighed(features, RANK) + (passage.page === options.near ? NEAR_BONUS : 0) };
    })
    .sort((a, b) => b.score - a.score);
  const field = {
    sentence: Math.max(0, ...ranked.map(({ features }) => features.sentence)),
    section: Math.max(0, ...ranked.map(({ features }) => features.section)),
  };
  return ranked.slice(0, options.limit ?? 12).map(({ passage, score, features }) => {
    const rival = ranked.find((other) => other.passage.page !== passage.page);
    const margin = rival === undefined ? LONE_MARGIN : Math.min(MOST_MARGIN, score - rival.score);
    return { passage, score, confidence: confidenceOf(question, features, field, margin) };
  });
}

function featuresOf(
  knowledge: Knowledge,
  question: Question,
  vector: Float32Array,
  passage: Passage,
  words: WordMatch,
): Features {
  const coverage = words.coverage(passage.id);
  const about = question.subjectless ? `${passage.heading} ${knowledge.pages[passage.page]?.title ?? ''}` : '';
  return {
    match: Math.min(1, words.score(passage.id) / FULL_MATCH),
    sentence: Math.max(0, dotRow(vector, knowledge.passageVectors, passage.id)),
    section: Math.max(0, dotRow(vector, knowledge.sectionVectors, passage.section)),
    sentenceCoverage: coverage.sentence,
    sectionCoverage: coverage.section,
    kind: fitsKind(question.kind, passage.text, about),
    days: question.days.size === 0 ? 0 : fitsDays(question.days, daysIn(passage.text)),
    title: coverage.title,
    missing: coverage.missing,
    stranger: question.names.some((name) => !knowledge.lexicon.pageText(passage.page).includes(name)) ? 1 : 0,
  };
}

function weighed(features: Features, weights: Readonly<Record<keyof Features, number>>): number {
  let sum = 0;
  for (const key of Object.keys(weights) as (keyof Features)[]) sum += weights[key] * features[key];
  return sum;
}

function confidenceOf(
  question: Question,
  features: Features,
  field: { readonly sentence: number; readonly section: number },
  margin: number,
): number {
  if (question.arithmetic) return 0;
  // "what is your phone number" shares no words with the number; the number under "Contact" is what is asked for.
  if (question.subjectless && OF_ITSELF.has(question.kind) && features.kind >= 1) return features.kind >= 2 ? 0.85 : 0.55;
  const sum =
    ACCEPT_BIAS +
    weighed(features, ACCEPT) +
    ACCEPT_BEST_SENTENCE * field.sentence +
    ACCEPT_BEST_SECTION * field.section +
    ACCEPT_MARGIN * margin;
  return 1 / (1 + Math.exp(-sum));
}

/** Kinds that a sentence shows by its form alone. */
const OF_ITSELF = new Set<Question['kind']>(['phone', 'email', 'address']);
