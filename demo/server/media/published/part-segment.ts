import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fmp4Splitter } from '../fmp4/splitter.ts';
import type { Segment } from '../recording.ts';

/** A segment of which a part is played: from a key frame on, as far as the end of a fragment; its file stays as it is. */

export interface PartSegment extends Segment {
  /** Bytes of the file; absent = all of them. */
  readonly part?: { readonly offset: number; readonly bytes: number };
}

export type Trim = (folder: string, segment: Segment, fromMs: number, toMs: number) => Promise<PartSegment>;

/** `fromMs`, `toMs`: from the segment's beginning. As near as its key frames and fragments allow, never less than that. */
export const trimmed: Trim = async (folder, segment, fromMs, toMs) => {
  if (fromMs <= 0 && toMs >= segment.durationMs) return segment;
  const [init, media] = await Promise.all([readFile(join(folder, segment.init)), readFile(join(folder, segment.file))]);
  const splitter = new Fmp4Splitter();
  const fragments = [...splitter.push(init), ...splitter.push(media)].flatMap((event) =>
    event.type === 'fragment' ? [event.fragment] : [],
  );
  // What comes before, between or after them would be missing from a part that is counted out of them.
  const [head] = fragments;
  if (head === undefined || fragments.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) !== media.byteLength) return segment;
  const atMs = fragments.map(({ startS }) => (startS - head.startS) * 1000);
  const first = fragments.findLastIndex(({ keyFrame }, index) => keyFrame && (atMs[index] ?? 0) <= fromMs);
  const after = atMs.findIndex((ms, index) => index > first && ms >= toMs);
  const [begin, end] = [Math.max(0, first), after === -1 ? fragments.length : after];
  const bytesOf = (from: number, to: number): number =>
    fragments.slice(from, to).reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  const startMs = atMs[begin] ?? 0;
  return {
    ...segment,
    startMs: segment.startMs + startMs,
    durationMs: (atMs[end] ?? segment.durationMs) - startMs,
    decodeS: segment.decodeS + startMs / 1000,
    bytes: bytesOf(begin, end),
    part: { offset: bytesOf(0, begin), bytes: bytesOf(begin, end) },
  };
};
