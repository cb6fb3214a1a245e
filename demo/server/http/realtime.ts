import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Auth } from '../auth.ts';
import type { Upgrades } from '../app.ts';
import { RealtimeFault } from '../realtime/errors.ts';
import type { RealtimeSessions } from '../realtime/sessions.ts';
import { readHandshake } from '../realtime/upgrade.ts';

/** `GET /v1/realtime`: the door of the realtime protocol. */

export interface RealtimeRoutesOptions {
  readonly auth: Auth;
  readonly sessions: RealtimeSessions;
  readonly upgrades: Upgrades;
}

/** Azure's clients keep the same API under their own prefix. */
const PATHS = ['/v1/realtime', '/openai/v1/realtime'];

export function realtimeRoutes(app: FastifyInstance, { auth, sessions, upgrades }: RealtimeRoutesOptions): void {
  const open = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const upgrade = upgrades.get(request.raw);
    const handshake = readHandshake(request.raw);
    if (upgrade === undefined) {
      await reply
        .code(426)
        .header('upgrade', 'websocket')
        .send({
          error: { type: 'invalid_request_error', code: 'upgrade_required', message: 'Connect by WebSocket.', param: null },
        });
      return;
    }
    const grant = await auth.admit(handshake.credential, handshake.origin, 'realtime');
    if (handshake.callId !== null) {
      throw new RealtimeFault('invalid_value', 'There are no WebRTC or SIP calls here to attach to.', 'call_id');
    }
    sessions.admit();
    reply.hijack();
    reply.raw.detachSocket(request.raw.socket);
    sessions.take(request.raw, upgrade.socket, upgrade.head, handshake, grant);
  };
  for (const path of PATHS) app.get(path, open);

  app.post('/v1/realtime/calls', async (_request, reply) => {
    await reply.code(501).send({
      error: {
        type: 'invalid_request_error',
        code: 'transport_unsupported',
        message: 'This gateway speaks WebSocket, not WebRTC.',
        param: null,
      },
    });
  });
}
