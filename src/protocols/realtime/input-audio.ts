import type { Samples } from '../../shared/time.ts';
import type { Adapter } from './adapters.ts';
import { encodeBase64 } from './base64.ts';
import { SampleClock } from './sample-clock.ts';

/** Microphone frames to `append` messages; what a slow wire does not take is dropped, and the sample clock stays right. */

/** Sound that may wait in the socket before live frames are dropped. */
const BEHIND_MS = 2_000;
/** While frames are dropped, this many pass between two reports. */
const REPORT_FRAMES = 50;

export class InputAudio {
  readonly clock: SampleClock;
  readonly #adapter: Adapter;
  readonly #bytesPerMs: number;
  /**
   * Bytes that were put on the wire faster than live sound would be (replayed speech, pictures), less what the time since has paid
   * off: the wire is behind only by what it holds beyond these.
   */
  #burst = 0;
  #atMs: number | null = null;
  #dropped = 0;
  #reported = 0;

  constructor(adapter: Adapter) {
    this.#adapter = adapter;
    this.clock = new SampleClock(adapter.inputRate);
    this.#bytesPerMs = (adapter.inputRate * (adapter.g711 ? 1 : 2) * 4) / 3 / 1000;
  }

  /** The message for one frame, or null when the wire is too far behind to take it. */
  append(pcm: Int16Array, at: Samples, bufferedBytes: number, nowMs: number): string | null {
    this.sent(0, nowMs);
    if (bufferedBytes > BEHIND_MS * this.#bytesPerMs + this.#burst) {
      this.#dropped += 1;
      return null;
    }
    this.clock.append(at, pcm.length);
    const { g711, inputFormat } = this.#adapter;
    const bytes = g711 ? g711.encode(pcm, inputFormat) : new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    // Base64 needs no escaping, so the JSON is put together by hand.
    const message = `{"type":"input_audio_buffer.append","audio":"${encodeBase64(bytes)}"}`;
    this.#burst += message.length;
    return message;
  }

  /** Bytes that are not live sound went out. Live sound pays for itself; a burst of n ms is given n ms to get through beside it. */
  sent(bytes: number, nowMs: number): void {
    this.#burst = Math.max(0, this.#burst - 2 * this.#bytesPerMs * (nowMs - (this.#atMs ?? nowMs))) + bytes;
    this.#atMs = nowMs;
  }

  /** Total frames dropped, when that is worth telling now: at the first, now and then, and when frames flow again. */
  report(flowing: boolean): number | null {
    const untold = this.#dropped - this.#reported;
    if (untold === 0 || !(flowing || this.#reported === 0 || untold >= REPORT_FRAMES)) return null;
    return (this.#reported = this.#dropped);
  }
}
