/** How good a connection is for talking, from what was measured of it. */

export type Quality = 'good' | 'fair' | 'poor';

/** Totals that only grow, as a conversation counts them, at one moment. */
export interface Gaps {
  /** Times the sound ran out in the middle of an answer. */
  readonly underruns: number;
  /** Frames of speech that the wire did not take. */
  readonly framesDropped: number;
}

export interface ConnectionFacts {
  /** null = not told. */
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
  /** The server did not answer just now, or the connection is lost. */
  readonly lost: boolean;
  /** What went missing lately: `since(now, before)`. */
  readonly lately: Gaps;
}

/**
 * Up to the first a talk feels at once, up to the second it is possible. Twice ITU-T G.114's one-way 150 and 400 ms; jitter as much as a
 * playback reserve takes.
 */
const ROUND_TRIP_MS = [300, 800] as const;
const JITTER_MS = [40, 120] as const;
const UNDERRUNS = [0, 2] as const;
/** Frames of 20 ms. */
const DROPPED = [0, 25] as const;

/** The worst of what is known. */
export function qualityOf({ roundTripMs, jitterMs, lost, lately }: ConnectionFacts): Quality {
  if (lost) return 'poor';
  const grades = [
    graded(roundTripMs, ROUND_TRIP_MS),
    graded(jitterMs, JITTER_MS),
    graded(lately.underruns, UNDERRUNS),
    graded(lately.framesDropped, DROPPED),
  ];
  return (['good', 'fair', 'poor'] as const)[Math.max(...grades)] ?? 'poor';
}

const graded = (value: number | null, [good, fair]: readonly [number, number]): number =>
  value === null || value <= good ? 0 : value <= fair ? 1 : 2;

/** What came on top of `before`. A connection that was made anew counts its frames from nothing. */
export const since = (now: Gaps, before: Gaps): Gaps => ({
  underruns: grown(now.underruns, before.underruns),
  framesDropped: grown(now.framesDropped, before.framesDropped),
});

const grown = (now: number, before: number): number => (now >= before ? now - before : now);
