import type { Database } from '../../store/tables.ts';
import { withConnection } from './stream-rows.ts';

/** Begins a stream's transcript as it is, or as the SDKs would; a socket is added to those that hear it. */
export async function beginTranscript(database: Database, streamId: string, connection: string | undefined): Promise<void> {
  const known = await database
    .selectFrom('transcriptions')
    .select('ws_connection_ids')
    .where('stream_id', '=', streamId)
    .executeTakeFirst();
  const changed = {
    status: 'running' as const,
    ws_connection_ids: withConnection(known?.ws_connection_ids ?? [], connection),
    updated_at: new Date(),
  };
  await database
    .insertInto('transcriptions')
    .values({ stream_id: streamId, engine: 'assemblyai', language: null, ...changed })
    .onConflict((conflict) => conflict.column('stream_id').doUpdateSet(changed))
    .execute();
}
