import type { PlayedFragment } from '../shared/player-event.ts';

/**
 * The picture's clock: positions (s) on a media timeline to Unix ms and back, by looking the fragment up. The position of a frame after a
 * discontinuity is counted from its own fragment, never carried over from the one before.
 */
export interface PlaybackClock {
  /** Dates are Unix ms; false: nobody told any, and they count from position 0. */
  readonly real: boolean;
  /** Of the position's frame; beyond either end counted on from the nearest fragment. */
  dateAt(positionS: number): number;
  /** First position at or after the date; a date in a gap gives where the picture goes on. Null = the date lies outside what can be played. */
  timeAt(dateMs: number): number | null;
  /** As `timeAt`, with dates outside clamped to the nearest end. */
  nearest(dateMs: number): number;
  readonly startS: number;
  readonly endS: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** Without a playlist: dates are ms from position 0. */
export function elapsedClock(durationS: number): PlaybackClock {
  const endS = Number.isFinite(durationS) && durationS > 0 ? durationS : 0;
  return {
    real: false,
    startS: 0,
    endS,
    startMs: 0,
    endMs: endS * 1000,
    dateAt: (positionS) => positionS * 1000,
    timeAt: (dateMs) => (dateMs < 0 || (endS > 0 && dateMs > endS * 1000) ? null : dateMs / 1000),
    nearest: (dateMs) => Math.min(endS, Math.max(0, dateMs / 1000)),
  };
}

/** `fragments` in playing order; those without a date get theirs from the dated one before them (RFC 8216 §4.3.2.6), the first ones from behind. */
export function fragmentClock(fragments: readonly PlayedFragment[]): PlaybackClock {
  const last = fragments.at(-1);
  const first = fragments[0];
  if (first === undefined || last === undefined) return elapsedClock(0);
  const dates = datesOf(fragments);
  if (dates === null) return elapsedClock(last.startS + last.durationS);
  return new FragmentClock(fragments, dates);
}

/** The date of each fragment; null when none has one. */
function datesOf(fragments: readonly PlayedFragment[]): readonly number[] | null {
  const known = fragments.findIndex(({ dateMs }) => dateMs !== null);
  const anchor = fragments[known];
  if (anchor?.dateMs == null) return null;
  const dates: number[] = [];
  for (const [index, fragment] of fragments.entries()) {
    const before = fragments[index - 1];
    if (fragment.dateMs !== null) dates.push(fragment.dateMs);
    else if (before === undefined || index < known) dates.push(anchor.dateMs - (anchor.startS - fragment.startS) * 1000);
    else dates.push(dates[index - 1]! + (fragment.startS - before.startS) * 1000);
  }
  return dates;
}

/** Last index whose value is at or below `wanted`; −1 when there is none. */
function lastAtOrBelow(length: number, valueOf: (index: number) => number, wanted: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueOf(middle) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Rounding of a playlist's durations, s: a frame so little before its fragment belongs to it. */
const ROUNDING_S = 0.001;

class FragmentClock implements PlaybackClock {
  readonly real = true;
  readonly startS: number;
  readonly endS: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly #fragments: readonly PlayedFragment[];
  readonly #dates: readonly number[];
  /** Indexes by date, when a source's clock was set back in between; null = the order of playing is that of the dates. */
  readonly #byDate: readonly number[] | null;

  constructor(fragments: readonly PlayedFragment[], dates: readonly number[]) {
    this.#fragments = fragments;
    this.#dates = dates;
    const ordered = dates.every((date, index) => index === 0 || date >= dates[index - 1]!);
    this.#byDate = ordered ? null : dates.map((_, index) => index).sort((one, other) => dates[one]! - dates[other]!);
    const last = fragments.at(-1)!;
    this.startS = fragments[0]!.startS;
    this.endS = last.startS + last.durationS;
    this.startMs = Math.min(dates[0]!, dates[this.#nth(0)]!);
    this.endMs = Math.max(...[fragments.length - 1, this.#nth(fragments.length - 1)].map((index) => this.#endOf(index)));
  }

  dateAt(positionS: number): number {
    const fragments = this.#fragments;
    const found = lastAtOrBelow(fragments.length, (index) => fragments[index]!.startS, positionS + ROUNDING_S);
    const index = Math.max(0, found);
    return this.#dates[index]! + (positionS - fragments[index]!.startS) * 1000;
  }

  timeAt(dateMs: number): number | null {
    return dateMs < this.startMs || dateMs > this.endMs ? null : this.nearest(dateMs);
  }

  nearest(dateMs: number): number {
    const count = this.#fragments.length;
    const place = lastAtOrBelow(count, (nth) => this.#dates[this.#nth(nth)]!, dateMs);
    if (place < 0) return this.#fragments[this.#nth(0)]!.startS;
    const fragment = this.#fragments[this.#nth(place)]!;
    const withinS = (dateMs - this.#dates[this.#nth(place)]!) / 1000;
    if (withinS <= fragment.durationS + ROUNDING_S) return fragment.startS + Math.min(withinS, fragment.durationS);
    // In a gap: where the picture goes on; behind everything: the end.
    return place + 1 < count ? this.#fragments[this.#nth(place + 1)]!.startS : fragment.startS + fragment.durationS;
  }

  #nth(place: number): number {
    return this.#byDate?.[place] ?? place;
  }

  #endOf(index: number): number {
    return this.#dates[index]! + this.#fragments[index]!.durationS * 1000;
  }
}
