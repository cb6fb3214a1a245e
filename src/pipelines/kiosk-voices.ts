import { catchError, concat, defer, EMPTY, ignoreElements, tap, timeout, type Observable } from 'rxjs';

/**
 * Says something by the first of several voices that begins within `beginMs`; the later ones are asked only where the ones before have said
 * nothing at all, so nothing is said twice. A voice emits when it begins, and completes when it has said everything. The last one may take
 * its time. Never fails.
 */
export function firstThatSpeaks(voices: readonly Observable<unknown>[], beginMs: number): Observable<never> {
  const [voice, ...others] = voices;
  if (voice === undefined) return EMPTY;
  return defer(() => {
    let begun = false;
    const said$ = voice.pipe(
      tap(() => (begun = true)),
      others.length === 0 ? (source$) => source$ : timeout({ first: beginMs }),
      // A voice that fails has said nothing, or as much as it could.
      catchError(() => EMPTY),
      ignoreElements(),
    );
    return concat(
      said$,
      defer(() => (begun ? EMPTY : firstThatSpeaks(others, beginMs))),
    );
  });
}

/** Whether the kiosk may be hearing itself: warnings in a row that a voice took back while they were being said, and nothing else. */
export type Doubt = number;

export const noDoubt: Doubt = 0;

/** A visitor says "yes" into the question once; whoever does it again and again is the kiosk's own echo. */
const MOST_DOUBT: Doubt = 2;

/** After a warning was taken back. */
export const takenBack = (doubt: Doubt, byVoice: boolean, whileSpeaking: boolean): Doubt =>
  byVoice && whileSpeaking ? doubt + 1 : noDoubt;

/** The microphone stays open while the kiosk speaks. */
export const mayListen = (doubt: Doubt): boolean => doubt < MOST_DOUBT;
