import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskRecording } from './disk-recording.ts';
import { isRoomy, readDiskSpace } from './disk-space.ts';
import type { ReadDiskSpace } from './disk-space.ts';

/** All recordings under one folder, and the bytes they may take together. */

export interface LibraryOptions {
  readonly folder: string;
  /** Bytes of all recordings; the oldest segments are dropped first, whosever they are. */
  readonly budget: number;
  readonly space?: ReadDiskSpace;
}

/** How often the disk is asked, ms. */
const ASK_MS = 1000;

export class RecordingLibrary {
  readonly #options: LibraryOptions;
  readonly #recordings = new Map<string, DiskRecording>();
  #roomy = true;
  #askedMs = -Infinity;
  #asking: Promise<void> | null = null;
  #trimming: Promise<void> = Promise.resolve();

  private constructor(options: LibraryOptions) {
    this.#options = options;
  }

  /** Reads everything that is there. */
  static async open(options: LibraryOptions): Promise<RecordingLibrary> {
    const library = new RecordingLibrary(options);
    await mkdir(options.folder, { recursive: true });
    for (const entry of await readdir(options.folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || !isStreamId(entry.name)) continue;
      library.#recordings.set(entry.name, await DiskRecording.load(join(options.folder, entry.name)));
    }
    return library;
  }

  /** Throws RangeError on an id that could leave the folder. */
  recording(id: string): DiskRecording {
    const known = this.#recordings.get(id);
    if (known !== undefined) return known;
    if (!isStreamId(id)) throw new RangeError('not the id of a stream');
    const made = DiskRecording.empty(join(this.#options.folder, id));
    this.#recordings.set(id, made);
    return made;
  }

  /** Null: nothing was ever recorded under that id. */
  known(id: string): DiskRecording | null {
    return this.#recordings.get(id) ?? null;
  }

  /** Those of which something is kept. */
  ids(): readonly string[] {
    return [...this.#recordings].filter(([, { oldest }]) => oldest !== null).map(([id]) => id);
  }

  /** Deletes it with its files. Whoever records to it must have stopped. */
  remove(id: string): Promise<void> {
    // In its turn: nothing is dropped from it meanwhile.
    const removed = this.#trimming.then(async () => {
      const recording = this.#recordings.get(id);
      this.#recordings.delete(id);
      await recording?.remove();
    });
    // Whoever asked is told of a failure; others only wait for its end.
    this.#trimming = removed.catch(() => undefined);
    return removed;
  }

  get bytes(): number {
    let sum = 0;
    for (const { bytes } of this.#recordings.values()) sum += bytes;
    return sum;
  }

  /** Whether the disk has room; asked at most once a second. */
  async isRoomy(): Promise<boolean> {
    if (performance.now() - this.#askedMs > ASK_MS) {
      this.#asking ??= this.#ask().finally(() => (this.#asking = null));
      await this.#asking;
    }
    return this.#roomy;
  }

  /** The disk said that it is full: believed until it is asked again. */
  full(): void {
    this.#roomy = false;
    this.#askedMs = performance.now();
  }

  /** The next question goes to the disk, however short ago the last one was. */
  askAgain(): void {
    this.#askedMs = -Infinity;
  }

  /** Drops the oldest until `more` bytes fit into the budget. */
  makeRoom(more: number): Promise<void> {
    this.#trimming = this.#trimming.then(async () => {
      while (this.bytes + more > this.#options.budget) {
        const oldest = this.#oldest();
        if (oldest === null) return;
        await oldest.dropOldest();
      }
    });
    return this.#trimming;
  }

  #oldest(): DiskRecording | null {
    let found: DiskRecording | null = null;
    for (const recording of this.#recordings.values()) {
      const startMs = recording.oldest?.startMs ?? Infinity;
      if (startMs < (found?.oldest?.startMs ?? Infinity)) found = recording;
    }
    return found;
  }

  async #ask(): Promise<void> {
    const space = await (this.#options.space ?? readDiskSpace)(this.#options.folder);
    this.#roomy = isRoomy(space, this.#roomy);
    this.#askedMs = performance.now();
  }
}

const isStreamId = (id: string): boolean => /^[\w-][\w.-]{0,127}$/.test(id);
