import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Upgrades } from '../app.ts';
import { AuthError } from '../auth.ts';
import type { Auth } from '../auth.ts';
import type { Config } from '../config.ts';
import { bearerOf } from '../realtime/upgrade.ts';
import { mintRoomToken, ROOM_NAME, roomRight } from '../rooms/room-token.ts';
import type { RoomRight } from '../rooms/room-token.ts';
import type { RoomSockets } from '../rooms/sockets.ts';
import { admitPage } from './page-admission.ts';
import type { PageAdmission } from './page-admission.ts';
import { parse } from './parse.ts';
import { socketUrl } from './public-url.ts';
import { takeOver } from './sockets.ts';

/** `POST /rooms/token` decides who may follow and who may publish; `/ws/room/{name}?token=` is where they do. */

const DAY_SECONDS = 86_400;
const PUBLISH_SECONDS = 3600;

const wishSchema = z.looseObject({
  /** Absent = a new one whose name nobody can guess. */
  room: z.string().regex(ROOM_NAME, 'letters, digits, dot, underscore and hyphen, at most 64').nullable().default(null),
  publish: z.boolean().default(false),
  /** How long it may be used to join. Default: an hour to publish, a day to follow. */
  seconds: z
    .number()
    .int()
    .min(60)
    .max(7 * DAY_SECONDS)
    .nullable()
    .default(null),
});

export interface RoomTokenOptions extends PageAdmission {
  readonly config: Config;
}

export function roomTokenRoutes(pages: FastifyInstance, { auth, hook, config }: RoomTokenOptions): void {
  const mayPublish = async (credential: string, origin: string | undefined, room: string): Promise<boolean> => {
    try {
      return (await roomRight(auth, credential, origin ?? null, room)).publish;
    } catch (cause) {
      if (cause instanceof AuthError) return false;
      throw cause;
    }
  };

  pages.post('/rooms/token', async (request, reply) => {
    const wish = parse(wishSchema, request.body);
    const room = wish.room ?? randomBytes(12).toString('base64url').replace(/^[-_]/, 'r');
    const bearer = bearerOf(request.headers);
    // Who publishes in a room may invite others to follow it, from wherever it is.
    const invites =
      !wish.publish && bearer !== null && !auth.isKey(bearer) && (await mayPublish(bearer, request.headers.origin, room));
    const { origin } = invites
      ? { origin: null }
      : await admitPage({ auth, hook }, request, () => 'room', { name: room, publish: wish.publish });
    const seconds = wish.seconds ?? (wish.publish ? PUBLISH_SECONDS : DAY_SECONDS);
    // A link to follow is for other people's pages; the right to publish stays where it was given.
    const minted = await mintRoomToken(auth, { room, publish: wish.publish }, wish.publish ? origin : null, seconds);
    void reply.header('cache-control', 'no-store');
    const url = socketUrl(config, request, `/ws/room/${room}`);
    return { room, publish: minted.publish, token: minted.token, expires_at: minted.expiresAt, url };
  });
}

export interface RoomRoutesOptions {
  readonly auth: Auth;
  readonly sockets: RoomSockets;
  readonly upgrades: Upgrades;
}

/** Takes one who comes to a room of captions. */
export type RoomDoor = (request: FastifyRequest, reply: FastifyReply, room: string) => Promise<void>;

/** For a gateway whose `/ws/room/{name}` has no other door (`noticeRoutes` is one). */
export function roomRoutes(app: FastifyInstance, options: RoomRoutesOptions): void {
  const door = roomDoor(options);
  app.get<{ Params: { name: string } }>('/ws/room/:name', (request, reply) => door(request, reply, request.params.name));
}

export function roomDoor({ auth, sockets, upgrades }: RoomRoutesOptions): RoomDoor {
  /** A key in an address would stand in every log on the way. */
  const rightOf = async (
    token: string | null,
    bearer: string | null,
    origin: string | null,
    room: string,
  ): Promise<RoomRight | AuthError> => {
    try {
      if (token !== null && auth.isKey(token))
        throw new AuthError(401, 'invalid_api_key', 'The key does not belong into an address.');
      if (!ROOM_NAME.test(room)) throw new AuthError(403, 'other_room', 'There is no room of this name.');
      return await roomRight(auth, token ?? bearer, origin, room);
    } catch (cause) {
      if (cause instanceof AuthError) return cause;
      throw cause;
    }
  };

  return async (request, reply, room) => {
    if (!upgrades.has(request.raw)) {
      await reply
        .code(426)
        .header('upgrade', 'websocket')
        .send({
          error: { type: 'invalid_request_error', code: 'upgrade_required', message: 'Connect by WebSocket.', param: null },
        });
      return;
    }
    const token = new URL(request.raw.url ?? '/', 'http://gateway').searchParams.get('token');
    const right = await rightOf(token, bearerOf(request.headers), request.headers.origin ?? null, room);
    const upgrade = takeOver(upgrades, request, reply);
    if (upgrade !== null) sockets.take(request.raw, upgrade.socket, upgrade.head, right);
  };
}
