import { Observable, timer } from 'rxjs';
import { AssistantError, type ErrorCode } from '../shared/errors.ts';
import { offline, refusalCode } from './socket.ts';

/** `fetch` as a cold Observable: one JSON answer, aborted when nobody waits for it any more, every failure an `AssistantError`. */

export interface HttpRequest {
  readonly url: string;
  /** Default: GET, or POST when there is a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as `multipart/form-data` instead; `method` is to be given. */
  readonly form?: FormData;
  /** Default `refusalOf`. */
  readonly refusal?: Refusal | undefined;
  /** Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  readonly timeoutMs?: number;
  /** Default: the platform's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export type Refusal = (status: number, body: unknown) => AssistantError;

/** What an HTTP status means. */
export const statusCode = (status: number): ErrorCode => refusalCode(status) ?? (status >= 500 ? 'server-error' : 'bad-option');

/** The sentence in `{error: {message}}`, `{error: "…"}` or `{message}`, which is what servers answer with. */
export function complaintIn(body: unknown): string {
  if (typeof body === 'string') return body;
  const { error, message } = (body ?? {}) as { error?: unknown; message?: unknown };
  return (error ?? message) == null ? '' : complaintIn(error ?? message);
}

/** What an answer that is no 2xx means. */
const refusalOf: Refusal = (status, body) => new AssistantError(statusCode(status), `${status} ${complaintIn(body)}`.trim());

/**
 * Emits the parsed JSON of a 2xx answer (null for an empty one) and completes. Errors: `offline` when no answer came, `timed-out`,
 * `bad-message` when the answer is not JSON, the status's own code otherwise.
 */
export function request(options: HttpRequest): Observable<unknown> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const timeoutMs = options.timeoutMs ?? 10_000;
    const late = timer(timeoutMs).subscribe(() => {
      subscriber.error(new AssistantError('timed-out', `no answer within ${timeoutMs} ms`));
    });
    const init: RequestInit = {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers: { ...(options.body === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers },
      credentials: options.credentials ?? 'same-origin',
      signal: abort.signal,
      // Of nothing it makes nothing.
      body: options.form ?? JSON.stringify(options.body),
    };
    answer(options, init).then(
      (body) => {
        subscriber.next(body);
        subscriber.complete();
      },
      (cause: unknown) => {
        subscriber.error(AssistantError.from(cause, 'offline'));
      },
    );
    return () => {
      late.unsubscribe();
      abort.abort();
    };
  });
}

async function answer(options: HttpRequest, init: RequestInit): Promise<unknown> {
  const response = await (options.fetch ?? fetch)(options.url, init).catch((cause: unknown) => {
    // A browser tells "no network", "no such host" and "refused by CORS" apart for nobody; only the first is known by other means.
    throw new AssistantError(offline() ? 'offline' : 'socket-refused', 'the server could not be reached', { cause });
  });
  return readAnswer(response, await response.text(), options.refusal);
}

/** The JSON of an answer, null for an empty one. Throws `bad-message`, or what `refusal` makes of it. */
export function readAnswer({ ok, status }: Pick<Response, 'ok' | 'status'>, text: string, refusal: Refusal = refusalOf): unknown {
  let body: unknown = null;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch (cause) {
    if (ok) throw new AssistantError('bad-message', 'the answer is not JSON', { cause });
  }
  if (ok) return body;
  throw refusal(status, body);
}
