import { textFrame } from '../../http/sockets.ts';
import { noticeText, topicsOf } from './envelope.ts';
import type { Topic } from './envelope.ts';
import type { Notice } from './notices.ts';

/** The notices that were told last, as they are on the wire: many who come back at once are answered without the database. */

export interface Framed {
  readonly id: number;
  readonly topics: readonly Topic[];
  readonly frame: Buffer;
}

export const framed = (notice: Notice): Framed => ({
  ...{ id: notice.id, topics: topicsOf(notice), frame: textFrame(noticeText(notice)) },
});

export class RecentNotices {
  readonly #most: number;
  #kept: Framed[] = [];
  /** Everything after this id is here. */
  #from: number;

  constructor(from: number, most = 1000) {
    this.#from = from;
    this.#most = most;
  }

  /** In order of `id`. */
  add(notice: Framed): void {
    this.#kept.push(notice);
    // Now and then instead of every time: moving them all costs more than to keep a few.
    if (this.#kept.length > this.#most * 1.25) {
      this.#kept = this.#kept.slice(-this.#most);
      this.#from = (this.#kept[0]?.id ?? this.#from + 1) - 1;
    }
  }

  /** Nothing after `id` is missing. */
  has(id: number): boolean {
    return id >= this.#from;
  }

  after(id: number): readonly Framed[] {
    const first = this.#kept.findIndex((notice) => notice.id > id);
    return first === -1 ? [] : this.#kept.slice(first);
  }
}
