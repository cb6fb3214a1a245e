import { RealtimeFault } from './errors.ts';
import { itemBytes, withoutSound } from './items.ts';
import type { Item } from './items.ts';

/** The items of one conversation in order; old sound is let go before it becomes too much. */

export interface ConversationLimits {
  readonly items: number;
  /** Of everything: text, pictures and sound. */
  readonly bytes: number;
}

export class Conversation {
  readonly #limits: ConversationLimits;
  readonly #items: Item[] = [];
  #bytes = 0;
  #version = 0;

  constructor(limits: ConversationLimits) {
    this.#limits = limits;
  }

  /** Changes whenever an item does. */
  get version(): number {
    return this.#version;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  get lastId(): string | null {
    return this.#items.at(-1)?.id ?? null;
  }

  find(id: string): Item | null {
    return this.#items.find((item) => item.id === id) ?? null;
  }

  /** Throws `code` for an item that is not here. */
  get(id: string, param = 'item_id', code = 'item_not_found'): Item {
    const item = this.find(id);
    if (item !== null) return item;
    throw new RealtimeFault(code, `There is no item '${id.slice(0, 80)}' in the conversation.`, param);
  }

  /**
   * `after` absent = at the end, `root` = at the front. Returns the id of the item before it, null when it is first. Throws when that
   * item is unknown, when the id is taken, or when the conversation is full.
   */
  insert(item: Item, after?: string | null): string | null {
    if (this.find(item.id) !== null) {
      throw new RealtimeFault('item_id_taken', `There is an item '${item.id.slice(0, 80)}' already.`, 'item.id');
    }
    const at = this.#placeAfter(after ?? null);
    const bytes = itemBytes(item);
    this.#makeRoom(bytes);
    if (this.#items.length >= this.#limits.items || this.#bytes + bytes > this.#limits.bytes) {
      throw new RealtimeFault('conversation_full', 'The conversation is full; delete items or begin a new session.', 'item');
    }
    this.#items.splice(at, 0, item);
    this.#bytes += bytes;
    this.#version++;
    return this.#items[at - 1]?.id ?? null;
  }

  /** Null also for an item that is not (or no longer) here. */
  previousOf(id: string): string | null {
    return this.#items[this.#items.findIndex((item) => item.id === id) - 1]?.id ?? null;
  }

  /** Puts a changed item in the place of the one with its id; an item that was deleted meanwhile stays deleted. */
  replace(item: Item): void {
    const at = this.#items.findIndex((other) => other.id === item.id);
    const old = this.#items[at];
    if (old === undefined) return;
    this.#items[at] = item;
    this.#bytes += itemBytes(item) - itemBytes(old);
    this.#version++;
    this.#makeRoom(0);
  }

  delete(id: string): void {
    const item = this.get(id);
    this.#items.splice(this.#items.indexOf(item), 1);
    this.#bytes -= itemBytes(item);
    this.#version++;
  }

  #placeAfter(id: string | null): number {
    if (id === null) return this.#items.length;
    if (id === 'root') return 0;
    const at = this.#items.findIndex((item) => item.id === id);
    if (at >= 0) return at + 1;
    throw new RealtimeFault('item_not_found', `There is no item '${id.slice(0, 80)}' to insert after.`, 'previous_item_id');
  }

  #makeRoom(bytes: number): void {
    for (let i = 0; i < this.#items.length && this.#bytes + bytes > this.#limits.bytes; i++) {
      const item = this.#items[i];
      if (item === undefined) continue;
      const light = withoutSound(item);
      this.#bytes += itemBytes(light) - itemBytes(item);
      this.#items[i] = light;
    }
  }
}
