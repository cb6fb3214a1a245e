/** Streams, recordings and alerts for programs, in a page or in Node: `viva-voce/rtstream`. Importing it has no side effect. */

export type { AccessToken, TokenProvider, TokenReason } from './protocols/access-tokens.ts';
export { CaptureSession, type CaptureExport } from './protocols/rtstream/capture-session.ts';
export type { ChannelSocket } from './protocols/rtstream/channel-socket.ts';
export type { ChannelConnected, ChannelMessage } from './protocols/rtstream/channels.ts';
export type {
  AlertFrame,
  CaptureSessionFrame,
  SceneFrame,
  StreamStatusFrame,
  TranscriptFrame,
} from './protocols/rtstream/codec.ts';
export type {
  CaptureSessionFacts,
  CaptureStream,
  CollectionFacts,
  SceneIndexFacts,
  StreamFacts,
} from './protocols/rtstream/codec-streams.ts';
export type { AlertFacts, AlertHit, EventFacts, Scene, TimedWord, TranscriptLine } from './protocols/rtstream/codec-told.ts';
export type { UnderstandingFacts, UnderstandingIndexFacts } from './protocols/rtstream/codec-understanding.ts';
export type { Clip, ExportResult, ShotFacts, VideoFacts } from './protocols/rtstream/codec-videos.ts';
export {
  Collection,
  type ConnectRtstreamOptions,
  type CreateCaptureSessionOptions,
  type ListRtstreamsOptions,
} from './protocols/rtstream/collection.ts';
export { connect, Connection, type ConnectionOptions, type ListenOptions } from './protocols/rtstream/connection.ts';
export { streamFeed, type StreamFeedOptions } from './protocols/rtstream/feed.ts';
export type { Page } from './protocols/rtstream/pages.ts';
export type { LongCallOptions } from './protocols/rtstream/rest.ts';
export { SceneIndex } from './protocols/rtstream/scene-index.ts';
export type { SceneQuery } from './protocols/rtstream/scene-pages.ts';
export { SearchResult, Shot } from './protocols/rtstream/search-result.ts';
export type {
  Analyzer,
  AudioBatch,
  IndexAudioOptions,
  IndexOptions,
  IndexVisualsOptions,
  StartTranscriptOptions,
  StreamSearchOptions,
  TranscriptQuery,
  TranscriptState,
  UnderstandingOutput,
  UnderstandOptions,
  VisualBatch,
} from './protocols/rtstream/stream-options.ts';
export { RTStream } from './protocols/rtstream/stream.ts';
export { Understanding, UnderstandingIndex, type RecordQuery } from './protocols/rtstream/understanding.ts';
export { Video, type VideoScene, type VideoSearchOptions, type VideoTranscript } from './protocols/rtstream/video.ts';
export type { CreateAlertOptions } from './protocols/rtstream/watched-index.ts';
export type { CallOptions } from './protocols/settled.ts';
export type { SocketConstructor, SocketLike } from './protocols/socket.ts';
export { AssistantError, type ErrorCode, type ErrorFacts } from './shared/errors.ts';
export type {
  AlertSeverity,
  StreamAlert,
  StreamCaption,
  StreamCaptionTranslation,
  StreamFeed,
  StreamFeedEvent,
  StreamScene,
  StreamStatus,
} from './shared/stream-feed.ts';
