/** The interpreter's wire for programs, in a page or in Node: `viva-voce/rtvt`. Importing it has no side effect. */

export type {
  ClosedEvent,
  ConnectedEvent,
  RecognizedEvent,
  ResultEvent,
  SendErrorEvent,
  TranslatedEvent,
  TtsEvent,
} from './protocols/rtvt/client-events.ts';
export { RtvtClient, type CreateStreamOptions, type RtvtClientOptions } from './protocols/rtvt/client.ts';
export { RTVT_CODE, RtvtError } from './protocols/rtvt/messages-errors.ts';
export type {
  InterpreterProtocol,
  RtvtOptions,
  RtvtToken,
  RtvtTokenProvider,
  RtvtTokenReason,
} from './protocols/rtvt/options.ts';
export { rtvt } from './protocols/rtvt/rtvt.ts';
export type { SocketConstructor, SocketLike } from './protocols/socket.ts';
export { AssistantError, type ErrorCode, type ErrorFacts } from './shared/errors.ts';
export type {
  InterpreterDownlink,
  InterpreterLanguages,
  InterpreterUplink,
  SentenceEvent,
  StreamSettings,
} from './shared/interpretation.ts';
export { ms, samples, type Ms, type Samples } from './shared/time.ts';
