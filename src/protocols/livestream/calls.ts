import { defer, from, map, retry, switchMap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { Tokens } from '../access-tokens.ts';
import type { TokenOptions } from '../access-tokens.ts';
import { request } from '../http.ts';
import { isObject } from '../rtstream/codec-fields.ts';
import { settled } from '../settled.ts';
import type { CallOptions } from '../settled.ts';
import { upload } from '../upload.ts';
import { livestreamRefusal } from './refusal.ts';

/** Calls of the livestream API: the bearer token, one fresh one where it is refused, answers read or a failure in the server's words. */

export interface CallsOptions extends TokenOptions {
  /** `http(s)://host[/prefix]` */
  readonly baseUrl: string;
  /** For one answer, ms; default 60 000. */
  readonly timeoutMs?: number | undefined;
}

export interface UploadOptions extends CallOptions {
  /** 0–100 of what is sent, null = not told; called while it is. */
  readonly progress?: ((percentage: number | null) => void) | undefined;
}

export type Query = Readonly<Record<string, string | number | null | undefined>>;

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly progress?: UploadOptions['progress'];
  /** Read by everybody. */
  readonly open?: boolean;
}

/** JWTs of `POST /auth/token`, `ek_…` of the gateway's page tokens. */
const USE = { audience: 'livestream', forPages: /^(eyJ|ek_)/ };

export class Calls {
  readonly baseUrl: string;
  readonly #options: CallsOptions;
  readonly #tokens: Tokens;

  /** Throws `bad-option`. */
  constructor(options: CallsOptions) {
    if (!URL.canParse(options.baseUrl)) throw new AssistantError('bad-option', 'baseUrl: not a URL', { field: 'baseUrl' });
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#options = options;
    this.#tokens = new Tokens(this.baseUrl, options, USE);
  }

  /** `refused`: the one that was not taken. Rejects with `AssistantError`. */
  token(refused: string | null): Promise<string> {
    return this.#tokens.get(refused);
  }

  /** Rejects with `AssistantError`, or with the signal's reason; so do the others. */
  get<T>(path: string, read: (answer: unknown) => T, query: Query = {}, { signal }: CallOptions = {}): Promise<T> {
    const asked = Object.entries(query).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]]));
    const search = asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`;
    return this.#call({ method: 'GET', path: `${path}${search}` }, read, signal);
  }

  /** Without a token. */
  getOpen<T>(path: string, read: (answer: unknown) => T, { signal }: CallOptions = {}): Promise<T> {
    return this.#call({ method: 'GET', path, open: true }, read, signal);
  }

  send<T>(
    method: 'POST' | 'DELETE',
    path: string,
    read: (answer: unknown) => T,
    body?: unknown,
    { signal }: CallOptions = {},
  ): Promise<T> {
    return this.#call({ method, path, ...(body === undefined ? {} : { body }) }, read, signal);
  }

  upload<T>(path: string, read: (answer: unknown) => T, form: FormData, { signal, progress }: UploadOptions = {}): Promise<T> {
    return this.#call({ method: 'POST', path, form, progress }, read, signal);
  }

  #call<T>(call: Call, read: (answer: unknown) => T, signal: AbortSignal | undefined): Promise<T> {
    return settled(this.#answer(call).pipe(map(read)), signal);
  }

  #answer(call: Call): Observable<unknown> {
    if (call.open === true) return this.#asked(call, {});
    let used: string | null = null;
    let refused: string | null = null;
    return defer(() => from(this.#tokens.get(refused))).pipe(
      switchMap((token) => {
        used = token;
        return this.#asked(call, { authorization: `Bearer ${token}` });
      }),
      retry({
        delay: (cause: unknown) => {
          const mend = cause instanceof AssistantError && cause.code === 'token-refused' && used !== null && refused === null;
          if (!mend) return throwError(() => cause);
          refused = used;
          return timer(0);
        },
      }),
    );
  }

  #asked({ method, path, body, form, progress }: Call, headers: Readonly<Record<string, string>>): Observable<unknown> {
    const { timeoutMs = 60_000, fetch } = this.#options;
    const url = `${this.baseUrl}${path}`;
    if (form !== undefined) return upload({ url, headers, form, timeoutMs, progress, refusal: livestreamRefusal, fetch });
    const given = {
      refusal: livestreamRefusal,
      ...(body === undefined ? {} : { body }),
      ...(fetch === undefined ? {} : { fetch }),
    };
    return request({ url, method, headers, credentials: 'omit', timeoutMs, ...given });
  }
}

/** The server has no such thing (404). */
export const isMissing = (cause: unknown): boolean =>
  cause instanceof AssistantError && isObject(cause.cause) && cause.cause['status'] === 404;
