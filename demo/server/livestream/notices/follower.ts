import type { Logger } from 'pino';
import type { FramedPeer } from '../../http/sockets.ts';
import { joined } from './batch.ts';
import type { Batch } from './batch.ts';
import type { KeptNotices } from './create-notices.ts';
import type { Topic } from './envelope.ts';
import { framed } from './recent-notices.ts';
import type { Framed, RecentNotices } from './recent-notices.ts';

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
  readonly #peer: FramedPeer;
  readonly #parts: FollowerParts;
  #greeted = false;
  /** Up to here everything was told; null = what was missed is being told. */
  #told: number | null = null;

  constructor(peer: FramedPeer, parts: FollowerParts) {
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
      this.#tellAll(recent.after(since));
      this.#told = notices.lastId;
    } else {
      this.#replay(since).catch((cause: unknown) => {
        parts.log.error({ err: cause }, 'notices could not be read for replay');
        peer.close(1011, 'What you missed cannot be read now.');
      });
    }
  }

  /** What is told to all who follow the same; some of it may be known here. */
  tell({ notices, first, last, frames }: Batch): void {
    const told = this.#told;
    if (told === null || last <= told) return;
    this.#told = last;
    this.#peer.tellFrames(first > told ? frames : joined(notices.filter(({ id }) => id > told)));
  }

  /** What is kept nowhere. */
  pass(text: Buffer, replaceable: boolean): void {
    if (this.#greeted) this.#peer.tell(text, replaceable);
  }

  #greet(replay: { readonly since: number; readonly complete: boolean } | null): void {
    this.#peer.tell(this.#parts.greeting(replay));
    this.#greeted = true;
  }

  #tellAll(notices: readonly Framed[]): void {
    const wanted = notices.filter(({ topics }) => topics.includes(this.#parts.topic));
    if (wanted.length > 0) this.#peer.tellFrames(joined(wanted));
  }

  async #replay(since: number): Promise<void> {
    const { notices } = this.#parts;
    const oldest = await notices.oldestId();
    this.#greet({ since, complete: isComplete(since, oldest, notices.lastId) });
    let last = since;
    // What is told to the others meanwhile is in the database too: it is read there until nothing is left.
    do {
      await this.#peer.drained();
      if (!this.#peer.open) return;
      const found = await notices.since(last, REPLAY_AT_ONCE);
      this.#tellAll(found.map(framed));
      last = found.at(-1)?.id ?? Math.max(last, notices.lastId);
    } while (last < notices.lastId);
    this.#told = last;
  }
}

/** Nothing after `since` was thrown away. Pure. */
export const isComplete = (since: number, oldest: number | null, last: number): boolean =>
  since >= (oldest === null ? last : oldest - 1);
