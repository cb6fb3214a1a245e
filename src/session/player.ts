import type { Observable } from 'rxjs';
import type { PlayerCommand, PlayerEvent } from '../shared/player-event.ts';
import type { StreamFeed } from '../shared/stream-feed.ts';

/** What a player needs of the world, as elements see it: something that plays, something that tells of a stream, something that reads a file. */

/** Cold: subscribing attaches `src` to the page's video element, unsubscribing lets everything go. Never errors; failures are events. */
export type WatchPicture<Video> = (video: Video, src: string, commands$: Observable<PlayerCommand>) => Observable<PlayerEvent>;

/** The text of one file or of a playlist's files, in order. Errors with an `AssistantError`. */
export type ReadCaptionFile = (url: string) => Observable<TextFile>;

export interface TextFile {
  /** Absolute; what is named in the file is relative to it. */
  readonly url: string;
  readonly text: string;
}

export interface FeedOptions {
  /** `rts-…` or `m-…` */
  readonly streamId: string;
  /** Base URL of the gateway; null = where the script came from. */
  readonly endpoint: string | null;
  /** Answers a POST with a client token; null = the gateway's own page token. */
  readonly tokenUrl: string | null;
}

export type ConnectFeed = (options: FeedOptions) => StreamFeed;
