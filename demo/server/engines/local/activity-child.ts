import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onnxTensors } from './activity/onnx-tensors.ts';
import { Silero, SileroMemory, WINDOW_SAMPLES } from './activity/silero.ts';
import { serveChild } from './child.ts';

/** The process that runs Silero for all streams. */

export interface ActivityArguments {
  readonly stream: number;
  /** Forget what was heard before. */
  readonly fresh: boolean;
  /** Whole windows, 16 kHz mono. */
  readonly windows: Int16Array;
}

/** Silence judged at start, so that the loops are compiled before the first speaker. */
const WARM_WINDOWS = 100;

serveChild(async ({ weights }: { readonly weights: string }) => {
  const silero = new Silero(onnxTensors(await readFile(join(weights, 'silero_vad_v5.onnx'))));
  const memories = new Map<number, SileroMemory>();
  const window = new Float32Array(WINDOW_SAMPLES);
  const warming = new SileroMemory();
  for (let index = 0; index < WARM_WINDOWS; index++) silero.probability(window, warming);

  return {
    judge: ({ stream, fresh, windows }: ActivityArguments) => {
      const memory = fresh ? new SileroMemory() : (memories.get(stream) ?? new SileroMemory());
      memories.set(stream, memory);
      const probabilities = new Float32Array(windows.length / WINDOW_SAMPLES);
      for (let index = 0; index < probabilities.length; index++) {
        for (let at = 0; at < WINDOW_SAMPLES; at++) window[at] = (windows[index * WINDOW_SAMPLES + at] as number) / 32_768;
        probabilities[index] = silero.probability(window, memory);
      }
      return probabilities;
    },
    forget: (stream: number) => {
      memories.delete(stream);
    },
  };
});
