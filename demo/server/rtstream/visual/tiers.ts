import type { SeeDepth } from '../../engines/engine.ts';

/** The four depths of a visual index, by the name a caller gives. */

export type Tier = SeeDepth;

export interface TierPlan {
  readonly tier: Tier;
  /** Which of a window's changed frames are looked at: the last one, or each. */
  readonly frames: 'key' | 'changed';
}

export const TIERS: Readonly<Record<Tier, TierPlan>> = {
  mini: { tier: 'mini', frames: 'key' },
  basic: { tier: 'basic', frames: 'key' },
  pro: { tier: 'pro', frames: 'changed' },
  ultra: { tier: 'ultra', frames: 'changed' },
};

/** `model_name` is none of the four. */
class UnknownTierError extends Error {
  override readonly name = 'UnknownTierError';
  readonly field = 'model_name';
}

/** Absent = `basic`. Throws UnknownTierError. */
export function tierPlan(modelName: string | null | undefined): TierPlan {
  if (modelName === null || modelName === undefined || modelName === '') return TIERS.basic;
  const plan = Object.values(TIERS).find(({ tier }) => tier === modelName);
  if (plan !== undefined) return plan;
  throw new UnknownTierError(`model_name must be one of ${Object.keys(TIERS).join(', ')}, not "${modelName.slice(0, 40)}"`);
}
