import type { Segment } from '../recording.ts';

/** Where a moment of a stream's clock lies in a video made of its segments: absences of the source take no time there. */

/** Segments that follow one another without a gap, on one clock. */
export interface Span {
  readonly epoch: number;
  /** Unix ms */
  readonly startMs: number;
  /** Unix ms */
  readonly endMs: number;
  /** ms from the video's beginning */
  readonly atMs: number;
  /** Index of its first segment. */
  readonly first: number;
}

/** True when `segment` does not go on where `before` ended: players must be told. */
export const isCut = (before: Segment, segment: Segment): boolean =>
  before.epoch !== segment.epoch || segment.sequence !== before.sequence + 1;

/** Segments whose dates are beside what their durations add up to by more than this are on another clock: the source's drifts. ms */
const DRIFT_MS = 20;

export function spansOf(segments: readonly Segment[]): readonly Span[] {
  const spans: Span[] = [];
  let atMs = 0;
  segments.forEach((segment, index) => {
    const before = segments[index - 1];
    const endMs = segment.startMs + segment.durationMs;
    const last = spans.at(-1);
    const isDrifted = last !== undefined && Math.abs(segment.startMs - last.startMs - (atMs - last.atMs)) > DRIFT_MS;
    if (before === undefined || last === undefined || isDrifted || isCut(before, segment)) {
      spans.push({ epoch: segment.epoch, startMs: segment.startMs, endMs, atMs, first: index });
    } else {
      spans[spans.length - 1] = { ...last, endMs };
    }
    atMs += segment.durationMs;
  });
  return spans;
}

export const durationOf = (segments: readonly Segment[]): number => segments.reduce((sum, { durationMs }) => sum + durationMs, 0);

/** A stretch of the stream's clock in the video's; null when nothing of it was recorded. One that reaches over a gap has it closed. */
export function shifted(spans: readonly Span[], startMs: number, endMs: number): { startMs: number; endMs: number } | null {
  const first = spans.find((span) => span.endMs > startMs);
  const last = spans.findLast((span) => span.startMs < endMs || (span.startMs === startMs && startMs === endMs));
  if (first === undefined || last === undefined || first.atMs > last.atMs) return null;
  return {
    startMs: first.atMs + Math.max(0, startMs - first.startMs),
    endMs: last.atMs + Math.min(endMs, last.endMs) - last.startMs,
  };
}
