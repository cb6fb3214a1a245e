import { sql } from 'kysely';
import type { Database } from '../../store/tables.ts';

/** Makes the lines of a video findable, in place of what was findable of them before. */
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
