import { catchError, concat, defer, EMPTY, map, of, repeat, tap, timer, type OperatorFunction } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import type { SessionEvent } from './event.ts';

/** The microphone as a session hears it: opened anew when it is lost, given up when it keeps getting lost. */

/** One 20 ms frame on the capture clock. */
export interface HeardFrame {
  readonly type: 'frame';
  readonly pcm: Int16Array;
  /** Position of the first sample, in samples. */
  readonly at: number;
  /** RMS, 0–1 */
  readonly level: number;
}

export type MicrophoneEvent = { readonly type: 'live' } | HeardFrame;

const REOPEN_MS = 1_000;
const TRIES = 5;

type Told = Extract<SessionEvent, { type: 'microphone' | 'microphone-failed' }>;

/** A refusal at the first try fails; a loss later on is told and tried again once a second, five times. */
export function reopening(): OperatorFunction<MicrophoneEvent, HeardFrame | Told> {
  return (source$) =>
    defer(() => {
      let live = false;
      let failures = 0;
      return concat(of<HeardFrame | Told>({ type: 'microphone', state: 'asking' }), source$.pipe(map(told))).pipe(
        tap((event) => {
          if (event.type !== 'frame') return;
          live = true;
          failures = 0;
        }),
        catchError((cause: unknown) => {
          const error = AssistantError.from(cause, 'microphone-lost');
          if (!live) throw error;
          failures += 1;
          return of<Told>({ type: 'microphone-failed', error: error.toFacts(), terminal: failures > TRIES });
        }),
        repeat({ delay: () => (failures > TRIES ? EMPTY : timer(REOPEN_MS)) }),
      );
    });
}

const told = (event: MicrophoneEvent): HeardFrame | Told =>
  event.type === 'live' ? { type: 'microphone', state: 'live' } : event;
