import { dot } from '../../knowledge/embedder.ts';
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

/** Unit vectors, where a model made them. */
export interface Meaning {
  readonly sentences: readonly Float32Array[];
  /** Of `topicText`. */
  readonly topic: Float32Array | null;
}

/** What of a prompt its meaning is looked for by; '' = nothing in particular. */
export const topicText = (prompt: string): string =>
  kindsOf(prompt).length > 0
    ? ''
    : topicOf(prompt)
        .map(({ text }) => text)
        .join(' ');

/** A sentence is of a subject that none of its words names, from this cosine on. */
const ABOUT = 0.28;

/** At most `count` sentences. */
export function quotesFor(prompt: string, sentences: readonly string[], count: number, meaning: Meaning | null = null): Quotes {
  const scores = textRank(sentences, meaning?.sentences ?? null);
  const fits = whatFits(prompt);
  if (fits === null) return { sentences: pick(sentences, scores, count), matched: true };
  const byWords = scores.map((score, index) => (fits(sentences[index] ?? '') ? 1 + score : 0));
  const chosen = byWords.some((score) => score > 0) ? byWords : byMeaning(meaning);
  const matched = chosen.filter((score) => score > 0).length;
  return matched === 0
    ? { sentences: pick(sentences, scores, count), matched: false }
    : { sentences: pick(sentences, chosen, Math.min(count, matched)), matched: true };
}

const pick = (sentences: readonly string[], scores: readonly number[], count: number): readonly string[] =>
  bestOf(scores, count).map((index) => sentences[index] ?? '');

function byMeaning(meaning: Meaning | null): readonly number[] {
  const topic = meaning?.topic ?? null;
  if (meaning === null || topic === null) return [];
  return meaning.sentences.map((sentence) => dot(topic, sentence)).map((cosine) => (cosine >= ABOUT ? cosine : 0));
}

const kindsOf = (prompt: string) => SENTENCE_KINDS.filter(({ asked }) => asked.test(prompt));

/** Null: the prompt asks for what it is about, whatever that is. */
function whatFits(prompt: string): ((sentence: string) => boolean) | null {
  const kinds = kindsOf(prompt);
  if (kinds.length > 0) return (sentence) => kinds.some((kind) => kind.fits(sentence));
  const topic = topicOf(prompt);
  return topic.length === 0 ? null : (sentence) => mentions(sentence, topic);
}
