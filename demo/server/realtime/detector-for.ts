import { WINDOW } from './activity-feed.ts';
import { silenceToWaitMs } from './end-of-thought.ts';
import { ENGINE_RATE } from './input-buffer.ts';
import type { TurnDetection } from './session-config.ts';
import { TurnDetector } from './turn-detector.ts';

/** The turn detector that a session's `turn_detection` asks for. */

const PER_MS = ENGINE_RATE / 1000;
const SEMANTIC_THRESHOLD = 0.5;

export function newDetector(detection: TurnDetection): TurnDetector {
  const server = detection.type === 'server_vad' ? detection : null;
  const threshold = server?.threshold ?? SEMANTIC_THRESHOLD;
  // Long enough that pauses between words do not count, short enough that the answer is there when the turn is over.
  const probableMs = Math.min(160, Math.max(64, (server?.silence_duration_ms ?? 500) * 0.4));
  return new TurnDetector({ threshold, probableSamples: probableMs * PER_MS }, endAfter(detection, null));
}

/** Silence that ends the turn, in samples, given the words so far. */
export function endAfter(detection: TurnDetection, text: string | null): number {
  const ms = detection.type === 'server_vad' ? detection.silence_duration_ms : silenceToWaitMs(text, detection.eagerness);
  return Math.max(WINDOW, ms * PER_MS);
}
