import { decodeJwt } from 'jose';
import { AuthError, isLoopbackHost } from '../../auth.ts';
import type { Auth, Grant } from '../../auth.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../store/tables.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import type { Refreshed } from './refresh-tokens.ts';
import type { Revocations } from './revocations.ts';
import { OPERATOR, subjectOf } from './subject.ts';
import { openTokenKeys } from './token-keys.ts';

/** Who asks the livestream service: an access token, a page's secret or the gateway's key, each as one and the same kind of person. */

export interface Bearer {
  /** UUID */
  readonly subject: string;
  /** `key`: the gateway's own, which belongs into no address; `secret`: a page's (`ek_…`); `token`: from `POST /auth/token`. */
  readonly kind: 'key' | 'secret' | 'token';
  /** Unix s; null = never. */
  readonly expiresAt: number | null;
  /** What a token came from; null: it cannot be revoked by that. */
  readonly login: string | null;
}

/** As `POST /auth/token` answers. */
export interface Login {
  readonly access_token: string;
  readonly token_type: 'bearer';
  /** s */
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly user_id: string;
}

export interface LivestreamTokens {
  /** Throws `AuthError` 401 or 403. `origin` null: the caller is no page. */
  verify(credential: string | null, origin: string | null): Promise<Bearer>;
  /** For the holder of the key. `user`: UUID of whom it is for; null = the operator. Throws `AuthError` 401. */
  login(key: string, origin: string | null, user: string | null): Promise<Login>;
  /** Throws `AuthError` 401; what came from the same login is void then, where the token was used before. */
  refresh(refreshToken: string): Promise<Login>;
  /** Voids the login that it came from, or all of the same person. How many; 0 where it is not known (any more). */
  logOut(refreshToken: string, everywhere: boolean): Promise<number>;
  /** For the holder of the key: voids all logins of a person; `user` null = the operator. Throws `AuthError` 401. */
  logOutUser(key: string, origin: string | null, user: string | null): Promise<number>;
}

export interface TokensOptions {
  readonly config: Config;
  readonly auth: Auth;
  readonly database: Database;
  readonly revocations: Pick<Revocations, 'has' | 'add'>;
}

const PAGE_SECRET = 'ek_';

export function livestreamTokens({ config, auth, database, revocations }: TokensOptions): LivestreamTokens {
  const access = createAccessTokens(openTokenKeys(config.dataDir), config.livestream.tokenSeconds);
  const refreshes = createRefreshTokens(database, (login) => revocations.add(login));
  const loggedIn = async ({ token: refresh_token, subject, login }: Refreshed): Promise<Login> => {
    const { token, expiresIn } = await access.sign(subject, login);
    return { access_token: token, token_type: 'bearer', expires_in: expiresIn, refresh_token, user_id: subject };
  };
  const admitKey = async (key: string, origin: string | null): Promise<void> => {
    if (!auth.isKey(key)) throw new AuthError(401, 'invalid_api_key', 'The key is not the one of this gateway.');
    await auth.admit(key, origin, 'livestream');
  };
  return {
    async verify(credential, origin) {
      if (credential === null || credential === '') throw new AuthError(401, 'missing_token', 'A bearer token is needed.');
      if (auth.isKey(credential)) {
        await auth.admit(credential, origin, 'livestream');
        return { subject: OPERATOR, kind: 'key', expiresAt: null, login: null };
      }
      if (credential.startsWith(PAGE_SECRET))
        return pageOf(config, credential, await auth.admit(credential, origin, 'livestream'));
      const known = await access.verify(credential);
      if (known.login !== null && revocations.has(known.login)) throw voidLogin();
      if (origin !== null && !auth.originAllowed(origin))
        throw new AuthError(
          403,
          'origin_not_allowed',
          'This origin may not use the gateway; ALLOWED_ORIGINS names those that may.',
        );
      return { ...known, kind: 'token' };
    },
    async login(key, origin, user) {
      await admitKey(key, origin);
      return loggedIn(await refreshes.begin(user ?? OPERATOR));
    },
    async refresh(refreshToken) {
      const renewed = await refreshes.renew(refreshToken);
      if (!revocations.has(renewed.login)) return loggedIn(renewed);
      // It was logged out while it was renewed.
      await refreshes.end(renewed.token, false);
      throw voidLogin();
    },
    logOut: (refreshToken, everywhere) => refreshes.end(refreshToken, everywhere),
    async logOutUser(key, origin, user) {
      await admitKey(key, origin);
      return refreshes.endAll(user ?? OPERATOR);
    },
  };
}

const voidLogin = (): AuthError =>
  new AuthError(401, 'token_revoked', 'The login that the token came from is void; log in again.');

/** A page's user is whom the operator's hook named. Without one, pages of a gateway that serves this machine alone are its owner's desk. */
function pageOf({ host }: Pick<Config, 'host'>, secret: string, { claims, session }: Grant): Bearer {
  const { jti = '', exp } = decodeJwt(secret.slice(PAGE_SECRET.length));
  const named = claims['user'] ?? session?.['user_id'];
  const user = typeof named === 'string' && named !== '' ? subjectOf(named) : null;
  const subject = user ?? (isLoopbackHost(host) ? OPERATOR : subjectOf(`page ${jti}`));
  return { subject, kind: 'secret', expiresAt: exp ?? null, login: null };
}
