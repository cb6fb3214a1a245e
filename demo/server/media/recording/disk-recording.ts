import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochFacts, Recording, Segment } from '../recording.ts';
import { appendDurably, writeWhole } from './durable.ts';
import { epochLine, parseIndex, segmentLine } from './index-file.ts';
import type { EpochLine } from './index-file.ts';

/** A stream's recording in a folder of its own: what `index.jsonl` lists and is really there. */

const INDEX = 'index.jsonl';
/** Ranges are parted by more than this, ms. */
const GAP_MS = 500;

export class DiskRecording implements Recording {
  readonly folder: string;
  #epochs = new Map<number, EpochLine>();
  #segments: Segment[] = [];
  #bytes = 0;
  #nextSequence = 0;
  #nextEpoch = 0;
  #lastEndMs = 0;
  #prepared = false;
  /** Epochs whose files are written. */
  readonly #kept = new Set<number>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Nothing is there yet, and nothing is made until something is kept. */
  static empty(folder: string): DiskRecording {
    return new DiskRecording(folder);
  }

  /** Reads what is there, puts right what a crash left, and forgets what is listed but gone. */
  static async load(folder: string): Promise<DiskRecording> {
    const recording = new DiskRecording(folder);
    await recording.#load();
    return recording;
  }

  /** Bytes of all segments. */
  get bytes(): number {
    return this.#bytes;
  }
  get nextSequence(): number {
    return this.#nextSequence;
  }
  get nextEpoch(): number {
    return this.#nextEpoch;
  }
  /** Unix ms; 0 = nothing was ever recorded. */
  get lastEndMs(): number {
    return this.#lastEndMs;
  }
  get oldest(): Segment | null {
    return this.#segments[0] ?? null;
  }

  window(startMs: number, endMs: number): readonly Segment[] {
    const segments = this.#segments;
    const from = firstIndex(segments, ({ startMs: at, durationMs }) => at + durationMs > startMs);
    const to = firstIndex(segments, ({ startMs: at }) => at >= endMs);
    return segments.slice(from, to);
  }

  ranges(): readonly { readonly startMs: number; readonly endMs: number }[] {
    const ranges: { startMs: number; endMs: number }[] = [];
    for (const { startMs, durationMs } of this.#segments) {
      const last = ranges.at(-1);
      if (last !== undefined && startMs - last.endMs <= GAP_MS) last.endMs = startMs + durationMs;
      else ranges.push({ startMs, endMs: startMs + durationMs });
    }
    return ranges;
  }

  epoch(epoch: number): EpochFacts | null {
    const found = this.#epochs.get(epoch);
    if (found === undefined) return null;
    const { init: _file, ...facts } = found;
    return facts;
  }

  /** Must come before the epoch's segments. Its file is written with the first of them. */
  async beginEpoch(epoch: EpochLine, init: Uint8Array): Promise<void> {
    await this.#prepare();
    if (this.#kept.has(epoch.epoch)) return;
    await writeWhole(this.folder, epoch.init, [init]);
    await appendDurably(join(this.folder, INDEX), epochLine(epoch));
    this.#epochs.set(epoch.epoch, epoch);
    this.#kept.add(epoch.epoch);
    this.#nextEpoch = Math.max(this.#nextEpoch, epoch.epoch + 1);
  }

  hasEpoch(epoch: number): boolean {
    return this.#kept.has(epoch);
  }

  /** Resolves when the segment survives whatever happens to this process. */
  async append(segment: Segment, pieces: readonly Uint8Array[]): Promise<void> {
    await this.#prepare();
    await writeWhole(this.folder, segment.file, pieces);
    await appendDurably(join(this.folder, INDEX), segmentLine(segment));
    this.#add(segment);
  }

  /** Removes the oldest segment, and its epoch's file when nothing else needs it. Exports hold links of their own. */
  async dropOldest(): Promise<void> {
    const gone = this.#segments.shift();
    if (gone === undefined) return;
    this.#bytes -= gone.bytes;
    await rm(join(this.folder, gone.file), { force: true });
    const needed = this.#segments[0];
    // The last epoch stays: it may be the one that is being recorded.
    if (needed === undefined || needed.init === gone.init) return;
    for (const [epoch, { init }] of this.#epochs) if (init === gone.init) this.#epochs.delete(epoch);
    await rm(join(this.folder, gone.init), { force: true });
  }

  /** With all its files; nothing may be kept in it afterwards. */
  async remove(): Promise<void> {
    this.#segments = [];
    this.#epochs.clear();
    this.#kept.clear();
    this.#bytes = 0;
    await rm(this.folder, { recursive: true, force: true });
  }

  #add(segment: Segment): void {
    this.#segments.push(segment);
    this.#bytes += segment.bytes;
    this.#nextSequence = Math.max(this.#nextSequence, segment.sequence + 1);
    this.#lastEndMs = Math.max(this.#lastEndMs, segment.startMs + segment.durationMs);
  }

  async #prepare(): Promise<void> {
    if (this.#prepared) return;
    await mkdir(this.folder, { recursive: true });
    this.#prepared = true;
  }

  async #load(): Promise<void> {
    const there = new Set(await readdir(this.folder));
    const text = await readFile(join(this.folder, INDEX), 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return '';
    });
    const content = parseIndex(text);
    for (const epoch of content.epochs) {
      this.#nextEpoch = Math.max(this.#nextEpoch, epoch.epoch + 1);
      if (!there.has(epoch.init)) continue;
      this.#epochs.set(epoch.epoch, epoch);
      this.#kept.add(epoch.epoch);
    }
    for (const segment of content.segments) {
      this.#nextSequence = Math.max(this.#nextSequence, segment.sequence + 1);
      this.#lastEndMs = Math.max(this.#lastEndMs, segment.startMs + segment.durationMs);
      if (there.has(segment.file) && this.#epochs.has(segment.epoch)) this.#add(segment);
    }
    await this.#heal(content, there);
  }

  /** Removes what nothing lists; writes the index anew where much of it is about what is gone, or its last line is torn. */
  async #heal(content: ReturnType<typeof parseIndex>, there: ReadonlySet<string>): Promise<void> {
    const used = new Set([
      INDEX,
      ...this.#segments.map(({ file }) => file),
      ...[...this.#epochs.values()].map(({ init }) => init),
    ]);
    for (const name of there) if (!used.has(name)) await rm(join(this.folder, name), { recursive: true, force: true });
    const gone = content.segments.length - this.#segments.length;
    if (content.torn === 0 && content.whole && gone <= this.#segments.length + 100) return;
    const lines = [...this.#epochs.values()].map(epochLine).concat(this.#segments.map(segmentLine)).join('');
    await writeWhole(this.folder, INDEX, [Buffer.from(lines)]);
  }
}

/** Index of the first that fits, by halves; all after it fit too. */
function firstIndex(segments: readonly Segment[], fits: (segment: Segment) => boolean): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment !== undefined && fits(segment)) high = middle;
    else low = middle + 1;
  }
  return low;
}
