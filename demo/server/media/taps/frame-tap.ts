import { Observable, Subscription } from 'rxjs';
import type { Frame } from '../media-stream.ts';
import type { Epoch, Part } from '../recording/segmenter.ts';
import { Decoder } from './decoder.ts';
import { PictureStream, pictureOutput } from './picture-stream.ts';
import type { PictureWish, TimedPicture } from './picture-stream.ts';
import type { TapInput } from './tap-input.ts';

/** Pictures of what is recorded, as JPEG, each with the moment that a player shows it at. */

/** Bytes that wait for the decoder before pictures are left out. */
const MAX_WAITING_BYTES = 6_000_000;
/** A decoder that dies is started again at once, one that dies again and again after this, ms. */
const RESTART_MS = 500;
const CRASHES = 3;

/** Cold, ends with `input$`. Pictures are left out when the decoder does not keep up, never queued. */
export function frameTap(input$: Observable<TapInput>, program: string, wish: PictureWish): Observable<Frame> {
  return new Observable((subscriber) => {
    let epoch: EpochFrames | null = null;
    const all = new Subscription();
    const emit = (frame: Frame): void => subscriber.next(frame);
    all.add(
      input$.subscribe({
        next: (event) => {
          if (event.type === 'part') {
            epoch?.part(event.part);
            return;
          }
          epoch?.finish(() => undefined);
          epoch = event.epoch.init.video === null ? null : new EpochFrames(event.epoch, program, wish, emit);
          const mine = epoch;
          if (mine !== null) all.add(() => mine.close());
        },
        complete: () => {
          if (epoch === null) subscriber.complete();
          else epoch.finish(() => subscriber.complete());
        },
      }),
    );
    return all;
  });
}

class EpochFrames {
  readonly #epoch: Epoch;
  readonly #program: string;
  readonly #wish: PictureWish;
  readonly #emit: (frame: Frame) => void;
  #decoder: Decoder | null = null;
  #run = new Subscription();
  #timer: NodeJS.Timeout | null = null;
  #crashes = 0;
  #over: (() => void) | null = null;
  /** Unix ms of media time 0, by the media time from which it holds. */
  #offsets: { readonly fromS: number; readonly offsetMs: number }[] = [];
  /** Decoding goes on with the next key frame. */
  #skipping = true;

  constructor(epoch: Epoch, program: string, wish: PictureWish, emit: (frame: Frame) => void) {
    this.#epoch = epoch;
    this.#program = program;
    this.#wish = wish;
    this.#emit = emit;
  }

  part(part: Part): void {
    const { fragment } = part;
    if (fragment.video === null || this.#over !== null) return;
    const decoder = (this.#decoder ??= this.#timer === null ? this.#start() : null);
    if (decoder === null || decoder.waitingBytes > MAX_WAITING_BYTES) {
      this.#skipping = true;
      return;
    }
    if (this.#skipping && !fragment.keyFrame) return;
    this.#skipping = false;
    this.#offsets.push({ fromS: fragment.startS, offsetMs: part.startMs - fragment.startS * 1000 });
    decoder.write(part);
  }

  finish(done: () => void): void {
    this.#over = done;
    if (this.#decoder === null) this.close();
    else this.#decoder.finish();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#run.unsubscribe();
    const done = this.#over;
    this.#over = null;
    done?.();
  }

  #start(): Decoder {
    const decoder = new Decoder(this.#epoch, { program: this.#program, output: pictureOutput(this.#wish), talks: true });
    const pictures = new PictureStream();
    const give = ({ atS, ...picture }: TimedPicture): void => {
      this.#crashes = 0;
      this.#emit({ atMs: this.#offsetAt(atS) + atS * 1000, ...picture });
    };
    this.#run = decoder.events$.subscribe((event) => {
      if (event.type === 'ended') this.#ended();
      else (event.type === 'said' ? pictures.line(event.line) : pictures.bytes(event.bytes)).forEach(give);
    });
    return decoder;
  }

  #offsetAt(atS: number): number {
    // Half a ms for the rounding of ticks.
    while ((this.#offsets[1]?.fromS ?? Infinity) <= atS + 0.0005) this.#offsets.shift();
    return this.#offsets[0]?.offsetMs ?? 0;
  }

  #ended(): void {
    this.#decoder = null;
    this.#skipping = true;
    this.#offsets = [];
    if (this.#over !== null) this.close();
    else if (++this.#crashes > CRASHES) this.#timer = setTimeout(() => (this.#timer = null), RESTART_MS);
  }
}
