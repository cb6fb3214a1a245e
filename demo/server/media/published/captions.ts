import type { WordTime } from '../../store/stream-tables.ts';
import { cueText } from './vtt.ts';
import type { Cue } from './vtt.ts';
import type { CaptionTrack } from './master.ts';

/** Captions of a video in every language that there is: sentences cut into cues that can be read in the time they stand. */

/** A sentence; ms from the video's beginning. */
export interface SpokenLine {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** BCP 47 */
  readonly language: string;
  readonly words: readonly WordTime[];
  /** BCP 47 → text */
  readonly translations: Readonly<Record<string, string>>;
}

export interface Captions extends CaptionTrack {
  readonly cues: readonly Cue[];
}

/** Two rows of 42 characters; half of that where a character is as wide as it is high. */
const ROW = 42;
const ROWS = 2;
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/;
const LONGEST_MS = 7000;
const SHORTEST_MS = 850;

/** The languages that were spoken come first, the most spoken leading. */
export function captionsOf(lines: readonly SpokenLine[]): readonly Captions[] {
  const spoken = new Map<string, number>();
  const told = new Set<string>();
  for (const { language, translations } of lines) {
    spoken.set(language, (spoken.get(language) ?? 0) + 1);
    for (const translation of Object.keys(translations)) told.add(translation);
  }
  const originals = [...spoken].sort(([, one], [, other]) => other - one).map(([language]) => language);
  const others = [...told].filter((language) => !spoken.has(language)).sort();
  return [...originals, ...others].filter(isTag).map((language) => ({
    language,
    name: languageName(language),
    original: spoken.has(language),
    cues: withoutOverlap(lines.flatMap((line) => cuesOf(line, language))),
  }));
}

/** Names of files are made of it. */
const isTag = (language: string): boolean => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language);

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  } catch {
    // Well formed, but no language that this ICU knows.
    return language;
  }
}

function cuesOf(line: SpokenLine, language: string): readonly Cue[] {
  const own = line.language === language;
  const text = own ? line.text : line.translations[language];
  if (text === undefined || text.trim() === '') return [];
  const durationMs = Math.max(SHORTEST_MS, line.endMs - line.startMs);
  // A few words may stand for long; a full cue may not.
  const atLeast = Math.min(Math.ceil(durationMs / LONGEST_MS), Math.ceil(text.length / rowOf(text)));
  const parts = split(text.trim(), atLeast);
  const timed = own && line.words.length === text.trim().split(/\s+/).length ? line.words : null;
  let letters = 0;
  let words = 0;
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  return parts.map((part) => {
    const count = part.split(/\s+/).length;
    const [first, last] = [timed?.[words], timed?.[words + count - 1]];
    const startMs = words === 0 ? line.startMs : (first?.startMs ?? line.startMs + (durationMs * letters) / total);
    letters += part.length;
    words += count;
    const endMs = letters === total ? line.startMs + durationMs : (last?.endMs ?? line.startMs + (durationMs * letters) / total);
    return { startMs, endMs: Math.max(endMs, startMs + 1), text: cueText(wrap(part)) };
  });
}

const rowOf = (text: string): number => (WIDE.test(text) ? ROW / 2 : ROW);

/** Pieces of about one length that each fit two rows, parted between words (between characters where there are no spaces). */
function split(text: string, atLeast: number): readonly string[] {
  const spaced = /\s/.test(text);
  const tokens = spaced ? text.split(/\s+/) : Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const count = Math.min(tokens.length, Math.max(atLeast, Math.ceil(text.length / (rowOf(text) * ROWS))));
  const target = text.length / count;
  const parts: string[] = [];
  let part = '';
  for (const token of tokens) {
    const longer = part === '' ? token : `${part}${spaced ? ' ' : ''}${token}`;
    // Nearer to its share with the word or without it; what would not fit begins the next one.
    const full = parts.length < count - 1 && part !== '' && longer.length - target > target - part.length;
    if (full || (part !== '' && longer.length > rowOf(text) * ROWS)) {
      parts.push(part);
      part = token;
    } else {
      part = longer;
    }
  }
  if (part !== '') parts.push(part);
  return parts;
}

/** In two rows, the lower one the longer. */
function wrap(text: string): string {
  const row = rowOf(text);
  if (text.length <= row) return text;
  const spaces = [...text.matchAll(/\s+/g)].map(({ index }) => index).filter((index) => index <= row);
  const middle = text.length / 2;
  const at = spaces.reduce<number | null>(
    (best, index) => (best === null || Math.abs(index - middle) < Math.abs(best - middle) ? index : best),
    null,
  );
  if (at !== null) return `${text.slice(0, at)}\n${text.slice(at).trimStart()}`;
  return /\s/.test(text) ? text : `${text.slice(0, row)}\n${text.slice(row)}`;
}

/** A cue that was made longer to be read must not stand beside the next one. */
function withoutOverlap(cues: readonly Cue[]): readonly Cue[] {
  const sorted = [...cues].sort((one, other) => one.startMs - other.startMs);
  return sorted.map((cue, index) => {
    const next = sorted[index + 1];
    return next === undefined || next.startMs >= cue.endMs || next.startMs <= cue.startMs ? cue : { ...cue, endMs: next.startMs };
  });
}
