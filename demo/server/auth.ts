import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Config } from './config.ts';

/** Who may do what: the gateway's key, short-lived secrets made from it, and the origins that pages may come from. */

const PREFIX = 'ek_';
const ISSUER = 'viva-voce';
/** Session defaults that wait for their secret to be used. */
const MAX_KEPT = 10_000;

export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly status: 401 | 403 | 503;
  readonly code: string;

  constructor(status: AuthError['status'], code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What a secret is for; a secret for one protocol opens no other. */
export type Audience = 'realtime' | 'rtvt' | 'rtstream' | 'livestream' | 'room' | 'channel' | 'capture';

export interface Minted {
  readonly value: string;
  /** Unix seconds */
  readonly expiresAt: number;
}

export interface Grant {
  /** `key`: the holder of the gateway's key; `secret`: a short-lived secret. */
  readonly kind: 'key' | 'secret';
  /** What was attached when the secret was made. */
  readonly session: Readonly<Record<string, unknown>> | null;
  /** What the secret itself says, signed; the key says nothing. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface Auth {
  /** True for the gateway's own key. */
  isKey(credential: string | null): boolean;
  originAllowed(origin: string): boolean;
  mint(wish: {
    readonly audience: Audience;
    readonly origin: string | null;
    readonly seconds: number;
    readonly session: Readonly<Record<string, unknown>> | null;
    /** Facts to be signed into the secret; they outlive a restart, and whoever holds the secret can read them. */
    readonly claims?: Readonly<Record<string, string | boolean>>;
  }): Promise<Minted>;
  /** Throws `AuthError`. `origin` null: the caller is no page. */
  admit(credential: string | null, origin: string | null, audience: Audience): Promise<Grant>;
}

/** The key of the environment, or the one in `DATA_DIR/api-key`, made now if there is none. */
export function gatewayKey(config: Pick<Config, 'gatewayApiKey' | 'dataDir'>): string {
  return config.gatewayApiKey ?? keptKey(config.dataDir, 'api-key', () => `vv_${randomBytes(32).toString('base64url')}`);
}

/** A key that is made once and kept in a file of `dataDir` that nobody else may read. */
export function keptKey(dataDir: string, file: string, make: () => string): string {
  const path = join(dataDir, file);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two gateways that start at once, one makes the key and the other reads it.
    writeFileSync(path, `${make()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  }
  const key = readFileSync(path, 'utf8').trim();
  if (key === '') throw new Error(`${path} is empty: delete it, or write a key into it.`);
  return key;
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Pages of this machine while the gateway serves only this machine; `ALLOWED_ORIGINS` and `PUBLIC_URL` otherwise. */
export function originAllowed(origin: string, config: Pick<Config, 'allowedOrigins' | 'publicUrl' | 'host'>): boolean {
  const normal = origin.toLowerCase();
  if (config.allowedOrigins.some((allowed) => allowed === '*' || allowed.toLowerCase().replace(/\/$/, '') === normal))
    return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (config.publicUrl !== null && new URL(config.publicUrl).origin === url.origin) return true;
  return isLoopbackHost(config.host) && /^https?:$/.test(url.protocol) && LOOPBACK_NAMES.has(url.hostname);
}

const sameText = (a: string, b: string, key: Uint8Array): boolean => {
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};

export function createAuth(config: Config): Auth {
  const key = gatewayKey(config);
  const signing = createHmac('sha256', key).update('viva-voce short-lived secrets').digest();
  const kept = new Map<string, { readonly session: Readonly<Record<string, unknown>>; readonly expiresAt: number }>();

  const forgetExpired = (): void => {
    const now = Date.now() / 1000;
    for (const [id, { expiresAt }] of kept) if (expiresAt < now || kept.size > MAX_KEPT) kept.delete(id);
  };

  const isKey = (credential: string | null): boolean => credential !== null && sameText(credential, key, signing);

  const verify = async (
    secret: string,
    audience: Audience,
  ): Promise<{ origin: string | null; id: string; attached: boolean; claims: Readonly<Record<string, unknown>> }> => {
    try {
      const { payload } = await jwtVerify(secret.slice(PREFIX.length), signing, {
        issuer: ISSUER,
        audience,
        algorithms: ['HS256'],
      });
      const { origin, facts } = payload;
      return {
        origin: typeof origin === 'string' ? origin : null,
        id: payload.jti ?? '',
        attached: payload['attached'] === true,
        claims: typeof facts === 'object' && facts !== null ? { ...facts } : {},
      };
    } catch (cause) {
      if (cause instanceof errors.JWTExpired)
        throw new AuthError(401, 'expired_api_key', 'The secret has expired; ask for a new one.');
      throw new AuthError(401, 'invalid_api_key', 'The secret is not one of this gateway, or not for this use.');
    }
  };

  return {
    isKey,
    originAllowed: (origin) => originAllowed(origin, config),

    async mint({ audience, origin, seconds, session, claims: facts }) {
      const id = randomUUID();
      const expiresAt = Math.floor(Date.now() / 1000) + seconds;
      const claims = {
        ...(facts === undefined ? {} : { facts }),
        ...(origin === null ? {} : { origin }),
        ...(session === null ? {} : { attached: true }),
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(audience)
        .setJti(id)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(signing);
      if (session !== null) {
        forgetExpired();
        kept.set(id, { session, expiresAt });
      }
      return { value: PREFIX + token, expiresAt };
    },

    async admit(credential, origin, audience) {
      if (credential === null) throw new AuthError(401, 'missing_api_key', 'A key or a short-lived secret is needed.');
      if (isKey(credential)) {
        if (origin !== null && !originAllowed(origin, config))
          throw new AuthError(403, 'origin_not_allowed', 'This origin may not connect.');
        return { kind: 'key', session: null, claims: {} };
      }
      if (!credential.startsWith(PREFIX)) throw new AuthError(401, 'invalid_api_key', 'The key is not the one of this gateway.');
      const secret = await verify(credential, audience);
      if (secret.origin !== null && secret.origin !== origin) {
        throw new AuthError(403, 'origin_mismatch', 'The secret was made for another origin.');
      }
      if (secret.origin === null && origin !== null && !originAllowed(origin, config)) {
        throw new AuthError(403, 'origin_not_allowed', 'This origin may not connect.');
      }
      const { claims } = secret;
      if (!secret.attached) return { kind: 'secret', session: null, claims };
      const found = kept.get(secret.id);
      if (found === undefined)
        throw new AuthError(401, 'invalid_api_key', "The secret's session is no longer known; ask for a new secret.");
      return { kind: 'secret', session: found.session, claims };
    },
  };
}
