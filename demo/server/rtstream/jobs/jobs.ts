import { setTimeout as delay } from 'node:timers/promises';
import type { Selectable, Updateable } from 'kysely';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { json } from '../../store/json.ts';
import type { Database, JobTable } from '../../store/tables.ts';
import { refusalOf } from '../api/refusal.ts';

/** Calls that take their time: progress and outcome are kept, so that whoever asks later is told, also after a restart. */

export type JobRow = Selectable<JobTable>;
export type Data = Readonly<Record<string, unknown>>;
export type Work = (progress: (percentage: number) => void) => Promise<Data>;

/** A call under way. */
export interface Job {
  /** `job-<uuid7>` */
  readonly id: string;
  readonly kind: string;
  /** 0–100 */
  percentage(): number;
  /** The `data` of its answer; rejects with what the work threw. */
  readonly outcome: Promise<Data>;
}

export interface Jobs {
  /**
   * Begins it. Whoever asks for the same `key` while it is under way joins it: two callers of one export make one video.
   */
  start(kind: string, key: string, work: Work): Promise<Job>;
  /** Null: there is no such job. */
  read(id: string): Promise<JobRow | null>;
  /** Resolves when that job has ended, or after `atMostMs`. */
  settled(id: string, atMostMs: number): Promise<void>;
  /** Resolves when what is under way has ended, or after 5 s; the next start tells that the rest was lost. */
  close(): Promise<void>;
}

/** Clients give up after 500 s; they are told in words before. */
const LONGEST_MS = 480_000;
const WRITE_EVERY_MS = 1000;
const KEEP_DAYS = 7;
const CLOSE_MS = 5000;

export interface JobsOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly longestMs?: number;
}

/** What was under way when the gateway ended has failed, and says so. */
export async function createJobs({ database, log, longestMs = LONGEST_MS }: JobsOptions): Promise<Jobs> {
  const running = new Map<string, Job>();
  const old = new Date(Date.now() - KEEP_DAYS * 86_400_000);
  await database.deleteFrom('jobs').where('updated_at', '<', old).execute();
  await database
    .updateTable('jobs')
    .set({
      status: 'failed',
      error: 'The gateway was restarted while this was under way; ask again.',
      error_status: 503,
      updated_at: new Date(),
    })
    .where('status', '=', 'processing')
    .execute();

  const write = async (id: string, values: Updateable<JobTable>): Promise<void> => {
    try {
      const update = database.updateTable('jobs').set({ ...values, updated_at: new Date() });
      // Who was told that it takes too long is not told otherwise later.
      await update.where('id', '=', id).where('status', '=', 'processing').execute();
    } catch (cause) {
      log.error({ err: cause, job: id }, 'the state of a job could not be stored');
    }
  };

  const begin = async (kind: string, key: string, work: Work): Promise<Job> => {
    const id = `job-${uuidv7()}`;
    let percentage = 0;
    let writtenAt = 0;
    const progress = (value: number): void => {
      percentage = Math.max(percentage, Math.min(100, Math.round(value)));
      if (Date.now() - writtenAt < WRITE_EVERY_MS) return;
      writtenAt = Date.now();
      void write(id, { percentage });
    };
    await database
      .insertInto('jobs')
      .values({ id, kind, status: 'processing', result: json(null), error: null, error_status: null, updated_at: new Date() })
      .execute();
    const timer = setTimeout(() => {
      const error = 'This takes longer than clients wait. It goes on here: the same call joins it, or finds it done.';
      void write(id, { status: 'failed', error, error_status: 504 });
    }, longestMs);
    const outcome = Promise.resolve()
      .then(() => work(progress))
      .then(
        async (data) => {
          await write(id, { status: 'done', percentage: 100, result: json(data) });
          return data;
        },
        async (cause: unknown) => {
          const { status, body } = refusalOf(cause);
          if (status >= 500) log.error({ err: cause, job: id, kind }, 'a job failed');
          await write(id, { status: 'failed', error: body.message, error_status: status });
          throw cause;
        },
      )
      .finally(() => {
        clearTimeout(timer);
        running.delete(key);
      });
    // Nobody may be waiting any more; the row has it.
    outcome.catch(() => undefined);
    const job: Job = { id, kind, percentage: () => percentage, outcome };
    running.set(key, job);
    return job;
  };

  const find = (id: string): Job | undefined => [...running.values()].find((job) => job.id === id);
  const starting = new Map<string, Promise<Job>>();
  return {
    start: async (kind, key, work) => {
      const known = running.get(key) ?? starting.get(key);
      if (known !== undefined) return known;
      const job = begin(kind, key, work);
      starting.set(key, job);
      try {
        return await job;
      } finally {
        starting.delete(key);
      }
    },
    read: async (id) => {
      const row = await database.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const live = find(id);
      return row.status === 'processing' && live !== undefined ? { ...row, percentage: live.percentage() } : row;
    },
    settled: async (id, atMostMs) => {
      const job = find(id);
      if (job !== undefined && atMostMs > 0) await within(atMostMs, job.outcome);
    },
    close: async () => {
      await within(CLOSE_MS, Promise.all([...running.values()].map(({ outcome }) => outcome.catch(() => undefined))));
    },
  };
}

/** Resolves when `work` has ended, however, or after `atMostMs`. */
async function within(atMostMs: number, work: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  const late = delay(atMostMs, undefined, { signal: patience.signal, ref: false }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  patience.abort();
}
