import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import { Subject } from 'rxjs';
import { json } from '../../store/json.ts';
import type { Database, Tables } from '../../store/tables.ts';
import type { NewNotice, Notice, Notices } from './notices.ts';

/** Notices in the database: written one transaction after the other, read again from there, and told in that order. */

export interface KeptNotices extends Notices {
  /** Of the newest that was told; 0 = none ever. */
  readonly lastId: number;
  /** Of the oldest that is kept; null = none is. */
  oldestId(): Promise<number | null>;
}

export interface NoticeLimits {
  readonly ageMs: number;
  /** Kept at most. */
  readonly most: number;
  /** Read at once. */
  readonly batch: number;
  /** Before a database that failed is asked again. */
  readonly retryMs: number;
}

export interface NoticesOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly limits?: Partial<NoticeLimits>;
}

const LIMITS: NoticeLimits = { ageMs: 7 * 86_400_000, most: 100_000, batch: 500, retryMs: 1000 };
const PRUNE_MS = 10 * 60_000;
/** Whoever announces something waits for who announced before: else a lower id could come true after a higher one was told. */
const LOCK = 7_265_765_731;

/** Tells what is new from now on, and throws away what is old. Rejects when the database does. */
export async function createNotices({ database, log, limits }: NoticesOptions): Promise<KeptNotices> {
  const { last } = await database
    .selectFrom('livestream_notices')
    .select(({ fn }) => fn.max<number | null>('id').as('last'))
    .executeTakeFirstOrThrow();
  return new Hub(database, log, { ...LIMITS, ...limits }, last ?? 0);
}

class Hub implements KeptNotices {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #limits: NoticeLimits;
  readonly #told = new Subject<Notice>();
  readonly #passing = new Subject<NewNotice>();
  readonly #prune: NodeJS.Timeout;
  #last: number;
  #poked = false;
  #reading: Promise<void> | null = null;
  #pruning: Promise<void> | null = null;
  #later: NodeJS.Timeout | null = null;
  #closed = false;

  readonly told$ = this.#told.asObservable();
  readonly passing$ = this.#passing.asObservable();

  constructor(database: Database, log: Logger, limits: NoticeLimits, last: number) {
    this.#database = database;
    this.#log = log;
    this.#limits = limits;
    this.#last = last;
    this.#prune = setInterval(() => this.#throwAway(), PRUNE_MS);
    this.#prune.unref();
    this.#throwAway();
  }

  get lastId(): number {
    return this.#last;
  }

  async add(transaction: Transaction<Tables>, { type, data, source = 'livestream_service', room }: NewNotice): Promise<void> {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
    await transaction
      .insertInto('livestream_notices')
      .values({ type, data: json(data), source, room: room ?? null })
      .execute();
  }

  poke(): void {
    if (this.#closed) return;
    this.#poked = true;
    this.#reading ??= this.#read();
  }

  since(id: number, limit: number): Promise<readonly Notice[]> {
    return this.#database
      .selectFrom('livestream_notices')
      .select(['id', 'type', 'data', 'source', 'room', 'created_at as at'])
      .where('id', '>', id)
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  async oldestId(): Promise<number | null> {
    const { oldest } = await this.#database
      .selectFrom('livestream_notices')
      .select(({ fn }) => fn.min<number | null>('id').as('oldest'))
      .executeTakeFirstOrThrow();
    return oldest;
  }

  tell(notice: NewNotice): void {
    this.#passing.next(notice);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#prune);
    if (this.#later !== null) clearTimeout(this.#later);
    await Promise.all([this.#reading, this.#pruning]);
    this.#told.complete();
    this.#passing.complete();
  }

  async #read(): Promise<void> {
    try {
      while (this.#poked && !this.#closed) {
        this.#poked = false;
        const found = await this.since(this.#last, this.#limits.batch);
        if (found.length === this.#limits.batch) this.#poked = true;
        for (const notice of found) {
          this.#last = notice.id;
          this.#told.next(notice);
        }
      }
    } catch (cause) {
      this.#log.error({ err: cause }, 'notices could not be read; they are told later');
      this.#later = setTimeout(() => this.poke(), this.#limits.retryMs);
      this.#later.unref();
    }
    this.#reading = null;
  }

  #throwAway(): void {
    this.#pruning ??= this.#throwAwayOld()
      .catch((cause: unknown) => this.#log.error({ err: cause }, 'old notices could not be thrown away'))
      .finally(() => (this.#pruning = null));
  }

  async #throwAwayOld(): Promise<void> {
    const { ageMs, most } = this.#limits;
    const table = this.#database.deleteFrom('livestream_notices');
    await table.where('created_at', '<', new Date(Date.now() - ageMs)).execute();
    await table
      .where('id', '<=', ({ selectFrom }) =>
        selectFrom('livestream_notices').select('id').orderBy('id', 'desc').offset(most).limit(1),
      )
      .execute();
  }
}
