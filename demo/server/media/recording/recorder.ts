import type { Logger } from 'pino';
import type { InitSegment } from '../fmp4/init-segment.ts';
import type { Segment } from '../recording.ts';
import type { DiskRecording } from './disk-recording.ts';
import type { EpochLine } from './index-file.ts';
import type { RecordingLibrary } from './library.ts';
import type { Epoch, WholeSegment } from './segmenter.ts';

/** Puts segments on the disk one after the other; when there is no room they are let go, and it says so until there is. */

export interface RecorderOptions {
  readonly recording: DiskRecording;
  readonly library: RecordingLibrary;
  readonly log: Logger;
  /** True when recording pauses, false when it goes on. */
  readonly onFull: (full: boolean) => void;
  /** A segment is on the disk. */
  readonly onKept: (segment: Segment) => void;
}

/** What may wait for a slow disk. */
const MAX_WAITING_BYTES = 96_000_000;

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #epochs = new Map<number, Epoch>();
  #queue: Promise<void> = Promise.resolve();
  #waitingBytes = 0;
  #full = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  epoch(epoch: Epoch): void {
    this.#epochs.set(epoch.epoch, epoch);
    // What is still waiting is of the last two at most.
    for (const old of this.#epochs.keys()) if (old < epoch.epoch - 8) this.#epochs.delete(old);
  }

  segment(whole: WholeSegment): void {
    const epoch = this.#epochs.get(whole.epoch);
    if (epoch === undefined) return;
    const pieces = whole.parts.map(({ fragment }) => fragment.bytes);
    const segment = segmentOf(whole, epoch);
    if (this.#waitingBytes + segment.bytes > MAX_WAITING_BYTES) {
      this.#setFull(true, 'the disk does not keep up');
      return;
    }
    this.#waitingBytes += segment.bytes;
    this.#queue = this.#queue.then(async () => {
      await this.#keep(segment, epoch, pieces);
      this.#waitingBytes -= segment.bytes;
    });
  }

  /** Resolves when everything given so far is kept or let go. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #keep(segment: Segment, epoch: Epoch, pieces: readonly Uint8Array[]): Promise<void> {
    const { recording, library, onKept } = this.#options;
    try {
      if (!(await library.isRoomy())) {
        this.#setFull(true, 'the disk is nearly full');
        return;
      }
      await library.makeRoom(segment.bytes);
      if (!recording.hasEpoch(epoch.epoch)) await recording.beginEpoch(epochFacts(epoch), epoch.init.bytes);
      await recording.append(segment, pieces);
      this.#setFull(false, '');
      onKept(segment);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EDQUOT') library.full();
      this.#setFull(true, error instanceof Error ? error.message : String(error));
    }
  }

  #setFull(full: boolean, why: string): void {
    if (full === this.#full) return;
    this.#full = full;
    if (full) this.#options.log.warn({ why }, 'recording pauses');
    else this.#options.log.info('recording goes on');
    this.#options.onFull(full);
  }
}

export const segmentOf = (whole: WholeSegment, epoch: Epoch): Segment => ({
  ...{ sequence: whole.sequence, epoch: whole.epoch, file: whole.file, init: epoch.file },
  ...{ startMs: whole.startMs, durationMs: whole.durationMs, decodeS: whole.decodeS },
  ...(whole.lagMs === 0 ? {} : { lagMs: whole.lagMs }),
  bytes: whole.parts.reduce((sum, { fragment }) => sum + fragment.bytes.byteLength, 0),
});

export const codecsOf = ({ video, audio }: InitSegment): string =>
  [video?.codec, audio?.codec].filter((codec) => codec !== null && codec !== undefined).join(',');

const epochFacts = ({ epoch, init, file }: Epoch): EpochLine => ({
  ...{ epoch, init: file, codecs: codecsOf(init) },
  ...{ width: init.video?.width ?? null, height: init.video?.height ?? null },
  ...{ hasAudio: init.audio !== null, hasVideo: init.video !== null },
});
