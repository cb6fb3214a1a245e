import { ApiError, notFound } from '../rtstream/api/api-error.ts';
import type { CaptureSessions } from '../rtstream/api/deps.ts';
import type { Running } from '../rtstream/running.ts';
import type { Database } from '../store/tables.ts';
import type { Announcement, SessionRow } from './announce.ts';
import { channelOf } from './channel-name.ts';
import { findSession, streamsOf } from './session-rows.ts';
import type { Logger } from 'pino';

/** The export of a capture session: one video of its picture and all its sound, made once and told of. */

/** Makes the video; answers its id. Rejects with what people can read. */
export type ExportCapture = (wish: {
  readonly collectionId: string;
  readonly name: string;
  readonly pictureStreamId: string | null;
  readonly soundStreamIds: readonly string[];
  readonly signal: AbortSignal;
}) => Promise<{ readonly videoId: string; readonly streamUrl: string; readonly playerUrl: string }>;

export interface ExportParts {
  readonly database: Database;
  readonly running: () => Pick<Running, 'settled'>;
  readonly exportCapture: ExportCapture;
  readonly tell: (row: SessionRow, status: Announcement, data: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly log: Logger;
}

export class SessionExports {
  readonly #parts: ExportParts;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** Exports that an earlier run left behind begin again. */
  async resume(): Promise<void> {
    const rows = await this.#parts.database
      .selectFrom('capture_sessions')
      .selectAll()
      .where('export_status', '=', 'exporting')
      .execute();
    for (const row of rows) this.#run(row, null);
  }

  /** Throws `ApiError`: 404, 409 while it is being captured, 400 where the channel is none of its pictures. */
  async begin({ sessionId, videoChannelId, wsConnectionId }: Parameters<CaptureSessions['export']>[0]): Promise<void> {
    const { database } = this.#parts;
    const found = await findSession(database, sessionId);
    if (found === null) throw notFound('capture session', sessionId, 'session_id');
    if (found.status !== 'stopped' && found.status !== 'exported')
      throw new ApiError(409, 'session_running', `The session is ${found.status}; stop it before exporting it.`, 'session_id');
    const wanted = videoChannelId === null ? null : channelOf(videoChannelId);
    const streams = await streamsOf(database, sessionId);
    if (
      videoChannelId !== null &&
      !streams.some(({ channel }) => channel === wanted && (channel === 'screen' || channel === 'camera'))
    )
      throw new ApiError(400, 'invalid_value', 'video_channel_id: the session has no such picture.', 'video_channel_id');
    const ids = wsConnectionId === null ? found.ws_connection_ids : [...new Set([...found.ws_connection_ids, wsConnectionId])];
    const again = wanted !== null && wanted !== found.primary_video_channel_id;
    if (found.export_status === 'exporting' || (found.export_status === 'exported' && !again)) return;
    const row = await database
      .updateTable('capture_sessions')
      .set({
        export_status: 'exporting',
        error: null,
        ws_connection_ids: ids,
        ...(wanted === null ? {} : { primary_video_channel_id: wanted }),
      })
      .where('id', '=', sessionId)
      .returningAll()
      .executeTakeFirstOrThrow();
    this.#run(row, wanted);
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error('The gateway is going away.'));
    await Promise.all(this.#running.values());
  }

  #run(row: SessionRow, wanted: string | null): void {
    if (this.#running.has(row.id)) return;
    const done = this.#make(row, wanted)
      .catch((cause: unknown) => this.#fail(row, cause))
      .finally(() => this.#running.delete(row.id));
    this.#running.set(row.id, done);
  }

  async #make(row: SessionRow, wanted: string | null): Promise<void> {
    const { database, exportCapture, running, tell } = this.#parts;
    const streams = await streamsOf(database, row.id);
    await Promise.all(streams.map(({ id }) => running().settled(id)));
    const picture = wanted ?? row.primary_video_channel_id;
    const made = await exportCapture({
      collectionId: row.collection_id,
      name: `Capture ${row.id} - Recording`,
      pictureStreamId: streams.find(({ channel }) => channel === picture)?.id ?? null,
      soundStreamIds: streams.filter(({ channel }) => channel === 'mic' || channel === 'system_audio').map(({ id }) => id),
      signal: this.#stop.signal,
    });
    const exported = await database
      .updateTable('capture_sessions')
      .set({ status: 'exported', export_status: 'exported', exported_video_id: made.videoId, error: null })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const { videoId, streamUrl, playerUrl } = made;
    await tell(exported, 'exported', { exported_video_id: videoId, stream_url: streamUrl, player_url: playerUrl });
  }

  /** The session stays stopped: it may be exported again. */
  async #fail(row: SessionRow, cause: unknown): Promise<void> {
    const { database, log, tell } = this.#parts;
    if (this.#stop.signal.aborted) return;
    log.error({ err: cause, session: row.id }, 'a capture session could not be exported');
    const error = cause instanceof Error ? cause.message : String(cause);
    try {
      await database.updateTable('capture_sessions').set({ export_status: 'failed', error }).where('id', '=', row.id).execute();
      await tell(row, 'failed', { error });
    } catch (failure) {
      log.error({ err: failure, session: row.id }, 'the failure of an export could not be stored');
    }
  }
}
