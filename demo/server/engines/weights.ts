import { join } from 'node:path';
import type { WeightPackage } from './weights-table.ts';
import type { FetchOptions } from './weights/fetch.ts';
import { checkManifest } from './weights/manifest.ts';

/** The weights of the embedded engines on this machine: fetched once, checked at every start. */

export type WeightsOptions = FetchOptions;

/**
 * Sees to it that each package's files are in `modelsDir` and resolves to their folders, in the same order. Safe for several processes at
 * once. Rejects with WeightsError, which says what to do.
 */
export async function ensureWeights(
  modelsDir: string,
  wanted: readonly WeightPackage[],
  options: WeightsOptions = {},
): Promise<readonly string[]> {
  const folders = wanted.map(({ id }) => join(modelsDir, id));
  const present = await Promise.all(wanted.map(({ integrity }, index) => checkManifest(folders[index] ?? '', integrity)));
  const missing = wanted.filter((_, index) => present[index] === false);
  if (missing.length > 0) {
    // The code that fetches is not loaded by the many starts that need none of it.
    const { fetchWeights } = await import('./weights/fetch.ts');
    await fetchWeights(modelsDir, missing, options);
  }
  return folders;
}
