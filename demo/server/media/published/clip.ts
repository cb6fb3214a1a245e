import type { Recording, Segment } from '../recording.ts';
import { mediaPlaylist } from './playlist.ts';
import type { PlaylistEntry } from './playlist.ts';
import { PublishedError } from './published-error.ts';
import { isCut } from './timeline.ts';

/** A stretch of a recording as a playlist over its segments: nothing is copied and nothing encoded, whatever the length. */

/** Clients that truncate times to whole seconds ask for nothing at all when both lie in one (spec §2). */
export const SHORTEST_MS = 1000;

export interface ClipRange {
  /** Unix ms */
  readonly startMs: number;
  /** Unix ms */
  readonly endMs: number;
}

export interface Clip {
  readonly segments: readonly Segment[];
  /** Of its first segment that comes before what was asked for, ms. */
  readonly skipMs: number;
  /** Of what was asked for and is there, gaps closed, ms. */
  readonly durationMs: number;
}

/** The range as it is played: at least a second long. Throws `PublishedError` for one that ends before it begins. */
export function clipRange({ startMs, endMs }: ClipRange): ClipRange {
  if (!Number.isFinite(startMs) || startMs < 0) throw new PublishedError('bad-range', 'start is no time.', { field: 'start' });
  if (!Number.isFinite(endMs) || endMs < 0) throw new PublishedError('bad-range', 'end is no time.', { field: 'end' });
  if (endMs < startMs) throw new PublishedError('bad-range', 'end lies before start.', { field: 'end' });
  return { startMs, endMs: Math.max(endMs, startMs + SHORTEST_MS) };
}

/** What is there of a range. Throws `PublishedError` `nothing-recorded`, with what there is instead. */
export function clipOf(recording: Recording, wish: ClipRange): Clip {
  const { startMs, endMs } = clipRange(wish);
  const segments = recording.window(startMs, endMs);
  const [first] = segments;
  const last = segments.at(-1);
  if (first === undefined || last === undefined) throw nothingThere(recording, { startMs, endMs });
  const skipMs = Math.max(0, startMs - first.startMs);
  const beyondMs = Math.max(0, last.startMs + last.durationMs - endMs);
  const wholeMs = segments.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return { segments, skipMs, durationMs: Math.max(0, wholeMs - skipMs - beyondMs) };
}

/** Its m3u8; files are named as they lie beside it. Throws as `clipOf`. */
export function clipPlaylist(recording: Recording, wish: ClipRange): string {
  const { segments, skipMs } = clipOf(recording, wish);
  return mediaPlaylist(entriesOf(segments), skipMs);
}

export const entriesOf = (segments: readonly Segment[]): readonly PlaylistEntry[] =>
  segments.map((segment, index) => {
    const before = segments[index - 1];
    return {
      uri: segment.file,
      map: segment.init,
      durationMs: segment.durationMs,
      startMs: segment.startMs + (segment.lagMs ?? 0),
      cut: before !== undefined && isCut(before, segment),
    };
  });

function nothingThere(recording: Recording, { startMs, endMs }: ClipRange): PublishedError {
  const iso = (ms: number): string => new Date(Math.min(ms, LAST_DATE_MS)).toISOString();
  const ranges = recording.ranges();
  const from = ranges[0]?.startMs;
  const to = ranges.at(-1)?.endMs;
  const instead =
    from === undefined || to === undefined
      ? 'Nothing is kept of this stream.'
      : `What is kept lies between ${iso(from)} and ${iso(to)}.`;
  return new PublishedError('nothing-recorded', `Nothing was recorded from ${iso(startMs)} to ${iso(endMs)}. ${instead}`);
}

const LAST_DATE_MS = 8.64e15;
