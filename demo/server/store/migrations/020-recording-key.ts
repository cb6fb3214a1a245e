import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What a video was made of, so that making it again answers the one there is. */

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table videos add column recording_key text`.execute(database);
  await sql`create unique index videos_recording_key on videos (recording_key) where recording_key is not null`.execute(database);
}
