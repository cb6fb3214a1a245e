import { BehaviorSubject, catchError, EMPTY, Subject, switchMap, timer } from 'rxjs';
import type { Subscription } from 'rxjs';
import { Connection } from './protocols/rtstream/connection.ts';
import type { ConnectionOptions } from './protocols/rtstream/connection.ts';
import { DeskIndexes } from './desk-indexes.ts';
import { DeskSearch } from './desk-search.ts';
import { DeskVideos } from './desk-videos.ts';
import { noStreams, type DeskClip, type DeskState, type DeskVideo, type StreamsDesk } from './session/streams.ts';
import { AssistantError, type ErrorFacts } from './shared/errors.ts';
import type { StreamFeedEvent } from './shared/stream-feed.ts';
import { streamDetail } from './stream-detail.ts';
import { deskCapture, deskStream, deskVideo } from './stream-rows.ts';

/** The composition root of the streams desk: a gateway's API made into state and wishes. */

export interface DeskOptions {
  readonly connection: ConnectionOptions;
  /** Null = the default one. */
  readonly collection: string | null;
}

/** Opens nothing before `start`. Throws `bad-option`. */
export const createDesk = (options: DeskOptions): StreamsDesk => new GatewayDesk(options);

/** Streams that others connect or that end show up after so long, ms. */
const LOOK_MS = 5000;
const EARLIER_LINES = 100;

class GatewayDesk implements StreamsDesk {
  readonly state = new BehaviorSubject<DeskState>(noStreams);
  readonly #connection: Connection;
  readonly #collection: string;
  readonly #selected = new Subject<string | null>();
  readonly #again = new Subject<void>();
  /** Lines that were asked for beside the feed. */
  readonly #more = new Subject<StreamFeedEvent>();
  readonly #search: DeskSearch;
  readonly #indexes: DeskIndexes;
  readonly #videos: DeskVideos;
  #running: Subscription | null = null;
  /** Why the chosen stream is no longer followed. */
  #detailFailure: ErrorFacts | null = null;

  constructor({ connection, collection }: DeskOptions) {
    this.#connection = new Connection(connection);
    this.#collection = collection ?? 'default';
    this.#search = new DeskSearch(this.#connection, this.#collection);
    this.#indexes = new DeskIndexes(this.#connection);
    this.#videos = new DeskVideos(this.#connection, this.#collection);
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

  async connect({ name, url, tracks, store, transcript, sampleRate }: Parameters<StreamsDesk['connect']>[0]): Promise<string> {
    const collection = await this.#connection.getCollection(this.#collection);
    const about = { name, mediaTypes: tracks, store, enableTranscript: transcript, sampleRate: sampleRate ?? undefined };
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

  change(streamId: string, { name, sampleRate }: Parameters<StreamsDesk['change']>[1]): Promise<void> {
    const change = sampleRate === null ? { name } : { name, sampleRate };
    return this.#changed(async () => (await this.#connection.getRtstream(streamId)).update(change));
  }

  transcribe(streamId: string, wish: Parameters<StreamsDesk['transcribe']>[1]): Promise<void> {
    return this.#changed(async () => {
      const stream = await this.#connection.getRtstream(streamId);
      if (wish === null) await stream.stopTranscript();
      else await stream.startTranscript({ translateTo: wish.translateTo, language: wish.language || undefined });
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
      const { text, startMs, endMs, translations } = line;
      const id = line.id ?? `line-${String(startMs)}`;
      this.#more.next({ type: 'caption', ...{ id, text, final: true, language: line.language ?? 'und', startMs, endMs } });
      for (const [language, told] of Object.entries(translations))
        this.#more.next({ type: 'caption-translation', id, language, text: told });
    }
    return items.length;
  }

  index: StreamsDesk['index'] = (...wish) => this.#changed(() => this.#indexes.create(...wish));
  runIndex: StreamsDesk['runIndex'] = (...wish) => this.#changed(() => this.#indexes.run(...wish));
  prompt: StreamsDesk['prompt'] = (...wish) => this.#changed(() => this.#indexes.prompt(...wish));
  alert: StreamsDesk['alert'] = (...wish) => this.#changed(() => this.#indexes.alert(...wish));
  enableAlert: StreamsDesk['enableAlert'] = (...wish) => this.#changed(() => this.#indexes.enableAlert(...wish));

  async event({ label, prompt }: { readonly label: string; readonly prompt: string }): Promise<string> {
    const id = await this.#connection.createEvent({ label, eventPrompt: prompt });
    this.#show({ events: await this.#connection.listEvents() });
    return id;
  }

  async clip(streamId: string, startMs: number, endMs: number): Promise<DeskClip> {
    return (await this.#connection.getRtstream(streamId)).generateStream(startMs, endMs);
  }

  async export(streamId: string, name: string | null, progress: (percentage: number | null) => void): Promise<DeskVideo> {
    const video = await this.#videos.export(streamId, name, progress);
    await this.#look();
    return video;
  }

  exportCapture(captureId: string): Promise<void> {
    return this.#changed(() => this.#videos.exportCapture(captureId));
  }

  indexSpokenWords: StreamsDesk['indexSpokenWords'] = (...wish) => this.#videos.indexSpokenWords(...wish);
  videoWords: StreamsDesk['videoWords'] = (...wish) => this.#videos.words(...wish);
  subtitled: StreamsDesk['subtitled'] = (...wish) => this.#videos.subtitled(...wish);
  download: StreamsDesk['download'] = (...wish) => this.#videos.download(...wish);
  analyse: StreamsDesk['analyse'] = (...wish) => this.#videos.analyse(...wish);
  search: StreamsDesk['search'] = (...wish) => this.#search.search(...wish, () => this.state.value);
  compile: StreamsDesk['compile'] = (hits) => this.#search.compile(hits);

  async #changed(work: () => Promise<unknown>): Promise<void> {
    await work();
    this.#again.next();
    await this.#look();
  }

  async #look(): Promise<void> {
    try {
      const collection = await this.#connection.getCollection(this.#collection);
      const [streams, events, videos, captures] = await Promise.all([
        collection.listRtstreams({ limit: 100, ordering: '-created_at' }),
        this.#connection.listEvents(),
        collection.listVideos(),
        collection.listCaptureSessions(),
      ]);
      if (this.#running === null) return;
      this.#show({
        phase: 'ready',
        error: null,
        notice: this.#detailFailure,
        streams: streams.items.map(deskStream),
        events,
        videos: videos.map(deskVideo),
        captures: captures.map(deskCapture),
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
