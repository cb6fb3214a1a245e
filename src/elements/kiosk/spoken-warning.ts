import { ignoreElements, Observable, race, take, timer } from 'rxjs';

/** The warning, spoken: by a voice of the browser where there is one for the language, else two tones say that something is on the screen. */

/** A browser that never says that it is done, ms. */
const LONGEST_MS = 8_000;

/** The first voice that fits; null = there is none, or this browser does not speak. */
function voiceFor(lang: string): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in globalThis)) return null;
  const language = lang.split('-')[0] ?? lang;
  return speechSynthesis.getVoices().find((voice) => voice.lang.split(/[-_]/)[0] === language) ?? null;
}

/** Completes when it was said; unsubscribing is silence at once. */
export function spoken(text: string, lang: string, chime$: Observable<never>): Observable<never> {
  const voice = voiceFor(lang);
  if (voice === null) return chime$;
  const said$ = new Observable<null>((subscriber) => {
    const utterance = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang });
    const done = (): void => {
      subscriber.next(null);
    };
    utterance.addEventListener('end', done);
    utterance.addEventListener('error', done);
    speechSynthesis.speak(utterance);
    return () => {
      speechSynthesis.cancel();
    };
  });
  return race(said$, timer(LONGEST_MS)).pipe(take(1), ignoreElements());
}
