import { mkdirSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { BehaviorSubject } from 'rxjs';
import type { SequencedChunk } from '../../../src/protocols/capture/codec.ts';
import type { Behavior } from '../../../src/shared/behavior.ts';
import { readRecord, writeRecord } from './spool-record.ts';
import type { SpoolRecord } from './spool-record.ts';

/** What came of one channel, on the disk before it is acknowledged: in files that are dropped from the front once nobody needs them. */

export interface SpoolEntry extends Omit<SequencedChunk, 'bytes' | 'channel'> {
  readonly file: number;
  /** First byte of the media in its file. */
  readonly at: number;
  /** Bytes of media. */
  readonly length: number;
}

/** Where a new file begins: bounds what is read again after a crash, and how coarsely is tidied. */
const FILE_BYTES = 8 * 1024 * 1024;
/** Before a chunk's media: the record's head and the wire's. */
const MEDIA_AT = 45;
/** Bytes that may wait for the disk. */
const MOST_PENDING_BYTES = 16 * 1024 * 1024;

export class SpoolFullError extends Error {
  override readonly name = 'SpoolFullError';
}

export class Spool {
  readonly #folder: string;
  readonly #entries: SpoolEntry[] = [];
  readonly #stored = new BehaviorSubject(0);
  /** The newest sequence that was taken, on the disk or not. */
  #taken = 0;
  #file = 0;
  #handle: FileHandle | null = null;
  #at = 0;
  #bytes = 0;
  #pending: { readonly record: SpoolRecord; readonly bytes: Uint8Array }[] = [];
  #pendingBytes = 0;
  #writing: Promise<void> | null = null;
  readonly #onFailure: (cause: Error) => void;

  private constructor(folder: string, onFailure: (cause: Error) => void) {
    this.#folder = folder;
    this.#onFailure = onFailure;
  }

  /** Opens what is there, less a torn end. `onFailure`: the disk took no more; `taken` is back at `stored`, and may be tried again. */
  static open(folder: string, onFailure: (cause: Error) => void): Spool {
    const spool = new Spool(folder, onFailure);
    spool.#load();
    return spool;
  }

  /** The last sequence that is on the disk, or told to be dropped. */
  get stored(): Behavior<number> {
    return this.#stored;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Oldest first; on the disk. */
  get entries(): readonly SpoolEntry[] {
    return this.#entries;
  }

  get bytes(): number {
    return this.#bytes + this.#pendingBytes;
  }

  /** Must be the one behind `taken`. Throws `SpoolFullError` when the disk does not follow. */
  append(chunk: SequencedChunk): void {
    this.#take({ kind: 'chunk', chunk }, chunk.sequence);
  }

  /** What is lost is as good as stored: nobody waits for it. */
  skip(to: number): void {
    if (to > this.#taken) this.#take({ kind: 'dropped', to }, to);
  }

  /** Resolves when everything taken is on the disk, or never will be. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async read({ file, at, length }: SpoolEntry): Promise<Uint8Array> {
    const handle = await open(this.#path(file), 'r');
    try {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, at);
      if (bytesRead < length) throw new Error(`The spool ${file} is shorter than it was.`);
      return bytes;
    } finally {
      await handle.close();
    }
  }

  /** Drops whole files that hold nothing from `sequence` on; heads that later chunks need are theirs to keep. */
  async tidy(sequence: number): Promise<void> {
    const needed = this.#entries.find((entry) => entry.sequence >= sequence);
    const first = Math.min(needed?.file ?? this.#file, this.#file);
    const epoch = needed?.epoch;
    const gone = this.#entries.filter((entry) => entry.file < first && !(entry.init && entry.epoch === epoch));
    if (gone.length === 0) return;
    // A file with the head of a running epoch stays; the next epoch frees it.
    const kept = new Set(this.#entries.filter((entry) => !gone.includes(entry)).map(({ file }) => file));
    const files = new Set(gone.map(({ file }) => file).filter((file) => !kept.has(file)));
    for (const entry of gone) if (files.has(entry.file)) this.#bytes -= entry.length;
    const left = this.#entries.filter((entry) => !files.has(entry.file));
    this.#entries.splice(0, this.#entries.length, ...left);
    for (const file of files) await rm(this.#path(file), { force: true });
  }

  async close(): Promise<void> {
    await this.settled();
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
    this.#stored.complete();
  }

  #take(record: SpoolRecord, sequence: number): void {
    if (this.#pendingBytes > MOST_PENDING_BYTES) throw new SpoolFullError('The disk does not follow.');
    this.#taken = sequence;
    const bytes = writeRecord(record);
    this.#pending.push({ record, bytes });
    this.#pendingBytes += bytes.length;
    this.#writing ??= this.#write().finally(() => (this.#writing = null));
  }

  async #write(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#writeAll(batch);
        this.#pendingBytes -= batch.reduce((sum, { bytes }) => sum + bytes.length, 0);
      } catch (cause) {
        await this.#fail(cause);
      }
    }
  }

  /** What was not stored will be sent again; a half-written record stays behind in a file that is not gone on with. */
  async #fail(cause: unknown): Promise<void> {
    [this.#pending, this.#pendingBytes, this.#taken] = [[], 0, this.#stored.value];
    const handle = this.#handle;
    this.#handle = null;
    try {
      await handle?.close();
    } finally {
      this.#onFailure(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }

  async #writeAll(batch: readonly { readonly record: SpoolRecord; readonly bytes: Uint8Array }[]): Promise<void> {
    const handle = await this.#writable();
    const all = Buffer.concat(batch.map(({ bytes }) => bytes));
    await handle.write(all, 0, all.length, this.#at);
    await handle.datasync();
    for (const { record, bytes } of batch) {
      this.#note(record, this.#file, this.#at, bytes.length);
      this.#at += bytes.length;
    }
    this.#stored.next(Math.max(this.#stored.value, ...batch.map(({ record }) => sequenceOf(record))));
  }

  async #writable(): Promise<FileHandle> {
    if (this.#handle !== null && this.#at < FILE_BYTES) return this.#handle;
    await this.#handle?.close();
    this.#handle = null;
    this.#file += 1;
    this.#at = 0;
    this.#handle = await open(this.#path(this.#file), 'w', 0o600);
    return this.#handle;
  }

  #note(record: SpoolRecord, file: number, at: number, bytes: number): void {
    if (record.kind === 'dropped') return;
    const { sequence, epoch, init, key, capturedMs, fromMs, toMs } = record.chunk;
    const length = bytes - MEDIA_AT;
    this.#entries.push({ sequence, epoch, init, key, capturedMs, fromMs, toMs, file, at: at + MEDIA_AT, length });
    this.#bytes += length;
  }

  #load(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const files = readdirSync(this.#folder)
      .map((name) => /^(\d+)\.spool$/.exec(name)?.[1])
      .filter((name) => name !== undefined)
      .map(Number)
      .sort((a, b) => a - b);
    for (const file of files) {
      const bytes = readFileSync(this.#path(file));
      let at = 0;
      for (let read = readRecord(bytes, at); read !== null; read = readRecord(bytes, at)) {
        // After a failure a batch is sent again: what is known already counts once.
        if (sequenceOf(read.record) > this.#taken) {
          this.#note(read.record, file, at, read.next - at);
          this.#taken = sequenceOf(read.record);
        }
        at = read.next;
      }
      if (at < bytes.length) truncateSync(this.#path(file), at);
    }
    this.#file = files.at(-1) ?? 0;
    this.#stored.next(this.#taken);
  }

  #path(file: number): string {
    return join(this.#folder, `${file}.spool`);
  }
}

const sequenceOf = (record: SpoolRecord): number => (record.kind === 'chunk' ? record.chunk.sequence : record.to);
