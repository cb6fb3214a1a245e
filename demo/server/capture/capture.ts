import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ChannelHello } from '../../../src/protocols/capture/codec.ts';
import { captureKind } from '../../../src/shared/capture.ts';
import type { CaptureChannelId } from '../../../src/shared/capture.ts';
import type { SourceSpec } from '../media/media-stream.ts';
import { ApiError, notFound } from '../rtstream/api/api-error.ts';
import type { CaptureSessions } from '../rtstream/api/deps.ts';
import type { Running } from '../rtstream/running.ts';
import type { CaptureChannel, Database } from '../store/tables.ts';
import { announce, sessionStreams } from './announce.ts';
import type { Announcement, AnnounceParts, SessionRow } from './announce.ts';
import { channelOf } from './channel-name.ts';
import { SessionExports } from './exports.ts';
import type { ExportCapture } from './exports.ts';
import { UploadFault } from './fault.ts';
import type { Lane } from './lane.ts';
import { LiveSession } from './live-session.ts';
import { addChannels, findSession, insertSession, moveSession, streamsOf } from './session-rows.ts';
import type { UploadSessions } from './upload-connection.ts';

/** Capture sessions from their making to their export: rows, streams, what is told of them, and the bytes that come meanwhile. */

export interface CaptureLimits {
  /** Nobody uploads for so long, ms: the session is stopped with what there is. */
  readonly awayMs: number;
  /** How long an uploader may come back after that, ms; then what is spooled is forgotten. */
  readonly keptMs: number;
  /** How long an uploader that was asked to stop may take to send the rest, ms. */
  readonly haltMs: number;
  /** Bytes of all spools together. */
  readonly spoolBytes: number;
  /** Sessions at once that bytes come for. */
  readonly sessions: number;
}

const LIMITS: CaptureLimits = { awayMs: 60_000, keptMs: 600_000, haltMs: 20_000, spoolBytes: 4 * 2 ** 30, sessions: 64 };

export interface CaptureDeps extends AnnounceParts {
  readonly database: Database;
  /** Asked when it is needed: what runs takes its bytes from here. */
  readonly running: () => Pick<Running, 'sync' | 'settled'>;
  /** Unix ms up to which a stream is recorded; null = nothing is. */
  readonly recordedUntilMs: (streamId: string) => number | null;
  /** Holds what has come and is not recorded yet; one folder a session. */
  readonly folder: string;
  readonly maxStreams: number;
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
  readonly #limits: CaptureLimits;
  readonly #now: () => number;
  readonly #live = new Map<string, LiveSession>();
  readonly #ending = new Map<string, Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #exports: SessionExports;
  #closed = false;

  constructor(deps: CaptureDeps) {
    this.#deps = deps;
    this.#limits = { ...LIMITS, ...deps.limits };
    this.#now = deps.now ?? (() => Date.now());
    this.#exports = new SessionExports({ ...deps, tell: (row, status, data) => this.#tell(row, status, data) });
  }

  async resume(): Promise<void> {
    const { database } = this.#deps;
    const rows = await database
      .selectFrom('capture_sessions')
      .selectAll()
      .where('status', 'in', ['starting', 'active', 'stopping'])
      .execute();
    for (const row of rows) {
      const session = this.#open(row.id);
      for (const { id, channel } of await streamsOf(database, row.id)) session.add(channel, id);
      this.#expect(session);
    }
    await this.#exports.resume();
  }

  async create(wish: Parameters<CaptureSessions['create']>[0]): Promise<string> {
    const row = await insertSession(this.#deps.database, wish);
    await this.#tell(row, 'created', {});
    return row.id;
  }

  async start({ sessionId, channels, wsConnectionIds, callbackUrl }: Parameters<CaptureSessions['start']>[0]): Promise<void> {
    const { database } = this.#deps;
    const row = await this.#row(sessionId);
    if (row.status !== 'created' && row.status !== 'starting' && row.status !== 'active')
      throw new ApiError(409, 'session_over', `session_id: the session is ${row.status}.`, 'session_id');
    const known = channels.map((channel) => ({ ...channel, channel_id: plainChannel(channel.channel_id) }));
    if (known.length === 0) throw new ApiError(400, 'invalid_value', 'channels: one at least is wanted.', 'channels');
    const ids = [...new Set([...row.ws_connection_ids, ...wsConnectionIds])];
    await database
      .updateTable('capture_sessions')
      .set({ ws_connection_ids: ids, ...(callbackUrl === null ? {} : { callback_url: callbackUrl }) })
      .where('id', '=', sessionId)
      .execute();
    await this.#begin(await this.#row(sessionId), known);
  }

  async stop(sessionId: string): Promise<void> {
    const row = await this.#row(sessionId);
    const session = this.#live.get(sessionId);
    if (session === undefined) {
      const stopped = await moveSession(this.#deps.database, row.id, ['created', 'starting', 'active', 'stopping'], 'stopped');
      if (stopped !== null) await this.#tell(stopped, 'stopped', await this.#streams(row.id));
      return;
    }
    if (session.uploader === null) {
      session.finish('wish');
      this.#finish(session);
      return;
    }
    // What the page has still to send comes first.
    session.uploader.halt();
    this.#later(this.#limits.haltMs, () => {
      if (session.over !== 'no') return;
      session.finish('wish');
      this.#finish(session);
    });
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
    return this.#live.get(id)?.lanes.get(channel as CaptureChannelId)?.feed ?? null;
  }

  async connect(sessionId: string, channels: readonly ChannelHello[]): Promise<LiveSession> {
    if (this.#closed) throw new UploadFault('unavailable', 'The gateway is going away; come again.');
    const row = await findSession(this.#deps.database, sessionId);
    if (row === null) throw new UploadFault('session_unknown', 'session: there is none of this id', 'session');
    const live = this.#live.get(sessionId);
    const wanted = channels.map(({ channel, label }) => channelFacts(row, channel, label));
    if (live !== undefined && row.status !== 'created') {
      const stored = live.over === 'no' && channels.some(({ channel }) => !live.lanes.has(channel));
      if (stored) await this.#begin(row, wanted);
      if (channels.every(({ channel }) => live.lanes.has(channel))) return live;
    }
    if (row.status !== 'created' && row.status !== 'starting' && row.status !== 'active')
      throw new UploadFault('session_over', `The session is ${row.status}.`);
    if (live === undefined && this.#live.size >= this.#limits.sessions)
      throw new UploadFault('too_many_connections', 'As many sessions as may be are under way; come again.');
    try {
      return await this.#begin(row, wanted);
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 429) throw new UploadFault('too_many_connections', cause.message);
      throw cause;
    }
  }

  laneEnded(session: LiveSession, lane: Lane): void {
    if (!lane.whole || session.over !== 'no') return;
    const others = [...session.lanes.values()].some((each) => each.reason === null);
    // The last one ends the session, which its page says itself.
    if (others) this.#keep(`${session.id} ${lane.channel}`, () => this.#endLane(lane));
  }

  complete(session: LiveSession): void {
    this.#finish(session);
  }

  left(session: LiveSession): void {
    if (this.#live.get(session.id) === session && session.uploader === null) this.#expect(session);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const session of this.#live.values())
      session.uploader?.fail(new UploadFault('unavailable', 'The gateway is going away; come again.'));
    await this.#exports.close();
    await Promise.all([...this.#live.values()].map((session) => session.close(false)));
    this.#live.clear();
  }

  /** Streams for the channels, and the session on its way. */
  async #begin(
    row: SessionRow,
    channels: readonly (CaptureChannel & { readonly channel_id: CaptureChannelId })[],
  ): Promise<LiveSession> {
    const { database, maxStreams, running } = this.#deps;
    const session = this.#open(row.id);
    const starting = await moveSession(database, row.id, ['created'], 'starting');
    if (starting !== null) await this.#tell(starting, 'starting', {});
    const streams = await addChannels(database, maxStreams, row, channels);
    for (const { id, channel } of streams) if (!session.lanes.has(channel)) this.#lane(session, channel, id);
    for (const { id } of streams) void running().sync(id);
    if (session.uploader === null) this.#expect(session);
    return session;
  }

  #lane(session: LiveSession, channel: CaptureChannelId, streamId: string): void {
    const lane = session.add(channel, streamId);
    const first = lane.spool.stored.subscribe((stored) => {
      if (stored === 0) return;
      first.unsubscribe();
      this.#keep(`${session.id} active`, () => this.#activate(session.id));
    });
  }

  async #activate(id: string): Promise<void> {
    const row = await moveSession(this.#deps.database, id, ['created', 'starting'], 'active');
    if (row !== null) await this.#tell(row, 'active', await this.#streams(id));
  }

  #open(id: string): LiveSession {
    const known = this.#live.get(id);
    if (known !== undefined) return known;
    const session = new LiveSession({
      id,
      folder: join(this.#deps.folder, id),
      recordedUntilMs: this.#deps.recordedUntilMs,
      mayStore: () => [...this.#live.values()].reduce((sum, { bytes }) => sum + bytes, 0) < this.#limits.spoolBytes,
      onReturn: () => this.#keep(`${id} return`, () => this.#return(id)),
      now: this.#now,
      log: this.#deps.log,
    });
    this.#live.set(id, session);
    return session;
  }

  /** Somebody uploads soon, or the session is over. */
  #expect(session: LiveSession): void {
    clearTimeout(session.away);
    if (session.over !== 'no' || this.#closed) return;
    session.away = setTimeout(() => {
      this.#deps.log.warn({ session: session.id }, 'nobody uploads any more: the capture is stopped with what there is');
      session.finish('away');
      this.#finish(session);
    }, this.#limits.awayMs);
    session.away.unref();
  }

  #finish(session: LiveSession): void {
    this.#keep(session.id, () => this.#end(session));
  }

  async #end(session: LiveSession): Promise<void> {
    const { database } = this.#deps;
    clearTimeout(session.away);
    const stopping = await moveSession(database, session.id, ['created', 'starting', 'active'], 'stopping');
    if (stopping !== null) await this.#tell(stopping, 'stopping', {});
    await Promise.all([...session.lanes.values()].map((lane) => this.#endLane(lane)));
    if (session.over === 'no') return;
    const stopped = await moveSession(database, session.id, ['stopping'], 'stopped');
    if (stopped !== null) await this.#tell(stopped, 'stopped', await this.#streams(session.id));
    this.#later(this.#limits.keptMs, () => void this.#forget(session));
  }

  async #endLane(lane: Lane): Promise<void> {
    const { database, running } = this.#deps;
    await lane.drain();
    await database.updateTable('streams').set({ status: 'stopped' }).where('id', '=', lane.streamId).execute();
    await running().sync(lane.streamId);
  }

  /** The page came back after the session was given up: its streams go on. */
  async #return(id: string): Promise<void> {
    await this.#ending.get(id);
    const { database, running } = this.#deps;
    const row = await moveSession(database, id, ['stopping', 'stopped'], 'active');
    if (row === null) return;
    await database.updateTable('streams').set({ status: 'connected' }).where('capture_session_id', '=', id).execute();
    for (const { id: streamId } of await streamsOf(database, id)) void running().sync(streamId);
    await this.#tell(row, 'active', await this.#streams(id));
  }

  async #forget(session: LiveSession): Promise<void> {
    if (session.over === 'no' || this.#live.get(session.id) !== session) return;
    this.#live.delete(session.id);
    session.uploader?.fail(new UploadFault('session_over', 'The session has been stopped.'));
    await session.close(true);
    rmSync(join(this.#deps.folder, session.id), { recursive: true, force: true });
  }

  async #streams(id: string): Promise<Readonly<Record<string, unknown>>> {
    return { rtstreams: await sessionStreams(this.#deps.database, id) };
  }

  #tell(row: SessionRow, status: Announcement, data: Readonly<Record<string, unknown>>): Promise<void> {
    return announce(this.#deps, row, status, data);
  }

  async #row(id: string): Promise<SessionRow> {
    const row = await findSession(this.#deps.database, id);
    if (row === null) throw notFound('capture session', id, 'session_id');
    return row;
  }

  /** One of a kind at a time; a failure is logged, for nobody waits. */
  #keep(key: string, work: () => Promise<void>): void {
    if (this.#ending.has(key)) return;
    const done = work()
      .catch((cause: unknown) => this.#deps.log.error({ err: cause, session: key }, 'a capture session could not go on'))
      .finally(() => this.#ending.delete(key));
    this.#ending.set(key, done);
  }

  #later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}

function plainChannel(id: string): CaptureChannelId {
  const channel = channelOf(id);
  if (channel !== null) return channel;
  throw new ApiError(
    400,
    'invalid_value',
    `channels: ${id.slice(0, 60)} is no channel; mic, camera, screen and system_audio are.`,
    'channels',
  );
}

function channelFacts(
  row: SessionRow,
  channel: CaptureChannelId,
  label: string,
): CaptureChannel & { readonly channel_id: CaptureChannelId } {
  const known = row.channels.find(({ channel_id: id }) => channelOf(id) === channel);
  const name = known?.name ?? (label === '' ? `${channel}:default` : `${channel}:${label}`);
  return {
    name,
    type: captureKind(channel),
    store: known?.store ?? true,
    is_primary: known?.is_primary ?? false,
    channel_id: channel,
  };
}
