import { concat, map, of, scan, takeUntil, timer, type Observable } from 'rxjs';

/** Whether a microphone hears somebody, from its levels. */

export interface Hearing {
  /** RMS, 0–1. */
  readonly level: number;
  readonly verdict: 'waiting' | 'heard' | 'quiet';
}

export const LISTEN_MS = 8_000;
/** RMS of quiet speech; a room and its microphone's own noise stay below. */
const SPEECH = 0.02;
/** Levels in a row: a knock is no speech. */
const ENOUGH = 3;

/** Listens for 8 s; who was heard stays heard. Then `quiet` where nobody was, and completes. */
export const hearing = (level$: Observable<number>): Observable<Hearing> =>
  concat(level$.pipe(takeUntil(timer(LISTEN_MS))), of(null)).pipe(
    scan(step, { loud: 0, heard: false, level: 0, over: false }),
    map(({ heard, level, over }): Hearing => ({ level, verdict: heard ? 'heard' : over ? 'quiet' : 'waiting' })),
  );

interface Known {
  /** Loud levels in a row. */
  readonly loud: number;
  readonly heard: boolean;
  readonly level: number;
  readonly over: boolean;
}

/** null = the time is over. */
function step({ loud, heard }: Known, level: number | null): Known {
  if (level === null) return { loud, heard, level: 0, over: true };
  const inRow = level >= SPEECH ? loud + 1 : 0;
  return { loud: inRow, heard: heard || inRow >= ENOUGH, level, over: false };
}
