import { map, merge, mergeMap, from, defer, type Observable } from 'rxjs';
import { EchoGate, type PlaybackState } from './echo-gate.ts';
import { decibels, NoiseFloor } from './noise-floor.ts';
import { Voicing } from './voicing.ts';

/** Says when somebody begins and stops to speak, from the microphone's frames and from what is being played meanwhile. */

export interface VoiceFrame {
  readonly pcm: Int16Array;
  /** Position of the first sample on the capture clock. */
  readonly at: number;
  /** RMS, 0–1 */
  readonly level: number;
  /** What a better judge says of it being speech, 0–1; without one its pitch decides. */
  readonly probability?: number;
}

export interface VoiceActivityEvent {
  /** `maybe`: a first hit, worth turning the answer down; `speech`: confirmed; `silence`: the end of either. */
  readonly type: 'maybe' | 'speech' | 'silence';
  /** Position on the capture clock, samples: where the hit began, or the silence. */
  readonly at: number;
}

export interface VoiceActivityOptions {
  /** Hz of the frames. */
  readonly rate: number;
  readonly frames$: Observable<VoiceFrame>;
  readonly playback$: Observable<PlaybackState>;
}

/** Speech is at least this much above the noise floor and above this level, dB, and this voiced. */
const ABOVE_FLOOR_DB = 8;
const QUIETEST_DB = -52;
const VOICED = 0.6;
/** A judge's probability that counts. */
const PROBABLE = 0.5;
/** ms of hits in a row that confirm: well above what may be an echo, and close to it. */
const CLEAR_MS = 40;
const UNCLEAR_MS = 60;
const CLEAR_DB = 4;
/** A knock rings at a pitch too, but dies away; a syllable stands. */
const DYING_DB = 5;
/** ms without a hit that end it. */
const HANGOVER_MS = 400;

export class VoiceDetector {
  readonly #rate: number;
  readonly #voicing: Voicing;
  readonly #floor = new NoiseFloor();
  readonly #echo = new EchoGate();
  #now = 0;
  #state: VoiceActivityEvent['type'] = 'silence';
  #hitSince = -1;
  #lastHit = 0;
  #loudest = -Infinity;

  constructor(rate: number) {
    this.#rate = rate;
    this.#voicing = new Voicing(rate);
  }

  playback(state: PlaybackState): void {
    this.#echo.playback(state, this.#now);
  }

  /** The event that this frame makes, or null. */
  hear({ pcm, at, probability }: VoiceFrame): VoiceActivityEvent | null {
    const seconds = pcm.length / this.#rate;
    this.#now = at / this.#rate;
    const { level, voicing } = this.#voicing.hear(pcm);
    const db = decibels(level);
    const echo = this.#echo.threshold(this.#now);
    const like = probability === undefined ? voicing >= VOICED && db >= this.#floor.db + ABOVE_FLOOR_DB : probability >= PROBABLE;
    const hit = like && db >= QUIETEST_DB && db >= echo;
    this.#floor.hear(level, seconds);
    if (this.#state !== 'speech') this.#echo.learn(db, this.#now, seconds);
    const event = this.#follow(hit, db, at, pcm.length, db < echo + CLEAR_DB ? UNCLEAR_MS : CLEAR_MS);
    if (event?.type === 'speech') this.#echo.unlearn();
    return event;
  }

  #follow(hit: boolean, db: number, at: number, length: number, confirmMs: number): VoiceActivityEvent | null {
    if (hit) {
      if (this.#hitSince < 0) this.#begin(at);
      this.#loudest = Math.max(this.#loudest, db);
      this.#lastHit = at + length;
      const hitMs = ((this.#lastHit - this.#hitSince) * 1000) / this.#rate;
      if (this.#state !== 'speech' && hitMs >= confirmMs && db > this.#loudest - DYING_DB)
        return this.#turn('speech', this.#hitSince);
      return this.#state === 'silence' ? this.#turn('maybe', at) : null;
    }
    this.#hitSince = -1;
    const quietMs = ((at + length - this.#lastHit) * 1000) / this.#rate;
    return this.#state !== 'silence' && quietMs >= HANGOVER_MS ? this.#turn('silence', this.#lastHit) : null;
  }

  #begin(at: number): void {
    this.#hitSince = at;
    this.#loudest = -Infinity;
  }

  #turn(type: VoiceActivityEvent['type'], at: number): VoiceActivityEvent {
    this.#state = type;
    return { type, at };
  }
}

/** Cold: every subscription listens anew. */
export function voiceActivity({ rate, frames$, playback$ }: VoiceActivityOptions): Observable<VoiceActivityEvent> {
  return defer(() => {
    const detector = new VoiceDetector(rate);
    return merge(
      playback$.pipe(
        map((state) => {
          detector.playback(state);
          return null;
        }),
      ),
      frames$.pipe(map((frame) => detector.hear(frame))),
    ).pipe(mergeMap((event) => from(event === null ? [] : [event])));
  });
}
