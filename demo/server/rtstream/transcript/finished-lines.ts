import type { Heard, HeardWord } from '../../engines/engine.ts';
import { splitSentences } from '../../knowledge/language.ts';
import type { WordTime } from '../../store/stream-tables.ts';
import { voicedStretches } from './voiced.ts';
import type { Stretch } from './voiced.ts';
import { estimatedWords } from './word-times.ts';

/** What was heard in one breath as lines: a sentence each, with the time of each word on the stream's clock. Pure. */

export interface HeardSound {
  /** 16 kHz mono; it may begin before the speech. */
  readonly pcm: Int16Array;
  readonly heard: Heard;
  /** Unix ms of the first sample. */
  readonly atMs: number;
  /** Where voice activity saw the last voice, ms from the first sample. */
  readonly voicedMs: number;
}

export interface TimedLine {
  readonly text: string;
  /** Unix ms */
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly WordTime[];
}

const RATE = 16_000;

/** Empty when nothing was said. */
export function finishedLines({ pcm, heard, atMs, voicedMs }: HeardSound): readonly TimedLine[] {
  const text = heard.text.trim();
  if (text === '') return [];
  const stretches = voicedStretches(pcm, RATE);
  const words = wordsOf(text, heard.words, stretches).map((word) => ({
    ...word,
    startMs: Math.round(atMs + word.startMs),
    endMs: Math.round(atMs + word.endMs),
  }));
  // A recogniser may miss the last word; it was said all the same.
  const endsMs = Math.round(atMs + Math.min(stretches.at(-1)?.endMs ?? 0, voicedMs));
  let from = 0;
  return sentenceLengths(text, words.length).map((length) => {
    const part = words.slice(from, (from += length));
    const [first, last] = [part[0], part.at(-1)];
    const lastMs = last?.endMs ?? atMs;
    return {
      text: part.map((word) => word.text).join(' '),
      startMs: first?.startMs ?? atMs,
      endMs: from === words.length ? Math.max(lastMs, endsMs) : lastMs,
      words: part,
    };
  });
}

function wordsOf(text: string, told: readonly HeardWord[] | undefined, stretches: readonly Stretch[]): readonly WordTime[] {
  if (told !== undefined && told.length > 0) return told;
  return estimatedWords(text, stretches).map((word) => ({ ...word, estimated: true }));
}

/** Words in each sentence. */
function sentenceLengths(text: string, words: number): readonly number[] {
  const lengths = splitSentences(text).map((sentence) => sentence.split(/\s+/).length);
  // A splitter that parted a word has parted no sentences.
  return lengths.reduce((sum, length) => sum + length, 0) === words ? lengths : [words];
}
