import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import type { Auth } from '../../auth.ts';
import { createSockets } from '../../http/sockets.ts';
import type { SocketLimits, Sockets } from '../../http/sockets.ts';
import type { Database } from '../../store/tables.ts';
import { admit } from './admission.ts';
import type { Admission, Refusal } from './admission.ts';
import { frameBody, frameText } from './frame-text.ts';
import type { Audience, ChannelFrame, Channels } from './frame.ts';
import { KeptFrames } from './kept-frames.ts';
import type { KeptLimits } from './kept-frames.ts';
import { Subscriber } from './subscriber.ts';
import { issueTicket } from './ticket.ts';
import type { TicketWish } from './ticket.ts';

/** The channel sockets: what is published reaches whoever is named or follows the stream, now or when they come back. */

export interface ChannelSockets extends Channels {
  readonly size: number;
  /** `websocket_url`: good to open a socket for five minutes. `base`: `http(s)://host[/prefix]` as the caller reaches this gateway. */
  issue(base: string, wish: TicketWish): Promise<string>;
  /** The same for the routes, which know the caller only. */
  socketUrl(base: string, caller: { readonly origin: string | null }): Promise<string>;
  /** What a socket's address allows, or why it is refused. Rejects when the database does. */
  admit(query: URLSearchParams, origin: string | null): Promise<Admission | Refusal>;
  take(request: IncomingMessage, socket: Duplex, head: Buffer, admission: Admission | Refusal): void;
  /** Tells everybody 1001; resolves when all that was published is kept. */
  close(): Promise<void>;
}

export interface ChannelLimits extends SocketLimits, KeptLimits {
  /** Sockets of one connection id; the oldest makes room. */
  readonly shared: number;
}

export interface ChannelParts {
  readonly database: Database;
  readonly auth: Auth;
  readonly log: Logger;
  readonly limits?: Partial<ChannelLimits>;
  /** Told every frame that stays, whoever it is for; must not throw. */
  readonly overhear?: (frame: ChannelFrame) => void;
}

const LIMITS: ChannelLimits = {
  name: 'channels',
  heartbeatMs: 15_000,
  most: 2000,
  messageBytes: 1024 * 1024,
  highWaterBytes: 128 * 1024,
  giveUpBytes: 2 * 1024 * 1024,
  shared: 4,
  frames: 1000,
  ageMs: 15 * 60_000,
  waiting: 10_000,
};
/** Connection ids that are remembered as somebody's. */
const MOST_SEEN = 10_000;

const followers = (streamId: string): string => `stream:${streamId}`;

export async function createChannels({ limits, ...parts }: ChannelParts): Promise<ChannelSockets> {
  const merged = { ...LIMITS, ...limits };
  const kept = new KeptFrames(parts.database, merged, parts.log);
  return new Hub(parts, merged, kept, await kept.last());
}

class Hub implements ChannelSockets {
  readonly #parts: ChannelParts;
  readonly #limits: ChannelLimits;
  readonly #kept: KeptFrames;
  readonly #sockets: Sockets;
  readonly #startedMs = Date.now();
  /** By connection id, and by stream for those who follow it. */
  readonly #readers = new Map<string, Set<Subscriber>>();
  /** Connection id → when its last socket went. */
  readonly #seen = new Map<string, number>();
  #seq: number;

  constructor(parts: ChannelParts, limits: ChannelLimits, kept: KeptFrames, seq: number) {
    this.#parts = parts;
    this.#limits = limits;
    this.#kept = kept;
    this.#seq = seq;
    this.#sockets = createSockets(limits, parts.log);
  }

  get size(): number {
    return this.#sockets.size;
  }

  issue(base: string, wish: TicketWish): Promise<string> {
    return issueTicket(this.#parts.auth, base, wish);
  }

  socketUrl(base: string, { origin }: { readonly origin: string | null }): Promise<string> {
    return this.issue(base, { origin });
  }

  admit(query: URLSearchParams, origin: string | null): Promise<Admission | Refusal> {
    return admit(this.#parts, query, origin);
  }

  publish(frame: ChannelFrame, { connections, interim = false }: Audience): void {
    try {
      const body = frameBody(frame);
      const stream = frame.rtstream_id === undefined ? [] : [followers(frame.rtstream_id)];
      const names = new Set([...connections, ...stream]);
      const nowMs = Date.now();
      // By the clock, so that a number is never given again after a crash, whatever was written by then.
      this.#seq = Math.max(this.#seq + 1, nowMs);
      const seq = this.#seq;
      const told = new Set([...names].flatMap((name) => [...(this.#readers.get(name) ?? [])]));
      const text = Buffer.from(frameText(body, seq, nowMs));
      for (const subscriber of told) subscriber.tell(seq, text, interim);
      if (!interim) {
        this.#parts.overhear?.(frame);
        const readers = [...names].filter((name) => stream.includes(name) || this.#mayComeBack(name, nowMs));
        this.#kept.keep(readers, { seq, body });
      }
    } catch (cause) {
      this.#parts.log.error({ err: cause, channel: frame.channel }, 'a frame could not be published');
    }
  }

  /** Whoever named a socket that is long gone, or never was, has nothing kept for it. */
  #mayComeBack(connectionId: string, nowMs: number): boolean {
    if (this.#readers.has(connectionId)) return true;
    // After a restart nobody is known: everybody gets time to come back.
    return nowMs - (this.#seen.get(connectionId) ?? this.#startedMs) < this.#limits.ageMs;
  }

  take(request: IncomingMessage, socket: Duplex, head: Buffer, admission: Admission | Refusal): void {
    this.#sockets.take(request, socket, head, (peer) => {
      if ('refused' in admission) {
        peer.close(4000 + admission.status, admission.message);
        return;
      }
      if (peer.crowded) {
        peer.close(1013, 'There are too many sockets; try again shortly.');
        return;
      }
      const connectionId = admission.connectionId ?? `ws-${uuidv7()}`;
      const names = [connectionId, ...admission.streamIds.map(followers)];
      const { since } = admission;
      const subscriber = new Subscriber(peer, {
        log: this.#parts.log,
        hello: {
          connection_id: connectionId,
          resumed: admission.connectionId !== null,
          ping_interval_ms: this.#limits.heartbeatMs,
        },
        nowSeq: this.#seq,
        oldestMs: Date.now() - this.#limits.ageMs,
        mostKept: this.#limits.frames,
        missed: since === null ? null : { since, after: (seq, most) => this.#kept.after(names, seq, most) },
      });
      for (const name of names) this.#enter(name, subscriber);
      this.#makeRoom(connectionId, subscriber);
      peer.onClose(() => this.#leave(connectionId, names, subscriber));
      if (!admission.heartbeat) return;
      const heartbeat = setInterval(() => subscriber.beat(), this.#limits.heartbeatMs);
      peer.onClose(() => clearInterval(heartbeat));
    });
  }

  #enter(name: string, subscriber: Subscriber): void {
    const readers = this.#readers.get(name) ?? new Set();
    this.#readers.set(name, readers.add(subscriber));
  }

  #makeRoom(connectionId: string, newest: Subscriber): void {
    const sockets = [...(this.#readers.get(connectionId) ?? [])];
    if (sockets.length <= this.#limits.shared) return;
    const oldest = sockets.find((subscriber) => subscriber !== newest);
    oldest?.close(4409, 'Too many sockets share this connection id.');
  }

  #leave(connectionId: string, names: readonly string[], subscriber: Subscriber): void {
    for (const name of names) {
      const readers = this.#readers.get(name);
      readers?.delete(subscriber);
      if (readers?.size === 0) this.#readers.delete(name);
    }
    this.#seen.delete(connectionId);
    this.#seen.set(connectionId, Date.now());
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST_SEEN && oldest !== undefined) this.#seen.delete(oldest);
  }

  async close(): Promise<void> {
    this.#sockets.close();
    await this.#kept.close();
  }
}
