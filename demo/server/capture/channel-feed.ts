import { Readable } from 'node:stream';
import { skip } from 'rxjs';
import type { Subscription } from 'rxjs';
import { epochZeroMs } from './clock.ts';
import type { ClockOffset } from './clock.ts';
import type { Spool, SpoolEntry } from './spool.ts';

/** One channel as a source of media: a decoder that is started anew gets the head and goes on where the recording stands. */

export interface ChannelFeedParts {
  readonly spool: Spool;
  readonly offset: Pick<ClockOffset, 'offsetMs'>;
  readonly kind: 'audio' | 'video';
  /** Unix ms up to which the stream is recorded; null = nothing is. */
  readonly recordedUntilMs: () => number | null;
  /** Told when reading the spool fails; the reader ends with it. */
  readonly onFailure: (cause: Error) => void;
}

/** Opus becomes AAC, whose encoder puts 1024 samples of 48 kHz before the first. */
const ENCODER_DELAY_MS = 1024 / 48;
/** A group that begins so little before the recording's end is not recorded yet. */
const SLACK_MS = 100;

export class ChannelFeed {
  readonly kind = 'bytes';
  readonly #parts: ChannelFeedParts;
  #epoch: number | null = null;
  /** ms on the epoch's clock of the first frame that was opened last. */
  #fromMs = 0;
  /** Sequence of the last chunk that was handed out. */
  #given = 0;
  /** The epoch was handed out to its end. */
  #ended = false;
  #over = false;
  #waiting: (() => void)[] = [];
  #drained: () => void = () => undefined;
  /** Resolves when everything is handed out and whoever took it came back for more. */
  readonly drained: Promise<void>;

  constructor(parts: ChannelFeedParts) {
    this.#parts = parts;
    this.drained = new Promise((resolve) => (this.#drained = resolve));
  }

  /** Nothing more will be stored than is by now. */
  finish(): void {
    this.#over = true;
    this.#wake();
  }

  /** Goes on after `finish`: the page came back. */
  resume(): void {
    this.#over = false;
  }

  get given(): number {
    return this.#given;
  }

  /** Bytes of one epoch, from where the recording stands; waits for them, ends with the epoch. */
  open(): Readable {
    const { spool } = this.#parts;
    let position: number | null = null;
    let head: SpoolEntry | null = null;
    let stored: Subscription | null = null;
    let reading = false;
    let destroyed = false;

    /** What comes next: an entry, the end, or null = it has to be waited for. */
    const next = (): SpoolEntry | 'end' | null => {
      if (position === null) {
        const start = this.#start();
        if (start === null) {
          if (this.#over) this.#drained();
          return null;
        }
        this.#epoch = start.entry.epoch;
        this.#fromMs = start.entry.fromMs;
        this.#ended = false;
        head = start.head;
        position = start.entry.sequence - 1;
      }
      if (head !== null) {
        const given = head;
        head = null;
        return given;
      }
      const after = position;
      const entry = spool.entries.find(({ sequence }) => sequence > after);
      if (entry === undefined) return this.#over ? 'end' : null;
      return entry.epoch === this.#epoch ? entry : 'end';
    };

    const give = (stream: Readable): void => {
      if (reading || destroyed) return;
      const entry = next();
      if (entry === null) {
        stored ??= spool.stored.pipe(skip(1)).subscribe(() => give(stream));
        if (!this.#waiting.includes(wake)) this.#waiting.push(wake);
        return;
      }
      stored?.unsubscribe();
      stored = null;
      if (entry === 'end') {
        this.#ended = true;
        stream.push(null);
        return;
      }
      reading = true;
      spool.read(entry).then(
        (bytes) => {
          reading = false;
          position = Math.max(position ?? 0, entry.sequence);
          this.#given = Math.max(this.#given, entry.sequence);
          stream.push(bytes);
        },
        (cause: unknown) => {
          reading = false;
          const failure = cause instanceof Error ? cause : new Error(String(cause));
          this.#parts.onFailure(failure);
          stream.destroy(failure);
        },
      );
    };
    const stream = new Readable({
      read() {
        give(this);
      },
      destroy: (cause, done) => {
        destroyed = true;
        stored?.unsubscribe();
        this.#waiting = this.#waiting.filter((each) => each !== wake);
        done(cause);
      },
    });
    const wake = (): void => give(stream);
    return stream;
  }

  /** Unix ms of the gateway at which the decoded picture or sound of what was opened last begins. */
  startMs(): number | null {
    const zero = this.#epoch === null ? null : this.#zeroMs(this.#epoch);
    return zero === null ? null : zero + this.#fromMs - (this.#parts.kind === 'audio' ? ENCODER_DELAY_MS : 0);
  }

  /** The oldest chunk that a decoder may still ask for: not handed out, or not recorded by `untilMs`; null = none. */
  needed(untilMs: number | null): SpoolEntry | null {
    const zeros = new Map<number, number | null>();
    const isNeeded = (entry: SpoolEntry): boolean => {
      if (entry.sequence > this.#given) return true;
      const zero = zeros.get(entry.epoch) ?? this.#zeroMs(entry.epoch);
      zeros.set(entry.epoch, zero);
      return untilMs !== null && (zero === null || zero + entry.toMs > untilMs);
    };
    return this.#parts.spool.entries.find((entry) => !entry.init && isNeeded(entry)) ?? null;
  }

  /** Unix ms of the gateway at which an epoch's clock was 0. */
  #zeroMs(epoch: number): number | null {
    const { spool, offset } = this.#parts;
    const zero = epochZeroMs(spool.entries, epoch);
    return zero === null || offset.offsetMs === null ? null : zero + offset.offsetMs;
  }

  /** The first group that is not recorded, with the head that its decoder needs; null while there is none. */
  #start(): { readonly entry: SpoolEntry; readonly head: SpoolEntry } | null {
    const { spool } = this.#parts;
    const until = this.#parts.recordedUntilMs();
    const heads = new Map<number, SpoolEntry>();
    const zeros = new Map<number, number | null>();
    for (const entry of spool.entries) {
      if (entry.init) heads.set(entry.epoch, entry);
      const head = heads.get(entry.epoch);
      if (head === undefined || entry.init || !entry.key) continue;
      if (this.#ended && this.#epoch !== null && entry.epoch <= this.#epoch) continue;
      const zero = zeros.get(entry.epoch) ?? this.#zeroMs(entry.epoch);
      zeros.set(entry.epoch, zero);
      const atMs = zero === null ? null : zero + entry.fromMs;
      // Without a recording (it is not wished) the decoder goes on with what it has not been given.
      if (until === null ? entry.sequence > this.#given : atMs === null || atMs >= until - SLACK_MS) return { entry, head };
    }
    return null;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}
