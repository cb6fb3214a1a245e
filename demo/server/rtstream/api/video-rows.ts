import type { Selectable } from 'kysely';
import type { Database } from '../../store/tables.ts';
import type { VideoLineTable, VideoTable } from '../../store/video-tables.ts';
import { notFound } from './api-error.ts';

/** Videos as they are kept. */

export type VideoRow = Selectable<VideoTable>;
export type VideoLine = Selectable<VideoLineTable>;

export async function findVideo(database: Database, id: string, field = 'video_id'): Promise<VideoRow> {
  const row = await database.selectFrom('videos').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('video', id, field);
  return row;
}

/** Oldest first. */
export const linesOf = (database: Database, videoId: string): Promise<VideoLine[]> =>
  database.selectFrom('video_lines').selectAll().where('video_id', '=', videoId).orderBy('start_ms').orderBy('id').execute();
