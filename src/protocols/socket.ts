import { Observable, timer } from 'rxjs';
import { AssistantError, type ErrorCode } from '../shared/errors.ts';

/** A WebSocket as a cold Observable: subscribing connects, unsubscribing closes, and each way of ending has one meaning. */

/** The part of a WebSocket that is used; the browser's own and the one of the npm package `ws` both fit. */
export interface SocketLike {
  binaryType: string;
  readonly bufferedAmount: number;
  readonly protocol: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string | ArrayBufferLike | ArrayBufferView): void;
  close(code?: number, reason?: string): void;
}

/** Browsers ignore the third argument; `ws` takes the handshake's headers from it. */
export type SocketConstructor = new (
  url: string,
  protocols?: string[],
  options?: { headers?: Record<string, string> },
) => SocketLike;

/** The sending end of an open socket. */
export interface Wire {
  /** The subprotocol that the server chose, empty when none. */
  readonly protocol: string;
  /** Bytes accepted by `send` that the network has not taken yet. */
  readonly bufferedAmount: number;
  send(data: string | Uint8Array): void;
}

export type SocketEvent =
  { readonly type: 'open'; readonly wire: Wire } | { readonly type: 'message'; readonly data: string | ArrayBuffer };

export interface SocketOptions {
  readonly url: string;
  readonly protocols?: readonly string[];
  /** Handshake headers; only with a constructor that can send them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly connectTimeoutMs?: number | undefined;
  /** Default: the platform's. Node 20 has none. */
  readonly WebSocket?: SocketConstructor | undefined;
}

/** What a refusal means, by its HTTP status; servers close sockets with 4000 + status, or with the registered 3000 and 3003. */
const REFUSALS: Readonly<Record<number, ErrorCode>> = {
  401: 'token-refused',
  402: 'quota-exceeded',
  403: 'origin-refused',
  408: 'timed-out',
  429: 'rate-limited',
  502: 'server-busy',
  503: 'server-busy',
  504: 'timed-out',
};

/** RFC 6455 §7.4.1, the IANA registry (1012–1014, 3000, 3003), 4000 for a handshake in a dialect that is not spoken, and 44xx for an address that is wrong. */
const CLOSES: Readonly<Record<number, ErrorCode>> = {
  1001: 'session-expired',
  1002: 'bad-message',
  1003: 'bad-message',
  1007: 'bad-message',
  1008: 'token-refused',
  1009: 'bad-message',
  1010: 'unsupported',
  1011: 'server-error',
  1012: 'server-busy',
  1013: 'server-busy',
  1014: 'server-error',
  3000: 'token-refused',
  3003: 'origin-refused',
  4000: 'dialect-refused',
  4400: 'bad-option',
  4404: 'bad-option',
  4409: 'bad-option',
};

/** What an HTTP status of a refusal means; undefined = nothing in particular. */
export const refusalCode = (status: number): ErrorCode | undefined => REFUSALS[status];

/** What a close means; null for 1000, the one ending on purpose. A server that goes away for good reason is not a session that expired. */
export function closeError(code: number, reason: string): AssistantError | null {
  if (code === 1000) return null;
  const leaving = code === 1001 && /away|shut|restart/i.test(reason);
  const named = leaving ? 'server-busy' : (CLOSES[code] ?? REFUSALS[code - 4000] ?? 'socket-closed');
  return new AssistantError(named, `closed: ${code} ${reason}`);
}

/** The browser knows that there is no network; false where nobody can tell. */
export const offline = (): boolean => (globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false;

/** Browsers hide why a handshake failed (close 1006); `ws` tells the HTTP status in its error's message. */
function refusal(detail: string): AssistantError {
  if (offline()) return new AssistantError('offline', 'there is no network');
  const status = / response: (\d{3})/.exec(detail)?.[1];
  return new AssistantError(REFUSALS[Number(status)] ?? 'socket-refused', `the socket could not be opened ${detail}`);
}

/**
 * Connects on subscription; emits `open` once, then every message. Completes on close 1000. Errors: `socket-refused`, `offline`,
 * `token-refused`, … before it opened, `timed-out` when it did not open in time, those of the close code afterwards.
 */
export function socket(options: SocketOptions): Observable<SocketEvent> {
  return new Observable((subscriber) => {
    const Socket: SocketConstructor | undefined =
      options.WebSocket ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
    if (!Socket) {
      subscriber.error(new AssistantError('unsupported', 'no WebSocket here: give one', { field: 'WebSocket' }));
      return undefined;
    }
    let ws: SocketLike;
    try {
      ws = new Socket(options.url, [...(options.protocols ?? [])], { headers: { ...options.headers } });
    } catch (cause) {
      subscriber.error(new AssistantError('bad-option', 'the URL or a subprotocol is refused', { cause, field: 'url' }));
      return undefined;
    }
    let opened = false;
    let detail = '';
    ws.binaryType = 'arraybuffer';
    const timeoutMs = options.connectTimeoutMs ?? 10_000;
    const late = timer(timeoutMs).subscribe(() => {
      subscriber.error(new AssistantError('timed-out', `not open within ${timeoutMs} ms`));
    });
    ws.onopen = () => {
      opened = true;
      late.unsubscribe();
      subscriber.next({ type: 'open', wire: ws });
    };
    ws.onmessage = (event: { readonly data: string | ArrayBuffer }) => {
      subscriber.next({ type: 'message', data: event.data });
    };
    ws.onerror = (event: { readonly message?: string }) => {
      detail = event.message ?? '';
    };
    ws.onclose = (event: { readonly code: number; readonly reason: string }) => {
      const error = opened ? closeError(event.code, event.reason) : refusal(detail);
      if (error) subscriber.error(error);
      else subscriber.complete();
    };
    return () => {
      late.unsubscribe();
      ws.onopen = ws.onmessage = ws.onclose = null;
      ws.close(1000);
    };
  });
}
