import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../../store/tables.ts';

/** Frames of the last minutes, for those who come back: written in the background, bounded by count and age for each reader. */

export interface KeptLimits {
  /** Of one reader. */
  readonly frames: number;
  readonly ageMs: number;
  /** Frames that may wait for a database that does not take them. */
  readonly waiting: number;
}

export interface KeptFrame {
  readonly seq: number;
  readonly body: string;
}

interface Row extends KeptFrame {
  readonly connection_id: string;
}

const ROWS_AT_ONCE = 500;
const PRUNE_MS = 60_000;

export class KeptFrames {
  readonly #database: Database;
  readonly #limits: KeptLimits;
  readonly #log: Logger;
  readonly #prune: NodeJS.Timeout;
  /** Readers that got something since the last time rows were thrown away. */
  readonly #touched = new Set<string>();
  #waiting: Row[] = [];
  #inFlight: readonly Row[] = [];
  #writing: Promise<void> | null = null;

  constructor(database: Database, limits: KeptLimits, log: Logger) {
    this.#database = database;
    this.#limits = limits;
    this.#log = log;
    this.#prune = setInterval(() => void this.prune(), PRUNE_MS);
    this.#prune.unref();
  }

  /** The highest number given so far; 0 = none. */
  async last(): Promise<number> {
    const { last } = await this.#database
      .selectFrom('channel_frames')
      .select(({ fn }) => fn.max<number | null>('seq').as('last'))
      .executeTakeFirstOrThrow();
    return last ?? 0;
  }

  keep(readers: readonly string[], frame: KeptFrame): void {
    for (const reader of readers) {
      this.#waiting.push({ connection_id: reader, ...frame });
      this.#touched.add(reader);
    }
    const over = this.#waiting.length - this.#limits.waiting;
    if (over > 0) {
      this.#waiting.splice(0, over);
      this.#log.warn({ frames: over }, 'frames are not kept for replay: the database does not take them');
    }
    this.#writing ??= this.#write();
  }

  /** Frames after number `since` for any of `readers`, oldest first, each once; the newest `most` of them. Rejects when they cannot be read. */
  async after(readers: readonly string[], since: number, most: number): Promise<readonly KeptFrame[]> {
    // Looked at before the table, so that what is written meanwhile is found in one of the two.
    const unwritten = [...this.#inFlight, ...this.#waiting].filter(
      ({ connection_id: reader, seq }) => seq > since && readers.includes(reader),
    );
    const rows = await this.#database
      .selectFrom('channel_frames')
      .select(['seq', 'body'])
      .distinctOn('seq')
      .where('connection_id', 'in', [...readers])
      .where('seq', '>', since)
      .orderBy('seq', 'desc')
      .limit(most)
      .execute();
    const found = new Map([...rows.reverse(), ...unwritten].map(({ seq, body }) => [seq, body]));
    const ordered = [...found].map(([seq, body]) => ({ seq, body })).sort((a, b) => a.seq - b.seq);
    return ordered.slice(-most);
  }

  /** Resolves when everything up to now is in the table, or was given up. */
  async written(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #write(): Promise<void> {
    // What is published in one go is written in one go.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const rows = this.#waiting.splice(0, ROWS_AT_ONCE);
      this.#inFlight = rows;
      try {
        await this.#database.insertInto('channel_frames').values(rows).execute();
      } catch (cause) {
        this.#log.error({ err: cause, frames: rows.length }, 'frames could not be kept for replay');
      }
    }
    this.#inFlight = [];
    this.#writing = null;
  }

  /** Throws away what is too old or too much. */
  async prune(): Promise<void> {
    const touched = [...this.#touched];
    this.#touched.clear();
    try {
      await this.#database
        .deleteFrom('channel_frames')
        .where('created_at', '<', new Date(Date.now() - this.#limits.ageMs))
        .execute();
      for (const reader of touched) {
        await sql`delete from channel_frames where connection_id = ${reader} and seq <= (
          select seq from channel_frames where connection_id = ${reader} order by seq desc offset ${this.#limits.frames} limit 1
        )`.execute(this.#database);
      }
    } catch (cause) {
      this.#log.error({ err: cause }, 'old frames could not be thrown away');
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#prune);
    await this.written();
  }
}
