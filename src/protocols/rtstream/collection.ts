import { CaptureSession } from './capture-session.ts';
import { list, number, text } from './codec-fields.ts';
import { readCaptureSession, readStream } from './codec-streams.ts';
import type { CollectionFacts } from './codec-streams.ts';
import type { Json } from './codec-fields.ts';
import type { Connection } from './connection.ts';
import { everyItem } from './pages.ts';
import type { Page } from './pages.ts';
import type { Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';
import { SearchResult } from './search-result.ts';
import { RTStream } from './stream.ts';
import type { StreamSearchOptions } from './stream-options.ts';
import { Video } from './video.ts';

/** A collection: where streams, videos and capture sessions belong. */

interface ConnectCommon extends CallOptions {
  readonly name?: string | undefined;
  /** Tracks that are taken; default `['video']`. */
  readonly mediaTypes?: readonly ('audio' | 'video')[] | undefined;
  /** Frames a minute that are looked at; default 30. */
  readonly sampleRate?: number | undefined;
  /** False: shown live and kept nowhere. Default true. */
  readonly store?: boolean | undefined;
  readonly enableTranscript?: boolean | undefined;
  /** BCP 47 of what is spoken; absent = English, auto = found out. */
  readonly language?: string | undefined;
  /** BCP 47 that the transcript is translated into. */
  readonly translateTo?: readonly string[] | undefined;
  readonly wsConnectionId?: string | undefined;
}

/** Pulled from `url`, or published by an encoder to the `pushUrl` that is answered. */
export type ConnectRtstreamOptions = ConnectCommon &
  ({ readonly url: string; readonly ingestMode?: 'pull' } | { readonly ingestMode: 'push'; readonly url?: undefined });

export interface ListRtstreamsOptions extends CallOptions {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly status?: 'connected' | 'stopped' | undefined;
  /** A part of it. */
  readonly name?: string | undefined;
  /** `-created_at`, `name`, … */
  readonly ordering?: string | undefined;
}

export interface CreateCaptureSessionOptions extends CallOptions {
  readonly endUserId: string;
  readonly callbackUrl?: string | undefined;
  readonly wsConnectionId?: string | undefined;
  readonly metadata?: Json | undefined;
}

const PAGE = 100;

export class Collection {
  readonly facts: CollectionFacts;
  readonly #connection: Connection;
  readonly #rest: Rest;

  constructor(connection: Connection, facts: CollectionFacts) {
    this.#connection = connection;
    this.#rest = connection.rest;
    this.facts = facts;
  }

  get id(): string {
    return this.facts.id;
  }

  async connectRtstream(options: ConnectRtstreamOptions): Promise<RTStream> {
    const { url, ingestMode, name, mediaTypes = ['video'], sampleRate, store, enableTranscript, language, translateTo } = options;
    const push = ingestMode === 'push' ? { ingest_mode: 'push', protocol: 'rtmp' } : { url };
    const body = {
      collection_id: this.id,
      ...push,
      name,
      media_types: mediaTypes,
      sample_rate: sampleRate,
      store,
      enable_transcript: enableTranscript,
      language,
      translate_to: translateTo,
      ws_connection_id: options.wsConnectionId,
    };
    const answer = await this.#rest.send('POST', '/rtstream', body, { signal: options.signal });
    return new RTStream(this.#connection, readStream(answer));
  }

  getRtstream(id: string, options: CallOptions = {}): Promise<RTStream> {
    return this.#connection.getRtstream(id, options);
  }

  /** One page of this collection's streams. */
  async listRtstreams({ signal, ...query }: ListRtstreamsOptions = {}): Promise<Page<RTStream>> {
    const answer = await this.#rest.get('/rtstream', { ...query, collection_id: this.id }, { signal });
    return {
      items: list(answer['results']).map((one) => new RTStream(this.#connection, readStream(one))),
      hasNext: text(answer['next']) !== null,
      total: number(answer['count']),
    };
  }

  /** Every stream of this collection. */
  rtstreams(query: Omit<ListRtstreamsOptions, 'offset'> = {}): AsyncGenerator<RTStream, void, undefined> {
    const limit = query.limit ?? PAGE;
    return everyItem((page) => this.listRtstreams({ ...query, limit, offset: (page - 1) * limit }));
  }

  /** In all streams of this collection. */
  async search(query: string, options: StreamSearchOptions = {}): Promise<SearchResult> {
    const body = {
      query,
      scene_index_id: options.sceneIndexId,
      result_threshold: options.resultThreshold,
      score_threshold: options.scoreThreshold,
      dynamic_score_percentage: options.dynamicScorePercentage,
      filter: [],
    };
    const path = `/rtstream/collection/${encodeURIComponent(this.id)}/search`;
    return new SearchResult(this.#rest, await this.#rest.send('POST', path, body, options));
  }

  async getVideo(id: string, options: CallOptions = {}): Promise<Video> {
    const path = `/video/${encodeURIComponent(id)}`;
    return new Video(this.#rest, { id, ...(await this.#rest.get(path, { collection_id: this.id }, options)) });
  }

  async listVideos(options: CallOptions = {}): Promise<readonly Video[]> {
    const answer = await this.#rest.get('/video', { collection_id: this.id }, options);
    return list(answer['videos']).map((one) => new Video(this.#rest, one));
  }

  async createCaptureSession(options: CreateCaptureSessionOptions): Promise<CaptureSession> {
    const { endUserId, callbackUrl, wsConnectionId, metadata, signal } = options;
    const body = { end_user_id: endUserId, callback_url: callbackUrl, ws_connection_id: wsConnectionId, metadata };
    return this.#session(await this.#rest.send('POST', this.#path(''), body, { signal }));
  }

  async getCaptureSession(id: string, options: CallOptions = {}): Promise<CaptureSession> {
    return this.#session(await this.#rest.get(this.#path(`/${encodeURIComponent(id)}`), {}, options), id);
  }

  async listCaptureSessions(query: CallOptions & { readonly status?: string } = {}): Promise<readonly CaptureSession[]> {
    const answer = await this.#rest.get(this.#path(''), { status: query.status }, query);
    return list(answer['sessions']).map((one) => this.#session(one));
  }

  #session(answer: unknown, id?: string): CaptureSession {
    return new CaptureSession(this.#connection, this.id, readCaptureSession(answer, id));
  }

  #path(rest: string): string {
    return `/collection/${encodeURIComponent(this.id)}/capture/session${rest}`;
  }
}
