import { map } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { inBrowser } from '../access-tokens.ts';
import type { TokenProvider } from '../access-tokens.ts';
import { request } from '../http.ts';
import type { HttpRequest } from '../http.ts';
import { number, requiredText } from '../rtstream/codec-fields.ts';
import { settled } from '../settled.ts';
import type { CallOptions } from '../settled.ts';
import { required } from './codec-tasks.ts';
import { livestreamRefusal } from './refusal.ts';

/** `POST /auth/token`: a key or a refresh token becomes a token, and each refresh token is used once. */

export interface Login {
  readonly accessToken: string;
  /** Unix ms */
  readonly expiresAt: number;
  /** Good once. */
  readonly refreshToken: string;
  readonly userId: string;
}

export type Credential =
  /** `userId`: UUID of whom it is for; default the operator. */
  { readonly apiKey: string; readonly userId?: string | undefined } | { readonly refreshToken: string };

export type LoginOptions = Pick<HttpRequest, 'fetch' | 'timeoutMs'> & {
  /** `http(s)://host[/prefix]` */
  readonly baseUrl: string;
};

/** Rejects with `AssistantError`: `token-refused`, those of `request`; or with the signal's reason. */
export function login({ baseUrl, ...rest }: LoginOptions, credential: Credential, { signal }: CallOptions = {}): Promise<Login> {
  const body =
    'apiKey' in credential
      ? { api_key: credential.apiKey, ...(credential.userId === undefined ? {} : { user_id: credential.userId }) }
      : { refresh_token: credential.refreshToken };
  const url = `${baseUrl.replace(/\/+$/, '')}/auth/token`;
  return settled(request({ ...rest, url, credentials: 'omit', refusal: livestreamRefusal, body }).pipe(map(readLogin)), signal);
}

function readLogin(answer: unknown): Login {
  const told = required(answer, 'answer');
  return {
    accessToken: requiredText(told['access_token'], 'access_token'),
    expiresAt: Date.now() + (number(told['expires_in']) ?? 0) * 1000,
    refreshToken: requiredText(told['refresh_token'], 'refresh_token'),
    userId: requiredText(told['user_id'], 'user_id'),
  };
}

export interface LoginTokensOptions extends LoginOptions {
  /** Called with each new one, for who keeps them over a restart. */
  readonly loggedIn?: ((login: Login) => void) | undefined;
  /** A key in a page is everybody's: refused in a browser unless this is true (a kiosk of your own, a test). */
  readonly dangerouslyAllowKey?: boolean | undefined;
}

/**
 * Tokens for a client that logs in: by the credential first, by the last refresh token from then on; a key is used again where the refresh
 * token is no longer good. Errors: `token-refused`, those of `request`. Throws `bad-option` for a key in a page.
 */
export function loginTokens(
  { loggedIn, dangerouslyAllowKey = false, ...options }: LoginTokensOptions,
  credential: Credential,
): TokenProvider {
  if ('apiKey' in credential && !dangerouslyAllowKey && inBrowser())
    throw new AssistantError('bad-option', 'apiKey: a key does not belong in a page', { field: 'apiKey' });
  let refreshToken = 'refreshToken' in credential ? credential.refreshToken : null;
  const ask = async (by: Credential): Promise<Login> => {
    const told = await login(options, by);
    refreshToken = told.refreshToken;
    loggedIn?.(told);
    return told;
  };
  const fresh = async (): Promise<Login> => {
    if (refreshToken === null) return ask(credential);
    const by = { refreshToken };
    try {
      return await ask(by);
    } catch (cause) {
      // It may have expired, or the gateway lost it; a key is still good.
      if (!('apiKey' in credential) || AssistantError.from(cause).code !== 'token-refused') throw cause;
      refreshToken = null;
      return ask(credential);
    }
  };
  return async () => {
    const { accessToken: token, expiresAt } = await fresh();
    return { token, expiresAt };
  };
}
