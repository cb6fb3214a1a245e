import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AuthError } from '../auth.ts';
import type { Auth } from '../auth.ts';
import type { AuthHook, HookQuestion } from '../auth-hook.ts';
import { bearerOf } from '../realtime/upgrade.ts';

/** Pages are known by their Origin, and the operator's own check has the last word; whoever holds the key needs no origin. */

export interface AdmittedPage {
  /** Null: the caller is no page and has the key. */
  readonly origin: string | null;
  /** What the operator's check attached. */
  readonly attached: Readonly<Record<string, unknown>> | null;
}

export interface PageAdmission {
  readonly auth: Auth;
  readonly hook: AuthHook;
}

/**
 * `wanted`: what the credential is for, told to the operator's check; asked after the origin was looked at, so that who may not ask is not
 * told what is wrong with the question. Throws `AuthError`.
 */
export async function admitPage(
  { auth, hook }: PageAdmission,
  request: FastifyRequest,
  wanted: () => string,
  room?: HookQuestion['room'],
): Promise<AdmittedPage> {
  const origin = request.headers.origin ?? null;
  const keyed = auth.isKey(bearerOf(request.headers));
  if (origin === null && !keyed) {
    throw new AuthError(403, 'origin_required', 'Pages are known by their Origin; without one the gateway key is needed.');
  }
  if (origin !== null && !auth.originAllowed(origin)) {
    throw new AuthError(
      403,
      'origin_not_allowed',
      'This origin may not use the assistant; the operator can add it to ALLOWED_ORIGINS.',
    );
  }
  const attached = await hook({
    for: wanted(),
    origin,
    cookie: request.headers.cookie,
    authorization: keyed ? undefined : request.headers.authorization,
    ...(room === undefined ? {} : { room }),
  });
  return { origin, attached };
}

/**
 * Routes that ask `admitPage` before anything else. Pages of allowed origins may read their answers, with cookies; any other page may read
 * that it is refused, without: a browser that keeps the answer to itself leaves an operator with “could not be reached”.
 */
export function forPages(app: FastifyInstance, auth: Auth, define: (pages: FastifyInstance) => void): void {
  void app.register(async (pages) => {
    await pages.register(cors, {
      delegator: ({ headers: { origin } }, decide) =>
        decide(null, {
          origin: origin ?? false,
          credentials: origin !== undefined && auth.originAllowed(origin),
          methods: ['POST'],
        }),
    });
    define(pages);
  });
}
