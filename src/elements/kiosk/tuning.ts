import { map, merge, take, timer, toArray, withLatestFrom, type Observable } from 'rxjs';
import { roomOf, type Room } from '../../pipelines/kiosk-calibration.ts';
import type { KioskEdges } from '../viva-voce/kiosk-edges.ts';

/** What the keeper tunes: the threshold of speech in this room, and whether the loudspeaker is heard by the microphone. */

/** In localStorage, by the keeper's doing; of the device, not of a visitor. */
const KEY = 'viva-kiosk-room';
const LISTEN_MS = 5_000;
const SAMPLE_MS = 50;

/** Levels as they are at so many looks. */
const sampled = (level$: Observable<number>, count: number): Observable<number> =>
  timer(SAMPLE_MS, SAMPLE_MS).pipe(
    take(count),
    withLatestFrom(level$),
    map(([, level]) => level),
  );

/** Listens for five seconds; emits what it made of them. The ear has to be open. */
export const calibration = ({ level$ }: KioskEdges): Observable<Room | null> =>
  sampled(level$, LISTEN_MS / SAMPLE_MS).pipe(toArray(), map(roomOf));

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

const ECHO_MS = 1_100;

const db = (level: number): number => 20 * Math.log10(level + 1e-5);

/** Plays two tones and listens; emits how much louder it became, dB. */
export const echo = ({ level$, chime }: KioskEdges): Observable<number> =>
  merge(sampled(level$, ECHO_MS / SAMPLE_MS), chime(1)).pipe(
    toArray(),
    map((levels) => Math.max(0, Math.round(db(Math.max(0, ...levels)) - db(levels[0] ?? 0)))),
  );
