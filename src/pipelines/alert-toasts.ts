import { severityRank, type Alert } from './alert-store.ts';

/** Which alerts pop up: the worst first, few at once, not too fast, and each long enough to be read. A pure queue: its holder says what time it is. */

export interface Toast {
  readonly alert: Alert;
  /** Page's clock, Unix ms. */
  readonly shownAtMs: number;
  readonly untilMs: number;
  /** Others that came in the meantime and are in the list only. */
  readonly more: number;
}

export interface ToastQueue {
  readonly shown: readonly Toast[];
  readonly waiting: readonly Alert[];
  /** Waited too long or were too many; they are in the list. */
  readonly skipped: number;
  readonly lastShownMs: number;
  /** The pointer or the focus is on them: nothing leaves. */
  readonly heldSinceMs: number | null;
}

export const noToasts: ToastQueue = { shown: [], waiting: [], skipped: 0, lastShownMs: -Infinity, heldSinceMs: null };

const MOST_SHOWN = 3;
const MOST_WAITING = 20;
/** Between two that are not critical, ms. */
const APART_MS = 1_200;
/** How long each stays, ms. */
const STAYS_MS = { info: 6_000, warning: 9_000, critical: 20_000 } as const;

export function offer(queue: ToastQueue, alert: Alert, nowMs: number): ToastQueue {
  if (queue.shown.some((toast) => toast.alert.id === alert.id) || queue.waiting.some(({ id }) => id === alert.id)) return queue;
  const waiting = [...queue.waiting, alert].sort((one, other) => severityRank(other.severity) - severityRank(one.severity));
  const skipped = queue.skipped + Math.max(0, waiting.length - MOST_WAITING);
  return advance({ ...queue, waiting: waiting.slice(0, MOST_WAITING), skipped }, nowMs);
}

/** What has been read leaves, what waits comes. */
export function advance(queue: ToastQueue, nowMs: number): ToastQueue {
  const held = queue.heldSinceMs !== null;
  let shown = held ? queue.shown : queue.shown.filter(({ untilMs }) => untilMs > nowMs);
  let { waiting, skipped, lastShownMs } = queue;
  for (;;) {
    const [next] = waiting;
    if (next === undefined) break;
    const critical = next.severity === 'critical';
    if (!critical && nowMs - lastShownMs < APART_MS) break;
    if (shown.length >= MOST_SHOWN) {
      // Only what is worse takes a place.
      const least = [...shown].sort((one, other) => severityRank(one.alert.severity) - severityRank(other.alert.severity))[0];
      if (least === undefined || severityRank(least.alert.severity) >= severityRank(next.severity)) break;
      shown = shown.filter((toast) => toast !== least);
    }
    shown = [...shown, { alert: next, shownAtMs: nowMs, untilMs: nowMs + STAYS_MS[next.severity], more: skipped }];
    waiting = waiting.slice(1);
    skipped = 0;
    lastShownMs = nowMs;
  }
  const same = shown.length === queue.shown.length && waiting === queue.waiting;
  return same ? queue : { ...queue, shown, waiting, skipped, lastShownMs };
}

export function dismiss(queue: ToastQueue, id: string, nowMs: number): ToastQueue {
  const shown = queue.shown.filter(({ alert }) => alert.id !== id);
  const waiting = queue.waiting.filter((alert) => alert.id !== id);
  return advance({ ...queue, shown, waiting }, nowMs);
}

/** While held nothing leaves; afterwards everything stays as much longer. */
export function hold(queue: ToastQueue, held: boolean, nowMs: number): ToastQueue {
  if (held === (queue.heldSinceMs !== null)) return queue;
  if (held) return { ...queue, heldSinceMs: nowMs };
  const longerMs = nowMs - (queue.heldSinceMs ?? nowMs);
  const shown = queue.shown.map((toast) => ({ ...toast, untilMs: toast.untilMs + longerMs }));
  return advance({ ...queue, shown, heldSinceMs: null }, nowMs);
}

/** When `advance` would change something; null = not by itself. */
export function nextToastMs(queue: ToastQueue): number | null {
  if (queue.heldSinceMs !== null) return null;
  const leaves = Math.min(...queue.shown.map(({ untilMs }) => untilMs));
  const comes = queue.waiting.length > 0 && queue.shown.length < MOST_SHOWN ? queue.lastShownMs + APART_MS : Infinity;
  const next = Math.min(leaves, comes);
  return next === Infinity ? null : next;
}
