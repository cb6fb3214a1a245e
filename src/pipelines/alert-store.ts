import type { AlertSeverity, StreamAlert } from '../shared/stream-feed.ts';
import { isDate } from './playback-time.ts';

/** Alerts of a stream: each once, in the order of the picture's clock, with what the viewer has seen of them and does not want to see. */

export type Alert = Omit<StreamAlert, 'type'>;

/** So many are kept, the newest by their time. */
export const MOST_ALERTS = 5_000;
/** Ids that were let go are still known for what they are: a replay must not bring them back. */
const MOST_REMEMBERED = 20_000;
const MOST_LABELS = 200;

export class AlertStore {
  readonly #list: Alert[] = [];
  readonly #known = new Set<string>();
  readonly #acknowledged = new Set<string>();
  readonly #muted = new Set<string>();
  readonly #labels = new Map<string, number>();
  #version = 0;
  /** Null = to be counted anew. */
  #unread: number | null = null;

  /** Oldest first; the same array always, `version` tells of changes. */
  get list(): readonly Alert[] {
    return this.#list;
  }

  get version(): number {
    return this.#version;
  }

  /** Neither acknowledged nor of a muted label. */
  get unread(): number {
    if (this.#unread !== null) return this.#unread;
    let unread = 0;
    for (const { id, label } of this.#list) if (!this.#acknowledged.has(id) && !this.#muted.has(label)) unread += 1;
    this.#unread = unread;
    return unread;
  }

  /** Label → how many there were of it, the most first. */
  get labels(): readonly { readonly label: string; readonly count: number }[] {
    return [...this.#labels].map(([label, count]) => ({ label, count })).sort((one, other) => other.count - one.count);
  }

  get muted(): ReadonlySet<string> {
    return this.#muted;
  }

  /** False = it was there before, whatever it says now, or its time is no time. */
  add(alert: Alert): boolean {
    if (this.#known.has(alert.id) || !isDate(alert.startMs)) return false;
    this.#known.add(alert.id);
    if (this.#known.size > MOST_REMEMBERED) this.#forgetOldest();
    const place = this.lastStarted(alert.startMs) + 1;
    this.#list.splice(place, 0, alert);
    if (this.#labels.has(alert.label) || this.#labels.size < MOST_LABELS)
      this.#labels.set(alert.label, (this.#labels.get(alert.label) ?? 0) + 1);
    if (this.#list.length > MOST_ALERTS)
      for (const { id } of this.#list.splice(0, MOST_ALERTS / 50)) this.#acknowledged.delete(id);
    this.#changed();
    return true;
  }

  acknowledge(id: string): void {
    if (!this.#known.has(id) || this.#acknowledged.has(id)) return;
    this.#acknowledged.add(id);
    this.#changed();
  }

  acknowledgeAll(): void {
    for (const { id } of this.#list) this.#acknowledged.add(id);
    this.#changed();
  }

  isAcknowledged(id: string): boolean {
    return this.#acknowledged.has(id);
  }

  /** Alerts of the label are kept, listed when asked for, and never shown by themselves. */
  mute(label: string, muted: boolean): void {
    if (this.#muted.has(label) === muted) return;
    if (muted) this.#muted.add(label);
    else this.#muted.delete(label);
    this.#changed();
  }

  isMuted(label: string): boolean {
    return this.#muted.has(label);
  }

  clear(): void {
    this.#list.length = 0;
    this.#known.clear();
    this.#acknowledged.clear();
    this.#labels.clear();
    this.#changed();
  }

  /** Index of the last alert that begins at or before the date; −1 when none does. */
  lastStarted(dateMs: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#list[middle]!.startMs <= dateMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Those with `fromMs < startMs ≤ toMs`: what the picture has passed meanwhile. */
  between(fromMs: number, toMs: number): readonly Alert[] {
    return toMs <= fromMs ? [] : this.#list.slice(this.lastStarted(fromMs) + 1, this.lastStarted(toMs) + 1);
  }

  /** The nearest alert before or after the date that is not muted; null = there is none. */
  neighbour(dateMs: number, direction: 1 | -1): Alert | null {
    const last = this.lastStarted(dateMs);
    for (let index = direction > 0 ? last + 1 : last; index >= 0 && index < this.#list.length; index += direction) {
      const alert = this.#list[index]!;
      if (!this.#muted.has(alert.label) && alert.startMs !== dateMs) return alert;
    }
    return null;
  }

  #forgetOldest(): void {
    const kept = new Set(this.#list.map(({ id }) => id));
    for (const id of this.#known) {
      if (this.#known.size <= MOST_REMEMBERED * 0.9) break;
      if (!kept.has(id)) this.#known.delete(id);
    }
  }

  #changed(): void {
    this.#version += 1;
    this.#unread = null;
  }
}

/** The worse, the higher. */
export const severityRank = (severity: AlertSeverity): number => ['info', 'warning', 'critical'].indexOf(severity);
