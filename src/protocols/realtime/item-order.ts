import type { Downlink, HistoryEntry } from '../../shared/wire.ts';
import { text, type ServerEvent } from './events.ts';

/** Places of items in the conversation, in the ids that the session knows; items that nobody sees are stepped over. */

/** Longest item id that OpenAI accepts. */
const LONGEST_ID = 32;
const KEPT = 1024;

export class ItemOrder {
  /** Items that are not shown, and what stands before them: undefined = an entry the session gave no id for. */
  readonly #hidden = new Map<string, string | null | undefined>();
  readonly #placed = new Map<string, string | null>();
  readonly #ours = new Map<string, string>();
  #last: string | null = null;

  /** The id to send for one of the session's own; it comes back as it was. */
  toWire(id: string): string {
    const wire = id.length > LONGEST_ID ? id.replaceAll('-', '').slice(-LONGEST_ID) : id;
    if (wire !== id) remember(this.#ours, wire, id);
    return wire;
  }

  toSession(id: string): string {
    return this.#ours.get(id) ?? id;
  }

  /** Replayed entries are known to the session already. */
  replayed(entries: readonly HistoryEntry[]): void {
    entries.forEach((entry, index) => {
      remember(this.#hidden, `past_${index}`, entry.id);
    });
  }

  /** What an event says about places. */
  read(event: ServerEvent): readonly Downlink[] {
    if (event.type === 'input_audio_buffer.committed') return this.#place(event.item_id, event.previous_item_id, 'user');
    if (event.type === 'conversation.item.deleted') return [{ type: 'item-removed', itemId: this.toSession(event.item_id) }];
    if (event.type !== 'conversation.item.added' && event.type !== 'conversation.item.done') return [];
    const role = (['user', 'assistant', 'system'] as const).find((known) => known === text(event.item['role'])) ?? null;
    return this.#place(event.item.id, event.previous_item_id, role);
  }

  #place(id: string, previous: string | null | undefined, role: 'user' | 'assistant' | 'system' | null): readonly Downlink[] {
    if (previous === undefined && (this.#placed.has(id) || this.#hidden.has(id))) return [];
    let after: string | null | undefined = previous === undefined ? this.#last : previous;
    if (previous === undefined || previous === this.#last) this.#last = id;
    if (this.#hidden.has(id) && id.startsWith('past_')) return [];
    for (let steps = 0; typeof after === 'string' && this.#hidden.has(after) && steps < KEPT; steps += 1) {
      const replayed = after.startsWith('past_');
      after = this.#hidden.get(after);
      if (replayed) break;
    }
    if (role === null) {
      remember(this.#hidden, id, after);
      return [];
    }
    const known = after === undefined || after === null ? null : this.toSession(after);
    if (this.#placed.get(id) === known) return [];
    remember(this.#placed, id, known);
    return [{ type: 'item', itemId: this.toSession(id), after: known, role }];
  }
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= KEPT) break;
    map.delete(oldest);
  }
}
