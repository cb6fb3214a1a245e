import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Recording, Segment } from '../recording.ts';
import { codecsOf, segmentOf } from '../recording/recorder.ts';
import { lagOf } from '../recording/segmenter.ts';
import type { Epoch, Part, WholeSegment } from '../recording/segmenter.ts';

/** What a player of the live picture can ask for: the newest in memory, up to two hours before from the disk. */

export interface LivePart {
  readonly index: number;
  readonly durationMs: number;
  readonly keyFrame: boolean;
  readonly uri: string;
}

export interface LiveSegment extends Segment {
  /** Absent: too old to be shown in parts. */
  readonly parts?: readonly LivePart[];
}

export interface LiveSnapshot {
  /** Without a hole in their sequence, oldest first. */
  readonly segments: readonly LiveSegment[];
  /** The one that is growing; null = none. */
  readonly open: {
    readonly sequence: number;
    readonly epoch: number;
    readonly init: string;
    readonly startMs: number;
    readonly lagMs: number;
    readonly parts: readonly LivePart[];
  } | null;
  /** Of the part that comes next. */
  readonly hint: string | null;
  /** s; never shrinks. */
  readonly targetS: number;
  readonly partTargetS: number;
  readonly ended: boolean;
  /** Counts changes. */
  readonly version: number;
}

export type LiveFile = { readonly bytes: readonly Uint8Array[] } | { readonly path: string };

const WINDOW_MS = 2 * 3600 * 1000;
/** In memory at least, for the playlist's parts; and at most, when nothing is kept on the disk. */
const LEAST_SEGMENTS = 4;
const MOST_MS = 60_000;
const MOST_BYTES = 64_000_000;

interface Held {
  readonly segment: Segment;
  readonly whole: WholeSegment;
  onDisk: boolean;
}

export class LiveWindow {
  readonly #recording: Recording | null;
  readonly #secret = randomBytes(16).toString('base64url');
  readonly #changes = new Subject<void>();
  readonly #epochs = new Map<number, Epoch>();
  #held: Held[] = [];
  #open: Part[] = [];
  #targetS = 2;
  #partTargetS = 0.5;
  #ended = false;
  #version = 0;
  #snapshot: LiveSnapshot | null = null;

  /** `recording`: null = nothing is kept. */
  constructor(recording: Recording | null) {
    this.#recording = recording;
    for (const { durationMs } of this.#before(Infinity)) this.#targetS = Math.max(this.#targetS, Math.round(durationMs / 1000));
  }

  /** What is left of a stream that does not run. */
  static over(recording: Recording): LiveWindow {
    const window = new LiveWindow(recording);
    window.end();
    return window;
  }

  get changes(): Observable<void> {
    return this.#changes;
  }

  /** RFC 6381 and px of what is shown now; null = nothing has come yet. */
  get picture(): { readonly codecs: string; readonly width: number | null; readonly height: number | null } | null {
    const epoch = [...this.#epochs.values()].at(-1);
    if (epoch === undefined) return this.#recorded;
    const { video } = epoch.init;
    return { codecs: codecsOf(epoch.init), width: video?.width ?? null, height: video?.height ?? null };
  }

  /** What was recorded before this gateway began, or before the source came back. */
  get #recorded(): { readonly codecs: string; readonly width: number | null; readonly height: number | null } | null {
    const recording = this.#recording;
    const last = recording?.window(this.#recordedToMs - 1, Infinity).at(-1);
    return last === undefined ? null : (recording?.epoch(last.epoch) ?? null);
  }

  get #recordedToMs(): number {
    return this.#recording?.ranges().at(-1)?.endMs ?? 0;
  }

  /** From the disk: the last hours up to what is in memory. */
  #before(sequence: number): readonly Segment[] {
    const last = this.#held.at(-1)?.segment;
    const endMs = last === undefined ? this.#recordedToMs : last.startMs + last.durationMs;
    return (this.#recording?.window(endMs - WINDOW_MS, Infinity) ?? []).filter((segment) => segment.sequence < sequence);
  }

  epoch(epoch: Epoch): void {
    this.#ended = false;
    this.#epochs.set(epoch.epoch, epoch);
  }

  part(part: Part): void {
    if (this.#open[0]?.sequence !== part.sequence) this.#open = [];
    this.#open.push(part);
    this.#partTargetS = Math.max(this.#partTargetS, Math.ceil((part.durationMs - 0.5) / 10) / 100);
    this.#changed();
  }

  segment(whole: WholeSegment): void {
    const epoch = this.#epochs.get(whole.epoch);
    if (epoch === undefined) return;
    this.#open = [];
    this.#held.push({ segment: segmentOf(whole, epoch), whole, onDisk: false });
    this.#targetS = Math.max(this.#targetS, Math.round(whole.durationMs / 1000));
    this.#trim();
    this.#changed();
  }

  kept(segment: Segment): void {
    const held = this.#held.find(({ segment: { sequence } }) => sequence === segment.sequence);
    if (held !== undefined) held.onDisk = true;
    this.#trim();
  }

  /** Nothing more will come. */
  end(): void {
    this.#ended = true;
    this.#open = [];
    this.#changed();
  }

  /** Parts since the last key frame, and their epoch: where a decoder begins. */
  get sinceKeyFrame(): { readonly epoch: Epoch; readonly parts: readonly Part[] } | null {
    const parts = this.#open;
    const epoch = this.#epochs.get(parts[0]?.epoch ?? -1);
    if (epoch === undefined) return null;
    const from = parts.findLastIndex(({ fragment }) => fragment.keyFrame);
    return { epoch, parts: from < 0 ? [] : parts.slice(from) };
  }

  epochOf(epoch: number): Epoch | null {
    return this.#epochs.get(epoch) ?? null;
  }

  snapshot(): LiveSnapshot {
    this.#snapshot ??= this.#take();
    return this.#snapshot;
  }

  /** Null: not of this stream, or gone. */
  file(name: string): LiveFile | null {
    const [, sequence, index] = new RegExp(`^${this.#secret}-(\\d+)-(\\d+)\\.m4s$`).exec(name) ?? [];
    if (sequence !== undefined && index !== undefined) return this.#part(Number(sequence), Number(index));
    for (const { segment, whole } of this.#held)
      if (segment.file === name) return { bytes: whole.parts.map(({ fragment }) => fragment.bytes) };
    for (const { file, init } of this.#epochs.values()) if (file === name) return { bytes: [init.bytes] };
    if (this.#recording === null || !/^[\w-]{16,64}\.(m4s|mp4)$/.test(name)) return null;
    return { path: join(this.#recording.folder, name) };
  }

  /** True: a part of that name may still come. */
  expects(name: string): boolean {
    return !this.#ended && name === this.snapshot().hint;
  }

  #part(sequence: number, index: number): LiveFile | null {
    const parts =
      this.#open[0]?.sequence === sequence
        ? this.#open
        : this.#held.find(({ segment }) => segment.sequence === sequence)?.whole.parts;
    const part = parts?.[index];
    return part === undefined ? null : { bytes: [part.fragment.bytes] };
  }

  #take(): LiveSnapshot {
    const all: LiveSegment[] = [
      ...this.#before(this.#held[0]?.segment.sequence ?? Infinity),
      ...this.#held.map(({ segment, whole }) => ({ ...segment, parts: whole.parts.map((part) => this.#describe(part)) })),
    ];
    const hole = all.findLastIndex(({ sequence }, index) => index > 0 && sequence !== (all[index - 1]?.sequence ?? 0) + 1);
    const segments = all.slice(Math.max(0, hole));
    const first = this.#open[0];
    const init = this.#epochs.get(first?.epoch ?? -1)?.file;
    const open =
      first === undefined || init === undefined
        ? null
        : {
            ...{ sequence: first.sequence, epoch: first.epoch, init, startMs: first.startMs, lagMs: lagOf(this.#open) },
            parts: this.#open.map((part) => this.#describe(part)),
          };
    const next =
      open === null ? this.#uri((segments.at(-1)?.sequence ?? -1) + 1, 0) : this.#uri(open.sequence, open.parts.length);
    return {
      ...{ segments, open, hint: this.#ended ? null : next, targetS: this.#targetS, partTargetS: this.#partTargetS },
      ...{ ended: this.#ended, version: this.#version },
    };
  }

  #describe({ sequence, index, durationMs, fragment }: Part): LivePart {
    return { index, durationMs, keyFrame: fragment.keyFrame, uri: this.#uri(sequence, index) };
  }

  #uri(sequence: number, index: number): string {
    return `${this.#secret}-${String(sequence)}-${String(index)}.m4s`;
  }

  #trim(): void {
    const held = this.#held;
    let bytes = held.reduce((sum, { segment }) => sum + segment.bytes, 0);
    const endMs = held.at(-1)?.segment.startMs ?? 0;
    while (held.length > LEAST_SEGMENTS) {
      const oldest = held[0];
      if (oldest === undefined) break;
      if (!oldest.onDisk && endMs - oldest.segment.startMs < MOST_MS && bytes < MOST_BYTES) break;
      held.shift();
      bytes -= oldest.segment.bytes;
    }
    const needed = held[0]?.segment.epoch ?? Infinity;
    const newest = Math.max(...this.#epochs.keys());
    for (const epoch of this.#epochs.keys()) if (epoch < needed && epoch !== newest) this.#epochs.delete(epoch);
  }

  #changed(): void {
    this.#version++;
    this.#snapshot = null;
    this.#changes.next();
  }
}
