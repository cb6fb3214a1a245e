import { likeness, readTerms } from '../../knowledge/terms.ts';
import { SENTENCE_KINDS } from './kinds.ts';
import { bestOf, textRank } from './text-rank.ts';

/** What a prompt asks of what was said, answered by quotes alone. Pure. */

export interface Quotes {
  /** In the order they were said. */
  readonly sentences: readonly string[];
  /** False: nothing said is what the prompt asks for, so these are what was most of it about. */
  readonly matched: boolean;
}

/** Words of prompts that say what to do, not what about. */
const ORDERS = new Set(
  (
    'summarize summarise summary describe description list identify extract detect find mention mentions note track flag report return output respond provide give analyze analyse ' +
    'analysis audio speech transcript transcription conversation discussion discuss discussed call meeting recording segment clip video stream speaker speakers person people user talk talking ' +
    'main key important point points brief briefly concise short sentence sentences word words bullet detail details detailed json object format text content context happen happening ' +
    'topic topics subject focus relevant current currently live following include including language english say said spoken speak generate write produce create capture understand highlight highlights'
  ).split(' '),
);
/** A shared word or a synonym. */
const RELATED = 0.75;

/** What the prompt is about, if it is about something: "mentions of pricing" → price. */
export function topicOf(prompt: string): readonly ReturnType<typeof readTerms>[number][] {
  return readTerms(prompt).filter(({ text, lemma, stem }) => ![text, lemma, stem].some((word) => ORDERS.has(word)));
}

/** Is a word of the topic, or a synonym of one, said there? */
export function mentions(sentence: string, topic: ReturnType<typeof topicOf>): boolean {
  const terms = readTerms(sentence);
  return topic.some((word) => terms.some((term) => likeness(word, term) >= RELATED));
}

/** At most `count` sentences. `vectors`: of the sentences' meaning, where a model made them. */
export function quotesFor(
  prompt: string,
  sentences: readonly string[],
  count: number,
  vectors: readonly Float32Array[] | null = null,
): Quotes {
  const scores = textRank(sentences, vectors);
  const fits = whatFits(prompt);
  if (fits === null) return { sentences: pick(sentences, scores, count), matched: true };
  const chosen = scores.map((score, index) => (fits(sentences[index] ?? '') ? 1 + score : 0));
  const matched = chosen.filter((score) => score > 0).length;
  return matched === 0
    ? { sentences: pick(sentences, scores, count), matched: false }
    : { sentences: pick(sentences, chosen, Math.min(count, matched)), matched: true };
}

const pick = (sentences: readonly string[], scores: readonly number[], count: number): readonly string[] =>
  bestOf(scores, count).map((index) => sentences[index] ?? '');

/** Null: the prompt asks for what it is about, whatever that is. */
function whatFits(prompt: string): ((sentence: string) => boolean) | null {
  const kinds = SENTENCE_KINDS.filter(({ asked }) => asked.test(prompt));
  if (kinds.length > 0) return (sentence) => kinds.some((kind) => kind.fits(sentence));
  const topic = topicOf(prompt);
  return topic.length === 0 ? null : (sentence) => mentions(sentence, topic);
}
