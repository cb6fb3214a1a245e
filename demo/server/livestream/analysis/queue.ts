import type { Selectable, Transaction, Updateable } from 'kysely';
import type { LivestreamJobTable } from '../../store/livestream-tables.ts';
import type { Database, Tables } from '../../store/tables.ts';
import type { Step } from './job.ts';

/** The analyses that are to be done, in the database: a row a task, taken one at a time. */

export type JobRow = Selectable<LivestreamJobTable>;

export interface Queue {
  /** Anew, from that step on. */
  add(transaction: Transaction<Tables>, taskId: string, step: Step): Promise<void>;
  /** The one that is due longest, not one of `except`; it is `running` then. */
  take(except: readonly string[]): Promise<JobRow | null>;
  /** Unix ms of the next that is queued; null = none. */
  nextDueMs(except: readonly string[]): Promise<number | null>;
  /** Changes one that is `running`; false: it is no longer. */
  set(taskId: string, change: Updateable<LivestreamJobTable>, within?: Transaction<Tables>): Promise<boolean>;
  /** What is queued or running. */
  cancel(taskId: string): Promise<void>;
  /** What a restart cut off is queued again, and so is a task that is `processing` and has nothing queued. Its number. */
  resume(step: (taskId: string) => Promise<Step>): Promise<number>;
}

export function createQueue(database: Database): Queue {
  const add: Queue['add'] = async (transaction, taskId, step) => {
    const now = new Date();
    const fresh = { step, status: 'queued', attempts: 0, due_at: now, progress: 0, error: null, updated_at: now } as const;
    await transaction
      .insertInto('livestream_jobs')
      .values({ task_id: taskId, created_at: now, ...fresh })
      .onConflict((conflict) => conflict.column('task_id').doUpdateSet(fresh))
      .execute();
  };
  return {
    add,
    take: async (except) => {
      const now = new Date();
      const next = await database
        .selectFrom('livestream_jobs')
        .select('task_id')
        .where('status', '=', 'queued')
        .where('due_at', '<=', now)
        .$if(except.length > 0, (query) => query.where('task_id', 'not in', [...except]))
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      if (next === undefined) return null;
      const taken = await database
        .updateTable('livestream_jobs')
        .set((row) => ({ status: 'running', attempts: row('attempts', '+', 1), updated_at: now }))
        .where('task_id', '=', next.task_id)
        .where('status', '=', 'queued')
        .returningAll()
        .executeTakeFirst();
      return taken ?? null;
    },
    nextDueMs: async (except) => {
      const next = await database
        .selectFrom('livestream_jobs')
        .select('due_at')
        .where('status', '=', 'queued')
        .$if(except.length > 0, (query) => query.where('task_id', 'not in', [...except]))
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return next?.due_at.getTime() ?? null;
    },
    set: async (taskId, change, within) => {
      const changed = await (within ?? database)
        .updateTable('livestream_jobs')
        .set({ ...change, updated_at: new Date() })
        .where('task_id', '=', taskId)
        .where('status', '=', 'running')
        .returning('task_id')
        .executeTakeFirst();
      return changed !== undefined;
    },
    cancel: async (taskId) => {
      await database
        .updateTable('livestream_jobs')
        .set({ status: 'cancelled', updated_at: new Date() })
        .where('task_id', '=', taskId)
        .where('status', 'in', ['queued', 'running'])
        .execute();
    },
    resume: async (stepOf) => {
      const cut = await database
        .updateTable('livestream_jobs')
        .set({ status: 'queued', due_at: new Date(), updated_at: new Date() })
        .where('status', '=', 'running')
        .returning('task_id')
        .execute();
      const stuck = await database
        .selectFrom('livestream_tasks')
        .leftJoin('livestream_jobs', 'livestream_jobs.task_id', 'livestream_tasks.id')
        .select('livestream_tasks.id')
        .where('livestream_tasks.status', '=', 'processing')
        .where((where) =>
          where.or([
            where('livestream_jobs.status', 'is', null),
            where('livestream_jobs.status', 'not in', ['queued', 'running']),
          ]),
        )
        .execute();
      for (const { id } of stuck) {
        const step = await stepOf(id);
        await database.transaction().execute((transaction) => add(transaction, id, step));
      }
      return cut.length + stuck.length;
    },
  };
}
