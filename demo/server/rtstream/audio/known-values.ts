import { namesIn } from '../../knowledge/names.ts';
import type { AskedValue } from '../visual/asked-json.ts';
import { keywordsOf } from './keywords.ts';
import { SENTENCE_KINDS } from './kinds.ts';
import { mentions, quotesFor, topicOf } from './quotes.ts';

/** What the words of a window tell about the values that a prompt asks for; the rest (a speaker's mood, who speaks) is not known here. Pure. */

export interface Spoken {
  readonly sentences: readonly string[];
  readonly language: string;
  readonly words: number;
  /** The window's own quotes. */
  readonly summary: readonly string[];
  /** How many of a list are told. */
  readonly most: number;
}

type Reader = (spoken: Spoken, value: AskedValue) => unknown;

const asList = ({ shape }: AskedValue): boolean => shape.kind === 'list';

/** By the meaning of the key's name; the first that fits. */
const READERS: readonly (readonly [name: RegExp, read: Reader])[] = [
  [
    /^(?:full_?)?(?:transcript(?:ion)?|text|speech|words_spoken|spoken_text|verbatim|content)$/,
    ({ sentences }) => sentences.join(' '),
  ],
  [/word_?count|number_of_words|num_words|total_words/, ({ words }) => words],
  [/sentence_?count|number_of_sentences|num_sentences/, ({ sentences }) => sentences.length],
  [/^(?:detected_|spoken_)?lang(?:uage)?(?:_code)?$/, ({ language }) => language],
  [
    /^(?:has|contains?|is)_?(?:any_)?(?:speech|speaking|voice|talking|dialogue|audio)$|^(?:speech|voice)_?(?:detected|present)$/,
    () => true,
  ],
  [
    /key_?points?|main_?points?|highlights?|takeaways?|quotes?|statements?|bullets?|important_/,
    ({ sentences, most }, value) => quotesFor('', sentences, asList(value) ? most : 1).sentences,
  ],
  [
    /keywords?|key_?terms?|topics?|themes?|subjects?|tags?|entities|categor(?:y|ies)/,
    ({ sentences, most }, value) => keywordsOf(sentences.join(' '), asList(value) ? 2 * most : 1),
  ],
  [
    /names?|people|persons?|places?|locations?|participants_mentioned/,
    ({ sentences }) => [...new Set(namesIn(sentences.join(' ')))],
  ],
  [/summar|description|overview|gist|discussi|about|headline|title|abstract|recap|what_/, ({ summary }) => summary],
];

/** Nothing in words says it. */
const UNKNOWABLE =
  /(?:^|_)(?:speakers?|sentiments?|emotions?|tone|mood|gender|age|accent|confidence|score|rating|urgency|volume|noise|music|timestamps?|time|duration)(?:_|$)/;

export function knownValue(spoken: Spoken, value: AskedValue): unknown {
  const name = value.name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  if (name === '')
    return { summary: spoken.summary.join(' '), keywords: keywordsOf(spoken.sentences.join(' '), 2 * spoken.most) };
  if (UNKNOWABLE.test(name)) return null;
  const kind = SENTENCE_KINDS.find(({ asked }) => asked.test(name.replaceAll('_', ' ')));
  if (kind !== undefined) {
    const found = spoken.sentences.filter(kind.fits);
    if (value.shape.kind === 'boolean') return found.length > 0;
    if (value.shape.kind === 'number') return found.length;
    return asList(value) || found.length > 0 ? found.slice(0, spoken.most) : null;
  }
  const told = READERS.find(([pattern]) => pattern.test(name))?.[1](spoken, value);
  if (told !== undefined) return joined(told, value);
  return value.shape.kind === 'boolean' ? mentioned(name, spoken) : null;
}

/** `mentions_pricing`: it was said or it was not. */
function mentioned(name: string, { sentences }: Spoken): boolean | null {
  const what =
    /^(?:mentions?|contains?|has|includes?|discusses|refers_to|talks?_about)_(.+)$|^(.+)_(?:mentioned|discussed)$/.exec(name);
  const topic = topicOf((what?.[1] ?? what?.[2] ?? '').replaceAll('_', ' '));
  return topic.length === 0 ? null : sentences.some((sentence) => mentions(sentence, topic));
}

/** Sentences are one text unless a list is asked for. */
function joined(told: unknown, value: AskedValue): unknown {
  if (!Array.isArray(told)) return told;
  if (value.shape.kind === 'boolean') return told.length > 0;
  if (told.length === 0 && !asList(value)) return null;
  return value.shape.kind === 'text' || value.shape.kind === 'any' ? told.join(' ') : told;
}
