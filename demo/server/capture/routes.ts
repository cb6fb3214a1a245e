import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Upgrades } from '../app.ts';
import { AuthError } from '../auth.ts';
import type { Auth } from '../auth.ts';
import type { AuthHook } from '../auth-hook.ts';
import type { Config } from '../config.ts';
import { HEADER_BYTES, MOST_CHUNK_BYTES, writeMessage } from '../../../src/protocols/capture/codec.ts';
import { admitPage } from '../http/page-admission.ts';
import { parse } from '../http/parse.ts';
import { socketUrl } from '../http/public-url.ts';
import { createSockets, takeOver } from '../http/sockets.ts';
import type { Peer } from '../http/sockets.ts';
import { bearerOf } from '../realtime/upgrade.ts';
import { callerOf, demand, demandUser } from '../rtstream/api/access.ts';
import { ApiError, notFound } from '../rtstream/api/api-error.ts';
import { findCollection } from '../rtstream/api/collection-rows.ts';
import type { Database } from '../store/tables.ts';
import type { Capture } from './capture.ts';
import { findSession } from './session-rows.ts';
import { serveUpload } from './upload-connection.ts';

/** `POST /capture/token` gives leave to upload for one session; `/capture/upload?token=` is where that is done. */

const TOKEN_SECONDS = 600;
const POLICY_VIOLATION = 1008;

const wishSchema = z.looseObject({
  /** Absent = a new session. */
  session_id: z.string().min(1).max(100).nullable().default(null),
  end_user_id: z.string().min(1).max(200).nullable().default(null),
  collection_id: z.string().min(1).max(200).nullable().default(null),
});

export interface CaptureTokenOptions {
  readonly auth: Auth;
  readonly hook: AuthHook;
  readonly config: Config;
  readonly database: Database;
  readonly capture: Capture;
}

/** Among the routes that pages may read the answers of (`forPages`). */
export function captureTokenRoutes(pages: FastifyInstance, { auth, hook, config, database, capture }: CaptureTokenOptions): void {
  /** Whose sessions it may be; null = anybody's. */
  const admitted = async (
    request: FastifyRequest,
  ): Promise<{ readonly origin: string | null; readonly userId: string | null }> => {
    const bearer = request.headers['x-access-token'] ?? bearerOf(request.headers);
    if (bearer === null) {
      const { origin, attached } = await admitPage({ auth, hook }, request, () => 'rtstream');
      const user = attached?.['user_id'];
      return { origin, userId: typeof user === 'string' ? user : null };
    }
    const caller = await callerOf({ auth, config }, request);
    demand(caller, 'capture');
    return caller;
  };

  pages.post('/capture/token', async (request, reply) => {
    const { origin, userId } = await admitted(request);
    const wish = parse(wishSchema, request.body);
    const sessionId = wish.session_id ?? (await created(wish, userId));
    const row = await findSession(database, sessionId);
    if (row === null) throw notFound('capture session', sessionId, 'session_id');
    demandUser({ rights: new Set(), userId, origin }, row.end_user_id);
    const claims = { capture: row.id };
    const minted = await auth.mint({ audience: 'capture', origin, seconds: TOKEN_SECONDS, session: null, claims });
    void reply.header('cache-control', 'no-store');
    const url = `${socketUrl(config, request, '/capture/upload')}?token=${encodeURIComponent(minted.value)}`;
    return { session_id: row.id, status: row.status, token: minted.value, expires_at: minted.expiresAt, url };
  });

  const created = async (wish: z.output<typeof wishSchema>, userId: string | null): Promise<string> => {
    const collection = await findCollection(database, wish.collection_id ?? 'default');
    return capture.create({
      collectionId: collection.id,
      endUserId: userId ?? wish.end_user_id ?? 'page',
      callbackUrl: null,
      wsConnectionIds: [],
      metadata: {},
    });
  };
}

export interface CaptureRoutesOptions {
  readonly auth: Auth;
  readonly config: Config;
  readonly capture: Capture;
  readonly upgrades: Upgrades;
  readonly log: Logger;
  /** Unix ms. */
  readonly now?: () => number;
}

/** Returns how to close its sockets. */
export function captureRoutes(
  app: FastifyInstance,
  { auth, config, capture, upgrades, log, now }: CaptureRoutesOptions,
): () => void {
  const sockets = createSockets(
    {
      name: 'capture',
      heartbeatMs: 20_000,
      most: 200,
      messageBytes: MOST_CHUNK_BYTES + HEADER_BYTES,
      highWaterBytes: 128 * 1024,
      giveUpBytes: 1024 * 1024,
    },
    log,
  );

  /** The session that may be uploaded for. Throws `AuthError`. */
  const sessionOf = async (request: FastifyRequest): Promise<string> => {
    const query = new URL(request.raw.url ?? '/', 'http://gateway').searchParams;
    const token = query.get('token');
    const named = query.get('session');
    if (token !== null && auth.isKey(token))
      throw new AuthError(401, 'invalid_api_key', 'The key does not belong into an address.');
    if (token !== null) {
      const { claims } = await auth.admit(token, request.headers.origin ?? null, 'capture');
      const session = claims['capture'];
      if (typeof session === 'string') return session;
      throw new AuthError(403, 'not_allowed', 'The token is for no session.');
    }
    // A program that was told the address by `GET /capture/session/{id}` shows its client token.
    demand(await callerOf({ auth, config }, request), 'capture');
    if (named === null) throw new AuthError(403, 'not_allowed', 'session: which one is not said.');
    return named;
  };

  const begin = (peer: Peer, sessionId: string | AuthError): void => {
    if (peer.crowded) refuse(peer, 'too_many_connections', 'As many upload as may; come again.');
    else if (sessionId instanceof AuthError) refuse(peer, 'authentication_failed', sessionId.message);
    else serveUpload(peer, { sessions: capture, sessionId, now: now ?? (() => Date.now()), log });
  };

  app.get('/capture/upload', async (request, reply) => {
    if (!upgrades.has(request.raw)) {
      await reply
        .code(426)
        .header('upgrade', 'websocket')
        .send({
          error: { type: 'invalid_request_error', code: 'upgrade_required', message: 'Connect by WebSocket.', param: null },
        });
      return;
    }
    // Browsers hide why a handshake fails: a refusal is told on the open socket.
    const sessionId = await sessionOf(request).catch((cause: unknown) => {
      if (cause instanceof AuthError) return cause;
      if (cause instanceof ApiError) return new AuthError(403, cause.code, cause.message);
      throw cause;
    });
    const upgrade = takeOver(upgrades, request, reply);
    if (upgrade !== null) sockets.take(request.raw, upgrade.socket, upgrade.head, (peer) => begin(peer, sessionId));
  });
  return () => sockets.close();
}

function refuse(peer: Peer, code: 'authentication_failed' | 'too_many_connections', message: string): void {
  peer.tell(writeMessage({ type: 'error', code, message, field: null, fatal: true }));
  peer.close(POLICY_VIOLATION, code);
}
