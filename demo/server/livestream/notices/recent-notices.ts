import { noticeText } from './envelope.ts';
import type { Notice } from './notices.ts';

/** The notices that were told last, as text: many who come back at once are answered without the database. */

export interface Recent {
  readonly notice: Notice;
  readonly text: Buffer;
}

export class RecentNotices {
  readonly #most: number;
  #kept: Recent[] = [];
  /** Everything after this id is here. */
  #from: number;

  constructor(from: number, most = 1000) {
    this.#from = from;
    this.#most = most;
  }

  /** In order of `id`. Returns its text. */
  add(notice: Notice): Buffer {
    const text = noticeText(notice);
    this.#kept.push({ notice, text });
    // Now and then instead of every time: moving them all costs more than to keep a few.
    if (this.#kept.length > this.#most * 1.25) {
      this.#kept = this.#kept.slice(-this.#most);
      this.#from = (this.#kept[0]?.notice.id ?? this.#from + 1) - 1;
    }
    return text;
  }

  /** Nothing after `id` is missing. */
  has(id: number): boolean {
    return id >= this.#from;
  }

  after(id: number): readonly Recent[] {
    const first = this.#kept.findIndex(({ notice }) => notice.id > id);
    return first === -1 ? [] : this.#kept.slice(first);
  }
}
