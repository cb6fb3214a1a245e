import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Auth } from '../../auth.ts';
import { asLivestream } from '../api/as-livestream.ts';
import { refused } from '../api/livestream-error.ts';
import { refusalSchema } from '../api/refusal.ts';
import { uuidOf } from './subject.ts';
import type { LivestreamTokens } from './tokens.ts';

/** `POST /auth/token`: the gateway's key, or a refresh token, becomes an access token; `POST /auth/token/revoke`: a login ends. */

const BODY_BYTES = 16 * 1024;

const wishSchema = z
  .object({
    api_key: z.string().min(1).max(1000).optional().describe('The key of the gateway'),
    user_id: z.string().max(100).optional().describe('With the key: UUID of whom it is for'),
    refresh_token: z.string().min(1).max(200).optional().describe('From the last answer; good once'),
  })
  .meta({ 'x-examples': { example1: { value: { api_key: 'vv_…' } }, example2: { value: { refresh_token: 'rt_…' } } } });

const loginSchema = z.object({
  access_token: z.string().describe('JWT, for the header Authorization: Bearer …'),
  token_type: z.literal('bearer'),
  expires_in: z.number().describe('Seconds'),
  refresh_token: z.string(),
  user_id: z.string().describe('UUID'),
});

const endSchema = z
  .object({
    refresh_token: z.string().min(1).max(200).optional().describe('Any of the login, used or not'),
    everywhere: z.boolean().optional().describe('With the refresh token: all logins of its user. Default: false'),
    api_key: z.string().min(1).max(1000).optional().describe('The key of the gateway: all logins of a user'),
    user_id: z.string().max(100).optional().describe('With the key: UUID of whose; the operator where there is none'),
  })
  .meta({
    'x-examples': {
      example1: { value: { refresh_token: 'rt_…', everywhere: true } },
      example2: { value: { api_key: 'vv_…', user_id: '0f8fad5b-d9cb-469f-a165-70867728950e' } },
    },
  });

const endedSchema = z.object({
  revoked: z.number().int().describe('Logins that ended; 0 for a refresh token that is not known'),
});

export interface TokenRoutesOptions {
  readonly auth: Auth;
  readonly tokens: LivestreamTokens;
}

export async function tokenRoutes(app: FastifyInstance, options: TokenRoutesOptions): Promise<void> {
  await app.register(
    async (scope) => {
      await asLivestream(scope, options.auth);
      define(scope, options);
    },
    // A prefix of its own: preflights of the other routes under `/auth` are answered elsewhere.
    { prefix: '/auth/token' },
  );
}

function define(scope: FastifyInstance, { tokens }: TokenRoutesOptions): void {
  const app = scope.withTypeProvider<ZodTypeProvider>();
  app.post(
    '',
    {
      bodyLimit: BODY_BYTES,
      schema: {
        tags: ['livestream'],
        security: [],
        summary: 'Log in, or refresh',
        description:
          'Turns the gateway key, or the refresh token of the last answer, into an access token. A refresh token is good once: shown twice, everything of its login is void.',
        body: wishSchema,
        response: { 200: loginSchema, '4xx': refusalSchema, '5xx': refusalSchema },
      },
    },
    async ({ body: { api_key, user_id, refresh_token }, headers }, reply) => {
      void reply.header('cache-control', 'no-store');
      if (refresh_token !== undefined) {
        if (api_key !== undefined) throw refused('refresh_token', 'either this or api_key');
        return tokens.refresh(refresh_token);
      }
      if (api_key === undefined) throw refused('api_key', 'is needed, or refresh_token', 'missing_value');
      return tokens.login(api_key, headers.origin ?? null, userOf(user_id));
    },
  );

  app.post(
    '/revoke',
    {
      bodyLimit: BODY_BYTES,
      schema: {
        tags: ['livestream'],
        security: [],
        summary: 'Log out',
        description:
          'Ends the login of a refresh token, or all logins of its user; with the gateway key, those of any user. Access tokens of an ended login are refused from then on, and its sockets are closed. Tokens of the command line have no login: they end by themselves.',
        body: endSchema,
        response: { 200: endedSchema, '4xx': refusalSchema, '5xx': refusalSchema },
      },
    },
    async ({ body: { api_key, user_id, refresh_token, everywhere = false }, headers }, reply) => {
      void reply.header('cache-control', 'no-store');
      if (refresh_token !== undefined) {
        if (api_key !== undefined) throw refused('refresh_token', 'either this or api_key');
        return { revoked: await tokens.logOut(refresh_token, everywhere) };
      }
      if (api_key === undefined) throw refused('refresh_token', 'is needed, or api_key', 'missing_value');
      return { revoked: await tokens.logOutUser(api_key, headers.origin ?? null, userOf(user_id)) };
    },
  );
}

/** Null: none is named. Throws `LivestreamError`. */
function userOf(user: string | undefined): string | null {
  if (user === undefined || user === '') return null;
  const uuid = uuidOf(user);
  if (uuid === null) throw refused('user_id', 'must be a UUID');
  return uuid;
}
