import { randomBytes } from 'node:crypto';
import type { Fragment } from '../fmp4/fragment.ts';
import type { InitSegment } from '../fmp4/init-segment.ts';
import { MediaClock } from './media-clock.ts';

/** Makes of fragments, as they arrive, parts and segments with their place on the stream's clock. */

/** What is shown before its segment is whole. */
export interface Part {
  readonly epoch: number;
  /** Of its segment. */
  readonly sequence: number;
  /** Within the segment, from 0. */
  readonly index: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly fragment: Fragment;
  /** Name of the segment's file. */
  readonly file: string;
}

export interface WholeSegment {
  readonly epoch: number;
  readonly sequence: number;
  readonly file: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** s, of its first sample on the media's own clock. */
  readonly decodeS: number;
  /** ms after its beginning at which its earliest picture is shown. */
  readonly lagMs: number;
  readonly parts: readonly Part[];
}

export interface Epoch {
  readonly epoch: number;
  readonly init: InitSegment;
  /** Name of its file; the same as before where only the clock was begun anew. */
  readonly file: string;
}

export type SegmenterEvent =
  | { readonly type: 'epoch'; readonly epoch: Epoch }
  | { readonly type: 'part'; readonly part: Part }
  | { readonly type: 'segment'; readonly segment: WholeSegment };

export interface SegmenterOptions {
  readonly nextEpoch: number;
  readonly nextSequence: number;
  /** Unix ms: end of what there is already. */
  readonly notBeforeMs: number;
  readonly settleMs: number;
  /** Unix ms of the first frame since the last `init`, where the source knows it; null = not (yet). */
  readonly startMs?: () => number | null;
  /** Tests give their own. */
  readonly name?: () => string;
}

/** s after which a segment ends with the next key frame; a little under two, because frames do not fall on whole seconds. */
const SEGMENT_S = 1.9;
/** It ends anyhow: sources without key frames. */
const LONGEST_S = 60;
const LARGEST_BYTES = 48_000_000;
/** Of media that must have come before the first date is told. */
const SURE_S = 2;
/** s by which a fragment may miss the end of the one before; cameras of one picture a second miss it by one. */
const JUMP_S = 1.5;

interface Open {
  readonly sequence: number;
  readonly file: string;
  readonly startS: number;
  readonly fragments: Fragment[];
  bytes: number;
  told: number;
  parts: Part[];
}

export class Segmenter {
  readonly #options: SegmenterOptions;
  readonly #name: () => string;
  #nextEpoch: number;
  #nextSequence: number;
  #lastEndMs: number;
  #init: InitSegment | null = null;
  #initFile = '';
  #epoch: number | null = null;
  #clock: MediaClock;
  #sure = false;
  #timeMissing = false;
  #open: Open | null = null;
  #endS: number | null = null;
  /** Of the first fragment since `init`. */
  #firstS: number | null = null;

  constructor(options: SegmenterOptions) {
    this.#options = options;
    this.#name = options.name ?? (() => randomBytes(18).toString('base64url'));
    this.#nextEpoch = options.nextEpoch;
    this.#nextSequence = options.nextSequence;
    this.#lastEndMs = options.notBeforeMs;
    this.#clock = this.#newClock();
  }

  /** Another connection to the source begins; `continues`: what comes next looks different, on the same clock. */
  init(init: InitSegment, continues = false): readonly SegmenterEvent[] {
    const events: SegmenterEvent[] = [];
    this.#close(events, null);
    if (continues) this.#epoch = null;
    else this.#anew();
    this.#init = init;
    if (!continues) this.#firstS = null;
    this.#initFile = `${this.#name()}.mp4`;
    return events;
  }

  fragment(fragment: Fragment, nowMs: number): readonly SegmenterEvent[] {
    if (this.#init === null) return [];
    this.#firstS ??= fragment.startS;
    const events: SegmenterEvent[] = [];
    const jumped = this.#endS !== null && Math.abs(fragment.startS - this.#endS) > JUMP_S;
    if (jumped) this.#close(events, null);
    if (jumped) this.#anew();
    const endS = fragment.startS + fragment.durationS;
    // A fragment is handed over when the first picture of the next one has come.
    if (this.#endS !== null) this.#clock.followed(this.#endS + fragment.firstTakenS - fragment.startS);
    if (this.#clock.arrived(fragment.startS, fragment.takenS, nowMs)) this.#timeMissing = true;
    // Not before a key frame: nothing received is thrown away for it.
    if (this.#timeMissing && fragment.keyFrame) {
      this.#close(events, fragment.startS);
      this.#anew();
      this.#clock.arrived(fragment.startS, fragment.takenS, nowMs);
    }
    if (this.#open !== null && this.#isFull(this.#open, fragment)) this.#close(events, fragment.startS);
    // A player can begin nowhere else.
    if (this.#open === null && !fragment.keyFrame) {
      this.#endS = endS;
      return events;
    }
    this.#open ??= this.#begin(fragment);
    this.#open.fragments.push(fragment);
    this.#open.bytes += fragment.bytes.byteLength;
    this.#endS = endS;
    if (endS - this.#open.startS >= SURE_S) this.#sure = true;
    if (this.#sure) this.#tell(this.#open, events);
    return events;
  }

  /** The connection is over: what there is becomes a segment. */
  end(): readonly SegmenterEvent[] {
    const events: SegmenterEvent[] = [];
    this.#close(events, null);
    this.#anew();
    return events;
  }

  #isFull(open: Open, next: Fragment): boolean {
    const durationS = next.startS - open.startS;
    if (next.keyFrame && durationS >= SEGMENT_S) return true;
    return durationS > LONGEST_S || open.bytes > LARGEST_BYTES;
  }

  #begin(fragment: Fragment): Open {
    const file = `${this.#name()}.m4s`;
    return { sequence: this.#nextSequence++, file, startS: fragment.startS, fragments: [], bytes: 0, told: 0, parts: [] };
  }

  /** Dates are fixed from here on: the first part of an epoch has been told. */
  #tell(open: Open, events: SegmenterEvent[]): void {
    this.#clock.freeze();
    if (this.#epoch === null && this.#init !== null) {
      this.#epoch = this.#nextEpoch++;
      events.push({ type: 'epoch', epoch: { epoch: this.#epoch, init: this.#init, file: this.#initFile } });
    }
    for (; open.told < open.fragments.length; open.told++) {
      const fragment = open.fragments[open.told];
      if (fragment === undefined) break;
      const part: Part = {
        ...{ epoch: this.#epoch ?? 0, sequence: open.sequence, index: open.told, file: open.file, fragment },
        startMs: this.#clock.offsetMs + fragment.startS * 1000,
        durationMs: fragment.durationS * 1000,
      };
      open.parts.push(part);
      events.push({ type: 'part', part });
    }
  }

  /** `untilS`: where the next segment begins; null = nothing follows. */
  #close(events: SegmenterEvent[], untilS: number | null): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.#sure = true;
    this.#tell(open, events);
    const durationS = (untilS ?? this.#endS ?? open.startS) - open.startS;
    const startMs = this.#clock.offsetMs + open.startS * 1000;
    const segment: WholeSegment = {
      ...{ epoch: this.#epoch ?? 0, sequence: open.sequence, file: open.file, parts: open.parts },
      ...{ startMs, durationMs: durationS * 1000, decodeS: open.startS },
      lagMs: lagOf(open.parts),
    };
    this.#lastEndMs = startMs + segment.durationMs;
    this.#clock.slew(durationS);
    events.push({ type: 'segment', segment });
  }

  #anew(): void {
    this.#epoch = null;
    this.#sure = false;
    this.#timeMissing = false;
    this.#endS = null;
    this.#clock = this.#newClock();
  }

  #newClock(): MediaClock {
    const knownOffsetMs = (): number | null => {
      const startMs = this.#options.startMs?.() ?? null;
      return startMs === null || this.#firstS === null ? null : startMs - this.#firstS * 1000;
    };
    return new MediaClock({ notBeforeMs: this.#lastEndMs, settleMs: this.#options.settleMs, knownOffsetMs });
  }
}

/** Where the earliest picture of a segment is: among those of its first part, ms after its beginning. */
export const lagOf = ([first]: readonly Part[]): number => Math.round((first?.fragment.lagS ?? 0) * 1_000_000) / 1000;
