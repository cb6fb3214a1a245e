import type { Logger } from 'pino';
import type { Peer } from '../../http/sockets.ts';
import type { KeptNotices } from './create-notices.ts';
import { noticeText, topicsOf } from './envelope.ts';
import type { Topic } from './envelope.ts';
import type { RecentNotices } from './recent-notices.ts';

/** One socket for notices: its greeting, what it missed, and then what is told, each once and in the order of the ids. */

export interface FollowerParts {
  readonly log: Logger;
  readonly notices: KeptNotices;
  readonly recent: RecentNotices;
  readonly topic: Topic;
  /** What comes after this id is wanted again; null = only what comes. */
  readonly since: number | null;
  /** First message. `complete`: false = some of what came after `since` is no longer kept. */
  greeting(replay: { readonly since: number; readonly complete: boolean } | null): Buffer;
}

const REPLAY_AT_ONCE = 500;

export class Follower {
  readonly #peer: Peer;
  readonly #parts: FollowerParts;
  #greeted = false;
  /** Up to here everything was told; null = what was missed is being told. */
  #told: number | null = null;

  constructor(peer: Peer, parts: FollowerParts) {
    this.#peer = peer;
    this.#parts = parts;
    const { since, notices, recent } = parts;
    if (since === null) {
      this.#greet(null);
      this.#told = notices.lastId;
    } else if (since > notices.lastId) {
      // Of another database, or everything since was thrown away.
      this.#greet({ since, complete: false });
      this.#told = notices.lastId;
    } else if (recent.has(since)) {
      this.#greet({ since, complete: true });
      for (const { notice, text } of recent.after(since)) if (topicsOf(notice).includes(parts.topic)) peer.tell(text);
      this.#told = notices.lastId;
    } else {
      this.#replay(since).catch((cause: unknown) => {
        parts.log.error({ err: cause }, 'notices could not be read for replay');
        peer.close(1011, 'What you missed cannot be read now.');
      });
    }
  }

  tell(id: number, text: Buffer): void {
    if (this.#told === null || id <= this.#told) return;
    this.#told = id;
    this.#peer.tell(text);
  }

  /** What is kept nowhere. */
  pass(text: Buffer, replaceable: boolean): void {
    if (this.#greeted) this.#peer.tell(text, replaceable);
  }

  #greet(replay: { readonly since: number; readonly complete: boolean } | null): void {
    this.#peer.tell(this.#parts.greeting(replay));
    this.#greeted = true;
  }

  async #replay(since: number): Promise<void> {
    const { notices, topic } = this.#parts;
    const oldest = await notices.oldestId();
    this.#greet({ since, complete: isComplete(since, oldest, notices.lastId) });
    let last = since;
    // What is told to the others meanwhile is in the database too: it is read there until nothing is left.
    do {
      await this.#peer.drained();
      if (!this.#peer.open) return;
      const found = await notices.since(last, REPLAY_AT_ONCE);
      for (const notice of found) if (topicsOf(notice).includes(topic)) this.#peer.tell(noticeText(notice));
      last = found.at(-1)?.id ?? Math.max(last, notices.lastId);
    } while (last < notices.lastId);
    this.#told = last;
  }
}

/** Nothing after `since` was thrown away. Pure. */
export const isComplete = (since: number, oldest: number | null, last: number): boolean =>
  since >= (oldest === null ? last : oldest - 1);
