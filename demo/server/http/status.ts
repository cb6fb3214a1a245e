import type { FastifyInstance } from 'fastify';
import { AuthError, isLoopbackHost } from '../auth.ts';
import type { Auth } from '../auth.ts';
import type { RealtimeMetrics } from '../realtime/metrics.ts';
import { bearerOf } from '../realtime/upgrade.ts';
import type { Readiness } from '../readiness.ts';

/** `/health` and `/metrics`: what is in use, whether it is ready, how it is doing. */

export interface StatusOptions {
  readonly readiness: Readiness;
  readonly metrics: RealtimeMetrics;
  readonly auth: Auth;
  readonly sessions: () => number;
  /** What takes streams in; null = this gateway takes in none. */
  readonly streams: string | null;
}

export function statusRoutes(app: FastifyInstance, { readiness, metrics, auth, sessions, streams }: StatusOptions): void {
  app.get('/health', async (_request, reply) => {
    const roles = readiness.roles();
    const states = Object.values(roles).map((role) => role.state);
    const status = states.includes('failed') ? 'failed' : states.includes('warming') ? 'warming' : 'ready';
    void reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*');
    return reply
      .code(status === 'failed' ? 503 : 200)
      .send({ status, roles, sessions: sessions(), ...(streams === null ? {} : { streams }) });
  });

  app.get('/metrics', async (request, reply) => {
    if (!isLoopbackHost(request.ip.replace(/^::ffff:/, '')) && !auth.isKey(bearerOf(request.headers))) {
      throw new AuthError(401, 'invalid_api_key', 'From another machine the gateway key is needed.');
    }
    void reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
}
