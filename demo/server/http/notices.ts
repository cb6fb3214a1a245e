import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { Upgrades } from '../app.ts';
import { AuthError } from '../auth.ts';
import type { Auth } from '../auth.ts';
import type { LivestreamTokens } from '../livestream/auth/tokens.ts';
import type { Topic } from '../livestream/notices/envelope.ts';
import type { NoticeSockets, Reader } from '../livestream/notices/notice-sockets.ts';
import { bearerOf } from '../realtime/upgrade.ts';
import { ROOM_NAME } from '../rooms/room-token.ts';
import type { RoomDoor } from './rooms.ts';
import { takeOver } from './sockets.ts';

/** `/ws`, `/ws/livestream` and `/ws/room/{name}`, each with `?token=`: where notices are followed (spec §Notifications). */

export interface NoticeRoutesOptions {
  /** Knows the gateway's own key, which has no place in an address. */
  readonly auth: Pick<Auth, 'isKey'>;
  readonly tokens: Pick<LivestreamTokens, 'verify'>;
  readonly sockets: NoticeSockets;
  readonly upgrades: Upgrades;
  /** Takes those who come with a token for a room of captions, or with none. */
  readonly rooms: RoomDoor;
}

export function noticeRoutes(app: FastifyInstance, { auth, tokens, sockets, upgrades, rooms }: NoticeRoutesOptions): void {
  const readerOf = async (token: string | null, request: FastifyRequest): Promise<Reader | AuthError> => {
    try {
      if (auth.isKey(token)) throw new AuthError(401, 'invalid_api_key', 'The key does not belong into an address.');
      return await tokens.verify(token ?? bearerOf(request.headers), request.headers.origin ?? null);
    } catch (cause) {
      if (cause instanceof AuthError) return cause;
      throw cause;
    }
  };
  const follow = async (topic: Topic, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!upgrades.has(request.raw)) {
      const detail = 'Connect by WebSocket.';
      await reply.code(426).header('upgrade', 'websocket').send({ detail, code: 'upgrade_required' });
      return;
    }
    const query = queryOf(request);
    const reader = await readerOf(query.get('token'), request);
    const upgrade = takeOver(upgrades, request, reply);
    if (upgrade === null) return;
    const following = { topic, since: sinceOf(query.get('since')), heartbeat: query.get('heartbeat') === '1' };
    sockets.take(request.raw, upgrade.socket, upgrade.head, reader, following);
  };

  app.get('/ws', (request, reply) => follow('everything', request, reply));
  app.get('/ws/livestream', (request, reply) => follow('tasks', request, reply));
  app.get<{ Params: { name: string } }>('/ws/room/:name', async (request, reply) => {
    const { name } = request.params;
    const credential = queryOf(request).get('token') ?? bearerOf(request.headers);
    const forNotices = credential !== null && !auth.isKey(credential) && !isRoomToken(credential) && ROOM_NAME.test(name);
    await (forNotices ? follow(`room:${name}`, request, reply) : rooms(request, reply, name));
  });
}

const queryOf = (request: FastifyRequest): URLSearchParams => new URL(request.raw.url ?? '/', 'http://gateway').searchParams;

/** Null for what is no id. */
function sinceOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** What a token says of itself, to find its door; whether that is true is seen there. */
function isRoomToken(token: string): boolean {
  try {
    return decodeJwt(token.replace(/^ek_/, '')).aud === 'room';
  } catch {
    // It is none at all: both doors refuse it.
    return false;
  }
}
