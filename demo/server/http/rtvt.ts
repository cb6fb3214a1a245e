import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { METHOD } from '../../../src/protocols/rtvt/messages.ts';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import type { Upgrades } from '../app.ts';
import { AuthError } from '../auth.ts';
import type { Auth } from '../auth.ts';
import type { Config } from '../config.ts';
import type { RtvtService } from '../rtvt/service.ts';
import type { RtvtSockets } from '../rtvt/web-sockets.ts';
import { admitPage } from './page-admission.ts';
import type { PageAdmission } from './page-admission.ts';
import { socketUrl } from './public-url.ts';

/** The doors of RTVT on the HTTP port: sockets, the two methods that need no login, and logins for pages. */

export interface RtvtRoutesOptions {
  readonly auth: Auth;
  readonly service: RtvtService;
  readonly sockets: RtvtSockets;
  readonly upgrades: Upgrades;
}

/** A login for whoever may have one, with where it is good. */
export function rtvtLogin(service: RtvtService, config: Config, request: FastifyRequest): Record<string, unknown> {
  const { pid, token, ts } = service.sign();
  const url = socketUrl(config, request, '/service/websocket');
  return { pid, token, ts, url, expires_at: ts + config.rtvt.tokenSeconds };
}

export function rtvtRoutes(app: FastifyInstance, options: RtvtRoutesOptions): void {
  const { auth, service, sockets, upgrades } = options;

  /** The socket of an upgrade, taken over from HTTP; null = a plain request. Throws for pages of other origins. */
  const takeOver = (request: FastifyRequest, reply: FastifyReply): ReturnType<Upgrades['get']> | null => {
    const upgrade = upgrades.get(request.raw);
    if (upgrade === undefined) return null;
    const { origin } = request.headers;
    if (origin !== undefined && !auth.originAllowed(origin))
      throw new AuthError(403, 'origin_not_allowed', 'This origin may not connect.');
    reply.hijack();
    reply.raw.detachSocket(request.raw.socket);
    return upgrade;
  };

  const service$ = async (request: FastifyRequest<{ Params: { name: string } }>, reply: FastifyReply): Promise<void> => {
    const upgrade = takeOver(request, reply);
    if (upgrade != null) {
      sockets.take(request.raw, upgrade.socket, upgrade.head);
      return;
    }
    // As the framework answers over HTTP (specs §2.3).
    if (request.headers.origin !== undefined) void reply.header('access-control-allow-origin', '*');
    void reply.header('cache-control', 'no-store');
    const { name } = request.params;
    if (name === METHOD.languages) await reply.send(service.languages());
    else if (name === METHOD.ping) await reply.send({ ts: Date.now() });
    else if (Object.values<string>(METHOD).includes(name))
      await reply.code(500).send({ code: RTVT_CODE.notLoggedIn, ex: 'Logins belong to connections: use WebSocket or TCP.' });
    else await reply.code(500).send({ code: RTVT_CODE.unknownMethod, ex: 'There is no such method.' });
  };

  void app.register((scope, _options, done) => {
    // Its parameters are not read: the methods that can be called like this have none.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, parsed) => {
      payload.resume();
      payload.on('end', () => parsed(null, null));
    });
    for (const url of ['/service/:name', '/service/:name/']) {
      scope.route<{ Params: { name: string } }>({ method: ['GET', 'POST'], url, handler: service$ });
    }
    done();
  });

  app.get('/gate/websocket', async (request, reply) => {
    const upgrade = takeOver(request, reply);
    if (upgrade == null) {
      await reply.code(426).header('upgrade', 'websocket').send({ code: RTVT_CODE.badParameter, ex: 'Connect by WebSocket.' });
      return;
    }
    const query = new URL(request.raw.url ?? '/', 'http://gateway').searchParams;
    sockets.takeGate(request.raw, upgrade.socket, upgrade.head, query);
  });
}

/** The same login as `/auth/page-token {for:"rtvt"}`, alone. */
export function rtvtTokenRoutes(
  pages: FastifyInstance,
  { auth, hook, config, service }: PageAdmission & { readonly config: Config; readonly service: RtvtService },
): void {
  pages.post('/rtvt/token', async (request, reply) => {
    await admitPage({ auth, hook }, request, () => 'rtvt');
    void reply.header('cache-control', 'no-store');
    return rtvtLogin(service, config, request);
  });
}
