/** When somebody begins and ends to speak, from speech probabilities window by window. Pure: positions in, events out. */

export interface TurnRules {
  /** Speech probability from which a window counts as speech, 0–1. */
  readonly threshold: number;
  /** Silence after which the turn may be over: time to begin thinking. Samples. */
  readonly probableSamples: number;
}

export type TurnEvent =
  /** `at`: where speech began. */
  | { readonly type: 'started'; readonly at: number }
  /** `voiced`: after the last voiced window; `at`: how far was listened. */
  | { readonly type: 'probable-end'; readonly at: number; readonly voiced: number }
  /** Speech went on after a probable end. */
  | { readonly type: 'resumed'; readonly at: number }
  | { readonly type: 'stopped'; readonly at: number; readonly voiced: number };

/** Windows in a row that make a beginning: one alone may be a click. */
const ONSET_WINDOWS = 2;
/** Below `threshold` by this much is silence; between the two the last judgement holds. */
const HYSTERESIS = 0.15;

export class TurnDetector {
  #rules: TurnRules;
  /** Silence that ends the turn, samples; may change while somebody speaks (semantic VAD). */
  endAfter: number;
  #onset: number | null = null;
  #onsetWindows = 0;
  #speaking = false;
  #voiced = 0;
  #silentFrom: number | null = null;
  #probable = false;

  constructor(rules: TurnRules, endAfter: number) {
    this.#rules = rules;
    this.endAfter = endAfter;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** End of the last voiced window. */
  get voiced(): number {
    return this.#voiced;
  }

  /** One window of sound, `[from, to)` in samples, with its speech probability. */
  push(probability: number, from: number, to: number): readonly TurnEvent[] {
    const voiced = probability >= this.#rules.threshold;
    if (!this.#speaking) return this.#waitForOnset(voiced, from, to);
    if (voiced) return this.#goOn(to);
    if (this.#silentFrom === null && probability >= this.#rules.threshold - HYSTERESIS) {
      this.#voiced = to;
      return [];
    }
    this.#silentFrom ??= from;
    const silence = to - this.#silentFrom;
    const events: TurnEvent[] = [];
    if (!this.#probable && silence >= Math.min(this.#rules.probableSamples, this.endAfter)) {
      this.#probable = true;
      events.push({ type: 'probable-end', at: to, voiced: this.#voiced });
    }
    if (silence >= this.endAfter) events.push(this.#stop(to));
    return events;
  }

  /** Ends an open turn at `at` whatever was heard; null when nobody speaks. */
  end(at: number): TurnEvent | null {
    return this.#speaking ? this.#stop(at) : null;
  }

  #waitForOnset(voiced: boolean, from: number, to: number): readonly TurnEvent[] {
    if (!voiced) {
      this.#onset = null;
      this.#onsetWindows = 0;
      return [];
    }
    this.#onset ??= from;
    if (++this.#onsetWindows < ONSET_WINDOWS) return [];
    const at = this.#onset;
    this.#speaking = true;
    this.#voiced = to;
    this.#silentFrom = null;
    this.#probable = false;
    return [{ type: 'started', at }];
  }

  #goOn(to: number): readonly TurnEvent[] {
    const resumed = this.#probable;
    this.#voiced = to;
    this.#silentFrom = null;
    this.#probable = false;
    return resumed ? [{ type: 'resumed', at: to }] : [];
  }

  #stop(at: number): TurnEvent {
    this.#speaking = false;
    this.#onset = null;
    this.#onsetWindows = 0;
    this.#silentFrom = null;
    return { type: 'stopped', at, voiced: this.#voiced };
  }
}
