import type { Logger } from 'pino';
import type { Observable } from 'rxjs';
import { map, share, Subject } from 'rxjs';
import type { Behavior } from '../../../src/shared/behavior.ts';
import type { TranscodeSlots } from './ingest/transcode-slots.ts';
import type { LiveWindow } from './live/live-window.ts';
import type { Frame, MediaHealth, MediaOptions, MediaStream, SoundPiece } from './media-stream.ts';
import type { DiskRecording } from './recording/disk-recording.ts';
import type { RecordingLibrary } from './recording/library.ts';
import type { Recorder } from './recording/recorder.ts';
import { StreamHealth } from './stream-health.ts';
import { StreamRun } from './stream-run.ts';
import type { Counted, StreamSource } from './stream-run.ts';
import { frameTap } from './taps/frame-tap.ts';
import { joinedTap } from './taps/joined.ts';
import { soundTap } from './taps/sound-tap.ts';
import type { TapInput } from './taps/tap-input.ts';

/** A stream that is taken in, over all its starts and stops. */

export interface StreamOptions {
  readonly id: string;
  readonly program: string;
  readonly source: StreamSource;
  readonly options: MediaOptions;
  readonly library: RecordingLibrary;
  readonly slots: TranscodeSlots;
  readonly log: Logger;
  /** Unix ms; tests may set the clock. */
  readonly now?: () => number;
  /** Streams that may start; else why not. */
  readonly admit: () => string | null;
}

const DEFAULT_WIDTH = 1280;
const SMALLEST_EVERY_MS = 20;
/** What was shown last can be looked at for so long after the end, ms. */
const REMEMBERED_MS = 1_800_000;

export class TakenIn implements MediaStream {
  readonly id: string;
  readonly recording: DiskRecording;
  readonly #given: StreamOptions;
  readonly #now: () => number;
  readonly #health: StreamHealth;
  readonly #tapped = new Subject<TapInput>();
  readonly #ends = new Subject<void>();
  readonly #counted: Counted = { nextEpoch: 0, nextSequence: 0, lastEndMs: 0 };
  #source: StreamSource;
  #options: MediaOptions;
  #run: StreamRun | null = null;
  #live: LiveWindow | null = null;
  #forgetting: NodeJS.Timeout | null = null;
  /** The last one: it outlives the run. */
  #recorder: Recorder | null = null;
  readonly #sound: Observable<SoundPiece>;

  constructor(given: StreamOptions) {
    this.id = given.id;
    this.#given = given;
    this.#source = given.source;
    this.#options = given.options;
    this.#now = given.now ?? Date.now;
    this.recording = given.library.recording(given.id);
    this.#health = new StreamHealth(this.#now);
    this.#sound = soundTap(this.#tap(), given.program).pipe(share());
  }

  get health(): Behavior<MediaHealth> {
    return this.#health.told;
  }

  /** What is shown now; null = it never ran. */
  get live(): LiveWindow | null {
    return this.#live;
  }

  /** Takes effect at the next start. */
  replace(source: StreamSource, options: MediaOptions): void {
    this.#source = source;
    this.#options = options;
  }

  get running(): boolean {
    return this.#run !== null;
  }

  start(): void {
    if (this.#run !== null) return;
    const refused = this.#given.admit();
    if (refused !== null) {
      this.#health.tell({ state: 'failed', error: refused, retryInMs: null });
      return;
    }
    if (this.#forgetting !== null) clearTimeout(this.#forgetting);
    this.#forgetting = null;
    const { id, library, log, program, slots } = this.#given;
    const run = new StreamRun({
      ...{ id, library, log, program, slots, recording: this.recording, health: this.#health, counted: this.#counted },
      ...{ source: this.#source, options: this.#options, now: this.#now },
      tap: (input) => this.#tapped.next(input),
      onOver: () => this.#over(run),
    });
    this.#run = run;
    this.#live = run.live;
    this.#recorder = run.recorder;
    run.begin();
  }

  async stop(): Promise<void> {
    const run = this.#run;
    // A file that has ended may still be on its way to the disk.
    if (run === null) await this.#recorder?.settled();
    if (run === null) {
      if (this.#health.now.state !== 'stopped') this.#health.tell({ state: 'stopped', error: null, retryInMs: null });
      this.#ends.next();
      return;
    }
    await run.finish();
    await this.#recorder?.settled();
    this.#health.tell({ state: 'stopped', error: null, retryInMs: null, bitsPerSecond: 0, framesPerSecond: 0 });
    this.#ends.next();
  }

  sound(): Observable<SoundPiece> {
    // One decoder for all; who joins later follows nothing that he had before.
    return this.#sound.pipe(map((piece, index) => (index === 0 && !piece.cut ? { ...piece, cut: true } : piece)));
  }

  frames({ everyMs, maxWidth = DEFAULT_WIDTH }: { readonly everyMs: number; readonly maxWidth?: number }): Observable<Frame> {
    const wish = { everyMs: Math.max(SMALLEST_EVERY_MS, everyMs), maxWidth: Math.max(16, Math.round(maxWidth)) };
    return frameTap(this.#tap(), this.#given.program, wish);
  }

  #tap(): Observable<TapInput> {
    return joinedTap({ live: () => this.#run?.live ?? null, input$: this.#tapped, ends$: this.#ends });
  }

  #over(run: StreamRun): void {
    if (this.#run === run) this.#run = null;
    this.#forgetting = setTimeout(() => (this.#live = null), REMEMBERED_MS).unref();
  }
}
