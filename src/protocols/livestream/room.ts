import { defer, map, Observable, Subject, switchMap, take, tap, type OperatorFunction } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { request, type HttpRequest } from '../http.ts';
import { socket, type SocketConstructor, type Wire } from '../socket.ts';
import { readEnvelope, writeCaption, type RoomCaption } from './codec.ts';

/** A room of the livestream service: one socket through which captions are followed, and published by who has the token for it. */

export interface RoomOptions {
  /** Base URL of the service, `http(s):` or `ws(s):`. */
  readonly endpoint: string;
  readonly room: string;
  /** A fresh token for every connection; the first value is used. */
  readonly token: () => Observable<string>;
  readonly connectTimeoutMs?: number;
  /** Default: the platform's. */
  readonly WebSocket?: SocketConstructor;
}

/** What a room tells whoever is in it. */
export type RoomEvent =
  | { readonly type: 'joined'; readonly connectionId: string | null }
  | { readonly type: 'caption'; readonly line: RoomCaption }
  /** A message that is not understood, or not for captions; `count` of them so far. */
  | { readonly type: 'noted'; readonly what: string; readonly count: number };

/** Bytes that may wait on a slow wire before lines that still grow are left out; whole ones always go. */
const MOST_WAITING = 262_144;

/** Takes captions to publish (none to follow only). Errors are those of `socket`, and `token-refused` when the room says so. */
export const room =
  (options: RoomOptions): OperatorFunction<RoomCaption, RoomEvent> =>
  (captions$) =>
    defer(() => options.token()).pipe(
      take(1),
      switchMap((token) => connection(options, token, captions$)),
    );

const connection = (options: RoomOptions, token: string, captions$: Observable<RoomCaption>): Observable<RoomEvent> =>
  new Observable((subscriber) => {
    let noted = 0;
    const note = (what: string): void => {
      noted += 1;
      subscriber.next({ type: 'noted', what, count: noted });
    };
    const url = roomUrl(options.endpoint, options.room, token);
    const { connectTimeoutMs, WebSocket } = options;
    const wire$ = new Subject<Wire>();
    const fail = (cause: unknown): void => {
      subscriber.error(cause);
    };
    const both = wire$
      .pipe(switchMap((wire) => captions$.pipe(tap((caption) => publish(wire, caption)))))
      .subscribe({ error: fail });
    const events$ = socket({ url, connectTimeoutMs, WebSocket });
    both.add(
      events$.subscribe({
        next: (event) => {
          if (event.type === 'open') wire$.next(event.wire);
          else receive(event.data);
        },
        error: fail,
        complete: () => {
          subscriber.complete();
        },
      }),
    );
    function receive(data: unknown): void {
      try {
        const envelope = readEnvelope(data);
        if (envelope.type === 'error') subscriber.error(envelope.error);
        else if (envelope.type === 'other') note(envelope.name);
        else if (envelope.type === 'connection_established')
          subscriber.next({ type: 'joined', connectionId: envelope.connectionId });
        else subscriber.next(envelope);
      } catch (cause) {
        // One bad message of one publisher is no reason to lose the others'.
        note(AssistantError.from(cause, 'bad-message').message);
      }
    }
    return both;
  });

function publish(wire: Wire, caption: RoomCaption): void {
  const final = caption.original?.final !== false && caption.translation?.final !== false;
  if (final || wire.bufferedAmount < MOST_WAITING) wire.send(writeCaption(caption));
}

/** `/ws/room/{name}?token=`; the service has the token in the query, since browsers send no headers with a socket. */
export function roomUrl(endpoint: string, name: string, token: string): string {
  const url = new URL(`/ws/room/${encodeURIComponent(name)}`, endpoint.replace(/^http/, 'ws'));
  url.searchParams.set('token', token);
  return url.href;
}

export interface RoomTokenOptions extends Pick<HttpRequest, 'credentials' | 'headers' | 'timeoutMs' | 'fetch'> {
  /** `/rooms/token` of the gateway, or the page's own that answers like it. */
  readonly url: string;
  readonly room: string;
  /** The token also lets its holder publish. */
  readonly publish: boolean;
}

/** POST `{room, publish}`; emits the token of the answer `{token, expires_at, url}`. Errors as those of `request`. */
export function roomToken({ room: name, publish: mayPublish, ...rest }: RoomTokenOptions): Observable<string> {
  return request({ ...rest, body: { room: name, publish: mayPublish } }).pipe(
    map((answer) => {
      const token = typeof answer === 'object' && answer !== null && 'token' in answer ? answer.token : null;
      if (typeof token === 'string' && token !== '') return token;
      throw new AssistantError('bad-message', 'the token endpoint answered without a token', { field: 'token' });
    }),
  );
}
