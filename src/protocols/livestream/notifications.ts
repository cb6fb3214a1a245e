import { defer, from, map, NEVER, Observable, race, retry, switchMap, throwError, timer } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { waitMs } from '../../shared/backoff.ts';
import { AssistantError } from '../../shared/errors.ts';
import { socket } from '../socket.ts';
import type { SocketConstructor } from '../socket.ts';
import { readNotice } from './codec-notices.ts';
import type { Complaint, Greeting, Notice, NoticeFrame } from './codec-notices.ts';

/** A notification socket that comes back: with a fresh token where it needs one, and with what was missed; nothing twice. */

export interface NotificationOptions {
  /** `http(s)://host[/prefix]` of the service. */
  readonly baseUrl: string;
  /** `/ws`, `/ws/livestream`, `/ws/room/{name}` */
  readonly path: string;
  /** `refused`: the token that the service did not take, or that has expired. */
  readonly token: (refused: string | null) => Promise<string>;
  /** Id of the last notice that is known; first tells what came after it. */
  readonly since?: number | undefined;
  readonly WebSocket?: SocketConstructor | undefined;
  readonly connectTimeoutMs?: number | undefined;
  /** 0 ≤ x < 1; default Math.random. */
  readonly random?: (() => number) | undefined;
  /** Ends a wait for the next try early: the user pressed retry, the network came back. */
  readonly retry$?: Observable<unknown> | undefined;
}

/** The connection stands. */
export interface NoticesConnected {
  readonly type: 'connected';
  readonly userId: string | null;
  readonly connectionId: string | null;
  /** Something was missed that is told by no replay: ask over HTTP. */
  readonly gap: boolean;
}

export type NotificationMessage =
  | Notice
  | NoticesConnected
  | { readonly type: 'reconnecting'; readonly inMs: number; readonly error: AssistantError }
  /** Something came that is not understood; `count` so far. */
  | { readonly type: 'noted'; readonly what: string; readonly count: number };

/** So many intervals without a word and the connection is given up. */
const MISSED_BEATS = 2.5;
/** The service speaks first, ms. */
const GREETING_MS = 10_000;

/** What outlives a connection. */
interface Memory {
  /** Of the last notice that was told; null = none that has an id. */
  since: number | null;
  /** Tries since one worked. */
  attempt: number;
  /** A connection stood before. */
  stood: boolean;
  /** The token of this connection. */
  token: string | null;
  /** The one that was not taken; null = all were. */
  refused: string | null;
  noted: number;
}

/** Errors that trying again does not mend pass through. */
export const notifications = (options: NotificationOptions): Observable<NotificationMessage> =>
  new Observable((subscriber) => {
    const memory: Memory = { since: options.since ?? null, attempt: 0, stood: false, token: null, refused: null, noted: 0 };
    const once$ = defer(() => from(options.token(memory.refused))).pipe(
      switchMap((token) => {
        memory.token = token;
        return connection(options, memory, subscriber);
      }),
    );
    return once$.pipe(retry({ delay: (cause: unknown) => again(cause, options, memory, subscriber) })).subscribe({
      error: (cause: unknown) => {
        subscriber.error(cause);
      },
    });
  });

function again(
  cause: unknown,
  { random = Math.random, retry$ = NEVER }: NotificationOptions,
  memory: Memory,
  subscriber: Subscriber<NotificationMessage>,
): Observable<unknown> {
  const error = AssistantError.from(cause, 'socket-closed');
  // One fresh token is worth a try, at once; a second refusal is meant.
  if (error.code === 'token-refused' && memory.token !== null && memory.refused === null) {
    memory.refused = memory.token;
    return timer(0);
  }
  if (!error.retryable) return throwError(() => error);
  const inMs = waitMs(memory.attempt, random());
  memory.attempt += 1;
  subscriber.next({ type: 'reconnecting', inMs, error });
  return race(timer(inMs), retry$);
}

/** `/ws…?token=&since=&heartbeat=1`; the service has the token in the query, since browsers send no headers with a socket. */
function noticesUrl(
  { baseUrl, path }: Pick<NotificationOptions, 'baseUrl' | 'path'>,
  token: string,
  since: number | null,
): string {
  const url = new URL(`${baseUrl.replace(/^http/, 'ws').replace(/\/+$/, '')}${path}`);
  url.searchParams.set('token', token);
  if (since !== null) url.searchParams.set('since', String(since));
  url.searchParams.set('heartbeat', '1');
  return url.href;
}

function connection(
  options: NotificationOptions,
  memory: Memory,
  subscriber: Subscriber<NotificationMessage>,
): Observable<never> {
  const { WebSocket, connectTimeoutMs } = options;
  return new Observable((ending) => {
    let greeted = false;
    let patienceMs = GREETING_MS;
    let watch = timer(patienceMs).subscribe(silent);
    function silent(): void {
      ending.error(new AssistantError('timed-out', `nothing was heard for ${Math.round(patienceMs)} ms`));
    }
    const alive = (): void => {
      watch.unsubscribe();
      if (patienceMs !== Infinity) watch = timer(patienceMs).subscribe(silent);
    };
    const greet = (greeting: Greeting): void => {
      if (greeted) return;
      greeted = true;
      patienceMs = greeting.heartbeatMs === null ? Infinity : greeting.heartbeatMs * MISSED_BEATS;
      subscriber.next(connected(greeting, memory));
    };
    const note = (what: string): void => {
      memory.noted += 1;
      subscriber.next({ type: 'noted', what, count: memory.noted });
    };
    const take = (frame: NoticeFrame): void => {
      if (frame.type === 'greeting') greet(frame);
      else if (frame.type === 'complaint') {
        const error = complaintError(frame);
        if (error === null) note(`${frame.code}: ${frame.message}`);
        else ending.error(error);
      } else if (frame.type !== 'heartbeat') {
        if (frame.id !== null) {
          if (memory.since !== null && frame.id <= memory.since) return;
          memory.since = frame.id;
        }
        subscriber.next(frame);
      }
    };
    const url = noticesUrl(options, memory.token ?? '', memory.since);
    const both = socket({ url, WebSocket, connectTimeoutMs })
      .pipe(map((event) => (event.type === 'message' ? event.data : null)))
      .subscribe({
        next: (data) => {
          if (data === null) return;
          let frame: NoticeFrame;
          try {
            frame = readNotice(data);
          } catch (cause) {
            // One bad message is no reason to lose the others.
            note(AssistantError.from(cause, 'bad-message').message);
            return;
          }
          take(frame);
          if (!ending.closed) alive();
        },
        error: (cause: unknown) => {
          ending.error(cause);
        },
        complete: () => {
          // Closed on purpose by the other side: nobody asked for that.
          ending.error(new AssistantError('socket-closed', 'the server closed the socket'));
        },
      });
    both.add(() => {
      watch.unsubscribe();
    });
    return both;
  });
}

/** Takes a greeting into what outlives the connection. */
function connected({ userId, connectionId, lastId, complete }: Greeting, memory: Memory): NoticesConnected {
  // A service without ids cannot say what was missed; nor can one that no longer has all of it.
  const gap = complete === null ? memory.stood || memory.since !== null : !complete;
  if (memory.since === null) memory.since = lastId;
  // Its ids begin anew: it is no longer the same database.
  else if (gap && lastId !== null && lastId < memory.since) memory.since = lastId;
  memory.attempt = 0;
  memory.stood = true;
  memory.refused = null;
  return { type: 'connected', userId, connectionId, gap };
}

const REFUSALS: ReadonlySet<string> = new Set(['AUTHENTICATION_FAILED', 'TOKEN_EXPIRED', 'TOKEN_REVOKED']);

/** Null: said beside what goes on. */
function complaintError({ code, message }: Complaint): AssistantError | null {
  const words = `the service says ${code}: ${message.slice(0, 200)}`;
  if (REFUSALS.has(code)) return new AssistantError('token-refused', words);
  return code === 'TOO_MANY_CONNECTIONS' ? new AssistantError('server-busy', words) : null;
}
