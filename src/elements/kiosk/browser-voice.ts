import { Observable, takeUntil, timer } from 'rxjs';

/** A sentence by one of the browser's own voices. */

/** A browser that never says that it is done, ms. */
const LONGEST_MS = 8_000;

/**
 * The first voice of this device that fits; null = there is none, or this browser does not speak. Voices that another host makes are no
 * choice: what is said would go there.
 */
export function voiceFor(lang: string): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in globalThis)) return null;
  const language = lang.split('-')[0] ?? lang;
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService);
  return voices.find((voice) => voice.lang === lang) ?? voices.find((voice) => voice.lang.split(/[-_]/)[0] === language) ?? null;
}

/** Emits when it begins, completes when it was said; unsubscribing is silence at once. `volume`: 0–1. */
export const spokenByBrowser = (words: string, voice: SpeechSynthesisVoice, volume: number): Observable<'begun'> =>
  new Observable<'begun'>((subscriber) => {
    const utterance = Object.assign(new SpeechSynthesisUtterance(words), { voice, volume, lang: voice.lang });
    utterance.addEventListener('start', () => {
      subscriber.next('begun');
    });
    utterance.addEventListener('end', () => {
      subscriber.complete();
    });
    utterance.addEventListener('error', ({ error }) => {
      subscriber.error(new Error(error));
    });
    speechSynthesis.speak(utterance);
    return () => {
      speechSynthesis.cancel();
    };
  }).pipe(takeUntil(timer(LONGEST_MS)));
