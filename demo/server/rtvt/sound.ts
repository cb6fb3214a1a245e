import { SampleLog } from '../realtime/audio/sample-log.ts';
import { StreamClock } from './stream-clock.ts';

/** The sound of one stream at 16 kHz, by position since its first sample, with the client's own times. */

const PER_MS = 16;

export class Sound {
  readonly #samples = new SampleLog();
  readonly #clock = new StreamClock();

  /** Position after the newest sample. */
  get end(): number {
    return this.#samples.end;
  }

  /** `ts`: when its first sample was recorded, ms. Silence that the client did not send is put in. */
  append(pcm: Int16Array, ts: number): void {
    const hole = this.#clock.holeBefore(this.end, ts);
    if (hole > 0) this.#samples.append(new Int16Array(Math.round(hole * PER_MS)));
    this.#clock.mark(this.end, ts);
    this.#samples.append(pcm);
  }

  /** Silence of our own that stands for no time: what comes next has its own. */
  pause(ms: number): void {
    this.#samples.append(new Int16Array(Math.round(ms * PER_MS)));
  }

  /** A copy of `[from, to)`. */
  heard(from: number, to: number): Int16Array {
    return this.#samples.slice(from, to);
  }

  /** ms on the client's clock. */
  timeOf(position: number): number {
    return this.#clock.timeOf(position);
  }

  forgetBefore(position: number): void {
    this.#samples.forgetBefore(position);
    this.#clock.forgetBefore(position);
  }
}
