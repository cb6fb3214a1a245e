import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  from,
  map,
  merge,
  mergeMap,
  of,
  switchMap,
  take,
  takeWhile,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import type { AssistantSettings } from '../../shared/wire.ts';
import type { Protocol } from '../protocol.ts';
import { socket, type SocketConstructor, type SocketEvent } from '../socket.ts';
import { adapterOf, type Adapter, type Dialect } from './adapters.ts';
import { ga } from './codec-ga.ts';
import { newConnection, type ConnectionInput, type Memory } from './connection.ts';
import { handshake } from './handshake.ts';
import { isObject, type ServerEvent } from './events.ts';
import { readMessage } from './message.ts';

/** The OpenAI Realtime protocol as an operator from `Uplink` to `Downlink`. */

/** A secret that opens one connection. */
export interface Token {
  readonly token: string;
  /** ms since the epoch, null = not told. */
  readonly expiresAt: number | null;
}

/** Why a secret is wanted: the first connection, a later one, or because the last secret was refused. */
export type TokenReason = 'connect' | 'reconnect' | 'refused';

/** Fetches a fresh secret; asked before each connect. */
export type TokenProvider = (reason: TokenReason) => Observable<Token>;

export interface RealtimeOptions {
  /** Which server it is: see `adapters.ts`. Default `gateway`. */
  readonly preset?: string;
  /** What differs from the preset. */
  readonly adapter?: Partial<Adapter>;
  /** Absolute `ws(s):` or `http(s):` address; default: the preset's own. */
  readonly url?: string;
  readonly model?: string;
  readonly token?: TokenProvider;
  readonly settings?: AssistantSettings;
  /** `auto` (default) begins as the preset says and follows what the server turns out to speak. */
  readonly dialect?: Dialect | 'auto';
  /** Default 10 000. */
  readonly connectTimeoutMs?: number;
  /** How long the server may take to confirm the settings; default 5 000. */
  readonly readyTimeoutMs?: number;
  /** For platforms without a WebSocket, or to send handshake headers. */
  readonly WebSocket?: SocketConstructor;
}

/** The user's turn may be answered late by the server; after so long it is taken to be unanswered. */
const QUIET_MS = 3_000;

type Input = ConnectionInput | { readonly type: 'end' };

/**
 * Subscribing connects, unsubscribing hangs up; completes on close 1000. Settings changed by `Uplink settings` and the dialect that was
 * found hold for later subscriptions of the same operator. Errors: those of the token, of `socket`, and of specs §7.
 */
export function realtime(options: RealtimeOptions): Protocol {
  const adapter: Adapter = { ...adapterOf(options.preset ?? 'gateway'), ...options.adapter };
  const { dialect = 'auto', token, readyTimeoutMs = 5_000 } = options;
  const memory: Memory = {
    dialect: dialect === 'auto' ? adapter.dialect : dialect,
    codec: ga,
    settings: options.settings ?? {},
  };
  let reason: TokenReason = 'connect';
  /** The server has not said a word on this connection. */
  let silent = true;

  /** Passes `value` on when what the dialect needs is there. */
  const inDialect = <T>(value: T): Observable<T> => {
    // A preset that is flat was taken for beta; where it turns out to be GA, it is nested.
    const shape = memory.dialect === 'beta' ? 'flat' : adapter.sessionShape === 'mixed' ? 'mixed' : null;
    if (shape === null) return of(value);
    return from(import('./codec-beta.ts')).pipe(
      map(({ foreign }) => {
        memory.codec = foreign(shape);
        return value;
      }),
    );
  };

  const once$ = defer(() => {
    silent = true;
    memory.codec = ga;
    return inDialect(reason);
  }).pipe(
    switchMap((why) => secret(token, why)),
    switchMap((key) => socket(handshake(options, adapter, memory, key))),
    concatMap((event) => {
      const input = read(event);
      silent &&= input.type === 'open';
      reason = 'reconnect';
      if (dialect !== 'auto' || memory.dialect === 'beta' || !greetsInBeta(input)) return of(input);
      memory.dialect = 'beta';
      return inDialect(input);
    }),
  );

  /** A second try where the first has taught something. */
  const wire$ = once$.pipe(
    catchError((cause: unknown) => {
      const { code } = AssistantError.from(cause);
      const asBeta = code === 'dialect-refused' && dialect === 'auto' && memory.dialect === 'beta';
      const asStale = code === 'token-refused' && silent && token !== undefined && reason !== 'refused';
      if (code === 'token-refused' || (code === 'socket-refused' && token)) reason = 'refused';
      if (!asBeta && !asStale) throw cause;
      if (asBeta) memory.dialect = 'ga';
      return once$;
    }),
  );

  return (up$) =>
    defer(() => {
      const { take: answer, reason: reasonOf } = newConnection(adapter, memory);
      return merge(
        up$.pipe(map((up): Input => ({ type: 'up', up }))),
        concat(wire$, of<Input>({ type: 'end' })).pipe(mergeMap((input) => merge(of(input), later(input, readyTimeoutMs)))),
      ).pipe(
        takeWhile((input) => input.type !== 'end'),
        concatMap((input) => answer(input)),
        catchError((cause: unknown) => throwError(() => reasonOf(AssistantError.from(cause)))),
      );
    });
}

/** One secret, or none where the server asks for none. */
const secret = (provider: TokenProvider | undefined, reason: TokenReason): Observable<string | null> =>
  provider
    ? provider(reason).pipe(
        take(1),
        map(({ token }) => token),
        catchError((cause: unknown) => throwError(() => AssistantError.from(cause, 'token-refused'))),
      )
    : of(null);

/** What time brings after an input. */
function later(input: Input, readyTimeoutMs: number): Observable<Input> {
  if (input.type === 'open') {
    return timer(readyTimeoutMs, readyTimeoutMs).pipe(
      take(2),
      map((count) => ({ type: 'overdue', last: count === 1 })),
    );
  }
  return eventOf(input)?.type === 'input_audio_buffer.speech_stopped'
    ? timer(QUIET_MS).pipe(map(() => ({ type: 'quiet' })))
    : EMPTY;
}

const eventOf = (input: Input): ServerEvent | null =>
  input.type === 'read' && input.reading.kind === 'event' ? input.reading.event : null;

/** Flat settings without a nested `audio`: nothing but the beta dialect looks like this. */
function greetsInBeta(input: Input): boolean {
  const event = eventOf(input);
  if (event?.type !== 'session.created') return false;
  return !isObject(event.session['audio']) && ('modalities' in event.session || 'input_audio_format' in event.session);
}

function read(event: SocketEvent): ConnectionInput {
  if (event.type === 'open') return event;
  try {
    return { type: 'read', reading: readMessage(event.data) };
  } catch (cause) {
    const error = AssistantError.from(cause, 'bad-message');
    if (error.code !== 'bad-message') throw error;
    return { type: 'unreadable', error };
  }
}
