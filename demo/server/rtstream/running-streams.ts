import type { Subscription } from 'rxjs';
import type { Media, MediaHealth, MediaStream, SourceSpec, Track } from '../media/media-stream.ts';
import type { Running } from './running.ts';
import { RunningStream } from './running-stream.ts';
import type { RunningParts, StreamRow, StreamWishes } from './running-stream.ts';

/** Every stream that is taken in: what runs follows what the tables wish, one change of a stream at a time. */

export interface RunningStreamsParts extends RunningParts {
  readonly media: Media;
  /** Where a capture stream's bytes come from; null = its browser is gone for good. */
  captured(stream: StreamRow): Extract<SourceSpec, { kind: 'bytes' }> | null;
}

const MOST_FAILURES = 1000;

interface Entry {
  readonly running: RunningStream;
  readonly health: Subscription;
}

export class RunningStreams implements Running {
  readonly #parts: RunningStreamsParts;
  readonly #entries = new Map<string, Entry>();
  /** The last change of each stream, so that changes follow one another. */
  readonly #changes = new Map<string, Promise<void>>();
  /** Streams that were stopped and still have something to say. */
  readonly #draining = new Map<string, Promise<void>>();
  /** Why streams were given up, until they start again; the newest only. */
  readonly #failures = new Map<string, MediaHealth>();
  #closed = false;

  constructor(parts: RunningStreamsParts) {
    this.#parts = parts;
  }

  /** Takes in again what was taken in when the gateway ended. */
  async resume(): Promise<void> {
    const { database } = this.#parts;
    const rows = await database.selectFrom('streams').select('id').where('status', '=', 'connected').execute();
    await Promise.all(rows.map(({ id }) => this.sync(id)));
  }

  sync(streamId: string): Promise<void> {
    const before = this.#changes.get(streamId) ?? Promise.resolve();
    const change = before
      .then(() => this.#follow(streamId))
      .catch((cause: unknown) => this.#parts.log.error({ err: cause, stream: streamId }, 'a stream could not be changed'))
      .finally(() => {
        if (this.#changes.get(streamId) === change) this.#changes.delete(streamId);
      });
    this.#changes.set(streamId, change);
    return change;
  }

  media(streamId: string): MediaStream | null {
    return this.#entries.get(streamId)?.running.media ?? null;
  }

  health(streamId: string): MediaHealth | null {
    return this.media(streamId)?.health.value ?? this.#failures.get(streamId) ?? null;
  }

  async settled(streamId: string): Promise<void> {
    await this.#changes.get(streamId);
    await this.#entries.get(streamId)?.running.settled();
    await this.#draining.get(streamId);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#changes.values());
    await Promise.all([...this.#entries.keys()].map((id) => this.#stop(id)));
    await Promise.all(this.#draining.values());
  }

  async #follow(streamId: string): Promise<void> {
    if (this.#closed) return;
    const wishes = await this.#wishes(streamId);
    const entry = this.#entries.get(streamId);
    if (wishes === null) await this.#stop(streamId);
    else if (entry !== undefined) entry.running.apply(wishes);
    else await this.#start(wishes);
  }

  /** Null: nothing is wished. */
  async #wishes(streamId: string): Promise<StreamWishes | null> {
    const { database } = this.#parts;
    const stream = await database.selectFrom('streams').selectAll().where('id', '=', streamId).executeTakeFirst();
    if (stream?.status !== 'connected') return null;
    const transcription = await database
      .selectFrom('transcriptions')
      .selectAll()
      .where('stream_id', '=', streamId)
      .where('status', '=', 'running')
      .executeTakeFirst();
    const indexes = await database
      .selectFrom('indexes')
      .selectAll()
      .where('stream_id', '=', streamId)
      .where('status', '=', 'connected')
      .execute();
    return { stream, transcription: transcription ?? null, indexes };
  }

  async #start(wishes: StreamWishes): Promise<void> {
    const { stream } = wishes;
    // What it said last is stored before it says something new.
    await this.#draining.get(stream.id);
    const source = this.#source(stream);
    if (source === null) {
      await this.#stopped(stream.id);
      return;
    }
    this.#failures.delete(stream.id);
    const tracks = stream.media_types.filter((type): type is Track => type === 'audio' || type === 'video');
    const media = this.#parts.media.stream(stream.id, source, { tracks, store: stream.store });
    const running = new RunningStream(media, wishes, this.#parts);
    let state: MediaHealth['state'] = 'stopped';
    const health = media.health.subscribe((now) => {
      if (now.state === state) return;
      state = now.state;
      this.#tell(wishes, now);
      if (state === 'failed') this.#remember(stream.id, now);
      // A file at its end, or a source that is given up, is a stopped stream: it may be exported.
      if (state === 'ended' || state === 'failed') void this.#over(stream.id);
    });
    this.#entries.set(stream.id, { running, health });
  }

  #remember(streamId: string, failure: MediaHealth): void {
    this.#failures.set(streamId, failure);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_FAILURES && oldest !== undefined) this.#failures.delete(oldest);
  }

  #source(stream: StreamRow): SourceSpec | null {
    if (stream.ingest_mode === 'capture') return this.#parts.captured(stream);
    if (stream.ingest_mode === 'push') return stream.push_key === null ? null : { kind: 'push', key: stream.push_key };
    return stream.url === null ? null : { kind: 'url', url: stream.url };
  }

  async #over(streamId: string): Promise<void> {
    try {
      await this.#stopped(streamId);
    } catch (cause) {
      this.#parts.log.error({ err: cause, stream: streamId }, 'the end of a stream could not be stored');
    }
    await this.sync(streamId);
  }

  async #stopped(streamId: string): Promise<void> {
    await this.#parts.database.updateTable('streams').set({ status: 'stopped' }).where('id', '=', streamId).execute();
  }

  async #stop(streamId: string): Promise<void> {
    const entry = this.#entries.get(streamId);
    if (entry === undefined) return;
    this.#entries.delete(streamId);
    await entry.running.stop();
    entry.health.unsubscribe();
    const draining = entry.running.settled().finally(() => {
      if (this.#draining.get(streamId) === draining) this.#draining.delete(streamId);
    });
    this.#draining.set(streamId, draining);
  }

  /** How a source does is told on the channel too, so that nobody needs to ask. */
  #tell({ stream }: StreamWishes, { state, error, retryInMs, sinceMs }: MediaHealth): void {
    this.#parts.channels.publish(
      {
        channel: 'rtstream',
        event: `rtstream.${state}`,
        rtstream_id: stream.id,
        rtstream_name: stream.name,
        status: state,
        data: { state, error, retry_in_ms: retryInMs, since: sinceMs },
      },
      { connections: stream.ws_connection_ids },
    );
  }
}
