import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { AuthError } from '../../auth.ts';
import { createSockets } from '../../http/sockets.ts';
import type { FramedPeer, Peer, SocketLimits } from '../../http/sockets.ts';
import type { Revocations } from '../auth/revocations.ts';
import type { KeptNotices } from './create-notices.ts';
import { passingText, socketText, topicsOf } from './envelope.ts';
import type { Topic } from './envelope.ts';
import { Follower } from './follower.ts';
import { pacedBatches } from './paced-batches.ts';
import { RecentNotices } from './recent-notices.ts';

/** The sockets through which notices are followed: each text made once for all, nobody held up by who reads slowly. */

/** Who follows, by a valid token. */
export interface Reader {
  /** `sub` of the token. */
  readonly subject: string;
  /** When the token ends, and the socket with it; Unix s, null = never. */
  readonly expiresAt: number | null;
  /** The login that it came from; null: it is not revoked before its end. */
  readonly login: string | null;
}

export interface Following {
  readonly topic: Topic;
  /** Id of the last notice that is known; null = only what comes. */
  readonly since: number | null;
  /** A page cannot hear pings: it is told something now and then. */
  readonly heartbeat: boolean;
}

export interface NoticeSockets {
  readonly size: number;
  /** `reader`: who it is, or why nobody. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, reader: Reader | AuthError, following: Following): void;
  close(): void;
}

const LIMITS: SocketLimits = {
  name: 'notices',
  heartbeatMs: 15_000,
  most: 10_000,
  messageBytes: 4096,
  highWaterBytes: 128 * 1024,
  giveUpBytes: 1024 * 1024,
};
/** RFC 6455 / IANA: try again later. */
const TRY_AGAIN_LATER = 1013;
/** What may be said to us in vain before the socket is closed. */
const MOST_WORDS = 20;
/** `setTimeout` counts no further. */
const LONGEST_MS = 2 ** 31 - 1;
const REVOKED = ['TOKEN_REVOKED', 'The login that the token came from is void; log in again.'] as const;
/** Told again soon: may be left out for who reads slowly. */
const REPLACEABLE: ReadonlySet<string> = new Set(['task_progress']);

export interface NoticeSocketsOptions {
  readonly notices: KeptNotices;
  /** Logins that become void: their sockets are closed. */
  readonly revocations: Pick<Revocations, 'has' | 'revoked$'>;
  readonly log: Logger;
  readonly limits?: Partial<SocketLimits>;
}

export function noticeSockets({ notices, revocations, log, limits }: NoticeSocketsOptions): NoticeSockets {
  const merged = { ...LIMITS, ...limits };
  const sockets = createSockets(merged, log);
  const recent = new RecentNotices(notices.lastId);
  const followers = new Map<Topic, Set<Follower>>();
  const beating = new Set<Follower>();
  const told = pacedBatches(notices.told$, recent, (batch, topic) => {
    for (const follower of followers.get(topic) ?? []) follower.tell(batch);
  });
  told.add(
    notices.passing$.subscribe((notice) => {
      const text = passingText(notice, new Date());
      const replaceable = REPLACEABLE.has(notice.type);
      for (const topic of topicsOf(notice)) {
        for (const follower of followers.get(topic) ?? []) follower.pass(text, replaceable);
      }
    }),
  );
  const beat = setInterval(() => {
    if (beating.size === 0) return;
    const text = socketText('heartbeat', {}, new Date());
    for (const follower of beating) follower.pass(text, true);
  }, merged.heartbeatMs);
  beat.unref();

  const enter = (peer: FramedPeer, { subject, expiresAt, login }: Reader, { topic, since, heartbeat }: Following): void => {
    const facts = {
      user_id: subject,
      connection_id: randomUUID(),
      last_id: notices.lastId,
      ...(topic.startsWith('room:') ? { room: topic.slice('room:'.length) } : {}),
      ...(heartbeat ? { heartbeat_ms: merged.heartbeatMs } : {}),
    };
    const follower = new Follower(peer, {
      ...{ log, notices, recent, topic, since },
      greeting: (replay) =>
        socketText('connection_established', { ...facts, ...(replay === null ? {} : { replay }) }, new Date()),
    });
    const others = followers.get(topic) ?? new Set();
    followers.set(topic, others.add(follower));
    if (heartbeat) beating.add(follower);
    listenInVain(peer);
    const end = endsAt(expiresAt, () => refuse(peer, 'TOKEN_EXPIRED', 'The token has expired; come with a fresh one.'));
    const revoked = revocations.revoked$.subscribe((each) => {
      if (each === login) refuse(peer, ...REVOKED);
    });
    peer.onClose(() => {
      revoked.unsubscribe();
      clearTimeout(end);
      others.delete(follower);
      if (others.size === 0) followers.delete(topic);
      beating.delete(follower);
    });
  };

  return {
    get size() {
      return sockets.size;
    },
    take: (request, socket, head, reader, following) =>
      sockets.take(request, socket, head, (peer) => {
        if (reader instanceof AuthError) refuse(peer, 'AUTHENTICATION_FAILED', reader.message);
        else if (peer.crowded)
          refuse(peer, 'TOO_MANY_CONNECTIONS', 'There are too many sockets; try again shortly.', TRY_AGAIN_LATER);
        // It may have become void while the socket was made.
        else if (reader.login !== null && revocations.has(reader.login)) refuse(peer, ...REVOKED);
        else enter(peer, reader, following);
      }),
    close: () => {
      told.unsubscribe();
      clearInterval(beat);
      sockets.close();
    },
  };
}

const complain = (peer: Peer, code: string, message: string): void =>
  peer.tell(socketText('error', { error_code: code, message }, new Date()));

function refuse(peer: Peer, code: string, message: string, close = 1008): void {
  complain(peer, code, message);
  peer.close(close, code);
}

/** Nothing can be said here; whoever tries is told so, and not for ever. */
function listenInVain(peer: Peer): void {
  let words = 0;
  peer.onMessage(() => {
    words += 1;
    if (words > MOST_WORDS) refuse(peer, 'BAD_MESSAGE', 'This socket is for listening only.');
    else complain(peer, 'BAD_MESSAGE', 'This socket is for listening only.');
  });
}

const endsAt = (seconds: number | null, end: () => void): NodeJS.Timeout | undefined =>
  seconds === null ? undefined : setTimeout(end, Math.min(LONGEST_MS, Math.max(0, seconds * 1000 - Date.now()))).unref();
