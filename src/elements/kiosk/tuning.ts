import { last, map, mergeWith, type Observable, scan, takeUntil, timer, toArray, withLatestFrom } from 'rxjs';
import { roomOf, type Room } from '../../pipelines/kiosk-calibration.ts';
import type { KioskEdges } from '../viva-voce/kiosk-edges.ts';

/** What the keeper tunes: the threshold of speech in this room, and whether the loudspeaker is heard by the microphone. */

/** In localStorage, by the keeper's doing; of the device, not of a visitor. */
const KEY = 'viva-kiosk-room';
const LISTEN_MS = 5_000;
const SAMPLE_MS = 50;

/** Listens for five seconds; emits what it made of them. The ear has to be open. */
export const calibration = ({ level$ }: KioskEdges): Observable<Room | null> =>
  timer(SAMPLE_MS, SAMPLE_MS).pipe(
    takeUntil(timer(LISTEN_MS + SAMPLE_MS)),
    withLatestFrom(level$),
    map(([, level]) => level),
    toArray(),
    map(roomOf),
  );

export function keepRoom(room: Room): void {
  localStorage.setItem(KEY, JSON.stringify(room));
}

/** The room as it was calibrated; null = never. */
export function keptRoom(): Room | null {
  try {
    const room = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Room> | null;
    const { noiseDb, threshold, softestDb } = room ?? {};
    if (typeof noiseDb !== 'number' || typeof softestDb !== 'number') return null;
    return { noiseDb, softestDb, threshold: typeof threshold === 'number' ? threshold : null };
  } catch {
    // No storage for this page, or a value of somebody else's making: as if it had never been calibrated.
    return null;
  }
}

const ECHO_MS = 600;

/** Plays two tones and listens; emits how much louder it became, dB. */
export const echo = ({ level$, chime$ }: KioskEdges): Observable<number> =>
  level$.pipe(
    takeUntil(timer(ECHO_MS + LISTEN_MS / 10)),
    mergeWith(chime$),
    scan(({ first, most }, level) => ({ first: first ?? level, most: Math.max(most, level) }), {
      first: null as number | null,
      most: 0,
    }),
    last(),
    map(({ first, most }) => Math.max(0, Math.round(20 * Math.log10((most + 1e-5) / ((first ?? 0) + 1e-5))))),
  );
