import type { Database } from '../store/tables.ts';
import type { Task } from './task.ts';

/** Tasks that something is still to become of, a page at a time, when the gateway begins. */

/** What is asked of the database and the recorder at once. */
const PAGE = 200;

/** `resumeOne` must not reject. */
export async function resumeTasks(database: Database, resumeOne: (task: Task) => Promise<void>): Promise<void> {
  for (let after = ''; ;) {
    const rows = await unfinished(database, after);
    await Promise.all(rows.map(resumeOne));
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

/** By id. */
const unfinished = (database: Database, after: string): Promise<readonly Task[]> =>
  database
    .selectFrom('livestream_tasks')
    .selectAll()
    .where('id', '>', after)
    .where(({ eb, or }) => or([eb('status', 'in', ['listening', 'recording', 'processing']), eb('wanted', '=', true)]))
    .orderBy('id')
    .limit(PAGE)
    .execute();
