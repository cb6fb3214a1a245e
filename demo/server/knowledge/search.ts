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
const NEAR_BONUS = 0.5;

interface Features {
  readonly match: number;
  readonly sentence: number;
  readonly section: number;
  readonly sentenceCoverage: number;
  readonly sectionCoverage: number;
  readonly kind: number;
  readonly days: number;
  /** Rarity of the rarest word that nothing on the page covers. */
  readonly missing: number;
  /** The question names a place or person that the page does not. */
  readonly stranger: number;
}

/** Fitted by a ranking loss and a logistic regression on test/prove/tuning-questions.ts and a second set of questions of that size. */
const RANK = {
  match: 3.4,
  sentence: 4.55,
  section: 3.2,
  sentenceCoverage: 1.7,
  sectionCoverage: 3.5,
  kind: 1.8,
  days: 1.3,
  missing: 0,
  stranger: 0,
} as const;
const ACCEPT = {
  match: 3.5,
  sentence: 2.7,
  section: 3.2,
  sentenceCoverage: 1.5,
  sectionCoverage: 2.2,
  kind: -0.3,
  days: 1.4,
  missing: -0.18,
  stranger: -1.7,
} as const;
const ACCEPT_BIAS = -5.4;
/** What the best sentence and section of all are like to the question. */
const ACCEPT_BEST = 1.15;

/** `vector`: the question's embedding. */
export function search(knowledge: Knowledge, question: Question, vector: Float32Array, options: SearchOptions = {}): Hit[] {
  const words = knowledge.lexicon.compare(question.terms);
  let bestSentence = 0;
  let bestSection = 0;
  const ranked = knowledge.passages
    .filter((passage) => options.only == null || passage.page === options.only)
    .map((passage) => {
      const features = featuresOf(knowledge, question, vector, passage, words);
      bestSentence = Math.max(bestSentence, features.sentence);
      bestSection = Math.max(bestSection, features.section);
      return { passage, features, score: weighed(features, RANK) + (passage.page === options.near ? NEAR_BONUS : 0) };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, options.limit ?? 12);
  return ranked.map(({ passage, features, score }) => ({
    passage,
    score,
    confidence: confidenceOf(question, features, bestSentence, bestSection),
  }));
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
    missing: coverage.missing,
    stranger: question.names.some((name) => !knowledge.lexicon.pageText(passage.page).includes(name)) ? 1 : 0,
  };
}

function weighed(features: Features, weights: Readonly<Record<keyof Features, number>>): number {
  let sum = 0;
  for (const key of Object.keys(weights) as (keyof Features)[]) sum += weights[key] * features[key];
  return sum;
}

function confidenceOf(question: Question, features: Features, bestSentence: number, bestSection: number): number {
  if (question.arithmetic) return 0;
  // "what is your phone number" shares no words with the number; the number under "Contact" is what is asked for.
  if (question.subjectless && (question.kind === 'phone' || question.kind === 'email') && features.kind >= 1)
    return features.kind >= 2 ? 0.85 : 0.55;
  const sum = ACCEPT_BIAS + weighed(features, ACCEPT) + ACCEPT_BEST * (bestSentence + bestSection);
  return 1 / (1 + Math.exp(-sum));
}
