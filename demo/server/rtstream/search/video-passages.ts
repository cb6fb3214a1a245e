import { sql } from 'kysely';
import type { Database } from '../../store/tables.ts';

/** Makes what is written of a video findable, in place of what was findable of it before. */

/** Its lines. */
export async function spokenWordsOf(database: Database, videoId: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('passages').where('video_id', '=', videoId).where('source', '=', 'transcript').execute();
    await sql`
      insert into passages (collection_id, video_id, source, start_ms, end_ms, text, metadata)
      select videos.collection_id, videos.id, 'transcript', line.start_ms, line.end_ms, line.text,
        jsonb_build_object('language', line.language)
      from video_lines as line join videos on videos.id = line.video_id
      where videos.id = ${videoId} and line.text <> ''
      order by line.start_ms
    `.execute(transaction);
  });
}

/** The same for what one index or analysis (`video_scenes.index_id`) tells of a video. */
export async function videoScenesOf(database: Database, videoId: string, indexId: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('passages').where('video_id', '=', videoId).where('index_id', '=', indexId).execute();
    await sql`
      insert into passages (collection_id, video_id, index_id, source, start_ms, end_ms, text, metadata)
      select videos.collection_id, videos.id, scene.index_id, 'scene', scene.start_ms, scene.end_ms, scene.text, scene.metadata
      from video_scenes as scene join videos on videos.id = scene.video_id
      where videos.id = ${videoId} and scene.index_id = ${indexId} and scene.text <> ''
      order by scene.start_ms
    `.execute(transaction);
  });
}
