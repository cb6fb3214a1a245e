import type { Transaction, Updateable } from 'kysely';
import type { LivestreamTaskTable } from '../store/livestream-tables.ts';
import type { Database, Tables } from '../store/tables.ts';
import type { Notices } from './notices/notices.ts';
import { keysOf, learnNames } from './search/task-index.ts';
import { forgetWords } from './search/vocabulary.ts';
import { before } from './task.ts';
import type { Task, TaskStatus } from './task.ts';

/** Changes of tasks: each is one transaction with what announces it, so that nothing is told that did not happen, and all that did is. */

export interface NewTask extends Pick<
  Task,
  | 'id'
  | 'url'
  | 'livestream_name'
  | 'entity'
  | 'start_time'
  | 'status'
  | 'bililive_live_id'
  | 'host_name'
  | 'prompt_name'
  | 'prompt_content'
  | 'livestream_image'
  | 'summary_report'
  | 'owner'
  | 'wanted'
> {
  /** Default: now. */
  readonly created_at?: Date;
}

/** What may be changed along with the status. */
export type TaskChange = Omit<
  Updateable<LivestreamTaskTable>,
  'id' | 'status' | 'created_at' | 'updated_at' | 'owner' | 'name_key' | 'host_key'
>;

export interface Change {
  /** Where it must stand; default: wherever `task.ts` says. */
  readonly from?: readonly TaskStatus[];
  readonly set?: TaskChange;
  /** More of the same transaction. */
  readonly also?: (transaction: Transaction<Tables>, task: Task) => Promise<void>;
}

export interface Tasks {
  /** Announced as `task_created`. */
  create(task: NewTask): Promise<Task>;
  read(id: string): Promise<Task | null>;
  /** Announced as `task_status_update`. Null: it is gone, or stands where it may not become that; nothing was done. */
  become(id: string, to: TaskStatus, change?: Change): Promise<Task | null>;
  /** Without announcement. Null: it is gone. */
  set(id: string, change: TaskChange): Promise<Task | null>;
  /** Announced as `task_deleted`. Null: it was gone. */
  remove(id: string): Promise<Task | null>;
}

export function createTasks(database: Database, notices: Notices): Tasks {
  const write = async <T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> => {
    const done = await database.transaction().execute(work);
    notices.poke();
    return done;
  };
  return {
    create: (task) =>
      write(async (transaction) => {
        const now = task.created_at ?? new Date();
        const made = await transaction
          .insertInto('livestream_tasks')
          .values({ ...task, ...keysOf(task), failure: null, created_at: now, updated_at: now })
          .returningAll()
          .executeTakeFirstOrThrow();
        await learnNames(transaction, task);
        await notices.add(transaction, { type: 'task_created', data: createdData(made) });
        return made;
      }),
    read: async (id) =>
      (await database.selectFrom('livestream_tasks').selectAll().where('id', '=', id).executeTakeFirst()) ?? null,
    become: (id, to, { from = before(to), set = {}, also } = {}) =>
      write(async (transaction) => {
        const task = await transaction
          .updateTable('livestream_tasks')
          .set({ ...(to === 'failed' ? {} : { failure: null }), ...set, ...keysOf(set), status: to, updated_at: new Date() })
          .where('id', '=', id)
          .where('status', 'in', [...from])
          .returningAll()
          .executeTakeFirst();
        if (task === undefined) return null;
        await learnNames(transaction, set);
        await also?.(transaction, task);
        await notices.add(transaction, { type: 'task_status_update', data: statusData(task) });
        return task;
      }),
    set: (id, change) =>
      database.transaction().execute(async (transaction) => {
        await learnNames(transaction, change);
        const changed = transaction.updateTable('livestream_tasks').set({ ...change, ...keysOf(change), updated_at: new Date() });
        return (await changed.where('id', '=', id).returningAll().executeTakeFirst()) ?? null;
      }),
    remove: (id) =>
      write(async (transaction) => {
        const task = await transaction.deleteFrom('livestream_tasks').where('id', '=', id).returningAll().executeTakeFirst();
        if (task === undefined) return null;
        await forgetWords(transaction, task.findable);
        const { livestream_name } = task;
        await notices.add(transaction, { type: 'task_deleted', data: { task_id: id, livestream_name } });
        return task;
      }),
  };
}

/** `id` beside `task_id`: the source's own React hook knows tasks by `id`. */
const createdData = ({ id, livestream_name, host_name, start_time, status }: Task) => ({
  ...{ id, task_id: id, livestream_name, host_name, start_time: isoTime(start_time), status },
});

const statusData = ({ id, status, livestream_name, host_name, updated_at }: Task) => ({
  ...{ task_id: id, status, livestream_name, host_name, updated_at: isoTime(updated_at) },
});

/** `2025-01-20T10:00:00Z`; with ms where there are any. */
export const isoTime = (at: Date): string => at.toISOString().replace('.000Z', 'Z');
