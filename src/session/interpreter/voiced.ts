import type { VoiceActivityEvent } from '../../pipelines/voice-activity.ts';

/** Until where each stream holds speech, by the page's own ear: words for what lies before are still owed; pure. */

interface Heard {
  /** Capture position of the stream's first sample. */
  readonly from: number;
  /** Capture position behind the last speech; null = there was none. */
  until: number | null;
}

export class Voiced {
  readonly #perMs: number;
  readonly #streams = new Map<string, Heard>();
  #speaking = false;

  /** `rate`: Hz of the capture clock. */
  constructor(rate: number) {
    this.#perMs = rate / 1000;
  }

  /** What the page's ear says; a hit that was not confirmed is no speech. */
  activity({ type, at }: VoiceActivityEvent): void {
    if (type === 'maybe') return;
    this.#speaking = type === 'speech';
    if (this.#speaking) return;
    // It is told a little late, and frames have gone up meanwhile.
    for (const heard of this.#streams.values()) if (heard.until !== null) heard.until = Math.min(heard.until, at);
  }

  /** A frame of `length` samples goes up on `stream`; `silenced`: as zeros. */
  frame(stream: string, at: number, length: number, silenced: boolean): void {
    const heard = this.#streams.get(stream) ?? { from: at, until: null };
    this.#streams.set(stream, heard);
    if (this.#speaking && !silenced) heard.until = at + length;
  }

  /** ms since the first sample of `stream`; null = nobody spoke on it. */
  untilMs(stream: string): number | null {
    const heard = this.#streams.get(stream);
    return heard === undefined || heard.until === null ? null : (heard.until - heard.from) / this.#perMs;
  }

  forget(stream: string): void {
    this.#streams.delete(stream);
  }
}
