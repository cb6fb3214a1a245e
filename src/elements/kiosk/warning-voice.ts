import { concat, defer, finalize, ignoreElements, type Observable, timer } from 'rxjs';
import type { Assistant } from '../../session/assistant.ts';

/** While the kiosk itself speaks, what is heard may be its own words. */

/** A room goes on sounding for a moment, ms. */
const ECHO_MS = 400;

/** What wakes the kiosk by loudness rests; a conversation goes on listening, for sound that the browser takes out of the microphone. */
export const earShut = <T>(said$: Observable<T>, deaf: (on: boolean) => void): Observable<T> =>
  defer(() => {
    deaf(true);
    return concat(said$, timer(ECHO_MS).pipe(ignoreElements()));
  }).pipe(
    finalize(() => {
      deaf(false);
    }),
  );

/** Nobody listens at all, for sound that the browser leaves in. */
export const unheard = <T>(said$: Observable<T>, assistant: Assistant | null, deaf: (on: boolean) => void): Observable<T> =>
  defer(() => {
    const mutes = assistant !== null && !assistant.state.value.muted && assistant.state.value.microphone === 'live';
    if (mutes) assistant.mute(true);
    return earShut(said$, deaf).pipe(
      finalize(() => {
        if (mutes) assistant.mute(false);
      }),
    );
  });
