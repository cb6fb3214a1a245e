import type { Writable } from 'node:stream';
import type { Observable } from 'rxjs';
import { runFfmpeg } from '../ffmpeg/child.ts';
import type { FfmpegEvent } from '../ffmpeg/child.ts';
import type { Epoch, Part } from '../recording/segmenter.ts';

/** One ffmpeg that decodes the parts of one epoch as they come. */

export interface DecoderOptions {
  readonly program: string;
  /** ffmpeg's arguments behind the input. */
  readonly output: readonly string[];
  /** It tells more than its errors. */
  readonly talks?: boolean;
}

export class Decoder {
  readonly #options: DecoderOptions;
  readonly #epoch: Epoch;
  #stdin: Writable | null = null;
  readonly #finish = new AbortController();

  constructor(epoch: Epoch, options: DecoderOptions) {
    this.#epoch = epoch;
    this.#options = options;
  }

  /** What it makes and says, and that it ended. Subscribe once. */
  get events$(): Observable<FfmpegEvent> {
    const { program, output, talks = false } = this.#options;
    const args = [
      ...['-hide_banner', '-nostats', '-loglevel', talks ? 'info' : 'error', '-protocol_whitelist', 'pipe'],
      // The description of the tracks is in front: nothing has to be looked for. (`nobuffer` would throw away what was read meanwhile.)
      ...['-probesize', '4096', '-analyzeduration', '0', '-copyts', '-f', 'mp4', '-i', 'pipe:0'],
      ...output,
    ];
    const feed = (stdin: Writable): void => {
      stdin.on('error', () => stdin.destroy());
      stdin.write(this.#epoch.init.bytes);
      this.#stdin = stdin;
    };
    return runFfmpeg({ program, args, feed, finish: this.#finish.signal });
  }

  /** Bytes that it has not read yet. */
  get waitingBytes(): number {
    return this.#stdin?.writableLength ?? 0;
  }

  write(part: Part): void {
    if (this.#stdin?.destroyed === false && !this.#stdin.writableEnded) this.#stdin.write(part.fragment.bytes);
  }

  /** Nothing more comes: it decodes what it has and ends. */
  finish(): void {
    this.#finish.abort();
  }
}
