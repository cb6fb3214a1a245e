import { samplesToMs, type Samples } from '../shared/time.ts';

/**
 * How much of an answer's text the listener has heard, from how many samples were rendered. Text and sound of one item arrive
 * interleaved; where a piece of text came behind received sound, its own sound begins there.
 */

/** Nobody speaks faster than this many characters a second; keeps text that runs far ahead of its sound from being shown early. */
const FASTEST_CHARS_PER_S = 22;

/** Up to `chars` characters of the text had come when `received` samples had. */
interface Mark {
  readonly chars: number;
  readonly received: number;
}

/** Text and sound of one item so far. */
export interface SpokenText {
  readonly marks: readonly Mark[];
  readonly chars: number;
  readonly received: number;
  /** Hz */
  readonly rate: number;
  /** No more sound will come. */
  readonly ended: boolean;
}

export const unspoken: SpokenText = { marks: [], chars: 0, received: 0, rate: 24000, ended: false };

/** The text has grown (or shrunk) to `chars` characters. */
export function withText(spoken: SpokenText, chars: number): SpokenText {
  const last = spoken.marks.at(-1);
  const mark = { chars, received: spoken.received };
  const marks = last?.received === spoken.received ? [...spoken.marks.slice(0, -1), mark] : [...spoken.marks, mark];
  return { ...spoken, marks: marks.slice(-200), chars };
}

/** `count` more samples at `rate` Hz have come. */
export const withSound = (spoken: SpokenText, count: number, rate: number): SpokenText => ({
  ...spoken,
  received: spoken.received + count,
  rate,
});

export const withEnd = (spoken: SpokenText): SpokenText => ({ ...spoken, ended: true });

/** Characters heard when `rendered` samples were; whole words are left to `atWord`. */
export function charsHeard(spoken: SpokenText, rendered: Samples): number {
  const { marks, chars, received, rate, ended } = spoken;
  if (received === 0 || rendered <= 0) return 0;
  if (rendered >= received) return ended ? chars : Math.min(chars, cap(rendered, rate));
  const index = marks.findLastIndex((mark) => mark.received <= rendered);
  const before = index > 0 ? (marks[index - 1]?.chars ?? 0) : 0;
  const mark = marks[index];
  if (mark === undefined) return 0;
  const until = marks[index + 1]?.received ?? received;
  const share = until > mark.received ? (rendered - mark.received) / (until - mark.received) : 1;
  const aligned = before + share * (mark.chars - before);
  const proportional = ended ? (chars * rendered) / received : chars;
  const led = marks.length > 1 ? aligned : Math.min(aligned, proportional);
  return Math.floor(Math.min(led, cap(rendered, rate)));
}

const cap = (rendered: Samples, rate: number): number => Math.ceil((samplesToMs(rendered, rate) / 1000) * FASTEST_CHARS_PER_S);

/** The end of the word that position `chars` falls in or behind; never in the middle of one. */
export function atWord(text: string, chars: number): number {
  if (chars >= text.length) return text.length;
  if (chars <= 0) return 0;
  const space = text.lastIndexOf(' ', chars);
  return space < 0 ? 0 : space;
}
