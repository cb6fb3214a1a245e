import type { Selectable } from 'kysely';
import type { Logger } from 'pino';
import type { CaptureSessionTable, Database } from '../store/tables.ts';
import type { Webhooks } from '../rtstream/alerts/alerts.ts';
import type { Channels } from '../rtstream/channels/frame.ts';

/** Tells of a capture session: on the sockets that asked for it, and to its webhook (spec §4, §5). */

export type SessionRow = Selectable<CaptureSessionTable>;

export interface AnnounceParts {
  readonly channels: Channels;
  readonly webhooks: Pick<Webhooks, 'send'>;
  readonly log: Logger;
}

export type Announcement = SessionRow['status'];

/** `status`: what is told, which for a failed export is not what the session is. Never rejects: a webhook that may not be called is logged. */
export async function announce(
  { channels, webhooks, log }: AnnounceParts,
  session: SessionRow,
  status: Announcement,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  const event = `capture_session.${status}`;
  const frame = { channel: 'capture_session', event, capture_session_id: session.id, status, data } as const;
  channels.publish(frame, { connections: session.ws_connection_ids });
  if (session.callback_url === null || session.callback_url === '') return;
  const payload = {
    version: '2',
    event,
    timestamp: new Date().toISOString(),
    capture_session_id: session.id,
    end_user_id: session.end_user_id,
    status,
    data,
  };
  try {
    await webhooks.send({ event, subjectId: session.id, url: session.callback_url, payload });
  } catch (cause) {
    log.warn({ err: cause, session: session.id, event }, 'a webhook of a capture session could not be sent');
  }
}

/** The streams of a session as `active` tells them. */
export async function sessionStreams(database: Database, sessionId: string): Promise<Readonly<Record<string, unknown>>[]> {
  const rows = await database
    .selectFrom('streams')
    .select(['id', 'name', 'channel_id', 'media_types', 'status'])
    .where('capture_session_id', '=', sessionId)
    .orderBy('created_at')
    .execute();
  return rows.map(({ id, name, channel_id, media_types, status }) => ({
    rtstream_id: id,
    name,
    channel_id,
    media_types,
    status,
  }));
}
