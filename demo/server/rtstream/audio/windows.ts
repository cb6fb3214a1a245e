import type { WordTime } from '../../store/stream-tables.ts';
import type { FinalLine, TranscriptEvent } from '../transcript/transcript-event.ts';

/**
 * What was said cut into the windows of an audio index: exactly N words, N sentences, or N seconds of the stream's clock. Pure. A window of
 * time in which nothing was said is left out: a scene tells of something. The last one may be shorter.
 */

export interface Segmenting {
  readonly by: 'word' | 'sentence' | 'time';
  /** Words, sentences, or seconds. */
  readonly value: number;
}

export interface SpokenWindow {
  /** Unix ms. By words and sentences: of the first and the last word; by time: the window's own. */
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly WordTime[];
  /** The words by the sentences they were said in; the first and the last may be parts. */
  readonly sentences: readonly string[];
  /** BCP 47, of its first sentence. */
  readonly language: string;
}

interface Word extends WordTime {
  /** Of the sentence it was said in. */
  readonly line: FinalLine;
}

const DEFAULT: Segmenting = { by: 'word', value: 50 };
const MOST: Readonly<Record<Segmenting['by'], number>> = { word: 5000, sentence: 500, time: 3600 };

/** Of `extraction_config`, whose values may be strings; what is missing is 50 words. */
export function segmentingOf(config: Readonly<Record<string, string | number>>): Segmenting {
  const by = config['segmenter'] ?? config['type'];
  const value = Math.round(Number(config['segmentation_value'] ?? config['value'] ?? config['time']));
  if (by !== 'word' && by !== 'sentence' && by !== 'time') return DEFAULT;
  return { by, value: Number.isFinite(value) && value >= 1 ? Math.min(value, MOST[by]) : by === 'word' ? DEFAULT.value : 5 };
}

export class Windows {
  readonly #segmenting: Segmenting;
  #words: Word[] = [];
  /** Sentences in `#words`. */
  #lines = 0;
  /** Where windows of time are counted from. Unix ms */
  #origin: number | null = null;
  #heardToMs = -Infinity;

  constructor(segmenting: Segmenting) {
    this.#segmenting = segmenting;
  }

  /** The windows that are whole now, in order. */
  push(event: TranscriptEvent): readonly SpokenWindow[] {
    if (event.type === 'heard') return this.#heard(event.toMs);
    if (event.type !== 'final' || event.words.length === 0) return [];
    this.#origin ??= event.startMs;
    this.#words.push(...event.words.map((word) => ({ ...word, line: event })));
    this.#lines++;
    const { by, value } = this.#segmenting;
    if (by === 'time') return [];
    if (by === 'sentence') return this.#lines < value ? [] : [this.#take(this.#words.length)];
    const whole: SpokenWindow[] = [];
    while (this.#words.length >= value) whole.push(this.#take(value));
    return whole;
  }

  /** What is left. */
  finish(): readonly SpokenWindow[] {
    const { by } = this.#segmenting;
    if (by !== 'time') return this.#words.length === 0 ? [] : [this.#take(this.#words.length)];
    const last = this.#words.at(-1);
    if (last === undefined) return [];
    const over = this.#over(Infinity);
    // It was not listened to its end.
    return over.map((window) => ({ ...window, endMs: Math.min(window.endMs, Math.max(this.#heardToMs, last.endMs)) }));
  }

  #heard(toMs: number): readonly SpokenWindow[] {
    this.#heardToMs = toMs;
    this.#origin ??= toMs;
    return this.#segmenting.by === 'time' ? this.#over(toMs) : [];
  }

  /** Windows of time that end by `toMs`. */
  #over(toMs: number): readonly SpokenWindow[] {
    const lengthMs = this.#segmenting.value * 1000;
    const origin = this.#origin ?? 0;
    const whole: SpokenWindow[] = [];
    for (let first = this.#words[0]; first !== undefined; first = this.#words[0]) {
      const startMs = origin + Math.floor((first.startMs - origin) / lengthMs) * lengthMs;
      const endMs = startMs + lengthMs;
      if (endMs > toMs) break;
      const next = this.#words.findIndex((word) => word.startMs >= endMs);
      whole.push({ ...this.#take(next === -1 ? this.#words.length : next), startMs, endMs });
    }
    return whole;
  }

  #take(count: number): SpokenWindow {
    const taken = this.#words.slice(0, count);
    this.#words = this.#words.slice(count);
    this.#lines = 0;
    const byLine = new Map<FinalLine, string[]>();
    for (const { line, text } of taken) byLine.set(line, [...(byLine.get(line) ?? []), text]);
    return {
      startMs: taken[0]?.startMs ?? 0,
      endMs: taken.at(-1)?.endMs ?? 0,
      words: taken.map(({ line: _, ...word }) => word),
      sentences: [...byLine.values()].map((texts) => texts.join(' ')),
      language: taken[0]?.line.language ?? 'und',
    };
  }
}
