import { FRAME_BYTES } from './frame-voice.ts';

/** The newest 30 s of one stream's sound: what has not been sent, and what may have to be sent again. */

const MOST_FRAMES = 1500;

export class AudioRing {
  readonly #bytes = new Uint8Array(MOST_FRAMES * FRAME_BYTES);
  readonly #ms = new Float64Array(MOST_FRAMES);
  readonly #taken = new Uint8Array(MOST_FRAMES);
  #next = 0;
  #end = 0;
  #takenThrough = 0;

  /** Number of the frame to be sent next. */
  get next(): number {
    return this.#next;
  }

  /** Number that the next pushed frame gets. */
  get end(): number {
    return this.#end;
  }

  /** Frames that wait for being sent. */
  get backlog(): number {
    return this.#end - this.#next;
  }

  /** All frames before this one were acknowledged. */
  get takenThrough(): number {
    return this.#takenThrough;
  }

  get #first(): number {
    return Math.max(0, this.#end - MOST_FRAMES);
  }

  /** Copies 640 bytes. Returns whether a frame that was never sent had to go for it. */
  push(pcm: Uint8Array, ms: number): boolean {
    const slot = this.#end % MOST_FRAMES;
    this.#bytes.set(pcm, slot * FRAME_BYTES);
    this.#ms[slot] = ms;
    this.#taken[slot] = 0;
    this.#end += 1;
    const lost = this.#next < this.#first;
    if (lost) this.#next = this.#first;
    this.#takenThrough = Math.max(this.#takenThrough, this.#first);
    return lost;
  }

  /** The bytes of frame `number`, a view: valid until 30 s later. */
  bytes(number: number): Uint8Array {
    const at = (number % MOST_FRAMES) * FRAME_BYTES;
    return this.#bytes.subarray(at, at + FRAME_BYTES);
  }

  /** Where frame `number` begins, ms. */
  ms(number: number): number {
    return this.#ms[number % MOST_FRAMES] ?? 0;
  }

  /** The frame counts as sent. */
  advance(): void {
    this.#next += 1;
  }

  /** Frame `number` was acknowledged; acknowledgements come in any order. */
  take(number: number): void {
    if (number < this.#first || number >= this.#next) return;
    this.#taken[number % MOST_FRAMES] = 1;
    while (this.#takenThrough < this.#next && this.#taken[this.#takenThrough % MOST_FRAMES] === 1) this.#takenThrough += 1;
  }

  /** What is not acknowledged, and everything from `fromMs` on, is to be sent (again). Returns where that begins, ms. */
  rewind(fromMs: number): number {
    let to = this.#takenThrough;
    while (to > this.#first && this.ms(to - 1) >= fromMs) to -= 1;
    for (let number = to; number < this.#next; number++) this.#taken[number % MOST_FRAMES] = 0;
    this.#next = this.#takenThrough = to;
    return to < this.#end ? this.ms(to) : 0;
  }
}
