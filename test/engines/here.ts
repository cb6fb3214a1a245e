import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { readConfig } from '../../demo/server/config.ts';
import { libvosk, voskSpanish, type WeightPackage } from '../../demo/server/engines/weights-table.ts';
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

/** Vosk's folders. Throws where it is not built for the machine. */
export async function spanishHere(): Promise<{ readonly model: string; readonly library: string }> {
  const built = libvosk(process.platform, process.arch);
  if (built === null) throw new Error(`Vosk is not built for ${process.platform} ${process.arch}: Spanish cannot be tested here`);
  const [model = '', library = ''] = await ensureWeights(readConfig(process.env, 0).modelsDir, [voskSpanish, built]);
  return { model, library };
}

export interface Clip {
  readonly id: string;
  /** BCP 47 */
  readonly language: string;
  readonly text: string;
  readonly pcm: Int16Array;
}

/** Of the fixtures: `speech` is English, `languages` English and Spanish. */
export async function recordedSpeech(name: 'speech' | 'languages' = 'speech'): Promise<readonly Clip[]> {
  const folder = new URL(`../fixtures/${name}/`, import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8')) as readonly {
    id: string;
    file: string;
    language: string;
    text: string;
  }[];
  return Promise.all(
    manifest.map(async ({ id, file, language, text }) => ({
      id,
      language,
      text,
      pcm: readWav(await readFile(new URL(file, folder))).pcm,
    })),
  );
}

export function joined(parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

/** By linear interpolation: good enough to be heard again. */
export function at16k({ pcm, rate }: { readonly pcm: Int16Array; readonly rate: number }): Int16Array {
  return Int16Array.from({ length: Math.floor((pcm.length * RATE) / rate) }, (_, at) => {
    const place = (at * rate) / RATE;
    const [low, share] = [Math.floor(place), place % 1];
    return Math.round((pcm[low] ?? 0) * (1 - share) + (pcm[low + 1] ?? 0) * share);
  });
}
