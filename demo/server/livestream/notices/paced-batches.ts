import type { Observable, Subscription } from 'rxjs';
import { batches } from './batch.ts';
import type { Batch } from './batch.ts';
import type { Topic } from './envelope.ts';
import type { Notice } from './notices.ts';
import { framed } from './recent-notices.ts';
import type { Framed, RecentNotices } from './recent-notices.ts';

/** Telling many: at once while there is little to tell, in fewer and larger batches the longer it takes to tell one. */

/** So many times as long as a batch took is left to everything else. */
const REST = 4;
const MOST_REST_MS = 250;

/** `tell` is called for each topic that is in a batch. Each notice is in `recent` before it is told. */
export function pacedBatches(
  told$: Observable<Notice>,
  recent: RecentNotices,
  tell: (batch: Batch, topic: Topic) => void,
): Subscription {
  let waiting: Framed[] = [];
  let next: NodeJS.Timeout | null = null;
  const work = (): void => {
    next = null;
    if (waiting.length === 0) return;
    const begun = performance.now();
    const all = waiting;
    waiting = [];
    for (const [topic, batch] of batches(all)) tell(batch, topic);
    next = setTimeout(work, Math.min(MOST_REST_MS, REST * (performance.now() - begun)));
  };
  const subscription = told$.subscribe((notice) => {
    const one = framed(notice);
    recent.add(one);
    waiting.push(one);
    // What was read together is told together.
    next ??= setTimeout(work, 0);
  });
  subscription.add(() => {
    if (next !== null) clearTimeout(next);
  });
  return subscription;
}
