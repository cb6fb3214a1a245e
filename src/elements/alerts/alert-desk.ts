import { BehaviorSubject } from 'rxjs';
import { landing } from '../../pipelines/alert-landing.ts';
import { AlertStore, type Alert } from '../../pipelines/alert-store.ts';
import { advance, dismiss, hold, nextToastMs, noToasts, offer, type ToastQueue } from '../../pipelines/alert-toasts.ts';
import type { Behavior } from '../../shared/behavior.ts';

/** The alerts of one stream as several elements show them: the store, the toasts, and where the picture is. */

/** Where alerts can be seen: a player. */
export interface AlertPlace {
  /** Its time as people read it. */
  timeText(dateMs: number): string;
  canSeek(dateMs: number): boolean;
  seek(dateMs: number): void;
  /** Null = there is no live edge to go to, or it is there. */
  readonly toLive: (() => void) | null;
}

/** Before an alert's own time, ms: nobody wants to see what follows only. */
export const BEFORE_MS = 2_000;
/** What is told so long after it was, is history, ms. */
const NEWS_MS = 60_000;
const MOST_LATER = 100;
const MUTED_SUFFIX = ':muted';

export class AlertDesk {
  readonly store = new AlertStore();
  readonly #changes = new BehaviorSubject(0);
  /** A number that changes with anything that is shown. */
  readonly changes: Behavior<number> = this.#changes;
  place: AlertPlace | null = null;
  /** False = the page does not want this one to pop up. */
  announce: (alert: Alert) => boolean = () => true;
  #queue: ToastQueue = noToasts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Wait for the picture. */
  #later: Alert[] = [];
  #storageKey = '';
  readonly #openedMs = Date.now();

  get toasts(): ToastQueue {
    return this.#queue;
  }

  /** `pictureMs`: what is on the screen by its clock, null = nothing is. */
  take(alert: Alert, { pictureMs, live, recorded }: { pictureMs: number | null; live: boolean; recorded: boolean }): void {
    if (!this.store.add(alert)) return;
    // What happened before anybody watched is in the list, and no news.
    if (!recorded && alert.endMs < this.#openedMs - NEWS_MS) this.store.acknowledge(alert.id);
    const when = landing(alert, pictureMs, live, recorded);
    if (when === 'now') this.popUp(alert);
    if (when === 'later') this.#later = [...this.#later, alert].slice(-MOST_LATER);
    this.#tell();
  }

  /** Alerts that were there before anybody looked: in the list, without a toast. */
  list(alerts: readonly Alert[]): void {
    for (const alert of alerts) if (this.store.add(alert)) this.store.acknowledge(alert.id);
    this.#tell();
  }

  /** The picture is at `pictureMs`: what waited for it pops up. */
  reached(pictureMs: number): void {
    if (this.#later.length === 0) return;
    const due = this.#later.filter(({ startMs }) => startMs <= pictureMs);
    if (due.length === 0) return;
    this.#later = this.#later.filter(({ startMs }) => startMs > pictureMs);
    for (const alert of due) this.popUp(alert);
  }

  /** A recording went from one date to the other by playing: its alerts on the way pop up. */
  passed(fromMs: number, toMs: number): void {
    for (const alert of this.store.between(fromMs, toMs)) if (!this.store.isAcknowledged(alert.id)) this.popUp(alert);
  }

  /** When the picture reaches the next alert that waits, ms of its clock; null = none waits. */
  get nextLaterMs(): number | null {
    return this.#later.length === 0 ? null : Math.min(...this.#later.map(({ startMs }) => startMs));
  }

  popUp(alert: Alert): void {
    if (this.store.isMuted(alert.label) || !this.announce(alert)) return;
    this.#toasts(offer(this.#queue, alert, Date.now()));
  }

  see(alert: Alert): void {
    this.place?.seek(alert.startMs - BEFORE_MS);
    this.acknowledge(alert.id);
  }

  acknowledge(id: string): void {
    this.store.acknowledge(id);
    this.#toasts(dismiss(this.#queue, id, Date.now()));
    this.#tell();
  }

  acknowledgeAll(): void {
    this.store.acknowledgeAll();
    this.#toasts(noToasts);
    this.#tell();
  }

  dismiss(id: string): void {
    this.#toasts(dismiss(this.#queue, id, Date.now()));
  }

  hold(held: boolean): void {
    this.#toasts(hold(this.#queue, held, Date.now()));
  }

  mute(label: string, muted: boolean): void {
    this.store.mute(label, muted);
    for (const { alert } of muted ? this.#queue.shown : []) if (alert.label === label) this.dismiss(alert.id);
    this.#keep();
    this.#tell();
  }

  /** Muted labels are kept under the key; empty: nowhere. */
  remember(storageKey: string): void {
    this.#storageKey = storageKey;
    for (const label of readMuted(storageKey)) this.store.mute(label, true);
  }

  clear(): void {
    this.store.clear();
    this.#later = [];
    this.#toasts(noToasts);
    this.#tell();
  }

  /** What is shown depends on the picture too. */
  refresh(): void {
    this.#tell();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #toasts(queue: ToastQueue): void {
    if (queue === this.#queue) return;
    this.#queue = queue;
    clearTimeout(this.#timer);
    const next = nextToastMs(queue);
    if (next !== null)
      this.#timer = setTimeout(() => this.#toasts(advance(this.#queue, Date.now())), Math.max(20, next - Date.now()));
    this.#tell();
  }

  #tell(): void {
    this.#changes.next(this.#changes.value + 1);
  }

  #keep(): void {
    if (this.#storageKey === '') return;
    try {
      localStorage.setItem(this.#storageKey + MUTED_SUFFIX, JSON.stringify([...this.store.muted].slice(0, 50)));
    } catch {
      // A browser that keeps nothing: muted for as long as the page is there.
      return;
    }
  }
}

function readMuted(storageKey: string): readonly string[] {
  if (storageKey === '') return [];
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey + MUTED_SUFFIX) ?? '[]');
    return Array.isArray(kept) ? kept.filter((label): label is string => typeof label === 'string').slice(0, 50) : [];
  } catch {
    // Another script's value, or storage that says no: nothing was muted.
    return [];
  }
}
