import type { Samples } from '../../shared/time.ts';
import type { Adapter } from './adapters.ts';
import { encodeBase64 } from './base64.ts';
import { encodeG711 } from './g711.ts';
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
    const bytes = adapter.inputFormat === 'pcm' ? 2 : 1;
    this.#bytesPerMs = (adapter.inputRate * bytes * 4) / 3 / 1000;
  }

  /** The message for one frame, or null when the wire is too far behind to take it. */
  append(pcm: Int16Array, at: Samples, bufferedBytes: number, nowMs: number): string | null {
    this.#payOff(nowMs);
    if (bufferedBytes > BEHIND_MS * this.#bytesPerMs + this.#burst) {
      this.#dropped += 1;
      return null;
    }
    this.clock.append(at, pcm.length);
    const { inputFormat } = this.#adapter;
    const bytes =
      inputFormat === 'pcm' ? new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength) : encodeG711(pcm, inputFormat);
    // Base64 needs no escaping, so the JSON is put together by hand.
    const message = `{"type":"input_audio_buffer.append","audio":"${encodeBase64(bytes)}"}`;
    this.#burst += message.length;
    return message;
  }

  /** Something that is not live sound went out. */
  sent(bytes: number, nowMs: number): void {
    this.#payOff(nowMs);
    this.#burst += bytes;
  }

  /** Total frames dropped, when that is worth telling now: at the first, now and then, and when frames flow again. */
  report(flowing: boolean): number | null {
    const untold = this.#dropped - this.#reported;
    if (untold === 0 || !(flowing || this.#reported === 0 || untold >= REPORT_FRAMES)) return null;
    this.#reported = this.#dropped;
    return this.#dropped;
  }

  /** Live sound pays for itself; a burst of n ms is given n ms to get through beside it. */
  #payOff(nowMs: number): void {
    this.#burst = Math.max(0, this.#burst - 2 * this.#bytesPerMs * (nowMs - (this.#atMs ?? nowMs)));
    this.#atMs = nowMs;
  }
}
