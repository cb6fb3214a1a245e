import { createHash } from 'node:crypto';
import { severityOf } from '../../../../src/protocols/rtstream/codec-severity.ts';
import type { ChannelFrame } from '../channels/frame.ts';
import type { EventMatch, NewScene } from '../scene.ts';

/** An alert that fired, in the words of the socket (ms) and of the webhook (seconds); spec §4, §5 and the seed. Pure. */

export interface Hit {
  /** `event-<hex>`: the id of the event, then of this occurrence. */
  readonly id: string;
  readonly alertId: string;
  readonly indexId: string;
  readonly streamId: string;
  readonly streamName: string;
  readonly sceneId: number;
  readonly event: { readonly id: string; readonly prompt: string; readonly label: string };
  readonly confidence: number;
  readonly explanation: string;
  /** Unix ms */
  readonly startMs: number;
  readonly endMs: number;
  readonly detectedMs: number;
  /** A clip around it, and the page that plays it. */
  readonly streamUrl: string;
  readonly playerUrl: string;
}

/** The same scene of the same alert has the same id, however often it is looked at. */
export function hitId(eventId: string, alertId: string, sceneId: number): string {
  const occurrence = createHash('sha256').update(`${alertId} ${sceneId}`).digest('hex').slice(0, 16);
  return `event-${eventId.toLowerCase().replace(/[^0-9a-f]/g, '')}${occurrence}`;
}

/** Shown before and after what was seen, ms. */
const AROUND_MS = 2000;

export const clipAround = ({
  startMs,
  endMs,
}: Pick<NewScene, 'startMs' | 'endMs'>): readonly [startMs: number, endMs: number] => [
  startMs - AROUND_MS,
  Math.max(endMs, startMs) + AROUND_MS,
];

/** 0–1, whatever a model answered. */
export const confidenceOf = ({ confidence }: Pick<EventMatch, 'confidence'>): number =>
  Number.isFinite(confidence) ? Math.min(1, Math.max(0, confidence)) : 0;

const wordsOf = ({ explanation, event }: Hit): string => (explanation === '' ? event.prompt : explanation);

export function alertFrame(hit: Hit): ChannelFrame {
  const { event, startMs } = hit;
  return {
    channel: 'alert',
    rtstream_id: hit.streamId,
    rtstream_name: hit.streamName,
    id: hit.id,
    data: {
      id: hit.id,
      alert_id: hit.alertId,
      event_id: event.id,
      label: event.label,
      event_label: event.label,
      triggered: true,
      confidence: hit.confidence,
      text: wordsOf(hit),
      explanation: wordsOf(hit),
      event_prompt: event.prompt,
      severity: severityOf(event.label, event.prompt),
      start: startMs,
      end: hit.endMs,
      timestamp: startMs,
      detected_at: hit.detectedMs,
      rtstream_index_id: hit.indexId,
      scene_id: hit.sceneId,
      stream_url: hit.streamUrl,
      player_url: hit.playerUrl,
    },
  };
}

export function alertPayload(hit: Hit): Readonly<Record<string, unknown>> {
  const { event } = hit;
  return {
    event_id: hit.id,
    label: event.label,
    confidence: hit.confidence,
    explanation: wordsOf(hit),
    timestamp: new Date(hit.detectedMs).toISOString(),
    start_time: hit.startMs / 1000,
    end_time: hit.endMs / 1000,
    stream_url: hit.streamUrl,
    player_url: hit.playerUrl,
    severity: severityOf(event.label, event.prompt),
    event_prompt: event.prompt,
    rtstream_id: hit.streamId,
    rtstream_name: hit.streamName,
    rtstream_index_id: hit.indexId,
    alert_id: hit.alertId,
    scene_id: hit.sceneId,
  };
}
