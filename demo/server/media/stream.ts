import type { Logger } from 'pino';
import { BehaviorSubject, map, Observable, share, Subject, Subscription } from 'rxjs';
import type { Behavior } from '../../../src/shared/behavior.ts';
import { ingest } from './ingest/ingest.ts';
import type { IngestEvent } from './ingest/ingest.ts';
import type { OpenedSource } from './ingest/source.ts';
import type { TranscodeSlots } from './ingest/transcode-slots.ts';
import { LiveWindow } from './live/live-window.ts';
import type { Frame, MediaHealth, MediaOptions, MediaStream, SoundPiece } from './media-stream.ts';
import { Meter } from './meter.ts';
import type { DiskRecording } from './recording/disk-recording.ts';
import type { RecordingLibrary } from './recording/library.ts';
import { Recorder } from './recording/recorder.ts';
import { Segmenter } from './recording/segmenter.ts';
import type { SegmenterEvent } from './recording/segmenter.ts';
import { frameTap } from './taps/frame-tap.ts';
import { soundTap } from './taps/sound-tap.ts';
import type { TapInput } from './taps/tap-input.ts';

/** A stream that is taken in: its source, cut into segments, recorded, shown and tapped. */

export interface StreamSource {
  /** Somebody comes to us. */
  readonly waits: boolean;
  /** ms that arrivals may take to catch up; see `MediaClock`. */
  readonly settleMs: number;
  /** Unix ms of the first frame of what was opened last, where the source knows it. */
  readonly startMs?: () => number | null;
  open(patient: boolean, signal: AbortSignal): Promise<OpenedSource>;
}

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
/** How often figures are told, ms. */
const TELL_MS = 1000;

const STOPPED: MediaHealth = {
  ...{
    state: 'stopped',
    sinceMs: 0,
    error: null,
    retryInMs: null,
    codecs: { audio: null, video: null },
    width: null,
    height: null,
  },
  ...{ bitsPerSecond: 0, framesPerSecond: 0, bytes: 0, discontinuities: 0, transcoded: false, diskFull: false },
};

export class TakenIn implements MediaStream {
  readonly id: string;
  readonly recording: DiskRecording;
  readonly #given: StreamOptions;
  readonly #now: () => number;
  readonly #health: BehaviorSubject<MediaHealth>;
  readonly #tapped = new Subject<TapInput>();
  /** Who listens before it starts hears it start, and hears each start. */
  readonly #ends = new Subject<void>();
  #source: StreamSource;
  #options: MediaOptions;
  #run: Run | null = null;
  #live: LiveWindow | null = null;
  #forgetting: NodeJS.Timeout | null = null;
  /** The last one: it outlives the run. */
  #recorder: Recorder | null = null;
  /** What is not on the disk counts on too. */
  #nextEpoch = 0;
  #nextSequence = 0;
  #lastEndMs = 0;
  readonly #sound: Observable<SoundPiece>;

  constructor(given: StreamOptions) {
    this.id = given.id;
    this.#given = given;
    this.#source = given.source;
    this.#options = given.options;
    this.#now = given.now ?? Date.now;
    this.recording = given.library.recording(given.id);
    this.#health = new BehaviorSubject<MediaHealth>({ ...STOPPED, sinceMs: this.#now() });
    this.#sound = soundTap(this.#taps(), given.program).pipe(share());
  }

  get health(): Behavior<MediaHealth> {
    return this.#health;
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
      this.#tell({ state: 'failed', error: refused, retryInMs: null });
      return;
    }
    const { library, log, program, slots } = this.#given;
    const { recording } = this;
    const { store, tracks } = this.#options;
    const live = new LiveWindow(store ? recording : null);
    this.#live = live;
    if (this.#forgetting !== null) clearTimeout(this.#forgetting);
    this.#forgetting = null;
    const recorder = store
      ? new Recorder({
          ...{ recording, library, log },
          onFull: (diskFull) => this.#tell({ diskFull }),
          onKept: (segment) => live.kept(segment),
        })
      : null;
    this.#recorder = recorder;
    const segmenter = new Segmenter({
      nextEpoch: Math.max(recording.nextEpoch, this.#nextEpoch),
      nextSequence: Math.max(recording.nextSequence, this.#nextSequence),
      notBeforeMs: Math.max(recording.lastEndMs, this.#lastEndMs),
      settleMs: this.#source.settleMs,
      ...(this.#source.startMs === undefined ? {} : { startMs: this.#source.startMs }),
    });
    const finish = new AbortController();
    const run: Run = {
      segmenter,
      recorder,
      live,
      finish,
      meter: new Meter(),
      subscription: new Subscription(),
      over: null,
      epochs: 0,
    };
    this.#run = run;
    this.#health.next({ ...STOPPED, state: this.#source.waits ? 'waiting' : 'connecting', sinceMs: this.#now() });
    const source = this.#source;
    const { waits } = source;
    run.subscription.add(
      ingest({
        program,
        slots,
        waits,
        wanted: tracks,
        finish: finish.signal,
        open: (patient, signal) => source.open(patient, signal),
      }).subscribe({ next: (event) => this.#on(run, event), complete: () => this.#over(run) }),
    );
    const timer = setInterval(() => this.#tellFigures(run), TELL_MS);
    run.subscription.add(() => clearInterval(timer));
  }

  async stop(): Promise<void> {
    const run = this.#run;
    // A file that has ended may still be on its way to the disk.
    if (run === null) await this.#recorder?.settled();
    if (run === null) {
      if (this.#health.value.state !== 'stopped') this.#tell({ state: 'stopped', error: null, retryInMs: null });
      this.#ends.next();
      return;
    }
    if (run.over === null) {
      run.over = new Promise((resolve) => run.subscription.add(resolve));
      run.finish.abort();
    }
    await run.over;
    await this.#recorder?.settled();
    this.#tell({ state: 'stopped', error: null, retryInMs: null, bitsPerSecond: 0, framesPerSecond: 0 });
    this.#ends.next();
  }

  sound(): Observable<SoundPiece> {
    // One decoder for all; who joins later follows nothing that he had before.
    return this.#sound.pipe(map((piece, index) => (index === 0 && !piece.cut ? { ...piece, cut: true } : piece)));
  }

  frames({ everyMs, maxWidth = DEFAULT_WIDTH }: { readonly everyMs: number; readonly maxWidth?: number }): Observable<Frame> {
    const wish = { everyMs: Math.max(SMALLEST_EVERY_MS, everyMs), maxWidth: Math.max(16, Math.round(maxWidth)) };
    return frameTap(this.#taps(), this.#given.program, wish);
  }

  /** From the last key frame on; completes with `stop`. */
  #taps(): Observable<TapInput> {
    return new Observable((subscriber) => {
      const now = this.#run?.live.sinceKeyFrame ?? null;
      let epoch: number | null = null;
      if (now !== null) {
        epoch = now.epoch.epoch;
        subscriber.next({ type: 'epoch', epoch: now.epoch });
        for (const part of now.parts) subscriber.next({ type: 'part', part });
      }
      const all = this.#tapped.subscribe((event) => {
        if (event.type === 'epoch') epoch = event.epoch.epoch;
        // It was joined between two segments: the epoch is made up for.
        const missed = event.type === 'part' && event.part.epoch !== epoch ? this.#run?.live.epochOf(event.part.epoch) : null;
        if (missed !== null && missed !== undefined) {
          epoch = missed.epoch;
          subscriber.next({ type: 'epoch', epoch: missed });
        }
        subscriber.next(event);
      });
      all.add(this.#ends.subscribe(() => subscriber.complete()));
      return all;
    });
  }

  #on(run: Run, event: IngestEvent): void {
    switch (event.type) {
      case 'connecting':
        this.#tell({ state: 'connecting', retryInMs: null });
        break;
      case 'waiting':
        this.#tell({ state: 'waiting', retryInMs: null });
        break;
      case 'init': {
        const { video, audio } = event.init;
        this.#deal(run, run.segmenter.init(event.init));
        this.#tell({
          codecs: { video: video?.codec ?? null, audio: audio?.codec ?? null },
          ...{ width: video?.width ?? null, height: video?.height ?? null, transcoded: event.transcoded },
        });
        break;
      }
      case 'fragment':
        run.meter.add(event.fragment, performance.now());
        if (this.#health.value.state !== 'live') this.#tell({ state: 'live', error: null, retryInMs: null });
        this.#deal(run, run.segmenter.fragment(event.fragment, this.#now()));
        break;
      case 'lost':
        this.#deal(run, run.segmenter.end());
        this.#given.log.info({ stream: this.id, why: event.why, retryInMs: event.retryInMs }, 'a source was lost');
        this.#tell({ state: 'retrying', error: event.why, retryInMs: event.retryInMs });
        break;
      case 'ended':
        this.#deal(run, run.segmenter.end());
        this.#tell({ state: 'ended', error: null, retryInMs: null });
        break;
      case 'failed':
        this.#tell({ state: 'failed', error: event.why, retryInMs: null });
        break;
    }
  }

  #deal(run: Run, events: readonly SegmenterEvent[]): void {
    for (const event of events) {
      switch (event.type) {
        case 'epoch':
          // The first one of a start is no return.
          if (run.epochs++ > 0) this.#tell({ discontinuities: this.#health.value.discontinuities + 1 });
          this.#nextEpoch = event.epoch.epoch + 1;
          run.live.epoch(event.epoch);
          run.recorder?.epoch(event.epoch);
          this.#tapped.next({ type: 'epoch', epoch: event.epoch });
          break;
        case 'part':
          run.live.part(event.part);
          this.#tapped.next({ type: 'part', part: event.part });
          break;
        case 'segment':
          this.#nextSequence = event.segment.sequence + 1;
          this.#lastEndMs = event.segment.startMs + event.segment.durationMs;
          run.live.segment(event.segment);
          run.recorder?.segment(event.segment);
          break;
      }
    }
  }

  /** The source is over, by its own or by `stop`. */
  #over(run: Run): void {
    this.#deal(run, run.segmenter.end());
    run.live.end();
    this.#tellFigures(run);
    if (this.#run === run) this.#run = null;
    run.subscription.unsubscribe();
    this.#forgetting = setTimeout(() => (this.#live = null), REMEMBERED_MS).unref();
  }

  #tellFigures(run: Run): void {
    this.#tell(run.meter.figures(performance.now()));
  }

  #tell(changes: Partial<MediaHealth>): void {
    const before = this.#health.value;
    const sinceMs = changes.state === undefined || changes.state === before.state ? before.sinceMs : this.#now();
    const after = { ...before, ...changes, sinceMs };
    const same = (Object.keys(after) as (keyof MediaHealth)[]).every((key) => after[key] === before[key]);
    if (!same) this.#health.next(after);
  }
}

interface Run {
  readonly segmenter: Segmenter;
  readonly recorder: Recorder | null;
  readonly live: LiveWindow;
  readonly finish: AbortController;
  readonly meter: Meter;
  readonly subscription: Subscription;
  over: Promise<void> | null;
  epochs: number;
}
