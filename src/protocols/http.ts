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
  /** Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  readonly timeoutMs?: number;
  /** Default: the platform's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What an HTTP status means. */
const statusCode = (status: number): ErrorCode => refusalCode(status) ?? (status >= 500 ? 'server-error' : 'bad-option');

/** The sentence in `{error: {message}}`, `{error: "…"}` or `{message}`, which is what servers answer with. */
function complaintIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { error, message } = body as { error?: unknown; message?: unknown };
  if (typeof error === 'string') return error;
  return typeof message === 'string' ? message : complaintIn(error);
}

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
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
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
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch (cause) {
    if (response.ok) throw new AssistantError('bad-message', 'the answer is not JSON', { cause });
  }
  if (!response.ok) throw new AssistantError(statusCode(response.status), `${response.status} ${complaintIn(body)}`.trim());
  return body;
}
