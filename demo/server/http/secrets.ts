import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AuthError } from '../auth.ts';
import type { Auth } from '../auth.ts';
import type { Config } from '../config.ts';
import type { Engines } from '../engines/engine.ts';
import { RealtimeFault } from '../realtime/errors.ts';
import { describeConfig } from '../realtime/session-config.ts';
import { initialConfig } from '../realtime/session-facts.ts';
import { bearerOf } from '../realtime/upgrade.ts';
import type { RtvtService } from '../rtvt/service.ts';
import { admitPage } from './page-admission.ts';
import type { PageAdmission } from './page-admission.ts';
import { parse } from './parse.ts';
import { rtvtLogin } from './rtvt.ts';

/** Where short-lived secrets are made: for servers that hold the key, and for pages by where they come from. */

const PAGE_SECONDS = 600;

const secretSchema = z.looseObject({
  expires_after: z
    .looseObject({
      anchor: z.literal('created_at').default('created_at'),
      seconds: z.number().int().min(10).max(7200).default(600),
    })
    .nullable()
    .default(null),
  session: z.record(z.string(), z.unknown()).nullable().default(null),
  /** Ours: bind the secret to pages of this origin. */
  origin: z.url().nullable().default(null),
});

const pageSchema = z.looseObject({
  for: z.enum(['realtime', 'rtvt', 'rtstream', 'livestream']),
  provider: z.enum(['gateway', 'openai']).default('gateway'),
  model: z.string().min(1).max(200).nullable().default(null),
});

export interface SecretsOptions {
  readonly auth: Auth;
  readonly engines: Engines;
}

export interface PageTokenOptions extends SecretsOptions, PageAdmission {
  readonly config: Config;
  /** Mints the logins of RTVT. */
  readonly service: RtvtService;
}

/** The session that a secret would begin, checked now so that its owner learns of a mistake now. */
function effectiveSession(session: Readonly<Record<string, unknown>> | null, engines: Engines): Record<string, unknown> {
  const type = session?.['type'] === 'transcription' ? 'transcription' : 'realtime';
  if (session !== null && session['type'] !== 'realtime' && session['type'] !== 'transcription') {
    throw new RealtimeFault('missing_required_parameter', "Missing required parameter: 'session.type'.", 'session.type');
  }
  const model = typeof session?.['model'] === 'string' ? session['model'].slice(0, 200) : 'viva-voce';
  const object = type === 'transcription' ? 'realtime.transcription_session' : 'realtime.session';
  return {
    ...describeConfig(initialConfig(type, model, session, engines)),
    object,
    id: `sess_${randomBytes(9).toString('hex')}`,
  };
}

export function secretRoutes(app: FastifyInstance, { auth, engines }: SecretsOptions): void {
  const needsKey = (request: FastifyRequest): void => {
    if (!auth.isKey(bearerOf(request.headers)))
      throw new AuthError(401, 'invalid_api_key', 'The gateway key is needed as a Bearer token.');
  };

  app.post('/v1/realtime/client_secrets', async (request) => {
    needsKey(request);
    const wish = parse(secretSchema, request.body);
    const session = effectiveSession(wish.session, engines);
    const origin = wish.origin === null ? null : new URL(wish.origin).origin;
    const seconds = wish.expires_after?.seconds ?? 600;
    const minted = await auth.mint({ audience: 'realtime', origin, seconds, session: wish.session });
    return { value: minted.value, expires_at: minted.expiresAt, session };
  });

  // The older shape of the same: the session, with the secret inside, for a minute.
  app.post('/v1/realtime/sessions', async (request) => {
    needsKey(request);
    const body = z.record(z.string(), z.unknown()).catch({}).parse(request.body);
    const asked = { type: 'realtime', ...body };
    const session = effectiveSession(asked, engines);
    const minted = await auth.mint({ audience: 'realtime', origin: null, seconds: 60, session: asked });
    return { ...session, client_secret: { value: minted.value, expires_at: minted.expiresAt } };
  });
}

/** Where pages get what they begin with. */
export function pageTokenRoutes(pages: FastifyInstance, { auth, hook, config, engines, service }: PageTokenOptions): void {
  pages.post('/auth/page-token', async (request, reply) => {
    const { origin, attached } = await admitPage({ auth, hook }, request, () => parse(pageSchema, request.body).for);
    const wish = parse(pageSchema, request.body);
    void reply.header('cache-control', 'no-store');
    if (wish.provider === 'openai') return mintAtOpenAI(config, wish.for, wish.model, attached);
    if (wish.for === 'rtvt') return rtvtLogin(service, config, request);
    const typed = attached === null ? null : { type: 'realtime', ...attached };
    const session = wish.for === 'realtime' ? effectiveSession(typed, engines) : null;
    const minted = await auth.mint({ audience: wish.for, origin, seconds: PAGE_SECONDS, session: typed });
    return { value: minted.value, expires_at: minted.expiresAt, session };
  });
}

async function mintAtOpenAI(
  config: Config,
  audience: string,
  model: string | null,
  attached: Readonly<Record<string, unknown>> | null,
): Promise<Record<string, unknown>> {
  if (audience !== 'realtime') throw new RealtimeFault('invalid_value', 'OpenAI is for realtime only.', 'for');
  if (config.openai.apiKey === null) {
    throw new RealtimeFault('provider_unavailable', 'This gateway has no OPENAI_API_KEY.', 'provider');
  }
  // Loaded only where it is used: it is large, and most gateways start without it.
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI({ apiKey: config.openai.apiKey, baseURL: config.openai.baseUrl, maxRetries: 1, timeout: 10_000 });
  const session = { model: model ?? 'gpt-realtime', ...attached, type: 'realtime' as const };
  try {
    const minted = await client.realtime.clientSecrets.create({
      expires_after: { anchor: 'created_at', seconds: PAGE_SECONDS },
      session,
    });
    return { value: minted.value, expires_at: minted.expires_at, session: minted.session };
  } catch (cause) {
    const status = cause instanceof OpenAI.APIError && cause.status !== undefined ? ` (${cause.status})` : '';
    throw new RealtimeFault('provider_failed', `OpenAI did not give a secret${status}.`, 'provider', 'server_error');
  }
}
