import type { Logger } from 'pino';
import type { Engines } from '../engines/engine.ts';
import type { Conversation } from './conversation.ts';
import type { ServerEvent } from './dialect.ts';
import type { RealtimeMetrics } from './metrics.ts';
import type { SessionConfig } from './session-config.ts';

/** What the parts of one session share. */
export interface SessionContext {
  readonly engines: Engines;
  readonly conversation: Conversation;
  readonly conversationId: string;
  /** Words of audio items as the engines heard them, whether the client sees them or not. */
  readonly heard: Map<string, string>;
  /** Items whose words are still being recognised. */
  readonly hearing: Map<string, Promise<unknown>>;
  readonly log: Logger;
  readonly metrics: RealtimeMetrics;
  readonly config: () => SessionConfig;
  /** GA shape, without `event_id`. */
  readonly emit: (event: ServerEvent) => void;
  readonly newId: (prefix: string) => string;
  /** Resolves while the socket takes more. */
  readonly drained: () => Promise<void>;
}
