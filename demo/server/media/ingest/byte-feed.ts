import type { Readable, Writable } from 'node:stream';

/** Passes bytes on to one reader after another, and again from the first byte until it is told that the reader is the right one. */
export class ByteFeed {
  readonly #source: Readable;
  #head: Buffer[] | null = [];
  #headBytes = 0;
  #to: Writable | null = null;
  #ended = false;
  /** True once a byte has come. */
  started = false;

  /** `source` is read from now on; its end or error ends what it is fed to. */
  constructor(source: Readable) {
    this.#source = source;
    source.on('data', (bytes: Buffer | string) => this.#pass(Buffer.from(bytes)));
    const end = (): void => {
      this.#ended = true;
      this.#to?.end();
    };
    source.once('end', end).once('error', end).once('close', end);
    source.pause();
  }

  /** From the first byte on; the writer before gets nothing more. */
  feed(to: Writable): void {
    this.#to = to;
    // A reader that goes away is noticed by its exit.
    to.on('error', () => to.destroy());
    for (const bytes of this.#head ?? []) to.write(bytes);
    if (this.#ended) to.end();
    else this.#source.resume();
  }

  /** The reader of now stays: nothing has to be kept any more. */
  settle(): void {
    this.#head = null;
  }

  close(): void {
    this.#to = null;
    this.#head = null;
    this.#source.destroy();
  }

  #pass(bytes: Buffer): void {
    this.started = true;
    if (this.#head !== null) {
      this.#head.push(bytes);
      this.#headBytes += bytes.byteLength;
      // Whoever has not understood after so much never will; then it is not asked a second time.
      if (this.#headBytes > MAX_HEAD_BYTES) this.#head = null;
    }
    const to = this.#to;
    if (to === null || to.destroyed || to.write(bytes)) return;
    this.#source.pause();
    const resume = (): void => void this.#source.resume();
    to.once('drain', resume).once('close', resume);
  }
}

const MAX_HEAD_BYTES = 16_000_000;
