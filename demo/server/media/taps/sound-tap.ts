import { Observable, Subscription } from 'rxjs';
import type { SoundPiece } from '../media-stream.ts';
import type { Epoch, Part } from '../recording/segmenter.ts';
import { Decoder } from './decoder.ts';
import { SOUND_RATE, SoundClock } from './sound-clock.ts';
import type { TapInput } from './tap-input.ts';

/** The sound of what is recorded, decoded: every sample with the moment that a player shows with it. */

const OUTPUT = ['-vn', '-map', '0:a:0', '-ac', '1', '-ar', String(SOUND_RATE), '-f', 's16le', '-flush_packets', '1', 'pipe:1'];
/** Samples of a frame. */
const AAC_FRAME = 1024;
/** What a decoder may owe before it counts as stuck, ms of sound. */
const OWED_MS = 30_000;
/** A decoder of an epoch that is over is ended when it gave out nothing for so long, ms. */
const FLUSH_MS = 5000;
const CRASHES = 3;

/** Cold, ends with `input$`. A decoder that dies is started again, and what it owed is decoded once more. */
export function soundTap(input$: Observable<TapInput>, program: string): Observable<SoundPiece> {
  return new Observable((subscriber) => {
    const all = new Subscription();
    let epoch: EpochSound | null = null;
    const piece = (found: SoundPiece): void => subscriber.next(found);
    const over: EpochSound[] = [];
    let inputOver = false;

    // One epoch after the other: what is left of one comes before the next.
    const next = (): void => {
      const [first] = over;
      if (first !== undefined) {
        first.start();
        return;
      }
      if (epoch !== null) epoch.start();
      else if (inputOver) subscriber.complete();
    };
    const leave = (left: EpochSound): void => {
      over.push(left);
      left.finish(() => {
        over.splice(over.indexOf(left), 1);
        next();
      });
    };
    all.add(
      input$.subscribe({
        next: (event) => {
          if (event.type === 'epoch') {
            if (epoch !== null) leave(epoch);
            epoch = event.epoch.init.audio === null ? null : new EpochSound(event.epoch, program, piece);
            const mine = epoch;
            if (mine !== null) all.add(() => mine.close());
            next();
          } else {
            epoch?.part(event.part);
          }
        },
        complete: () => {
          inputOver = true;
          const last = epoch;
          epoch = null;
          if (last !== null) leave(last);
          next();
        },
      }),
    );
    return all;
  });
}

interface Owed {
  readonly part: Part;
  /** Samples that the decoder will have given out when this part is decoded. */
  readonly untilSample: number;
}

class EpochSound {
  readonly #epoch: Epoch;
  readonly #program: string;
  readonly #emit: (piece: SoundPiece) => void;
  readonly #frameTicks: number;
  #decoder: Decoder | null = null;
  #run = new Subscription();
  #clock: SoundClock;
  #started = false;
  #over: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #crashes = 0;
  #samples = 0;
  /** Half a sample that came at the end of a piece. */
  #odd: Buffer = Buffer.alloc(0);
  #owed: Owed[] = [];
  #cut = true;
  /** A decoder was started again and has not come to anything new yet. */
  #repeating = false;
  /** Unix ms up to which sound has been given out. */
  #toldMs = -Infinity;

  constructor(epoch: Epoch, program: string, emit: (piece: SoundPiece) => void) {
    this.#epoch = epoch;
    this.#program = program;
    this.#emit = emit;
    const { timescale = AAC_FRAME, sampleRate } = epoch.init.audio ?? {};
    this.#frameTicks = (AAC_FRAME * timescale) / (sampleRate ?? timescale);
    this.#clock = new SoundClock(this.#frameTicks);
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#decode();
  }

  part(part: Part): void {
    if (part.fragment.audio === null) return;
    this.#feed(part);
    const oldest = this.#owed[0]?.part;
    if (oldest === undefined || part.startMs - oldest.startMs < OWED_MS || !this.#started) return;
    // Stuck: what it owes is lost, and that is said.
    this.#owed = [];
    this.#cut = true;
    this.#decode();
  }

  /** Nothing more of this epoch comes; `done` is called when all of it has been given out. */
  finish(done: () => void): void {
    this.#over = done;
    this.#decoder?.finish();
    this.#wait();
  }

  /** On a busy machine the rest takes its time: only who does nothing at all is not waited for. */
  #wait(): void {
    if (this.#over === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), FLUSH_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#run.unsubscribe();
    this.#owed = [];
    const done = this.#over;
    this.#over = null;
    done?.();
  }

  /** Starts a decoder on what is owed. */
  #decode(): void {
    this.#run.unsubscribe();
    this.#clock = new SoundClock(this.#frameTicks);
    this.#samples = 0;
    this.#odd = Buffer.alloc(0);
    this.#repeating = true;
    const decoder = new Decoder(this.#epoch, { program: this.#program, output: OUTPUT });
    this.#decoder = decoder;
    this.#run = decoder.events$.subscribe((event) => {
      if (event.type === 'output') this.#decoded(event.bytes);
      else if (event.type === 'ended') this.#ended(event.code === 0);
    });
    const again = this.#owed;
    this.#owed = [];
    for (const { part } of again) this.#feed(part);
    if (this.#over === null) return;
    decoder.finish();
    this.#wait();
  }

  #feed(part: Part): void {
    const { audio: track } = this.#epoch.init;
    const { audio, startS } = part.fragment;
    if (track === null || audio === null) return;
    if (this.#decoder !== null) {
      const offsetMs = part.startMs - startS * 1000;
      this.#clock.feed(audio.durations, track.timescale, offsetMs + (audio.decodeTicks * 1000) / track.timescale);
      this.#decoder.write(part);
    }
    this.#owed.push({ part, untilSample: this.#clock.fedSamples });
  }

  #decoded(bytes: Buffer): void {
    this.#wait();
    const whole = this.#odd.length === 0 ? bytes : Buffer.concat([this.#odd, bytes]);
    const count = whole.length >> 1;
    this.#odd = whole.subarray(count * 2);
    for (let from = 0; from < count;) {
      const place = this.#clock.locate(this.#samples);
      if (place === null) return;
      const length = Math.min(count - from, place.samples);
      this.#samples += length;
      const pcm = new Int16Array(length);
      for (let index = 0; index < length; index++) pcm[index] = whole.readInt16LE((from + index) * 2);
      from += length;
      this.#give(place.atMs, pcm);
    }
    while ((this.#owed[0]?.untilSample ?? Infinity) <= this.#samples) this.#owed.shift();
    if (this.#samples > SOUND_RATE) this.#crashes = 0;
  }

  /** What a decoder that was started again gives out a second time is left out. */
  #give(atMs: number, pcm: Int16Array): void {
    const overlap = Math.round(((this.#toldMs - atMs) * SOUND_RATE) / 1000);
    // Pieces may be shorter than what is told again: it is the overlap that says whether they are, not their length.
    const again = overlap > 0 && (this.#repeating || overlap >= AGAIN_SAMPLES);
    const skip = again ? Math.min(pcm.length, overlap) : 0;
    const rest = pcm.subarray(skip);
    if (rest.length === 0) return;
    this.#repeating = false;
    const startMs = atMs + (skip * 1000) / SOUND_RATE;
    this.#emit({ atMs: startMs, pcm: rest, cut: this.#cut });
    this.#cut = false;
    this.#toldMs = startMs + (rest.length * 1000) / SOUND_RATE;
  }

  #ended(well: boolean): void {
    if (this.#over !== null && (well || this.#crashes >= CRASHES)) {
      this.close();
      return;
    }
    if (++this.#crashes > CRASHES) {
      // The same bytes kill it each time: they are passed over.
      this.#crashes = 0;
      this.#owed = [];
      this.#cut = true;
    }
    this.#decode();
  }
}

/** Overlaps smaller than this are the jitter of the source’s clock, samples. */
const AGAIN_SAMPLES = 480;
