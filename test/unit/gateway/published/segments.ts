import type { EpochFacts, Recording, Segment } from '../../../../demo/server/media/recording.ts';
import { fixedRecording } from '../../../gateway/published-recording.ts';

/** Made-up recordings for tests of what is planned over them. */

export const START_MS = Date.UTC(2026, 10, 20, 9, 0, 0);

export interface Run {
  readonly count: number;
  /** Unix ms */
  readonly startMs: number;
  readonly decodeS?: number;
  readonly durationMs?: number;
}

/** One epoch a run. */
export function segmentsOf(...runs: readonly Run[]): readonly Segment[] {
  const segments: Segment[] = [];
  runs.forEach(({ count, startMs, decodeS = 0, durationMs = 2000 }, epoch) => {
    for (let index = 0; index < count; index++) {
      const sequence = segments.length;
      segments.push({
        ...{ sequence, epoch, file: `s${sequence}.m4s`, init: `i${epoch}.mp4`, durationMs, bytes: 250_000 },
        startMs: startMs + index * durationMs,
        decodeS: decodeS + (index * durationMs) / 1000,
      });
    }
  });
  return segments;
}

export const facts = (epoch: number, change: Partial<EpochFacts> = {}): EpochFacts => ({
  ...{ epoch, codecs: 'avc1.64001f,mp4a.40.2', width: 1280, height: 720, hasAudio: true, hasVideo: true },
  ...change,
});

export const recordingOf = (segments: readonly Segment[]): Recording => fixedRecording('/nowhere', segments, [facts(0)]);
