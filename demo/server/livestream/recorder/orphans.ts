import type { Logger } from 'pino';
import type { LiveMedia } from '../../media/create-media.ts';
import type { Database } from '../../store/tables.ts';
import { streamIdOf } from './parts.ts';

/** Recordings whose task was deleted by a gateway that was killed before it could delete them too. */

/** Never rejects: they are there the next time. */
export async function forgetOrphans(media: Pick<LiveMedia, 'kept' | 'forget'>, database: Database, log: Logger): Promise<void> {
  const prefix = streamIdOf('');
  try {
    for (const id of media.kept().filter((kept) => kept.startsWith(prefix))) {
      const task = database.selectFrom('livestream_tasks').select('id').where('id', '=', id.slice(prefix.length));
      if ((await task.executeTakeFirst()) === undefined) await media.forget(id);
    }
  } catch (cause) {
    log.warn({ err: cause }, 'recordings of deleted tasks are left');
  }
}
