import type { Logger } from 'pino';
import type { Peer } from '../../http/sockets.ts';
import { frameText } from './frame-text.ts';
import type { KeptFrame } from './kept-frames.ts';

/** One channel socket: its greeting, what it missed, and then what is published, in the order of the numbers. */

export interface SubscriberParts {
  readonly log: Logger;
  /** First frame, with `connection_id`. */
  readonly hello: Readonly<Record<string, unknown>>;
  /** The highest number given so far. */
  readonly nowSeq: number;
  /** What is older is not kept. */
  readonly oldestMs: number;
  /** Frames kept of one reader. */
  readonly mostKept: number;
  /** What it wants to hear again; null = nothing. */
  readonly missed: { readonly since: number; after(seq: number, most: number): Promise<readonly KeptFrame[]> } | null;
}

/** Frames that may be published while it is told what it missed. */
const MOST_HELD = 2000;
const REPLAY_AT_ONCE = 100;

export class Subscriber {
  readonly #peer: Peer;
  /** Published while what was missed is told; null = it hears at once. */
  #held: { readonly seq: number; readonly text: Buffer }[] | null = null;

  constructor(peer: Peer, parts: SubscriberParts) {
    this.#peer = peer;
    const { hello, nowSeq, missed } = parts;
    const facts = { ...hello, seq: nowSeq, server_now: Date.now() };
    if (missed === null) {
      peer.tell(JSON.stringify(facts));
      return;
    }
    this.#held = [];
    this.#replay(facts, missed, parts).catch((cause: unknown) => {
      parts.log.error({ err: cause }, 'frames could not be read for replay');
      peer.close(1011, 'What you missed cannot be read now.');
    });
  }

  tell(seq: number, text: Buffer, interim: boolean): void {
    if (this.#held === null) this.#peer.tell(text, interim);
    else if (!interim) {
      this.#held.push({ seq, text });
      if (this.#held.length > MOST_HELD) this.#peer.close(1013, 'You read too slowly; come again.');
    }
  }

  /** Nothing new, but still here. */
  beat(): void {
    this.#peer.tell(JSON.stringify({ heartbeat: true, server_now: Date.now() }), true);
  }

  close(code: number, reason: string): void {
    this.#peer.close(code, reason);
  }

  async #replay(
    facts: Readonly<Record<string, unknown>>,
    missed: NonNullable<SubscriberParts['missed']>,
    { oldestMs, mostKept }: SubscriberParts,
  ): Promise<void> {
    const { since, after } = missed;
    const found = await after(since, mostKept);
    // Numbers follow the clock, so an old one tells that frames may have been thrown away since.
    const complete = found.length < mostKept && since >= oldestMs;
    this.#peer.tell(JSON.stringify({ ...facts, replay: { since, frames: found.length, complete } }));
    let last = since;
    for (const [at, { seq, body }] of found.entries()) {
      if (!this.#peer.open) return;
      if (at % REPLAY_AT_ONCE === 0) await this.#peer.drained();
      this.#peer.tell(frameText(body, seq, Date.now(), true));
      last = seq;
    }
    for (const { seq, text } of this.#held ?? []) if (seq > last) this.#peer.tell(text);
    this.#held = null;
  }
}
