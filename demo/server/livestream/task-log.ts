import type { Database } from '../store/tables.ts';
import type { Notices } from './notices/notices.ts';

/** What is written down about a task while it is watched, recorded and analysed; followed in the room of the task. */

export type LogLevel = 'INFO' | 'WARNING' | 'ERROR';

export interface TaskLog {
  /** In the order of the calls. Resolves when it is kept; a task that is gone takes none. */
  write(taskId: string, level: LogLevel, message: string): Promise<void>;
  /** `2025-10-23 10:00:00,123 - INFO - …` a line (spec §Routes 13), UTC, oldest first. */
  read(taskId: string): Promise<string>;
}

/** Lines that a task's log keeps; the oldest go. */
const MOST_LINES = 5000;

/** Room in which a task's log and progress are told: `task_log` and `task_progress`. */
export const taskRoom = (taskId: string): string => `task-${taskId}`;

export function createTaskLog(database: Database, notices: Notices): TaskLog {
  return {
    async write(taskId, level, message) {
      const at = new Date();
      const text = message.replace(/\s+/g, ' ').trim().slice(0, 2000);
      const known = await database
        .insertInto('livestream_logs')
        .columns(['task_id', 'at', 'level', 'message'])
        .expression((make) =>
          make
            .selectFrom('livestream_tasks')
            .select(({ val, cast }) => [
              'id',
              cast<Date>(val(at), 'timestamptz').as('at'),
              val(level).as('level'),
              val(text).as('message'),
            ])
            .where('id', '=', taskId),
        )
        .returning('id')
        .executeTakeFirst();
      if (known === undefined) return;
      if (known.id % 100 === 0) await trim(database, taskId);
      notices.tell({ type: 'task_log', room: taskRoom(taskId), data: { task_id: taskId, line: logLine(at, level, text) } });
    },
    async read(taskId) {
      const rows = await database
        .selectFrom('livestream_logs')
        .select(['at', 'level', 'message'])
        .where('task_id', '=', taskId)
        .orderBy('id')
        .execute();
      return rows.map(({ at, level, message }) => logLine(at, level, message)).join('\n');
    },
  };
}

/** Pure. */
export const logLine = (at: Date, level: LogLevel, message: string): string =>
  `${at.toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')} - ${level} - ${message}`;

async function trim(database: Database, taskId: string): Promise<void> {
  const oldest = await database
    .selectFrom('livestream_logs')
    .select('id')
    .where('task_id', '=', taskId)
    .orderBy('id', 'desc')
    .offset(MOST_LINES)
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return;
  await database.deleteFrom('livestream_logs').where('task_id', '=', taskId).where('id', '<=', oldest.id).execute();
}
