import { catchError, type Observable, type Subscription, throwError } from 'rxjs';
import type { Idleness } from '../../pipelines/kiosk-idle.ts';
import { type Doubt, firstThatSpeaks, mayListen, noDoubt, takenBack } from '../../pipelines/kiosk-voices.ts';
import { counted } from '../counted.ts';
import type { KioskEdges } from '../viva-voce/kiosk-edges.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { spokenByBrowser, voiceFor } from './browser-voice.ts';
import { kioskStrings } from './kiosk-strings.ts';
import { volumeOf } from './visitor-choice.ts';
import { earShut, unheard } from './warning-voice.ts';

/** The warning, spoken: by a voice of the browser, else by the conversation's and beside it, else two tones say that something is on the screen. */

/** Seconds left at which it is told again. */
const SPOKEN_AT: ReadonlySet<number> = new Set([10, 5]);
/** A voice that has not begun by then comes too late, ms. */
const BEGIN_MS = 4_000;

export class SpokenWarning {
  readonly #host: Launcher;
  readonly #edges: KioskEdges;
  readonly #deaf: (on: boolean) => void;
  #stands = false;
  #saying: Subscription | null = null;
  /** The conversation's voice did not speak; it is not asked a second time while this warning stands. */
  #refused = false;
  /** Somebody touched the device since the warning stands. */
  #touched = false;
  #doubt: Doubt = noDoubt;

  /** `deaf`: what wakes the kiosk by loudness is to rest, or to listen again. */
  constructor(host: Launcher, edges: KioskEdges, deaf: (on: boolean) => void) {
    this.#host = host;
    this.#edges = edges;
    this.#deaf = deaf;
    // Chromium gathers its voices when it is first asked, and answers the second time.
    voiceFor(host.shownLanguage);
  }

  touched(): void {
    this.#touched = true;
  }

  /** Speaks as the warning stands, and is silent as soon as it does not. */
  follow(idle: Idleness): void {
    const stood = this.#stands;
    this.#stands = idle.kind === 'warning';
    if (idle.kind !== 'warning') {
      // Taken back by a voice while it was being said, it may have heard itself.
      if (stood && idle.kind === 'present') this.#doubt = takenBack(this.#doubt, !this.#touched, this.#saying?.closed === false);
      this.stop();
    } else if (!stood) {
      this.#refused = this.#touched = false;
      this.#say(this.#words.kioskIdleSpoken);
    } else if (SPOKEN_AT.has(idle.secondsLeft)) this.#say(counted(this.#words, 'kioskIdleText', idle.secondsLeft));
  }

  stop(): void {
    this.#saying?.unsubscribe();
    this.#saying = null;
  }

  get #words() {
    return { ...kioskStrings, ...this.#host.words };
  }

  #say(words: string): void {
    this.stop();
    const { assistant, shownLanguage } = this.#host;
    const volume = volumeOf(this.#host);
    const voice = voiceFor(shownLanguage);
    const shut = (said$: Observable<unknown>): Observable<unknown> => unheard(said$, assistant, this.#deaf);
    const own$ = this.#edges.say(words, shownLanguage, volume).pipe(
      catchError((cause: unknown) => {
        this.#refused = true;
        return throwError(() => cause);
      }),
    );
    const voices = [
      ...(voice === null ? [] : [shut(spokenByBrowser(words, voice, volume))]),
      ...(this.#refused ? [] : [this.#listens ? earShut(own$, this.#deaf) : shut(own$)]),
      shut(this.#edges.chime(volume)),
    ];
    this.#saying = firstThatSpeaks(voices, BEGIN_MS).subscribe();
  }

  /** The browser takes the page's own sound out of the microphone, so that a word is heard while the kiosk speaks. */
  get #listens(): boolean {
    const { assistant, duplex } = this.#host;
    return duplex !== 'half' && mayListen(this.#doubt) && assistant?.devices.value.granted?.echoCancellation === true;
  }
}
