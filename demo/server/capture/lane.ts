import { firstValueFrom, race, timer } from 'rxjs';
import type { CaptureChannelId, CaptureEnd } from '../../../src/shared/capture.ts';
import type { SequencedChunk } from '../../../src/protocols/capture/codec.ts';
import { ChannelFeed } from './channel-feed.ts';
import type { ChannelFeedParts } from './channel-feed.ts';
import type { Spool } from './spool.ts';

/** One channel of a capture session: what came, what is stored, and the stream it becomes. */

/** How long a decoder may take over the last bytes. */
const DRAIN_MS = 15_000;
/** Chunks between two tidyings of the spool. */
const TIDY_EVERY = 100;

export interface LaneParts extends Omit<ChannelFeedParts, 'spool'> {
  readonly channel: CaptureChannelId;
  readonly streamId: string;
  readonly spool: Spool;
  readonly now: () => number;
}

export class Lane {
  readonly channel: CaptureChannelId;
  readonly streamId: string;
  readonly spool: Spool;
  readonly feed: ChannelFeed;
  readonly #parts: LaneParts;
  /** The page says that nothing comes behind this sequence. */
  #last: number | null = null;
  #reason: CaptureEnd | null = null;
  #untidied = 0;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.channel = parts.channel;
    this.streamId = parts.streamId;
    this.spool = parts.spool;
    this.feed = new ChannelFeed(parts);
  }

  get stored(): number {
    return this.spool.stored.value;
  }

  /** Why nothing more comes, else null. */
  get reason(): CaptureEnd | null {
    return this.#reason;
  }

  /** False: it is not the next one. What is known already counts as taken. Throws `SpoolFullError`. */
  take(chunk: SequencedChunk): boolean {
    if (chunk.sequence <= this.spool.taken) return true;
    if (chunk.sequence > this.spool.taken + 1) return false;
    this.spool.append(chunk);
    this.#untidied += 1;
    if (this.#untidied >= TIDY_EVERY) {
      this.#untidied = 0;
      this.#tidy();
    }
    return true;
  }

  /** False: what is told to be lost does not follow what came. */
  skip(from: number, to: number): boolean {
    if (from > this.spool.taken + 1) return false;
    this.spool.skip(to);
    return true;
  }

  end(last: number, reason: CaptureEnd): void {
    this.#last = last;
    this.#reason ??= reason;
  }

  /** Goes on although it was ended: its page came back. */
  reopen(): void {
    this.#last = null;
    this.#reason = null;
    this.feed.resume();
  }

  /** Everything that was announced is on the disk. */
  get whole(): boolean {
    return this.#last !== null && this.stored >= this.#last;
  }

  /** Resolves when the decoder has everything, or does not take it. */
  async drain(): Promise<void> {
    await this.spool.settled();
    this.feed.finish();
    await firstValueFrom(race(this.feed.drained, timer(DRAIN_MS)));
  }

  /** What is recorded, or handed out where nothing is recorded, is not needed a second time. */
  #tidy(): void {
    const until = this.#parts.recordedUntilMs();
    const needed = this.feed.needed(until === null ? null : until - KEPT_MS);
    if (needed !== null) this.spool.tidy(needed.sequence).catch((cause: unknown) => this.#failed(cause));
  }

  #failed(cause: unknown): void {
    this.#parts.onFailure(cause instanceof Error ? cause : new Error(String(cause)));
  }
}

/** A recording that was said to be on the disk may still be given up with the process. */
const KEPT_MS = 5000;
