import type { Downlink, HistoryEntry } from '../../shared/wire.ts';
import { bound } from './bound.ts';
import { text, type ServerEvent } from './events.ts';

/** Places of items in the conversation; items that nobody sees are stepped over. */

const KEPT = 1024;
/** Replayed entries go by this and their number; the session knows them already. */
const PAST = 'past_';

export class ItemOrder {
  /** Where each item stands, if it is seen, or what to take in its place, if it is not. */
  readonly #seen = new Map<string, string | null>();
  readonly #unseen = new Map<string, string | null>();
  #last: string | null = null;

  /** The ids of a past that is told again. */
  replay(entries: readonly HistoryEntry[]): void {
    entries.forEach(({ id }, index) => this.#unseen.set(`${PAST}${index}`, id ?? null));
  }

  /** What an event says about places. */
  read(event: ServerEvent): readonly Downlink[] {
    if (event.type === 'input_audio_buffer.committed') return this.#place(event.item_id, event.previous_item_id, 'user');
    if (event.type === 'conversation.item.deleted') return [{ type: 'item-removed', itemId: event.item_id }];
    if (event.type !== 'conversation.item.added' && event.type !== 'conversation.item.done') return [];
    const role = (['user', 'assistant', 'system'] as const).find((known) => known === text(event.item['role'])) ?? null;
    return this.#place(event.item.id, event.previous_item_id, role);
  }

  #place(id: string, previous: string | null | undefined, role: 'user' | 'assistant' | 'system' | null): readonly Downlink[] {
    const known = this.#seen.has(id) || this.#unseen.has(id);
    if (previous === undefined && known) return [];
    const before = previous === undefined ? this.#last : previous;
    if (before === this.#last) this.#last = id;
    if (id.startsWith(PAST)) return [];
    const after = before === null ? null : (this.#unseen.get(before) ?? (this.#unseen.has(before) ? null : before));
    if (role === null) {
      bound(this.#unseen.set(id, after), KEPT);
      return [];
    }
    if (this.#seen.get(id) === after) return [];
    bound(this.#seen.set(id, after), KEPT);
    return [{ type: 'item', itemId: id, after, role }];
  }
}
