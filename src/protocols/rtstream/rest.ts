import { defer, from, map, Observable, race, retry, switchMap, throwError, timer } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { Tokens } from '../access-tokens.ts';
import type { TokenOptions } from '../access-tokens.ts';
import { request } from '../http.ts';
import { settled } from '../settled.ts';
import type { CallOptions } from '../settled.ts';
import { refusalCode } from '../socket.ts';
import { number, object, text } from './codec-fields.ts';
import type { Json } from './codec-fields.ts';

/** Calls of the HTTP API: the token, the envelope, long calls followed to their end; every failure an `AssistantError` in the server's words. */

export interface RestOptions extends TokenOptions {
  /** `http(s)://host[/prefix]` */
  readonly baseUrl: string;
  /** For one answer, ms; default 60 000. */
  readonly timeoutMs?: number | undefined;
  /** How long a call may take that is answered later, ms; default 500 000. */
  readonly jobTimeoutMs?: number | undefined;
}

export interface LongCallOptions extends CallOptions {
  /** 0–100, null = not told; called while it is waited for. */
  readonly progress?: ((percentage: number | null) => void) | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface Call extends LongCallOptions {
  readonly method: string;
  /** From the base URL on, or absolute. */
  readonly path: string;
  readonly body?: unknown;
}

/** `st-…` from `generateClientToken`, `ek_…` from the gateway's page tokens. */
const USE = { audience: 'rtstream', forPages: /^(st-|ek_)/ };
const FIRST_POLL_MS = 300;
const LAST_POLL_MS = 5_000;

export class Rest {
  readonly baseUrl: string;
  readonly #options: RestOptions;
  readonly #tokens: Tokens;

  constructor(options: RestOptions) {
    if (!URL.canParse(options.baseUrl)) throw new AssistantError('bad-option', 'baseUrl: not a URL', { field: 'baseUrl' });
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#options = options;
    this.#tokens = new Tokens(this.baseUrl, options, USE);
  }

  /** `data` of the answer; rejects with `AssistantError`, or with the signal's reason. */
  get(path: string, query: Query = {}, options: CallOptions = {}): Promise<Json> {
    const asked = Object.entries(query).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]]));
    const search = asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`;
    return settled(this.#data({ ...options, method: 'GET', path: `${path}${search}` }), options.signal);
  }

  send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown, options: LongCallOptions = {}): Promise<Json> {
    return settled(this.#data({ ...options, method, path, ...(method === 'DELETE' ? {} : { body }) }), options.signal);
  }

  #data(call: Call): Observable<Json> {
    return this.#answer(call).pipe(
      switchMap((answer) => (isUnderWay(answer) ? this.#followed(answer, call) : [answer])),
      map((answer) => object(dataOf(answer))),
    );
  }

  /** One answer; a refused token is followed by one fresh one at once. */
  #answer({ method, path, body }: Call): Observable<Json> {
    let used: string | null = null;
    let refused: string | null = null;
    const { timeoutMs = 60_000, fetch } = this.#options;
    const url = /^https?:/.test(path) ? path : `${this.baseUrl}${path}`;
    return defer(() => from(this.#tokens.get(refused))).pipe(
      switchMap((token) => {
        used = token;
        const headers = { 'x-access-token': token, 'x-videodb-client': 'viva-voce' };
        const given = { ...(body === undefined ? {} : { body }), ...(fetch === undefined ? {} : { fetch }) };
        return request({ url, method, headers, credentials: 'omit', timeoutMs, ...given });
      }),
      retry({
        delay: (cause: unknown) => {
          const mend = cause instanceof AssistantError && cause.code === 'token-refused' && used !== null && refused === null;
          if (!mend) return throwError(() => cause);
          refused = used;
          return timer(0);
        },
      }),
      map(object),
    );
  }

  #followed(first: Json, call: Call): Observable<Json> {
    const { progress } = call;
    const { jobTimeoutMs = 500_000 } = this.#options;
    const outputUrl = text(object(first['data'])['output_url']) ?? '';
    // The token goes to the gateway and nowhere else.
    if (!URL.canParse(outputUrl) || new URL(outputUrl).origin !== new URL(this.baseUrl).origin) {
      return throwError(() => new AssistantError('bad-message', 'output_url: another host', { field: 'output_url' }));
    }
    const tell = (answer: Json): void => progress?.(number(object(answer['data'])['percentage']));
    const later = new Observable<Json>((subscriber) => {
      tell(first);
      let waitMs = FIRST_POLL_MS;
      const again = (): void => {
        const asked = timer(waitMs)
          .pipe(switchMap(() => this.#answer({ method: 'GET', path: outputUrl })))
          .subscribe({
            next: (answer) => {
              if (isUnderWay(answer)) {
                tell(answer);
                waitMs = Math.min(LAST_POLL_MS, waitMs * 1.5);
                again();
              } else {
                subscriber.next(object(answer['response'] ?? answer));
                subscriber.complete();
              }
            },
            error: (cause: unknown) => {
              subscriber.error(cause);
            },
          });
        subscriber.add(asked);
      };
      again();
    });
    const late = timer(jobTimeoutMs).pipe(
      map((): Json => {
        throw new AssistantError('timed-out', `not done within ${jobTimeoutMs} ms`);
      }),
    );
    return race(later, late);
  }
}

const isUnderWay = ({ status, data }: Json): boolean =>
  (status === 'processing' || status === 'in progress') &&
  (object(data)['output_url'] !== undefined || object(data)['percentage'] !== undefined);

/** `data` of the envelope. Throws for `success: false`, whatever the HTTP status was. */
function dataOf(answer: Json): unknown {
  if (answer['success'] !== false) return answer['data'];
  const status = number(answer['error_status']) ?? 400;
  const code = refusalCode(status) ?? (status >= 500 ? 'server-error' : 'bad-option');
  throw new AssistantError(code, text(answer['message']) ?? 'the server refused');
}
