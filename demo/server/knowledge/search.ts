import { dotRow } from './embedder.ts';
import type { Knowledge } from './knowledge.ts';
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
  /** Rarity of the rarest word that nothing on the page covers. */
  readonly missing: number;
}

/** Fitted by `npm run prove:answers -- --tune` on test/prove/tuning-questions.ts. */
const RANK = { match: 3.2, sentence: 4.9, section: 3.7, sentenceCoverage: 1.6, sectionCoverage: 3.3, kind: 2 } as const;
const ACCEPT = {
  bias: -5.5,
  match: 4,
  sentence: 2.6,
  section: 2.7,
  sentenceCoverage: 1.5,
  sectionCoverage: 2,
  kind: -0.2,
  missing: -0.19,
  bestSentence: 1.3,
  bestSection: 1.2,
} as const;

/** `vector`: the question's embedding. */
export function search(knowledge: Knowledge, question: Question, vector: Float32Array, options: SearchOptions = {}): Hit[] {
  const match = knowledge.lexicon.match(question.terms);
  let bestSentence = 0;
  let bestSection = 0;
  const ranked = knowledge.passages
    .filter((passage) => options.only == null || passage.page === options.only)
    .map((passage) => {
      const features = featuresOf(knowledge, question, vector, passage, match.get(passage.id) ?? 0);
      bestSentence = Math.max(bestSentence, features.sentence);
      bestSection = Math.max(bestSection, features.section);
      return { passage, features, score: rankOf(features) + (passage.page === options.near ? NEAR_BONUS : 0) };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, options.limit ?? 12);
  return ranked.map(({ passage, features, score }) => ({
    passage,
    score,
    confidence: confidenceOf(features, bestSentence, bestSection),
  }));
}

function featuresOf(knowledge: Knowledge, question: Question, vector: Float32Array, passage: Passage, match: number): Features {
  const coverage = knowledge.lexicon.coverage(question.terms, passage.id);
  return {
    match: Math.min(1, match / FULL_MATCH),
    sentence: Math.max(0, dotRow(vector, knowledge.passageVectors, passage.id)),
    section: Math.max(0, dotRow(vector, knowledge.sectionVectors, passage.section)),
    sentenceCoverage: coverage.sentence,
    sectionCoverage: coverage.section,
    kind: fitsKind(question.kind, passage.text),
    missing: coverage.missing === null ? 0 : knowledge.lexicon.rarity(coverage.missing),
  };
}

function rankOf(features: Features): number {
  return (
    RANK.match * features.match +
    RANK.sentence * features.sentence +
    RANK.section * features.section +
    RANK.sentenceCoverage * features.sentenceCoverage +
    RANK.sectionCoverage * features.sectionCoverage +
    RANK.kind * features.kind
  );
}

function confidenceOf(features: Features, bestSentence: number, bestSection: number): number {
  const sum =
    ACCEPT.bias +
    ACCEPT.match * features.match +
    ACCEPT.sentence * features.sentence +
    ACCEPT.section * features.section +
    ACCEPT.sentenceCoverage * features.sentenceCoverage +
    ACCEPT.sectionCoverage * features.sectionCoverage +
    ACCEPT.kind * features.kind +
    ACCEPT.missing * features.missing +
    ACCEPT.bestSentence * bestSentence +
    ACCEPT.bestSection * bestSection;
  return 1 / (1 + Math.exp(-sum));
}
