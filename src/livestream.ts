/** Livestream tasks for programs, in a page or in Node: `viva-voce/livestream`. Importing it has no side effect. */

export type { AccessToken, TokenProvider, TokenReason } from './protocols/access-tokens.ts';
export type { UploadOptions } from './protocols/livestream/calls.ts';
export {
  LivestreamClient,
  type FollowOptions,
  type LivestreamOptions,
  type PublicListOptions,
  type TaskListOptions,
} from './protocols/livestream/client.ts';
export type {
  FramePicture,
  ManuscriptFacts,
  ManuscriptFrame,
  PlaybackFacts,
  ProgressFacts,
  PromptFacts,
} from './protocols/livestream/codec-made.ts';
export type { Notice, OtherNotice, RoomNotice, TaskNotice } from './protocols/livestream/codec-notices.ts';
export type { Done, PublicTaskFacts, StatsFacts, Status, TaskFacts, TaskPage } from './protocols/livestream/codec-tasks.ts';
export {
  login,
  loginTokens,
  type Credential,
  type Login,
  type LoginOptions,
  type LoginTokensOptions,
} from './protocols/livestream/login.ts';
export type { NoticesConnected, NotificationMessage } from './protocols/livestream/notifications.ts';
export type { CreateTask, PastTask } from './protocols/livestream/wishes.ts';
export type { CallOptions } from './protocols/settled.ts';
export type { SocketConstructor, SocketLike } from './protocols/socket.ts';
export { AssistantError, type ErrorCode, type ErrorFacts } from './shared/errors.ts';
