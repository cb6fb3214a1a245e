import { from, lastValueFrom, take, throwIfEmpty, type ObservableInput } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { tokenFromUrl } from './realtime/token-url.ts';

/** What opens an HTTP API: a token that is asked for when it is needed, and anew before it expires or when it is refused. */

export interface AccessToken {
  readonly token: string;
  /** Unix ms; null = not told. */
  readonly expiresAt?: number | null;
}

/** Why a token is wanted: the first call, the one before is about to expire, or was refused. */
export type TokenReason = 'first' | 'expiring' | 'refused';

/** A Promise or an Observable, whose first value is used. */
export type TokenProvider = (reason: TokenReason) => ObservableInput<AccessToken>;

export interface TokenOptions {
  /** A token that never changes, or where to get one. */
  readonly token?: string | TokenProvider | undefined;
  /** Answers a POST `{for: "<audience>"}` with `{value, expires_at}`; default: the gateway's own `/auth/page-token`. */
  readonly tokenUrl?: string | undefined;
  /** A key in a page is everybody's: refused in a browser unless this is true (a kiosk of your own, a test). */
  readonly dangerouslyAllowKey?: boolean | undefined;
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** Which API it is. */
export interface TokenUse {
  /** What the gateway's page tokens are asked for: `rtstream`, `livestream`. */
  readonly audience: string;
  /** What a token for pages looks like; anything else may be a key. */
  readonly forPages: RegExp;
}

/** A token that is about to expire would not outlive the call, ms. */
const MARGIN_MS = 30_000;

/** Where whoever looks can read what a script holds. */
export const inBrowser = (): boolean => 'document' in globalThis || 'WorkerGlobalScope' in globalThis;

export class Tokens {
  readonly #provide: TokenProvider;
  readonly #allowKey: boolean;
  readonly #forPages: RegExp;
  #current: AccessToken | null = null;
  /** One question at a time, however many calls wait for it. */
  #asking: Promise<AccessToken> | null = null;

  constructor(baseUrl: string, options: TokenOptions, { audience, forPages }: TokenUse) {
    this.#provide = provider(baseUrl, options, audience);
    this.#forPages = forPages;
    this.#allowKey = options.dangerouslyAllowKey === true || !inBrowser();
  }

  /** `refused`: the token that the server did not take. Rejects with `AssistantError`. */
  async get(refused: string | null = null): Promise<string> {
    const current = this.#current;
    if (current !== null && current.token !== refused && !expires(current)) return current.token;
    const reason: TokenReason = current === null ? 'first' : current.token === refused ? 'refused' : 'expiring';
    this.#asking ??= this.#ask(reason).finally(() => (this.#asking = null));
    return (await this.#asking).token;
  }

  async #ask(reason: TokenReason): Promise<AccessToken> {
    try {
      const none = (): AssistantError => new AssistantError('token-refused', 'no token was given');
      const told = await lastValueFrom(from(this.#provide(reason)).pipe(take(1), throwIfEmpty(none)));
      if (told.token === '') throw none();
      if (!this.#allowKey && !this.#forPages.test(told.token)) {
        throw new AssistantError('bad-option', 'token: a key does not belong in a page; use a client token, or a tokenUrl', {
          field: 'token',
        });
      }
      this.#current = told;
      return told;
    } catch (cause) {
      throw AssistantError.from(cause, 'token-refused');
    }
  }
}

const expires = ({ expiresAt }: AccessToken): boolean => expiresAt != null && expiresAt - Date.now() < MARGIN_MS;

function provider(baseUrl: string, { token, tokenUrl, fetch }: TokenOptions, audience: string): TokenProvider {
  if (typeof token === 'function') return token;
  if (typeof token === 'string') return () => [{ token }];
  const url = tokenUrl ?? new URL('/auth/page-token', baseUrl).href;
  return () => tokenFromUrl(url, { body: { for: audience }, ...(fetch === undefined ? {} : { fetch }) });
}
