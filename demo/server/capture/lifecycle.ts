import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { CaptureChannelId } from '../../../src/shared/capture.ts';
import type { Running } from '../rtstream/running.ts';
import type { Database } from '../store/tables.ts';
import { sessionStreams } from './announce.ts';
import type { Announcement, SessionRow } from './announce.ts';
import type { NamedChannel } from './channel-name.ts';
import { UploadFault } from './fault.ts';
import type { Lane } from './lane.ts';
import { LiveSession } from './live-session.ts';
import { addChannels, moveSession, streamsOf } from './session-rows.ts';
import { SingleFlight } from './single-flight.ts';

/** The life of a capture session, from its first channel to when its spool is forgotten; each step is stored, then told. */

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

export interface LifecycleParts {
  readonly database: Database;
  /** Asked when it is needed: what runs takes its bytes from here. */
  readonly running: () => Pick<Running, 'sync' | 'settled'>;
  /** Unix ms up to which a stream is recorded; null = nothing is. */
  readonly recordedUntilMs: (streamId: string) => number | null;
  /** Holds what has come and is not recorded yet; one folder a session. */
  readonly folder: string;
  readonly maxStreams: number;
  readonly tell: (row: SessionRow, status: Announcement, data: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly log: Logger;
  readonly limits: CaptureLimits;
  readonly now: () => number;
}

export class Lifecycle {
  readonly #parts: LifecycleParts;
  readonly #live = new Map<string, LiveSession>();
  readonly #work: SingleFlight;
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
    this.#work = new SingleFlight((session, cause) =>
      parts.log.error({ err: cause, session }, 'a capture session could not go on'),
    );
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** As many as may be are under way. */
  get full(): boolean {
    return this.#live.size >= this.#parts.limits.sessions;
  }

  find(id: string): LiveSession | null {
    return this.#live.get(id) ?? null;
  }

  /** Goes on with what an earlier run left. */
  async resume(id: string): Promise<void> {
    const session = this.#open(id);
    for (const { id: streamId, channel } of await streamsOf(this.#parts.database, id)) session.add(channel, streamId);
    this.expect(session);
  }

  /** Streams for the channels, and the session on its way. Rejects with `ApiError` 429. */
  async begin(row: SessionRow, channels: readonly NamedChannel[]): Promise<LiveSession> {
    const { database, maxStreams, running, tell } = this.#parts;
    const session = this.#open(row.id);
    const starting = await moveSession(database, row.id, ['created'], 'starting');
    if (starting !== null) await tell(starting, 'starting', {});
    const streams = await addChannels(database, maxStreams, row, channels);
    for (const { id, channel } of streams) if (!session.lanes.has(channel)) this.#lane(session, channel, id);
    for (const { id } of streams) void running().sync(id);
    if (session.uploader === null) this.expect(session);
    return session;
  }

  /** Somebody uploads soon, or the session is over. */
  expect(session: LiveSession): void {
    clearTimeout(session.away);
    if (session.over !== 'no' || this.#closed) return;
    session.away = setTimeout(() => {
      this.#parts.log.warn({ session: session.id }, 'nobody uploads any more: the capture is stopped with what there is');
      session.finish('away');
      this.end(session);
    }, this.#parts.limits.awayMs);
    session.away.unref();
  }

  /** Asks its uploader for the rest and an end; without one, it ends with what there is. */
  halt(session: LiveSession): void {
    const finish = (): void => {
      session.finish('wish');
      this.end(session);
    };
    if (session.uploader === null) {
      finish();
      return;
    }
    session.uploader.halt();
    this.#later(this.#parts.limits.haltMs, () => {
      if (session.over === 'no') finish();
    });
  }

  end(session: LiveSession): void {
    this.#work.run(session.id, () => this.#end(session));
  }

  /** One channel of several; the others go on. */
  endLane(session: LiveSession, lane: Lane): void {
    this.#work.run(`${session.id} ${lane.channel}`, () => this.#endLane(lane));
  }

  /** The session stopped although nothing of it ever came, or long ago. */
  async stopIdle(row: SessionRow): Promise<void> {
    const { database, tell } = this.#parts;
    const stopped = await moveSession(database, row.id, ['created', 'starting', 'active', 'stopping'], 'stopped');
    if (stopped !== null) await tell(stopped, 'stopped', await this.#streams(row.id));
  }

  /** Nothing is taken any more; what is spooled stays for the next run. */
  refuse(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const session of this.#live.values())
      session.uploader?.fail(new UploadFault('unavailable', 'The gateway is going away; come again.'));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#live.values()].map((session) => session.close(false)));
    this.#live.clear();
  }

  #open(id: string): LiveSession {
    const known = this.#live.get(id);
    if (known !== undefined) return known;
    const { folder, limits, log, now, recordedUntilMs } = this.#parts;
    const session = new LiveSession({
      id,
      folder: join(folder, id),
      recordedUntilMs,
      mayStore: () => [...this.#live.values()].reduce((sum, { bytes }) => sum + bytes, 0) < limits.spoolBytes,
      onReturn: () => this.#work.run(`${id} return`, () => this.#return(id)),
      now,
      log,
    });
    this.#live.set(id, session);
    return session;
  }

  #lane(session: LiveSession, channel: CaptureChannelId, streamId: string): void {
    const lane = session.add(channel, streamId);
    const first = lane.spool.stored.subscribe((stored) => {
      if (stored === 0) return;
      first.unsubscribe();
      this.#work.run(`${session.id} active`, () => this.#activate(session.id));
    });
  }

  async #activate(id: string): Promise<void> {
    const { database, tell } = this.#parts;
    const row = await moveSession(database, id, ['created', 'starting'], 'active');
    if (row !== null) await tell(row, 'active', await this.#streams(id));
  }

  async #end(session: LiveSession): Promise<void> {
    const { database, limits, tell } = this.#parts;
    clearTimeout(session.away);
    const stopping = await moveSession(database, session.id, ['created', 'starting', 'active'], 'stopping');
    if (stopping !== null) await tell(stopping, 'stopping', {});
    await Promise.all([...session.lanes.values()].map((lane) => this.#endLane(lane)));
    if (session.over === 'no') return;
    const stopped = await moveSession(database, session.id, ['stopping'], 'stopped');
    if (stopped !== null) await tell(stopped, 'stopped', await this.#streams(session.id));
    this.#later(limits.keptMs, () => this.#work.run(`${session.id} forget`, () => this.#forget(session)));
  }

  async #endLane(lane: Lane): Promise<void> {
    const { database, running } = this.#parts;
    await lane.drain();
    await database.updateTable('streams').set({ status: 'stopped' }).where('id', '=', lane.streamId).execute();
    await running().sync(lane.streamId);
  }

  /** The page came back after the session was given up: its streams go on. */
  async #return(id: string): Promise<void> {
    await this.#work.settled(id);
    const { database, running, tell } = this.#parts;
    const row = await moveSession(database, id, ['stopping', 'stopped'], 'active');
    if (row === null) return;
    await database.updateTable('streams').set({ status: 'connected' }).where('capture_session_id', '=', id).execute();
    for (const { id: streamId } of await streamsOf(database, id)) void running().sync(streamId);
    await tell(row, 'active', await this.#streams(id));
  }

  async #forget(session: LiveSession): Promise<void> {
    if (session.over === 'no' || this.#live.get(session.id) !== session) return;
    this.#live.delete(session.id);
    session.uploader?.fail(new UploadFault('session_over', 'The session has been stopped.'));
    await session.close(true);
    rmSync(join(this.#parts.folder, session.id), { recursive: true, force: true });
  }

  async #streams(id: string): Promise<Readonly<Record<string, unknown>>> {
    return { rtstreams: await sessionStreams(this.#parts.database, id) };
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
