import type { ConfidentWord } from './growing.ts';

export function isSpanish({ spanish }: { english: string; spanish: readonly ConfidentWord[]; declared: string }): boolean {
  return spanish.reduce((s, w) => s + w.confidence, 0) / Math.max(1, spanish.length) > 0.77;
}
