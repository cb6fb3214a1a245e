import type { CaptureChannelId } from '../../shared/capture.ts';
import type { CaptureState } from '../../session/recorder.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';

/** What `<viva-recorder>` tells the page. */

/** It began, paused, went on, stopped or failed. */
export class VivaRecorderChangeEvent extends Event {
  readonly phase: CaptureState['phase'];
  readonly previous: CaptureState['phase'];

  constructor(phase: CaptureState['phase'], previous: CaptureState['phase']) {
    super('viva-recorder-change', { bubbles: true, composed: true });
    this.phase = phase;
    this.previous = previous;
  }
}

/** Everything is stored. */
export class VivaRecordedEvent extends Event {
  /** `cap-…` */
  readonly sessionId: string;
  /** Id of each channel's stream. */
  readonly streams: Readonly<Partial<Record<CaptureChannelId, string>>>;
  /** ms, pauses left out. */
  readonly recordedMs: number;
  /** ms that were lost while there was no connection. */
  readonly droppedMs: number;

  constructor({ sessionId, channels, recordedMs, upload }: CaptureState) {
    super('viva-recorded', { bubbles: true, composed: true });
    this.sessionId = sessionId ?? '';
    this.streams = Object.fromEntries(channels.flatMap(({ channel, stream }) => (stream === null ? [] : [[channel, stream]])));
    this.recordedMs = Math.round(recordedMs);
    this.droppedMs = upload.droppedMs;
  }
}

/** What there is to tell when one state has followed another. */
export function eventsOf(before: CaptureState, state: CaptureState): readonly Event[] {
  const events: Event[] = [];
  if (state.phase !== before.phase) events.push(new VivaRecorderChangeEvent(state.phase, before.phase));
  const facts = state.error ?? state.notice;
  if (facts !== null && facts !== (before.error ?? before.notice)) events.push(failed(facts));
  if (state.phase === 'stopped' && before.phase !== 'stopped') events.push(new VivaRecordedEvent(state));
  return events;
}

export const failed = (facts: ErrorFacts): Event => new VivaErrorEvent(facts);

declare global {
  interface HTMLElementEventMap {
    'viva-recorder-change': VivaRecorderChangeEvent;
    'viva-recorded': VivaRecordedEvent;
  }
}
