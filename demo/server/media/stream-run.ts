import type { Logger } from 'pino';
import { Subscription } from 'rxjs';
import { ingest } from './ingest/ingest.ts';
import type { IngestEvent } from './ingest/ingest.ts';
import type { OpenedSource } from './ingest/source.ts';
import type { TranscodeSlots } from './ingest/transcode-slots.ts';
import { LiveWindow } from './live/live-window.ts';
import type { MediaOptions } from './media-stream.ts';
import { Meter } from './meter.ts';
import type { DiskRecording } from './recording/disk-recording.ts';
import type { RecordingLibrary } from './recording/library.ts';
import { Recorder } from './recording/recorder.ts';
import { Segmenter } from './recording/segmenter.ts';
import type { SegmenterEvent } from './recording/segmenter.ts';
import type { StreamHealth } from './stream-health.ts';
import type { TapInput } from './taps/tap-input.ts';

/** From one start of a stream to its end: what its source sends is cut into segments, shown, recorded and tapped. */

export interface StreamSource {
  /** Somebody comes to us. */
  readonly waits: boolean;
  /** ms that arrivals may take to catch up; see `MediaClock`. */
  readonly settleMs: number;
  /** Unix ms of the first frame of what was opened last, where the source knows it. */
  readonly startMs?: () => number | null;
  open(patient: boolean, signal: AbortSignal): Promise<OpenedSource>;
}

/** What counts on from one run to the next, also where nothing is on the disk. */
export interface Counted {
  nextEpoch: number;
  nextSequence: number;
  /** Unix ms */
  lastEndMs: number;
}

export interface StreamRunOptions {
  readonly id: string;
  readonly program: string;
  readonly source: StreamSource;
  readonly options: MediaOptions;
  readonly recording: DiskRecording;
  readonly library: RecordingLibrary;
  readonly slots: TranscodeSlots;
  readonly log: Logger;
  /** Unix ms */
  readonly now: () => number;
  readonly health: StreamHealth;
  readonly counted: Counted;
  readonly tap: (input: TapInput) => void;
  /** The source is over, by its own or by `finish`. */
  readonly onOver: () => void;
}

/** How often figures are told, ms. */
const TELL_MS = 1000;

export class StreamRun {
  readonly live: LiveWindow;
  readonly recorder: Recorder | null;
  readonly #given: StreamRunOptions;
  readonly #segmenter: Segmenter;
  readonly #finish = new AbortController();
  readonly #meter = new Meter();
  readonly #subscription = new Subscription();
  #over: Promise<void> | null = null;
  #epochs = 0;

  /** Nothing is connected to before `begin`. */
  constructor(given: StreamRunOptions) {
    const { recording, library, log, health, counted, source } = given;
    this.#given = given;
    const live = new LiveWindow(given.options.store ? recording : null);
    this.live = live;
    this.recorder = given.options.store
      ? new Recorder({
          ...{ recording, library, log },
          onFull: (diskFull) => health.tell({ diskFull }),
          onKept: (segment) => live.kept(segment),
        })
      : null;
    this.#segmenter = new Segmenter({
      nextEpoch: Math.max(recording.nextEpoch, counted.nextEpoch),
      nextSequence: Math.max(recording.nextSequence, counted.nextSequence),
      notBeforeMs: Math.max(recording.lastEndMs, counted.lastEndMs),
      settleMs: source.settleMs,
      ...(source.startMs === undefined ? {} : { startMs: source.startMs }),
    });
  }

  begin(): void {
    const { program, slots, options, source, health } = this.#given;
    const { waits } = source;
    health.begin(waits ? 'waiting' : 'connecting');
    this.#subscription.add(
      ingest({
        ...{ program, slots, waits },
        wanted: options.tracks,
        finish: this.#finish.signal,
        open: (patient, signal) => source.open(patient, signal),
      }).subscribe({ next: (event) => this.#on(event), complete: () => this.#end() }),
    );
    const timer = setInterval(() => this.#tellFigures(), TELL_MS);
    this.#subscription.add(() => clearInterval(timer));
  }

  /** Resolves when what was still on its way has been taken in. Idempotent. */
  finish(): Promise<void> {
    if (this.#over === null) {
      this.#over = new Promise((resolve) => this.#subscription.add(resolve));
      this.#finish.abort();
    }
    return this.#over;
  }

  #on(event: IngestEvent): void {
    const { health, log, id, now } = this.#given;
    switch (event.type) {
      case 'connecting':
        health.tell({ state: 'connecting', retryInMs: null });
        break;
      case 'waiting':
        health.tell({ state: 'waiting', retryInMs: null });
        break;
      case 'init': {
        const { video, audio } = event.init;
        this.#deal(this.#segmenter.init(event.init, event.continues));
        health.tell({
          codecs: { video: video?.codec ?? null, audio: audio?.codec ?? null },
          ...{ width: video?.width ?? null, height: video?.height ?? null, transcoded: event.transcoded },
        });
        break;
      }
      case 'fragment':
        this.#meter.add(event.fragment, performance.now());
        if (health.now.state !== 'live') health.tell({ state: 'live', error: null, retryInMs: null });
        this.#deal(this.#segmenter.fragment(event.fragment, now()));
        break;
      case 'lost':
        this.#deal(this.#segmenter.end());
        log.info({ stream: id, why: event.why, retryInMs: event.retryInMs }, 'a source was lost');
        health.tell({ state: 'retrying', error: event.why, retryInMs: event.retryInMs });
        break;
      case 'ended':
        this.#deal(this.#segmenter.end());
        health.tell({ state: 'ended', error: null, retryInMs: null });
        break;
      case 'failed':
        health.tell({ state: 'failed', error: event.why, retryInMs: null });
        break;
    }
  }

  #deal(events: readonly SegmenterEvent[]): void {
    const { health, counted, tap } = this.#given;
    for (const event of events) {
      switch (event.type) {
        case 'epoch':
          // The first one of a start is no return.
          if (this.#epochs++ > 0) health.tell({ discontinuities: health.now.discontinuities + 1 });
          counted.nextEpoch = event.epoch.epoch + 1;
          this.live.epoch(event.epoch);
          this.recorder?.epoch(event.epoch);
          tap({ type: 'epoch', epoch: event.epoch });
          break;
        case 'part':
          this.live.part(event.part);
          tap({ type: 'part', part: event.part });
          break;
        case 'segment':
          counted.nextSequence = event.segment.sequence + 1;
          counted.lastEndMs = event.segment.startMs + event.segment.durationMs;
          this.live.segment(event.segment);
          this.recorder?.segment(event.segment);
          break;
      }
    }
  }

  #end(): void {
    this.#deal(this.#segmenter.end());
    this.live.end();
    this.#tellFigures();
    this.#given.onOver();
    this.#subscription.unsubscribe();
  }

  #tellFigures(): void {
    this.#given.health.tell(this.#meter.figures(performance.now()));
  }
}
