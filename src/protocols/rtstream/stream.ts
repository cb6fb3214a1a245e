import type { Observable } from 'rxjs';
import type { ChannelMessage } from './channels.ts';
import { flag, list, number, unixSeconds } from './codec-fields.ts';
import { readSceneIndex, readStream } from './codec-streams.ts';
import { readAlertHit, readLine, readTranscriptState } from './codec-told.ts';
import { readClip, readExport } from './codec-videos.ts';
import type { StreamFacts } from './codec-streams.ts';
import type { AlertHit, TranscriptLine } from './codec-told.ts';
import type { Clip, ExportResult } from './codec-videos.ts';
import type { Connection } from './connection.ts';
import { everyItem } from './pages.ts';
import type { Page } from './pages.ts';
import type { LongCallOptions, Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';
import { SceneIndex } from './scene-index.ts';
import { SearchResult } from './search-result.ts';
import type {
  IndexAudioOptions,
  IndexOptions,
  IndexVisualsOptions,
  StartTranscriptOptions,
  StreamSearchOptions,
  TranscriptQuery,
  TranscriptState,
  UnderstandOptions,
} from './stream-options.ts';
import { readUnderstanding, readUnderstandingIndex, understandBody } from './codec-understanding.ts';
import { Understanding, UnderstandingIndex } from './understanding.ts';

/** A live stream: taken in, heard, watched, searched, played and exported. */

export class RTStream {
  readonly #connection: Connection;
  readonly #rest: Rest;
  #facts: StreamFacts;

  constructor(connection: Connection, facts: StreamFacts) {
    this.#connection = connection;
    this.#rest = connection.rest;
    this.#facts = facts;
  }

  get id(): string {
    return this.#facts.id;
  }

  /** As last told by the server. */
  get facts(): StreamFacts {
    return this.#facts;
  }

  /** Asks how it is now. */
  async refresh(options: CallOptions = {}): Promise<StreamFacts> {
    this.#facts = readStream(await this.#rest.get(this.#path(''), {}, options));
    return this.#facts;
  }

  /** Begins ingestion. */
  async start(options: CallOptions = {}): Promise<void> {
    await this.#status('start', 'connected', options);
  }

  /** Ends ingestion; resolves when everything that came in is kept. */
  async stop(options: CallOptions = {}): Promise<void> {
    await this.#status('stop', 'stopped', options);
  }

  async #status(action: 'start' | 'stop', status: string, options: CallOptions): Promise<void> {
    await this.#rest.send('PATCH', this.#path('/status'), { action }, options);
    this.#facts = { ...this.#facts, status };
  }

  /** Absent fields stay as they are. `sampleRate`: frames a minute. */
  async update(change: { readonly name?: string; readonly sampleRate?: number }, options: CallOptions = {}): Promise<void> {
    const body = { name: change.name, sample_rate: change.sampleRate };
    this.#facts = readStream({ id: this.id, ...(await this.#rest.send('PATCH', this.#path(''), body, options)) });
  }

  /** With its recording, transcript, indexes and alerts; videos stay. */
  async delete(options: CallOptions = {}): Promise<void> {
    await this.#rest.send('DELETE', this.#path(''), undefined, options);
  }

  /** The playlist (m3u8) of what was recorded between two times (`Date` or Unix ms), and the page that plays it. */
  async generateStream(
    start: Date | number,
    end: Date | number,
    options: CallOptions & { readonly title?: string } = {},
  ): Promise<Clip> {
    const query = { start: unixSeconds(start, 'start'), end: unixSeconds(end, 'end'), player_title: options.title };
    return readClip(await this.#rest.get(this.#path('/stream'), query, options));
  }

  /** A permanent video of all that is recorded; the stream must be stopped. Asked again it is the same video. */
  async export({ name, ...options }: LongCallOptions & { readonly name?: string } = {}): Promise<ExportResult> {
    return readExport(await this.#rest.send('POST', this.#path('/export'), { name }, options));
  }

  async indexAudio({
    prompt,
    name,
    wsConnectionId,
    batchConfig,
    modelName,
    signal,
  }: IndexAudioOptions = {}): Promise<SceneIndex> {
    const config = batchConfig && { segmenter: batchConfig.type, segmentation_value: batchConfig.value };
    const body = { extraction_type: 'transcript', extraction_config: config, prompt, model_name: modelName, name };
    return this.#index({ ...body, model_config: {}, ws_connection_id: wsConnectionId, auto_start_transcript: true }, { signal });
  }

  async indexVisuals({
    prompt,
    name,
    wsConnectionId,
    batchConfig,
    modelName,
    signal,
  }: IndexVisualsOptions = {}): Promise<SceneIndex> {
    const config = batchConfig && { time: batchConfig.value, frame_count: batchConfig.frameCount ?? 5 };
    const body = { extraction_type: 'time', extraction_config: config, prompt, model_name: modelName, name };
    return this.#index({ ...body, model_config: {}, ws_connection_id: wsConnectionId }, { signal });
  }

  async #index(body: object, options: CallOptions): Promise<SceneIndex> {
    const answer = await this.#rest.send('POST', this.#path('/index/scene'), body, options);
    return new SceneIndex(this.#rest, readSceneIndex(answer, this.id));
  }

  async listSceneIndexes(options: CallOptions = {}): Promise<readonly SceneIndex[]> {
    const answer = await this.#rest.get(this.#path('/index/scene'), {}, options);
    return list(answer['scene_indexes']).map((one) => new SceneIndex(this.#rest, readSceneIndex(one, this.id)));
  }

  async getSceneIndex(indexId: string, options: CallOptions = {}): Promise<SceneIndex> {
    const answer = await this.#rest.get(this.#path(`/index/${encodeURIComponent(indexId)}`), {}, options);
    return new SceneIndex(this.#rest, readSceneIndex({ rtstream_index_id: indexId, ...answer }, this.id));
  }

  /** Looks at every window and tells what the prompt asks: the second generation of `indexVisuals`. */
  async understand(options: UnderstandOptions = {}): Promise<Understanding> {
    const answer = await this.#rest.send('POST', this.#path('/understand'), understandBody(options), options);
    return new Understanding(this.#rest, readUnderstanding(answer, this.id));
  }

  async listUnderstandings(options: CallOptions = {}): Promise<readonly Understanding[]> {
    const answer = await this.#rest.get(this.#path('/understand'), {}, options);
    return list(answer['understandings']).map((one) => new Understanding(this.#rest, readUnderstanding(one, this.id)));
  }

  async getUnderstanding(id: string, options: CallOptions = {}): Promise<Understanding> {
    const answer = await this.#rest.get(this.#path(`/understand/${encodeURIComponent(id)}`), {}, options);
    return new Understanding(this.#rest, readUnderstanding({ understanding_id: id, ...answer }, this.id));
  }

  /** Makes one output of an understanding searchable and watched, under a name. */
  async index({ source, name, useFor, signal }: IndexOptions): Promise<UnderstandingIndex> {
    const body = { source: { understanding_id: source.understandingId, output: source.output }, name, use_for: useFor };
    const answer = await this.#rest.send('POST', this.#path('/indexes'), body, { signal });
    return new UnderstandingIndex(this.#rest, readUnderstandingIndex({ source, name, ...answer }, this.id));
  }

  async listIndexes(options: CallOptions = {}): Promise<readonly UnderstandingIndex[]> {
    const answer = await this.#rest.get(this.#path('/indexes'), {}, options);
    return list(answer['indexes']).map((one) => new UnderstandingIndex(this.#rest, readUnderstandingIndex(one, this.id)));
  }

  async getIndex(id: string, options: CallOptions = {}): Promise<UnderstandingIndex> {
    const answer = await this.#rest.get(this.#path(`/indexes/${encodeURIComponent(id)}`), {}, options);
    return new UnderstandingIndex(this.#rest, readUnderstandingIndex({ index_id: id, ...answer }, this.id));
  }

  async search(query: string, options: StreamSearchOptions = {}): Promise<SearchResult> {
    const body = {
      query,
      scene_index_id: options.sceneIndexId,
      result_threshold: options.resultThreshold,
      score_threshold: options.scoreThreshold,
      dynamic_score_percentage: options.dynamicScorePercentage,
    };
    return new SearchResult(this.#rest, await this.#rest.send('POST', this.#path('/search'), body, options), this.id);
  }

  async startTranscript(options: StartTranscriptOptions = {}): Promise<TranscriptState> {
    const { wsConnectionId, engine, language, translateTo, signal } = options;
    const body = { action: 'start', engine, language, translate_to: translateTo, ws_connection_id: wsConnectionId };
    return readTranscriptState(await this.#rest.send('POST', this.#path('/transcription'), body, { signal }));
  }

  async stopTranscript({ engine, signal }: CallOptions & { readonly engine?: string } = {}): Promise<TranscriptState> {
    return readTranscriptState(
      await this.#rest.send('POST', this.#path('/transcription'), { action: 'stop', engine }, { signal }),
    );
  }

  async transcriptStatus(options: CallOptions = {}): Promise<TranscriptState> {
    return readTranscriptState(await this.#rest.get(this.#path('/transcription/status'), {}, options));
  }

  /** One page, in the order it was spoken; pages count from 1. */
  async getTranscript(query: TranscriptQuery & { readonly page?: number } = {}): Promise<Page<TranscriptLine>> {
    const { start, end, since, pageSize = 100, page = 1, signal } = query;
    const asked = {
      page,
      page_size: pageSize,
      start: start === undefined ? null : unixSeconds(start, 'start'),
      end: end === undefined ? null : unixSeconds(end, 'end'),
      since: since === undefined ? null : unixSeconds(since, 'since'),
    };
    const answer = await this.#rest.get(this.#path('/transcription'), asked, { signal });
    return {
      items: list(answer['transcription_records']).map(readLine),
      hasNext: flag(answer['next_page']) ?? false,
      total: number(answer['total_count']),
    };
  }

  /** Every line. */
  transcript(query: TranscriptQuery = {}): AsyncGenerator<TranscriptLine, void, undefined> {
    return everyItem((page) => this.getTranscript({ ...query, page }));
  }

  /** Alerts that fired, newest first. Gateways of other makers may not know this. */
  alertHits(query: Omit<TranscriptQuery, 'since'> = {}): AsyncGenerator<AlertHit, void, undefined> {
    const { start, end, pageSize = 100, signal } = query;
    return everyItem(async (page) => {
      const asked = {
        page,
        page_size: pageSize,
        start: start === undefined ? null : unixSeconds(start, 'start'),
        end: end === undefined ? null : unixSeconds(end, 'end'),
      };
      const answer = await this.#rest.get(this.#path('/alerts'), asked, { signal });
      return { items: list(answer['alerts']).map(readAlertHit), hasNext: flag(answer['next_page']) ?? false, total: null };
    });
  }

  /** Everything that is told of this stream, live; reconnects. */
  channel(): Observable<ChannelMessage> {
    return this.#connection.channels({ streamIds: [this.id] });
  }

  #path(rest: string): string {
    return `/rtstream/${encodeURIComponent(this.id)}${rest}`;
  }
}
