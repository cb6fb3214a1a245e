import type { PlayedFragment } from '../shared/player-event.ts';
import { elapsedClock, fragmentClock, type PlaybackClock } from './playback-clock.ts';

/** The seek bar's scale: clock time where the picture has one, so that a gap in it is a gap on the bar; the timeline's own seconds elsewhere. */
export interface PlaybackAxis {
  readonly startS: number;
  readonly endS: number;
  /** 0–1 */
  along(positionS: number): number;
  /** Null = not on the bar. */
  alongDate(dateMs: number): number | null;
  positionAt(share: number): number;
  /** Stretches without a picture, 0–1, at most 200. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

/** More absence than this on a bar by the clock, and the pictures could not be found on it. */
const MOST_ABSENT = 0.6;
/** A jump of the clock that is no rounding, ms. */
const GAP_MS = 1_000;
const MOST_GAPS = 200;

const within = (share: number): number => Math.min(1, Math.max(0, share));

export const clockOf = (fragments: readonly PlayedFragment[], durationS: number): PlaybackClock =>
  fragments.length === 0 ? elapsedClock(durationS) : fragmentClock(fragments);

export function axisOf(clock: PlaybackClock, fragments: readonly PlayedFragment[]): PlaybackAxis {
  const spanMs = clock.endMs - clock.startMs;
  const playedMs = (clock.endS - clock.startS) * 1000;
  if (!clock.real || spanMs <= 0 || playedMs / spanMs < 1 - MOST_ABSENT || playedMs > spanMs + GAP_MS) return bySeconds(clock);
  const share = (dateMs: number) => (dateMs - clock.startMs) / spanMs;
  return {
    startS: clock.startS,
    endS: clock.endS,
    along: (positionS) => within(share(clock.dateAt(positionS))),
    alongDate: (dateMs) => (dateMs < clock.startMs || dateMs > clock.endMs ? null : share(dateMs)),
    positionAt: (at) => clock.nearest(clock.startMs + within(at) * spanMs),
    gaps: gapsIn(clock, fragments).map(({ fromMs, toMs }) => ({ from: within(share(fromMs)), to: within(share(toMs)) })),
  };
}

function bySeconds(clock: PlaybackClock): PlaybackAxis {
  const { startS, endS } = clock;
  const spanS = Math.max(0.001, endS - startS);
  return {
    startS,
    endS,
    along: (positionS) => within((positionS - startS) / spanS),
    alongDate: (dateMs) => {
      const positionS = clock.timeAt(dateMs);
      return positionS === null ? null : within((positionS - startS) / spanS);
    },
    positionAt: (at) => startS + within(at) * spanS,
    gaps: [],
  };
}

function gapsIn(clock: PlaybackClock, fragments: readonly PlayedFragment[]): readonly { fromMs: number; toMs: number }[] {
  const gaps: { fromMs: number; toMs: number }[] = [];
  for (const [index, fragment] of fragments.entries()) {
    const before = fragments[index - 1];
    if (before === undefined || fragment.dateMs === null) continue;
    const endedMs = clock.dateAt(before.startS) + before.durationS * 1000;
    if (fragment.dateMs - endedMs > GAP_MS) gaps.push({ fromMs: endedMs, toMs: fragment.dateMs });
    if (gaps.length === MOST_GAPS) break;
  }
  return gaps;
}
