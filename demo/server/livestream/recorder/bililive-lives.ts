import { backoffMs } from '../../media/ingest/backoff.ts';
import type { Database } from '../../store/tables.ts';
import type { bililiveApi } from './bililive-api.ts';
import { RecorderError } from './recorder.ts';
import { wait } from './wait.ts';

/** Which of bililive-go’s lives belong to which tasks: one address may be watched for several. */

export interface BililiveLives {
  /** Another task than this needs the live; with `listening` one that listens now. */
  readonly wanted: (taskId: string, liveId: string, listening: boolean) => Promise<boolean>;
  readonly idOf: (taskId: string) => Promise<string | null>;
  /** Takes the live out of bililive-go’s list unless another task needs it. */
  readonly forget: (liveId: string, taskId: string) => Promise<void>;
}

export function bililiveLives(database: Database, api: ReturnType<typeof bililiveApi>, closing: AbortSignal): BililiveLives {
  const wanted = async (taskId: string, liveId: string, listening: boolean): Promise<boolean> => {
    const query = database
      .selectFrom('livestream_tasks')
      .select('id')
      .where('bililive_live_id', '=', liveId)
      .where('id', '!=', taskId);
    const found = await (listening ? query.where('status', 'in', ['listening', 'recording']) : query).limit(1).executeTakeFirst();
    return found !== undefined;
  };

  const idOf = async (taskId: string): Promise<string | null> => {
    const row = await database
      .selectFrom('livestream_tasks')
      .select('bililive_live_id')
      .where('id', '=', taskId)
      .executeTakeFirst();
    return row?.bililive_live_id ?? null;
  };

  /** Tries until bililive-go answers: what it is told to forget has no task that could be tried again. */
  const forget = async (liveId: string, taskId: string): Promise<void> => {
    for (let tries = 0; !closing.aborted; tries++) {
      try {
        if (!(await wanted(taskId, liveId, false))) await api.remove(liveId);
        return;
      } catch (cause) {
        if (!(cause instanceof RecorderError)) throw cause;
        await wait(backoffMs(tries, Math.random()), closing);
      }
    }
  };

  return { wanted, idOf, forget };
}
