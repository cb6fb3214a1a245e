import type { FastifyRequest } from 'fastify';
import { AuthError, isLoopbackHost } from '../../auth.ts';
import type { Auth, Grant } from '../../auth.ts';
import { bearerOf } from '../../realtime/upgrade.ts';
import { ApiError } from './api-error.ts';
import type { Config } from '../../config.ts';

/**
 * Who may do what. The gateway's key may everything. A token has rights:
 *
 * | right     | what it opens                                                                                  |
 * | --------- | ---------------------------------------------------------------------------------------------- |
 * | `read`    | every GET but the delivery log, searches, clips and compilations, live sockets                 |
 * | `capture` | capture sessions of its own user: make, start, stop, export                                    |
 * | `operate` | streams, transcripts, indexes, events, alerts without webhook, exports, videos, collections    |
 * | `webhook` | URLs that are called from here (`callback_url`)                                                |
 * | `remove`  | deletion of streams, videos and collections                                                    |
 * | `manage`  | the key alone: tokens, files as sources, delivery log                                          |
 *
 * A client token (`st-…`) has what its maker wrote into it, by default `read capture operate`. A page's token (`ek_…`, from
 * `POST /auth/page-token`) has what the operator's hook attached as `scope`; without a hook `read capture`, and all of them while the
 * gateway serves this machine alone.
 */

export const RIGHTS = ['read', 'capture', 'operate', 'webhook', 'remove'] as const;
export type Right = (typeof RIGHTS)[number] | 'manage';

export interface Caller {
  readonly rights: ReadonlySet<Right>;
  /** Its capture sessions are this user's alone; null = any. */
  readonly userId: string | null;
  readonly origin: string | null;
}

const ALL: ReadonlySet<Right> = new Set<Right>([...RIGHTS, 'manage']);
const CLIENT: ReadonlySet<Right> = new Set<Right>(['read', 'capture', 'operate']);
const PAGE: ReadonlySet<Right> = new Set<Right>(['read', 'capture']);
/** Pages of a gateway that serves this machine alone are its owner's desk. */
const OWNER: ReadonlySet<Right> = new Set<Right>(['read', 'capture', 'operate', 'webhook', 'remove']);

/** SDKs know client tokens by their beginning; inside they are secrets like any other. */
const CLIENT_PREFIX = 'st-';
const SECRET_PREFIX = 'ek_';

export const clientToken = (secret: string): string => `${CLIENT_PREFIX}${secret.slice(SECRET_PREFIX.length)}`;

/** Throws `AuthError`. */
export async function callerOf(
  { auth, config }: { readonly auth: Auth; readonly config: Pick<Config, 'host' | 'publicUrl'> },
  request: Pick<FastifyRequest, 'headers' | 'protocol' | 'host'>,
): Promise<Caller> {
  const header = request.headers['x-access-token'];
  const given = typeof header === 'string' && header !== '' ? header : bearerOf(request.headers);
  const origin = originOf(config, request);
  const isClient = given?.startsWith(CLIENT_PREFIX) === true;
  const credential = isClient ? `${SECRET_PREFIX}${given.slice(CLIENT_PREFIX.length)}` : given;
  const grant = await auth.admit(credential, origin, 'rtstream');
  if (grant.kind === 'key') return { rights: ALL, userId: null, origin };
  const page = isLoopbackHost(config.host) ? OWNER : PAGE;
  const { scope, userId } = told(grant);
  return { rights: scope ?? (isClient ? CLIENT : page), userId, origin };
}

/** Pages send no Origin with a GET to where they came from; that it goes there the browser says in another header. */
export function originOf(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  { headers, protocol, host }: Pick<FastifyRequest, 'headers' | 'protocol' | 'host'>,
): string | null {
  if (headers.origin !== undefined) return headers.origin;
  if (headers['sec-fetch-site'] !== 'same-origin') return null;
  return publicUrl === null ? `${protocol}://${host}` : new URL(publicUrl).origin;
}

function told({ claims, session }: Grant): { scope: ReadonlySet<Right> | null; userId: string | null } {
  const scope = claims['scope'] ?? session?.['scope'];
  const user = claims['user'] ?? session?.['user_id'];
  return { scope: typeof scope === 'string' ? readScope(scope) : null, userId: typeof user === 'string' ? user : null };
}

/** Rights in words with blanks between; what is no right of a token is left out. */
export const readScope = (scope: string): ReadonlySet<Right> =>
  new Set<Right>(RIGHTS.filter((right) => scope.split(/\s+/).includes(right)));

/** Throws `AuthError` 403. */
export function demand(caller: Caller, right: Right): void {
  if (caller.rights.has(right)) return;
  const words =
    right === 'manage' ? 'This needs the gateway key itself.' : `This token does not have the right '${right}' that this needs.`;
  throw new AuthError(403, 'not_allowed', words);
}

/** Throws `ApiError` 403 where a token is another user's. */
export function demandUser(caller: Caller, endUserId: string): void {
  if (caller.userId === null || caller.userId === endUserId) return;
  throw new ApiError(403, 'other_user', 'Unauthorized access to session');
}
