import type { AlertSeverity } from '../../shared/stream-feed.ts';
import { firstText, isObject, list, number, object, requiredText, text, timeMs, translations } from './codec-fields.ts';
import type { Json } from './codec-fields.ts';
import { sceneId } from './codec.ts';
import { severityOf } from './codec-severity.ts';
import type { TranscriptState } from './stream-options.ts';

/** What was heard, seen and noticed, as the HTTP routes answer it, field by field; seconds become ms here. */

export interface TimedWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface TranscriptLine {
  /** Null: the server names none. */
  readonly id: string | null;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** BCP 47 */
  readonly language: string | null;
  readonly words: readonly TimedWord[];
  readonly translations: Readonly<Record<string, string>>;
}

export function readTranscriptState(value: unknown): TranscriptState {
  const told = object(value);
  const pairs = told['translations'];
  return {
    status: text(told['status']) ?? '',
    engine: text(told['engine']),
    language: text(told['language']),
    translateTo: list(told['translate_to']).flatMap((one) => text(one) ?? []),
    translations: isObject(pairs)
      ? Object.fromEntries(Object.entries(pairs).map(([from, to]) => [from, list(to).flatMap((one) => text(one) ?? [])]))
      : null,
  };
}

export function readLine(value: unknown): TranscriptLine {
  const told = object(value);
  const startMs = timeMs(told['start']) ?? 0;
  return {
    id: firstText(told['id'], told['line']),
    text: text(told['text']) ?? '',
    startMs,
    endMs: Math.max(startMs, timeMs(told['end']) ?? startMs),
    language: text(told['language']),
    words: list(told['word_timestamps']).map(readWord),
    translations: translations(told['translations']),
  };
}

export function readWord(value: unknown): TimedWord {
  const told = object(value);
  const startMs = timeMs(told['start']) ?? 0;
  return { text: firstText(told['text'], told['word']) ?? '', startMs, endMs: Math.max(startMs, timeMs(told['end']) ?? startMs) };
}

export interface Scene {
  readonly id: string | null;
  readonly text: string;
  /** The parsed answer, where the prompt asked for JSON. */
  readonly data: unknown;
  readonly metadata: Json;
  readonly startMs: number;
  readonly endMs: number;
}

export function readScene(value: unknown): Scene {
  const told = object(value);
  const startMs = timeMs(told['start']) ?? 0;
  return {
    id: sceneId(told['id']),
    // `scene['text']` in the seed, `description` from the real server (spec §3).
    text: firstText(told['text'], told['description']) ?? '',
    data: told['data'] ?? null,
    metadata: object(told['metadata']),
    startMs,
    endMs: Math.max(startMs, timeMs(told['end']) ?? startMs),
  };
}

export interface EventFacts {
  readonly id: string;
  readonly label: string;
  readonly prompt: string;
}

export const readEvent = (value: unknown): EventFacts => {
  const told = object(value);
  return {
    id: requiredText(firstText(told['event_id'], told['id']), 'event_id'),
    label: text(told['label']) ?? '',
    prompt: firstText(told['event_prompt'], told['prompt']) ?? '',
  };
};

export interface AlertFacts {
  readonly id: string;
  readonly eventId: string;
  readonly label: string;
  readonly prompt: string;
  readonly callbackUrl: string;
  readonly enabled: boolean;
}

export const readAlert = (value: unknown): AlertFacts => {
  const told = object(value);
  return {
    id: requiredText(firstText(told['alert_id'], told['id']), 'alert_id'),
    eventId: text(told['event_id']) ?? '',
    label: text(told['label']) ?? '',
    prompt: text(told['prompt']) ?? '',
    callbackUrl: text(told['callback_url']) ?? '',
    enabled: told['status'] !== 'disabled',
  };
};

/** An alert that fired. */
export interface AlertHit {
  /** What receivers deduplicate by. */
  readonly id: string;
  readonly alertId: string | null;
  readonly indexId: string | null;
  readonly label: string;
  readonly text: string;
  readonly severity: AlertSeverity;
  readonly confidence: number | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly streamUrl: string | null;
  readonly playerUrl: string | null;
}

export function readAlertHit(value: unknown): AlertHit {
  const told = object(value);
  const label = firstText(told['label'], told['event_label']) ?? '';
  const words = firstText(told['explanation'], told['text']) ?? '';
  const startMs = timeMs(firstText(told['start'], told['start_time'])) ?? 0;
  return {
    id: requiredText(firstText(told['event_id'], told['id']), 'event_id'),
    alertId: text(told['alert_id']),
    indexId: firstText(told['rtstream_index_id'], told['index_id']),
    label,
    text: words,
    severity: severityOf(label, firstText(told['event_prompt']) ?? words, told['severity']),
    confidence: number(told['confidence']),
    startMs,
    endMs: Math.max(startMs, timeMs(firstText(told['end'], told['end_time'])) ?? startMs),
    streamUrl: text(told['stream_url']),
    playerUrl: text(told['player_url']),
  };
}
