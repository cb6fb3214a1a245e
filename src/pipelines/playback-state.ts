import type { ErrorFacts } from '../shared/errors.ts';
import type { CaptionRendition, PictureQuality, PlayedFragment, PlayerEvent } from '../shared/player-event.ts';
import type { StreamStatus } from '../shared/stream-feed.ts';

/** What is known of the picture, changed in one pure function by what its engine, its element and its stream tell. */

export interface PlaybackState {
  /** `idle`: nothing to play. */
  readonly engine: 'idle' | 'loading' | 'hls' | 'native' | 'file';
  readonly live: boolean;
  readonly fragments: readonly PlayedFragment[];
  readonly qualities: readonly PictureQuality[];
  /** Index of what is loaded now. */
  readonly quality: number | null;
  readonly automatic: boolean;
  readonly renditions: readonly CaptionRendition[];
  readonly firstTimestampS: number;
  /** Nothing new comes although the stream goes on. */
  readonly sourcePaused: boolean;
  readonly recovering: boolean;
  readonly retrying: { readonly inMs: number; readonly error: ErrorFacts } | null;
  readonly failed: ErrorFacts | null;
  /** What the stream says of itself, null = nobody follows it. */
  readonly stream: { readonly state: StreamStatus['state']; readonly message: string | null } | null;
  /** The feed of captions and alerts. */
  readonly feed: 'none' | 'connecting' | 'connected' | 'reconnecting';
}

export const nothingPlayed: PlaybackState = {
  engine: 'idle',
  live: false,
  fragments: [],
  qualities: [],
  quality: null,
  automatic: true,
  renditions: [],
  firstTimestampS: 0,
  sourcePaused: false,
  recovering: false,
  retrying: null,
  failed: null,
  stream: null,
  feed: 'none',
};

export function withPlayerEvent(state: PlaybackState, event: PlayerEvent): PlaybackState {
  switch (event.type) {
    case 'attached':
      return { ...state, engine: event.engine, failed: null };
    case 'timeline':
      return { ...state, live: event.live, fragments: event.fragments };
    case 'qualities':
      return { ...state, qualities: event.qualities };
    case 'quality':
      return { ...state, quality: event.index, automatic: event.automatic };
    case 'renditions':
      return { ...state, renditions: event.captions };
    case 'first-timestamp':
      return { ...state, firstTimestampS: event.seconds };
    case 'source-paused':
      return { ...state, sourcePaused: true };
    case 'recovered':
      return { ...state, sourcePaused: false, recovering: false, retrying: null, failed: null };
    case 'recovering':
      return { ...state, recovering: true };
    case 'retrying':
      return { ...state, retrying: { inMs: event.inMs, error: event.error } };
    case 'failed':
      return { ...state, failed: event.error, retrying: null, recovering: false };
  }
}

/** As much of a `<video>` as decides what is shown. */
export interface ElementFacts {
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean;
  /** HTMLMediaElement.readyState */
  readonly ready: number;
  /** It shows the newest picture there is. */
  readonly atEdge: boolean;
}

/** What the viewer is told; the first that holds. */
export type PlaybackPhase =
  'empty' | 'failed' | 'offline' | 'retrying' | 'source-paused' | 'ended' | 'loading' | 'paused' | 'buffering' | 'playing';

export function phaseOf(state: PlaybackState, element: ElementFacts, online: boolean): PlaybackPhase {
  if (state.engine === 'idle') return 'empty';
  if (state.failed !== null) return 'failed';
  if (state.retrying !== null) return online ? 'retrying' : 'offline';
  if (element.ended) return 'ended';
  if ((state.sourcePaused || awayOf(state)) && (element.atEdge || element.ready < 3)) return 'source-paused';
  if (element.ready < 2 && !element.paused) return state.fragments.length === 0 ? 'loading' : 'buffering';
  if (element.paused) return 'paused';
  return element.ready < 3 || element.seeking ? 'buffering' : 'playing';
}

/** The stream itself says that nothing comes. */
const awayOf = ({ live, stream }: PlaybackState): boolean =>
  live && (stream?.state === 'retrying' || stream?.state === 'waiting' || stream?.state === 'stopped');

/** How far behind the newest picture counts as live, s: what an engine keeps by itself, and a viewer's eye forgives. */
export const LIVE_WITHIN_S = 12;
