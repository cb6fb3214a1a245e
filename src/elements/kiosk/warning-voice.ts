import { concat, finalize, ignoreElements, Observable, timer } from 'rxjs';
import type { Assistant } from '../../session/assistant.ts';

/** While the kiosk itself speaks, nobody listens: it must not take its own words for a visitor's. */

/** A room goes on sounding for a moment, ms. */
const ECHO_MS = 400;

export function unheard(said$: Observable<never>, assistant: Assistant | null, deaf: (on: boolean) => void): Observable<never> {
  return new Observable<never>((subscriber) => {
    const mutes = assistant !== null && !assistant.state.value.muted && assistant.state.value.microphone === 'live';
    deaf(true);
    if (mutes) assistant.mute(true);
    return concat(said$, timer(ECHO_MS).pipe(ignoreElements()))
      .pipe(
        finalize(() => {
          deaf(false);
          if (mutes) assistant.mute(false);
        }),
      )
      .subscribe(subscriber);
  });
}
