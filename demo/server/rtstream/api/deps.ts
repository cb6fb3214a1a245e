import type { Logger } from 'pino';
import type { Auth } from '../../auth.ts';
import type { Config } from '../../config.ts';
import type { Hearing, Translating } from '../../engines/engine.ts';
import type { Media } from '../../media/media-stream.ts';
import type { SignedUrls } from '../../media/published/urls.ts';
import type { MediaUrls } from '../../media/urls.ts';
import type { CaptureChannel, Database } from '../../store/tables.ts';
import type { Webhooks } from '../alerts/alerts.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Running } from '../running.ts';

/** Everything that the routes need of the other parts; whoever serves the routes hands it over. */

/** How far a long call is, 0–100. */
export type Progress = (percentage: number) => void;

export interface Published {
  /**
   * Makes a video of everything that is recorded of a stopped stream, with captions, chapters and thumbnails, and its row in `videos`.
   * Throws `ApiError` 400 when nothing is recorded.
   */
  exportStream(wish: { readonly streamId: string; readonly name: string; readonly progress: Progress }): Promise<string>;
  /** Adds lines, words and passages to a video that was never heard; a `force`d one is heard again. */
  transcribe(wish: {
    readonly videoId: string;
    readonly language: string | null;
    readonly force: boolean;
    readonly progress: Progress;
  }): Promise<void>;
  /** A copy of the video with its captions in the picture; answers the URL of its playlist. */
  burnCaptions(wish: {
    readonly videoId: string;
    /** `https://host` as the caller reaches this gateway. */
    readonly base: string;
    /** As asked for, e.g. `{font_size: 24}`. */
    readonly style: Readonly<Record<string, unknown>>;
    readonly progress: Progress;
  }): Promise<string>;
  /** Scenes, objects, actions and a timeline of a video by a prompt; the rows go to `video_scenes` under `indexId`. */
  analyse(wish: {
    readonly videoId: string;
    readonly indexId: string;
    readonly prompt: string;
    readonly tier: string;
    readonly progress: Progress;
  }): Promise<Readonly<Record<string, unknown>>>;
  /** A picture of the video. Null: there is none. */
  thumbnailUrl(base: string, videoId: string): string | null;
  /** Files of a video whose row is about to go. */
  removeFiles(videoId: string): Promise<void>;
}

export interface SearchScope {
  readonly collectionId?: string;
  readonly streamId?: string;
  readonly videoId?: string;
  /** One index alone. */
  readonly indexId?: string;
  /** What was said, what was seen, or both when absent. */
  readonly source?: 'transcript' | 'scene';
  /** Live streams (Unix ms) or videos (ms from the beginning). */
  readonly of: 'streams' | 'videos';
}

export interface SearchLimits {
  readonly results: number;
  /** 0–1; what scores less is left out. */
  readonly score: number;
  /** Left out too: what scores less than the best minus this part of the range, in percent. Null = no such rule. */
  readonly dynamicPercent: number | null;
  /** `semantic`: by meaning where a model exists; `keyword`: by words alone. */
  readonly mode: 'semantic' | 'keyword';
  /** Each must be equal in the passage's metadata. */
  readonly filter: readonly Readonly<Record<string, unknown>>[];
}

export interface SearchHit {
  readonly streamId: string | null;
  readonly videoId: string | null;
  readonly indexId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** 0–1 */
  readonly score: number;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Search {
  /** Best first. */
  search(scope: SearchScope, query: string, limits: SearchLimits): Promise<readonly SearchHit[]>;
  /** Makes the lines of a video findable. */
  indexSpokenWords(videoId: string): Promise<void>;
}

export interface ChannelUrls {
  /** `ws(s)://…` with all authority in it, for a caller who reaches this gateway at `base` (`http(s)://host`). */
  socketUrl(base: string, caller: { readonly origin: string | null; readonly userId: string | null }): Promise<string>;
}

export interface CaptureSessions {
  /** Answers the session's id. */
  create(wish: {
    readonly collectionId: string;
    readonly endUserId: string;
    readonly callbackUrl: string | null;
    readonly wsConnectionIds: readonly string[];
    readonly metadata: Readonly<Record<string, unknown>>;
  }): Promise<string>;
  /** The recorder begins: a stream is made for each channel. Throws `ApiError` 4xx for one that cannot. */
  start(wish: {
    readonly sessionId: string;
    readonly channels: readonly CaptureChannel[];
    readonly wsConnectionIds: readonly string[];
    readonly callbackUrl: string | null;
  }): Promise<void>;
  stop(sessionId: string): Promise<void>;
  /** Begins an export once; asked again while it runs it does nothing. State is in the row. */
  export(wish: {
    readonly sessionId: string;
    readonly videoChannelId: string | null;
    readonly wsConnectionId: string | null;
  }): Promise<void>;
  /** Where the sound or picture of a channel is sent, as the caller reaches this gateway. */
  publishUrl(base: string, sessionId: string, channelId: string): string;
}

export interface RtstreamDeps {
  readonly config: Config;
  readonly auth: Auth;
  readonly database: Database;
  readonly running: Running;
  readonly urls: Pick<SignedUrls, keyof MediaUrls | 'download'>;
  readonly published: Published;
  readonly search: Search;
  readonly channels: ChannelUrls;
  readonly webhooks: Webhooks;
  readonly capture: CaptureSessions;
  readonly media: Media;
  /** Who listens: what it does not hear is refused when it is asked for, not when it is spoken. */
  readonly hear: Pick<Hearing, 'languages'>;
  /** Who translates, null = nobody: pairs that it has not are refused likewise. */
  readonly translate: Pick<Translating, 'pairs'> | null;
  readonly jobs: Jobs;
  /** How long a call waits for its work before it tells where the outcome will be. Default: 15 s. */
  readonly patienceMs?: number;
  readonly log: Logger;
}
