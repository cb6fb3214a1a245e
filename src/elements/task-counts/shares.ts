import type { TaskStats, TaskStatus } from '../../session/tasks.ts';
import { statuses } from '../tasks/task-hash.ts';

/** How wide each status is in the bar. Pure. */

export interface Share {
  readonly status: TaskStatus;
  readonly count: number;
  /** Where it begins and how wide it is, 0–100 of the bar. */
  readonly from: number;
  readonly width: number;
}

/** Whatever there is at all is seen, be it one of 10 000. */
const LEAST = 1.5;

/** Those that are not 0, in the order of a task's life; together 100. */
export function shares(stats: TaskStats): readonly Share[] {
  const there = statuses.map((status) => ({ status, count: Math.max(0, stats[status]) })).filter(({ count }) => count > 0);
  const total = there.reduce((sum, { count }) => sum + count, 0);
  const wide = there.map(({ count }) => Math.max(LEAST, (count / total) * 100));
  // What the small ones got is taken from those that have more than the least.
  const excess = wide.reduce((sum, width) => sum + width, 0) - 100;
  const spare = wide.reduce((sum, width) => sum + (width - LEAST), 0);
  let from = 0;
  return there.map((each, index) => {
    const own = wide[index] ?? 0;
    const width = spare > 0 ? own - (excess * (own - LEAST)) / spare : 100 / there.length;
    const share = { ...each, from, width };
    from += width;
    return share;
  });
}
