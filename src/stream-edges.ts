import { BehaviorSubject, catchError, EMPTY, Subject, switchMap, timer } from 'rxjs';
import type { Subscription } from 'rxjs';
import { Connection } from './protocols/rtstream/connection.ts';
import type { ConnectionOptions } from './protocols/rtstream/connection.ts';
import type { SceneIndex } from './protocols/rtstream/scene-index.ts';
import type { Shot } from './protocols/rtstream/search-result.ts';
import type { DeskClip, DeskHit, DeskState, DeskVideo, StreamsDesk } from './session/streams.ts';
import { AssistantError, type ErrorFacts } from './shared/errors.ts';
import type { StreamFeedEvent } from './shared/stream-feed.ts';
import { streamDetail } from './stream-detail.ts';
import { deskHit, deskStream, deskVideo, tierOf } from './stream-rows.ts';

/** The composition root of the streams desk: a gateway's API made into state and wishes. */

export interface DeskOptions {
  readonly connection: ConnectionOptions;
  /** Null = the default one. */
  readonly collection: string | null;
}

/** Opens nothing before `start`. Throws `bad-option`. */
export const createDesk = (options: DeskOptions): StreamsDesk => new GatewayDesk(options);

const nothingYet: DeskState = {
  phase: 'idle',
  streams: [],
  events: [],
  videos: [],
  detail: null,
  selected: null,
  reconnecting: false,
  error: null,
  notice: null,
};

/** Streams that others connect or that end show up after so long, ms. */
const LOOK_MS = 5000;
const EARLIER_LINES = 100;

class GatewayDesk implements StreamsDesk {
  readonly state = new BehaviorSubject<DeskState>(nothingYet);
  readonly #connection: Connection;
  readonly #collection: string;
  readonly #selected = new Subject<string | null>();
  readonly #again = new Subject<void>();
  /** Lines that were asked for beside the feed. */
  readonly #more = new Subject<StreamFeedEvent>();
  /** What was found last, to be played. */
  readonly #shots = new Map<DeskHit, Shot>();
  #running: Subscription | null = null;
  /** Why the chosen stream is no longer followed. */
  #detailFailure: ErrorFacts | null = null;

  constructor({ connection, collection }: DeskOptions) {
    this.#connection = new Connection(connection);
    this.#collection = collection ?? 'default';
  }

  start(): void {
    if (this.#running !== null) return;
    this.#show({ phase: 'loading' });
    this.#running = this.#selected
      .pipe(
        switchMap((id) =>
          id === null
            ? EMPTY
            : streamDetail(this.#connection, id, { again$: this.#again, more$: this.#more }, (event) =>
                this.#hear(id, event),
              ).pipe(
                catchError((cause: unknown) => {
                  this.#detailFailure = AssistantError.from(cause).toFacts();
                  this.#fail(cause);
                  return EMPTY;
                }),
              ),
        ),
      )
      .subscribe((detail) => this.#show({ detail }));
    this.#running.add(timer(0, LOOK_MS).subscribe(() => void this.#look()));
  }

  dispose(): void {
    this.#running?.unsubscribe();
    this.#running = null;
  }

  select(selected: string | null): void {
    if (this.state.value.selected === selected) return;
    this.#detailFailure = null;
    this.#show({ selected, detail: null, notice: null, reconnecting: false });
    this.#selected.next(selected);
  }

  async connect({ name, url, tracks, store, transcript }: Parameters<StreamsDesk['connect']>[0]): Promise<string> {
    const collection = await this.#connection.getCollection(this.#collection);
    const about = { name, mediaTypes: tracks, store, enableTranscript: transcript };
    const stream = await collection.connectRtstream(url === null ? { ...about, ingestMode: 'push' } : { ...about, url });
    await this.#look();
    return stream.id;
  }

  run(streamId: string, running: boolean): Promise<void> {
    return this.#changed(async () => {
      const stream = await this.#connection.getRtstream(streamId);
      await (running ? stream.start() : stream.stop());
    });
  }

  remove(streamId: string): Promise<void> {
    return this.#changed(async () => (await this.#connection.getRtstream(streamId)).delete());
  }

  transcribe(streamId: string, wish: { readonly translateTo: readonly string[] } | null): Promise<void> {
    return this.#changed(async () => {
      const stream = await this.#connection.getRtstream(streamId);
      await (wish === null ? stream.stopTranscript() : stream.startTranscript({ translateTo: wish.translateTo }));
    });
  }

  async earlier(streamId: string): Promise<number> {
    const { detail } = this.state.value;
    const end = detail?.lines[0]?.startMs ?? Date.now();
    const stream = await this.#connection.getRtstream(streamId);
    const { total } = await stream.getTranscript({ end, pageSize: 1 });
    // Pages count from the oldest line; the last one is what comes before.
    const page = Math.max(1, Math.ceil((total ?? 1) / EARLIER_LINES));
    const { items } = await stream.getTranscript({ end, pageSize: EARLIER_LINES, page });
    if (this.state.value.selected !== streamId) return 0;
    for (const line of items) {
      const { text, startMs, endMs } = line;
      const id = line.id ?? `line-${String(startMs)}`;
      this.#more.next({ type: 'caption', ...{ id, text, final: true, language: line.language ?? 'und', startMs, endMs } });
    }
    return items.length;
  }

  index(streamId: string, wish: Parameters<StreamsDesk['index']>[1]): Promise<void> {
    return this.#changed(async () => {
      const stream = await this.#connection.getRtstream(streamId);
      const { name, prompt } = wish;
      if (wish.kind === 'audio') await stream.indexAudio({ name, prompt, batchConfig: { type: wish.by, value: wish.count } });
      else {
        const batchConfig = { type: 'time' as const, value: wish.seconds, frameCount: wish.frames };
        await stream.indexVisuals({ name, prompt, batchConfig, modelName: tierOf(wish.tier) });
      }
    });
  }

  runIndex(streamId: string, indexId: string, running: boolean): Promise<void> {
    return this.#changed(async () => {
      const index = await this.#index(streamId, indexId);
      await (running ? index.start() : index.stop());
    });
  }

  prompt(streamId: string, indexId: string, prompt: string): Promise<void> {
    return this.#changed(async () => (await this.#index(streamId, indexId)).updatePrompt(prompt));
  }

  async event({ label, prompt }: { readonly label: string; readonly prompt: string }): Promise<string> {
    const id = await this.#connection.createEvent({ label, eventPrompt: prompt });
    this.#show({ events: await this.#connection.listEvents() });
    return id;
  }

  alert(streamId: string, wish: Parameters<StreamsDesk['alert']>[1]): Promise<void> {
    return this.#changed(async () => {
      await (await this.#index(streamId, wish.indexId)).createAlert({ eventId: wish.eventId, callbackUrl: wish.callbackUrl });
    });
  }

  enableAlert(streamId: string, indexId: string, alertId: string, enabled: boolean): Promise<void> {
    return this.#changed(async () => {
      const index = await this.#index(streamId, indexId);
      await (enabled ? index.enableAlert(alertId) : index.disableAlert(alertId));
    });
  }

  async clip(streamId: string, startMs: number, endMs: number): Promise<DeskClip> {
    return (await this.#connection.getRtstream(streamId)).generateStream(startMs, endMs);
  }

  async export(streamId: string, name: string | null, progress: (percentage: number | null) => void): Promise<DeskVideo> {
    const stream = await this.#connection.getRtstream(streamId);
    const { videoId } = await stream.export({ progress, ...(name === null ? {} : { name }) });
    const video = await (await this.#connection.getCollection(this.#collection)).getVideo(videoId);
    await this.#look();
    return deskVideo(video);
  }

  async indexSpokenWords(videoId: string, progress: (percentage: number | null) => void): Promise<void> {
    const collection = await this.#connection.getCollection(this.#collection);
    await (await collection.getVideo(videoId)).indexSpokenWords({ progress });
  }

  async search(where: Parameters<StreamsDesk['search']>[0], query: string): Promise<readonly DeskHit[]> {
    const result = await this.#search(where, query);
    this.#shots.clear();
    for (const shot of result) this.#shots.set(deskHit(shot, this.state.value), shot);
    return [...this.#shots.keys()];
  }

  async compile(hits: readonly DeskHit[]): Promise<DeskClip> {
    const shots = hits.flatMap((hit) => this.#shots.get(hit) ?? []);
    const [only] = shots;
    if (only !== undefined && shots.length === 1) return only.generateStream();
    const body = shots.map(({ facts: { videoId, collectionId, startMs, endMs } }) => ({
      ...{ video_id: videoId, collection_id: collectionId, shots: [[startMs / 1000, endMs / 1000]] },
    }));
    const answer = await this.#connection.rest.send('POST', '/compile', body);
    const { stream_url: streamUrl, player_url: playerUrl } = answer;
    return { streamUrl: String(streamUrl), playerUrl: typeof playerUrl === 'string' ? playerUrl : null };
  }

  async #search(where: Parameters<StreamsDesk['search']>[0], query: string): Promise<readonly Shot[]> {
    if (where.in === 'stream') return (await (await this.#connection.getRtstream(where.id)).search(query)).shots;
    const collection = await this.#connection.getCollection(this.#collection);
    if (where.in === 'all') return (await collection.search(query)).shots;
    try {
      return (await (await collection.getVideo(where.id)).search(query)).shots;
    } catch (cause) {
      // A video without hits is told by a refusal (the seed's words).
      if (cause instanceof AssistantError && cause.message.includes('No results found')) return [];
      throw cause;
    }
  }

  async #index(streamId: string, indexId: string): Promise<SceneIndex> {
    return (await this.#connection.getRtstream(streamId)).getSceneIndex(indexId);
  }

  async #changed(work: () => Promise<unknown>): Promise<void> {
    await work();
    this.#again.next();
    await this.#look();
  }

  async #look(): Promise<void> {
    try {
      const collection = await this.#connection.getCollection(this.#collection);
      const [streams, events, videos] = await Promise.all([
        collection.listRtstreams({ limit: 100, ordering: '-created_at' }),
        this.#connection.listEvents(),
        collection.listVideos(),
      ]);
      if (this.#running === null) return;
      this.#show({
        phase: 'ready',
        error: null,
        notice: this.#detailFailure,
        streams: streams.items.map(deskStream),
        events,
        videos: videos.map(deskVideo),
      });
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #hear(streamId: string, event: StreamFeedEvent): void {
    if (event.type === 'connected') this.#show({ reconnecting: false });
    else if (event.type === 'reconnecting') this.#show({ reconnecting: true });
    else if (event.type === 'status') {
      const { state, message } = event;
      const streams = this.state.value.streams.map((stream) => (stream.id === streamId ? { ...stream, state, message } : stream));
      this.#show({ streams });
    }
  }

  #fail(cause: unknown): void {
    if (this.#running === null) return;
    const facts = AssistantError.from(cause).toFacts();
    // What was loaded stays on the screen; only a desk that never had anything is an error itself.
    if (this.state.value.phase === 'ready') this.#show({ notice: facts });
    else this.#show({ phase: 'error', error: facts });
  }

  #show(changes: Partial<DeskState>): void {
    this.state.next({ ...this.state.value, ...changes });
  }
}
