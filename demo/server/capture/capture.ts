import type { Logger } from 'pino';
import type { ChannelHello } from '../../../src/protocols/capture/codec.ts';
import type { CaptureChannelId } from '../../../src/shared/capture.ts';
import type { SourceSpec } from '../media/media-stream.ts';
import { ApiError, notFound } from '../rtstream/api/api-error.ts';
import type { CaptureSessions } from '../rtstream/api/deps.ts';
import { announce } from './announce.ts';
import type { AnnounceParts, SessionRow } from './announce.ts';
import { namedChannel, wantedChannel } from './channel-name.ts';
import { SessionExports } from './exports.ts';
import type { ExportCapture } from './exports.ts';
import { UploadFault } from './fault.ts';
import type { Lane } from './lane.ts';
import { Lifecycle } from './lifecycle.ts';
import type { CaptureLimits, LifecycleParts } from './lifecycle.ts';
import type { LiveSession } from './live-session.ts';
import { findSession, insertSession } from './session-rows.ts';
import type { UploadSessions } from './upload-connection.ts';

/** Capture sessions as the API and the uploads' socket see them: who may begin, join, stop and export one. */

const LIMITS: CaptureLimits = { awayMs: 60_000, keptMs: 600_000, haltMs: 20_000, spoolBytes: 4 * 2 ** 30, sessions: 64 };

export interface CaptureDeps extends AnnounceParts, Omit<LifecycleParts, 'tell' | 'log' | 'limits' | 'now'> {
  readonly exportCapture: ExportCapture;
  readonly log: Logger;
  readonly limits?: Partial<CaptureLimits>;
  readonly now?: () => number;
}

export interface Capture extends CaptureSessions, UploadSessions {
  /** The bytes of a capture stream, for who takes streams in; null = its uploader is gone for good. */
  captured(stream: {
    readonly capture_session_id: string | null;
    readonly channel_id: string | null;
  }): Extract<SourceSpec, { kind: 'bytes' }> | null;
  close(): Promise<void>;
}

/** Sessions that were under way when the gateway ended are gone on with: open it before streams are taken in. */
export async function createCapture(deps: CaptureDeps): Promise<Capture> {
  const capture = new Captures(deps);
  await capture.resume();
  return capture;
}

class Captures implements Capture {
  readonly #deps: CaptureDeps;
  readonly #lives: Lifecycle;
  readonly #exports: SessionExports;

  constructor(deps: CaptureDeps) {
    this.#deps = deps;
    const tell: LifecycleParts['tell'] = (row, status, data) => announce(deps, row, status, data);
    this.#lives = new Lifecycle({
      ...deps,
      tell,
      limits: { ...LIMITS, ...deps.limits },
      now: deps.now ?? (() => Date.now()),
    });
    this.#exports = new SessionExports({ ...deps, tell });
  }

  async resume(): Promise<void> {
    const rows = await this.#deps.database
      .selectFrom('capture_sessions')
      .select('id')
      .where('status', 'in', ['starting', 'active', 'stopping'])
      .execute();
    for (const { id } of rows) await this.#lives.resume(id);
    await this.#exports.resume();
  }

  async create(wish: Parameters<CaptureSessions['create']>[0]): Promise<string> {
    const row = await insertSession(this.#deps.database, wish);
    await announce(this.#deps, row, 'created', {});
    return row.id;
  }

  async start({ sessionId, channels, wsConnectionIds, callbackUrl }: Parameters<CaptureSessions['start']>[0]): Promise<void> {
    const row = await this.#row(sessionId);
    if (!isOpen(row)) throw new ApiError(409, 'session_over', `session_id: the session is ${row.status}.`, 'session_id');
    const known = channels.map(namedChannel);
    if (known.length === 0) throw new ApiError(400, 'invalid_value', 'channels: one at least is wanted.', 'channels');
    const ids = [...new Set([...row.ws_connection_ids, ...wsConnectionIds])];
    await this.#deps.database
      .updateTable('capture_sessions')
      .set({ ws_connection_ids: ids, ...(callbackUrl === null ? {} : { callback_url: callbackUrl }) })
      .where('id', '=', sessionId)
      .execute();
    await this.#lives.begin(await this.#row(sessionId), known);
  }

  async stop(sessionId: string): Promise<void> {
    const row = await this.#row(sessionId);
    const session = this.#lives.find(sessionId);
    if (session === null) await this.#lives.stopIdle(row);
    else this.#lives.halt(session);
  }

  export(wish: Parameters<CaptureSessions['export']>[0]): Promise<void> {
    return this.#exports.begin(wish);
  }

  publishUrl(base: string, sessionId: string, channelId: string): string {
    const url = new URL(`${base.replace(/^http/, 'ws')}/capture/upload`);
    url.searchParams.set('session', sessionId);
    url.searchParams.set('channel', channelId);
    return url.href;
  }

  captured({ capture_session_id: id, channel_id: channel }: Parameters<Capture['captured']>[0]) {
    if (id === null || channel === null) return null;
    return this.#lives.find(id)?.lanes.get(channel as CaptureChannelId)?.feed ?? null;
  }

  async connect(sessionId: string, channels: readonly ChannelHello[]): Promise<LiveSession> {
    if (this.#lives.closed) throw new UploadFault('unavailable', 'The gateway is going away; come again.');
    const row = await findSession(this.#deps.database, sessionId);
    if (row === null) throw new UploadFault('session_unknown', 'session: there is none of this id', 'session');
    const live = this.#lives.find(sessionId);
    const wanted = channels.map(({ channel, label }) => wantedChannel(row.channels, channel, label));
    if (live !== null && row.status !== 'created') {
      const more = live.over === 'no' && channels.some(({ channel }) => !live.lanes.has(channel));
      if (more) await this.#lives.begin(row, wanted);
      if (channels.every(({ channel }) => live.lanes.has(channel))) return live;
    }
    if (!isOpen(row)) throw new UploadFault('session_over', `The session is ${row.status}.`);
    if (live === null && this.#lives.full)
      throw new UploadFault('too_many_connections', 'As many sessions as may be are under way; come again.');
    try {
      return await this.#lives.begin(row, wanted);
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 429) throw new UploadFault('too_many_connections', cause.message);
      throw cause;
    }
  }

  laneEnded(session: LiveSession, lane: Lane): void {
    if (!lane.whole || session.over !== 'no') return;
    const others = [...session.lanes.values()].some((each) => each.reason === null);
    // The last one ends the session, which its page says itself.
    if (others) this.#lives.endLane(session, lane);
  }

  complete(session: LiveSession): void {
    this.#lives.end(session);
  }

  left(session: LiveSession): void {
    if (this.#lives.find(session.id) === session && session.uploader === null) this.#lives.expect(session);
  }

  async close(): Promise<void> {
    this.#lives.refuse();
    await this.#exports.close();
    await this.#lives.close();
  }

  async #row(id: string): Promise<SessionRow> {
    const row = await findSession(this.#deps.database, id);
    if (row === null) throw notFound('capture session', id, 'session_id');
    return row;
  }
}

const isOpen = ({ status }: SessionRow): boolean => status === 'created' || status === 'starting' || status === 'active';
