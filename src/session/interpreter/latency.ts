import { ms } from '../../shared/time.ts';
import type { Latency } from '../state.ts';

/** How late the words were so far, with one more sentence; `tookMs` in ms. */
export function withTurn(before: Latency | null, tookMs: number): Latency {
  const turns = (before?.turns ?? 0) + 1;
  return { lastMs: ms(tookMs), meanMs: ms((before?.meanMs ?? 0) + (tookMs - (before?.meanMs ?? 0)) / turns), turns };
}
