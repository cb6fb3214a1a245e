import { sql } from 'kysely';
import { setTimeout as delay } from 'node:timers/promises';
import type { Embedder } from '../../knowledge/embedder.ts';
import type { Database } from '../../store/tables.ts';
import { partsOf } from './parts.ts';
import { toBytes } from './vector-bytes.ts';
import { VectorShelf } from './vector-shelf.ts';
import type { Near, ShelfKeys, ShelfScope } from './vector-shelf.ts';

/** Gives every passage its meaning: what has none yet is embedded in the background, and what has one is kept in memory. */

export interface MeaningsOptions {
  readonly database: Database;
  readonly embedder: Embedder;
  /** The model or the database failed; it is tried again. For the log. */
  readonly onFailure: (cause: unknown) => void;
}

/** Rows read at a time. */
const PAGE = 2000;
/** Passages embedded at a time. */
const BATCH = 32;
/** A search waits so long for meanings that are being read. */
const LOAD_PATIENCE_MS = 1500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

interface KeyRow {
  readonly id: number;
  readonly collection_id: string;
  readonly stream_id: string | null;
  readonly video_id: string | null;
  readonly index_id: string | null;
  readonly source: string;
}

export class Meanings {
  readonly #options: MeaningsOptions;
  readonly #shelf: VectorShelf;
  readonly #closed = new AbortController();
  #loadedTo = 0;
  #loading: Promise<void> | null = null;
  #working: Promise<void> | null = null;
  #again = false;

  constructor(options: MeaningsOptions) {
    this.#options = options;
    this.#shelf = new VectorShelf(options.embedder.dimensions);
  }

  /** Passages were written: those without a meaning get one soon. Never rejects. */
  refresh(): void {
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
      if (this.#again && !this.#isClosed()) this.refresh();
    });
  }

  /** Resolves when every passage written so far has its meaning, or the model fails. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** The passages nearest in meaning. Rejects with what the model failed of. */
  async nearest(
    query: string,
    scope: ShelfScope,
    wish: { readonly count: number; readonly only: ReadonlySet<number> | null; readonly signal: AbortSignal },
  ): Promise<readonly Near[]> {
    // After a start with very many passages the first ones to ask are answered by what is there so far.
    const loaded = Promise.race([this.#load(), delay(LOAD_PATIENCE_MS, undefined, { ref: false })]);
    const [[vector]] = await Promise.all([this.#options.embedder.embed([query], wish.signal), loaded]);
    return vector === undefined ? [] : this.#shelf.nearest(vector, scope, wish.count, wish.only);
  }

  forget(id: number): void {
    this.#shelf.forget(id);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#working;
    await this.#loading?.catch(() => undefined);
  }

  /** Everything that has a meaning already, once. */
  #load(): Promise<void> {
    this.#loading ??= this.#readAll().catch((cause: unknown) => {
      this.#loading = null;
      throw cause;
    });
    return this.#loading;
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const rows = await this.#options.database
        .selectFrom('passages')
        .select(['id', 'collection_id', 'stream_id', 'video_id', 'index_id', 'source', 'vector'])
        .where('id', '>', this.#loadedTo)
        .where('vector', 'is not', null)
        .orderBy('id')
        .limit(PAGE)
        .execute();
      for (const row of rows) if (row.vector !== null) this.#shelf.add(row.id, keysOf(row), signed(row.vector));
      this.#loadedTo = rows.at(-1)?.id ?? this.#loadedTo;
      if (rows.length < PAGE || this.#isClosed()) return;
    }
  }

  async #work(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.#isClosed()) {
      this.#again = false;
      try {
        // What is given a meaning from here on is added by hand.
        await this.#load();
        await this.#copied();
        while (!this.#isClosed() && (await this.#embedSome()));
        return;
      } catch (cause) {
        if (this.#isClosed()) return;
        this.#options.onFailure(cause);
        await delay(pauseMs, undefined, { signal: this.#closed.signal, ref: false }).catch(() => undefined);
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      }
    }
  }

  #isClosed(): boolean {
    return this.#closed.signal.aborted;
  }

  /** What was copied from a stream into a video means the same. */
  async #copied(): Promise<void> {
    const { rows } = await sql<KeyRow & { readonly vector: Uint8Array }>`
      update passages as copy set vector = original.vector, evidence = original.evidence
      from passages as original
      where copy.vector is null and copy.video_id is not null and original.vector is not null and original.stream_id is not null
        and original.source = copy.source and original.text = copy.text and original.index_id is not distinct from copy.index_id
      returning copy.id, copy.collection_id, copy.stream_id, copy.video_id, copy.index_id, copy.source, copy.vector
    `.execute(this.#options.database);
    for (const row of rows) this.#shelf.add(row.id, keysOf(row), signed(row.vector));
  }

  /** False: there is nothing left. */
  async #embedSome(): Promise<boolean> {
    const { database, embedder } = this.#options;
    const rows = await database
      .selectFrom('passages')
      .select(['id', 'collection_id', 'stream_id', 'video_id', 'index_id', 'source', 'text', 'evidence'])
      .where('vector', 'is', null)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    if (rows.length === 0) return false;
    const parts = rows.map(({ text, evidence }) => partsOf(text, evidence));
    const vectors = await embedder.embed(parts.flat(), this.#closed.signal);
    let from = 0;
    for (const [at, row] of rows.entries()) {
      const own = vectors.slice(from, (from += parts[at]?.length ?? 0)).map(toBytes);
      const bytes = Int8Array.from(own.flatMap((vector) => [...vector]));
      const { numUpdatedRows } = await database
        .updateTable('passages')
        .set({ vector: new Uint8Array(bytes.buffer) })
        .where('id', '=', row.id)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) this.#shelf.add(row.id, keysOf(row), bytes);
    }
    return true;
  }
}

const keysOf = (row: KeyRow): ShelfKeys => ({
  collectionId: row.collection_id,
  streamId: row.stream_id,
  videoId: row.video_id,
  indexId: row.index_id,
  source: row.source,
});

const signed = (bytes: Uint8Array): Int8Array => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
