import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Upgrades } from '../app.ts';
import type { Auth } from '../auth.ts';
import type { ChannelSockets } from '../rtstream/channels/channels.ts';
import { SOCKET_PATH } from '../rtstream/channels/ticket.ts';
import { takeOver } from './sockets.ts';

/** `GET /rtstream/socket?token=`: where channel sockets are opened; `/collection/{id}/websocket` says with which token. */

export interface ChannelRoutesOptions {
  readonly auth: Auth;
  readonly channels: ChannelSockets;
  readonly upgrades: Upgrades;
}

/** VideoDB's routes are at the root and at `/videodb`. */
const PATHS = [SOCKET_PATH, `/videodb${SOCKET_PATH}`];

export function channelRoutes(app: FastifyInstance, { channels, upgrades }: ChannelRoutesOptions): void {
  const open = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!upgrades.has(request.raw)) {
      const message = 'Connect by WebSocket.';
      await reply.code(426).header('upgrade', 'websocket').send({ success: false, message, error_code: 'upgrade_required' });
      return;
    }
    const query = new URL(request.raw.url ?? '/', 'http://gateway').searchParams;
    const origin = request.headers.origin ?? null;
    const admission = await channels.admit(query, origin);
    // Programs read the answer; a page learns nothing of a refused handshake, so it is told by a close code.
    if ('refused' in admission && origin === null) {
      const { status, code, message } = admission;
      await reply.code(status).send({ success: false, message, error_code: code });
      return;
    }
    const upgrade = takeOver(upgrades, request, reply);
    if (upgrade !== null) channels.take(request.raw, upgrade.socket, upgrade.head, admission);
  };
  for (const path of PATHS) app.get(path, open);
}
