import type { VideoLine } from './video-rows.ts';

/** A transcript cut as it is asked for: by words, sentences or seconds. Pure. */

export type Segmenter = 'word' | 'sentence' | 'time';

/** Seconds of the video. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const s = (ms: number): number => Math.round(ms) / 1000;

/** `length`: words or sentences to a segment, or seconds. */
export function segmented(lines: readonly VideoLine[], by: Segmenter, length: number): readonly Segment[] {
  if (by === 'sentence') return grouped(lines.map(sentence), length);
  const words = lines.flatMap(wordsOf);
  return by === 'word' ? grouped(words, length) : bySeconds(words, length);
}

const sentence = ({ start_ms, end_ms, text }: VideoLine): Segment => ({ start: s(start_ms), end: s(end_ms), text });

/** Who has no word times is told by sentences. */
const wordsOf = (line: VideoLine): readonly Segment[] =>
  line.words.length === 0
    ? [sentence(line)]
    : line.words.map(({ text, startMs, endMs }) => ({ start: s(startMs), end: s(endMs), text }));

function joined(parts: readonly Segment[]): Segment {
  const start = parts[0]?.start ?? 0;
  return { start, end: parts.at(-1)?.end ?? start, text: parts.map(({ text }) => text).join(' ') };
}

function grouped(parts: readonly Segment[], size: number): readonly Segment[] {
  if (size <= 1) return parts;
  const groups: Segment[] = [];
  for (let at = 0; at < parts.length; at += size) groups.push(joined(parts.slice(at, at + size)));
  return groups;
}

/** Windows begin at the video's beginning; those in which nothing was said are left out. */
function bySeconds(words: readonly Segment[], seconds: number): readonly Segment[] {
  const windows = new Map<number, Segment[]>();
  for (const word of words) {
    const at = Math.floor(word.start / seconds);
    windows.set(at, [...(windows.get(at) ?? []), word]);
  }
  return [...windows.values()].map(joined);
}
