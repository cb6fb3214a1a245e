import { nothingUploaded, type CaptureChannelId, type CaptureDownlink, type CaptureEnd, type UploadProgress } from './capture.ts';
import type { ErrorFacts } from './errors.ts';

/** A capture as it stands, and the pure function that carries it on. */

/** A picture that can be shown while it is captured; the page's own are MediaStreams. */
export interface LivePicture {
  readonly id: string;
  readonly active: boolean;
}

export interface CapturedChannel {
  readonly channel: CaptureChannelId;
  /** Of the device or of what is shared; may be empty. */
  readonly label: string;
  /** As MediaRecorder names it. */
  readonly mime: string;
  readonly state: 'recording' | CaptureEnd;
  /** Id of its stream on the gateway, once it is known. */
  readonly stream: string | null;
}

/** A device that was wished for and is not there. */
export interface CaptureRefusal {
  readonly channel: CaptureChannelId;
  readonly error: ErrorFacts;
}

export interface CaptureState {
  /** `asking`: the browser asks its user; `stopping`: what is recorded is still on its way. */
  readonly phase: 'idle' | 'asking' | 'recording' | 'paused' | 'stopping' | 'stopped' | 'error';
  readonly sessionId: string | null;
  readonly channels: readonly CapturedChannel[];
  readonly refusals: readonly CaptureRefusal[];
  /** Recorded before `since`, pauses left out, ms. */
  readonly recordedMs: number;
  /** Unix ms since when it records without a pause; null = it does not right now. */
  readonly since: number | null;
  readonly link: 'connecting' | 'up' | 'lost';
  /** When `lost`. */
  readonly retryInMs: number | null;
  readonly reconnects: number;
  readonly upload: UploadProgress;
  readonly pictures: Readonly<Record<'camera' | 'screen', LivePicture | null>>;
  /** Why `phase` is `error`, else null. */
  readonly error: ErrorFacts | null;
  /** A complaint that did not end it; the newest only. */
  readonly notice: ErrorFacts | null;
}

export const idleCapture: CaptureState = {
  phase: 'idle',
  sessionId: null,
  channels: [],
  refusals: [],
  recordedMs: 0,
  since: null,
  link: 'connecting',
  retryInMs: null,
  reconnects: 0,
  upload: nothingUploaded,
  pictures: { camera: null, screen: null },
  error: null,
  notice: null,
};

export type CaptureEvent =
  | { readonly type: 'asking' }
  | {
      readonly type: 'opened';
      readonly channels: readonly Pick<CapturedChannel, 'channel' | 'label' | 'mime'>[];
      readonly refusals: readonly CaptureRefusal[];
      readonly pictures: CaptureState['pictures'];
      readonly atMs: number;
    }
  | { readonly type: 'paused'; readonly paused: boolean; readonly atMs: number }
  | { readonly type: 'stopping'; readonly atMs: number }
  | { readonly type: 'ended'; readonly channel: CaptureChannelId; readonly reason: CaptureEnd }
  | { readonly type: 'failed'; readonly error: ErrorFacts; readonly atMs: number }
  | { readonly type: 'downlink'; readonly event: CaptureDownlink };

/** `recordedMs` up to now, ms; what a clock shows. */
export const elapsedMs = ({ recordedMs, since }: Pick<CaptureState, 'recordedMs' | 'since'>, nowMs: number): number =>
  recordedMs + (since === null ? 0 : Math.max(0, nowMs - since));

export function stepCapture(state: CaptureState, event: CaptureEvent): CaptureState {
  switch (event.type) {
    case 'asking':
      return { ...idleCapture, phase: 'asking' };
    case 'opened': {
      const channels = event.channels.map((channel) => ({ ...channel, state: 'recording' as const, stream: null }));
      const { refusals, pictures, atMs } = event;
      return { ...state, phase: 'recording', channels, refusals, pictures, since: atMs };
    }
    case 'paused':
      if (state.phase !== (event.paused ? 'recording' : 'paused')) return state;
      return {
        ...halted(state, event.atMs),
        phase: event.paused ? 'paused' : 'recording',
        since: event.paused ? null : event.atMs,
      };
    case 'stopping':
      return over(state) ? state : { ...halted(state, event.atMs), phase: 'stopping', pictures: idleCapture.pictures };
    case 'ended': {
      const { channel: ended, reason } = event;
      const channels = state.channels.map((each) => (each.channel === ended ? { ...each, state: reason } : each));
      const pictures = ended === 'camera' || ended === 'screen' ? { ...state.pictures, [ended]: null } : state.pictures;
      return { ...state, channels, pictures };
    }
    case 'failed':
      return { ...halted(state, event.atMs), phase: 'error', error: event.error, pictures: idleCapture.pictures };
    case 'downlink':
      return heard(state, event.event);
  }
}

const over = ({ phase }: CaptureState): boolean => phase === 'stopping' || phase === 'stopped' || phase === 'error';

const halted = (state: CaptureState, atMs: number): CaptureState => ({
  ...state,
  recordedMs: elapsedMs(state, atMs),
  since: null,
});

function heard(state: CaptureState, event: CaptureDownlink): CaptureState {
  switch (event.type) {
    case 'ready': {
      const channels = state.channels.map((each) => ({ ...each, stream: event.streams[each.channel] ?? each.stream }));
      return { ...state, link: 'up', retryInMs: null, sessionId: event.sessionId, channels };
    }
    case 'lost':
      return { ...state, link: 'lost', retryInMs: event.retryInMs, reconnects: state.reconnects + 1 };
    case 'progress':
      return { ...state, upload: event.progress };
    case 'complaint':
      return { ...state, notice: event.error };
    case 'halt':
      return state;
    case 'stopped':
      return { ...state, phase: 'stopped', upload: { ...state.upload, bufferedMs: 0, bufferedBytes: 0 } };
  }
}
