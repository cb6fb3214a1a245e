import { dot } from '../../knowledge/embedder.ts';
import { readTerms } from '../../knowledge/terms.ts';

/** Which sentences of a text say most of it: TextRank over shared words (Mihalcea and Tarau 2004), or over meanings where there are vectors. Pure. */

const DAMPING = 0.85;
const ROUNDS = 30;
/** Longer texts are ranked by their first sentences. */
const MOST_SENTENCES = 400;
/** Meanings are all a little alike; what exceeds this counts. */
const LIKE = 0.3;

/** One score a sentence, the best 1. `vectors`: unit vectors of the sentences' meaning. */
export function textRank(sentences: readonly string[], vectors: readonly Float32Array[] | null = null): readonly number[] {
  const some = sentences.slice(0, MOST_SENTENCES);
  const stems = some.map((sentence) => new Set(readTerms(sentence).map(({ stem }) => stem)));
  const likeness = some.map((_, a) => some.map((__, b) => (a === b ? 0 : alike(stems[a], stems[b], vectors?.[a], vectors?.[b]))));
  const out = likeness.map((row) => row.reduce((sum, value) => sum + value, 0));
  let scores = some.map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    scores = some.map((_, a) => {
      let sum = 0;
      for (let b = 0; b < some.length; b++)
        if ((out[b] ?? 0) > 0) sum += ((likeness[b]?.[a] ?? 0) / (out[b] ?? 1)) * (scores[b] ?? 0);
      return 1 - DAMPING + DAMPING * sum;
    });
  }
  // A sentence of few words says little, however much it resembles others.
  const weighed = scores.map((score, index) => score * Math.min(1, (stems[index]?.size ?? 0) / 4));
  const best = Math.max(...weighed, Number.EPSILON);
  return sentences.map((_, index) => (weighed[index] ?? 0) / best);
}

function alike(
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined,
  left: Float32Array | undefined,
  right: Float32Array | undefined,
): number {
  if (left !== undefined && right !== undefined) return Math.max(0, dot(left, right) - LIKE);
  if (a === undefined || b === undefined) return 0;
  let shared = 0;
  for (const stem of a) if (b.has(stem)) shared++;
  return shared === 0 ? 0 : shared / (Math.log(a.size + 1) + Math.log(b.size + 1));
}

/** Indexes of the `count` best, in the order of the text. */
export function bestOf(scores: readonly number[], count: number): readonly number[] {
  return scores
    .map((score, index) => ({ score, index }))
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}
