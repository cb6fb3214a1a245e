import type { Heard, Hearing } from '../engines/engine.ts';
import { ENGINE_RATE } from './input-buffer.ts';
import type { InputBuffer } from './input-buffer.ts';
import type { RecognitionHints } from './recognition.ts';

/** What is said so far, for those who read along: the growing utterance is heard again and again while it grows. */

/** It is heard again after this much more of it. Samples. */
const STEP = 0.32 * ENGINE_RATE;
/** The first hearing needs at least this much of it. Samples. */
const FIRST = 0.4 * ENGINE_RATE;

export interface Utterance {
  readonly itemId: string;
  /** Where its sound begins; samples at 16 kHz. */
  readonly from: number;
}

export interface InterimHearingOptions {
  readonly buffer: Pick<InputBuffer, 'heard'>;
  readonly engine: Pick<Hearing, 'transcribe'>;
  readonly hints: () => RecognitionHints;
  readonly onText: (utterance: Utterance, text: string, heard: Heard) => void;
  readonly onDropped: () => void;
}

export class InterimHearing {
  readonly #options: InterimHearingOptions;
  #running: AbortController | null = null;
  #heardTo = 0;

  constructor(options: InterimHearingOptions) {
    this.#options = options;
  }

  /** A new utterance begins at `position`. */
  begin(position: number): void {
    this.stop();
    this.#heardTo = position;
  }

  /** There is sound of `utterance` up to `to`: hears it if it is time to, and if the last hearing is done. */
  consider(utterance: Utterance, to: number): void {
    if (this.#running !== null || to - utterance.from < FIRST || to - this.#heardTo < STEP) return;
    const { buffer, engine, hints, onText, onDropped } = this.#options;
    this.#heardTo = to;
    const abort = new AbortController();
    this.#running = abort;
    engine
      .transcribe(buffer.heard(utterance.from, to), { ...hints(), interim: true, signal: abort.signal })
      .then((heard) => {
        if (!abort.signal.aborted) onText(utterance, heard.text.trim(), heard);
      })
      // Busy, given up or failed: the final hearing tells what is wrong, if anything is.
      .catch(onDropped)
      .finally(() => {
        if (this.#running === abort) this.#running = null;
      });
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }
}
