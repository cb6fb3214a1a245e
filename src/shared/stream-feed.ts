import type { Observable } from 'rxjs';
import type { AssistantError } from './errors.ts';

/** What is told about a stream or a recording while it is watched, whatever protocol brought it. Times are Unix ms on the picture's clock. */

export interface StreamCaption {
  readonly type: 'caption';
  /** The newest event with this id replaces the others. */
  readonly id: string;
  readonly text: string;
  readonly final: boolean;
  /** BCP 47 */
  readonly language: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface StreamCaptionTranslation {
  readonly type: 'caption-translation';
  /** Of the caption. */
  readonly id: string;
  readonly language: string;
  readonly text: string;
}

export type AlertSeverity = 'info' | 'warning' | 'critical';

export interface StreamAlert {
  readonly type: 'alert';
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly severity: AlertSeverity;
  /** 0–1, null = not told. */
  readonly confidence: number | null;
  readonly startMs: number;
  readonly endMs: number;
  /** When it reached this page; source time and arrival are shown apart. */
  readonly arrivedMs: number;
}

export interface StreamScene {
  readonly type: 'scene';
  readonly id: string;
  readonly kind: 'visual' | 'audio';
  readonly index: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** How the stream itself is doing. */
export interface StreamStatus {
  readonly type: 'status';
  readonly state: 'stopped' | 'connecting' | 'waiting' | 'live' | 'retrying' | 'ended' | 'failed';
  readonly message: string | null;
}

export type StreamFeedEvent =
  | StreamCaption
  | StreamCaptionTranslation
  | StreamAlert
  | StreamScene
  | StreamStatus
  | { readonly type: 'connected' }
  | { readonly type: 'reconnecting'; readonly inMs: number; readonly error: AssistantError }
  | { readonly type: 'noted'; readonly what: string; readonly count: number };

/** Cold: subscribing connects, unsubscribing hangs up; what was missed in between is told again after a reconnect. */
export type StreamFeed = Observable<StreamFeedEvent>;
