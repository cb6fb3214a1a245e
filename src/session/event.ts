import type { PlaybackCommand, PlaybackEvent } from '../../worklets/messages.ts';
import type { Closed, Lost } from '../pipelines/reconnect.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import type { Downlink, Uplink } from '../shared/wire.ts';
import type { Command } from './command.ts';

/** Everything that can happen to a session, whoever it comes from. */
export type SessionEvent =
  | Command
  | Downlink
  | Lost
  | Closed
  /** A connection is being tried. */
  | { readonly type: 'connecting' }
  | { readonly type: 'microphone'; readonly state: 'off' | 'asking' | 'live' }
  | { readonly type: 'microphone-failed'; readonly error: ErrorFacts; readonly terminal: boolean }
  | { readonly type: 'playback'; readonly event: PlaybackEvent }
  /** What this page's own detector says of the microphone. */
  | { readonly type: 'activity'; readonly activity: 'maybe' | 'speech' | 'silence' }
  /** 200 ms went by without the confirmation that a duck waits for. */
  | { readonly type: 'unconfirmed' }
  /** The playback worklet did not answer a flush. */
  | { readonly type: 'flush-unanswered'; readonly id: number }
  /** Nobody has said anything for too long. */
  | { readonly type: 'idle' }
  /** The session will expire soon (`force`: in a moment). */
  | { readonly type: 'handover-due'; readonly force: boolean }
  | { readonly type: 'tool-ended'; readonly callId: string; readonly output: string }
  | { readonly type: 'failed'; readonly error: ErrorFacts };

/** What a step of the session sets in motion. */
export type Effect =
  | { readonly to: 'wire'; readonly uplink: Uplink }
  | { readonly to: 'speaker'; readonly command: PlaybackCommand }
  /** `event` happens `afterMs` later, unless another one of the same `key` is set in motion meanwhile; null cancels. */
  | { readonly to: 'later'; readonly key: string; readonly afterMs: number; readonly event: SessionEvent | null }
  | { readonly to: 'tool'; readonly callId: string; readonly name: string; readonly input: string }
  /** Leave this connection for a fresh one. */
  | { readonly to: 'handover' };
