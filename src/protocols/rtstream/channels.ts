import { defer, from, map, NEVER, Observable, race, retry, switchMap, throwError, timer, type Subscriber } from 'rxjs';
import { waitMs } from '../../shared/backoff.ts';
import { AssistantError } from '../../shared/errors.ts';
import { socket, type SocketConstructor } from '../socket.ts';
import { readFrame, type ChannelFrame, type Greeting } from './codec.ts';

/** A channel socket that comes back: under the same id, and with what was missed. */

export interface ChannelOptions {
  /** A fresh URL for every connection; everything that it allows is in it. */
  readonly address: () => Promise<string>;
  /** Streams that are followed without being named by anybody. */
  readonly streamIds?: readonly string[] | undefined;
  /** Number of the last frame that is known; first tells what came after it. */
  readonly since?: number | undefined;
  /** The connection that is to go on. */
  readonly connectionId?: string | undefined;
  readonly WebSocket?: SocketConstructor | undefined;
  readonly connectTimeoutMs?: number | undefined;
  readonly random?: (() => number) | undefined;
  readonly retry$?: Observable<unknown> | undefined;
}

/** The connection stands. */
export interface ChannelConnected {
  readonly type: 'connected';
  /** What other calls take as `wsConnectionId`; stays the same over reconnects. */
  readonly connectionId: string;
  /** Something was missed that is told by no replay: ask over HTTP. */
  readonly gap: boolean;
  readonly serverNowMs: number | null;
}

export type ChannelMessage =
  | Exclude<ChannelFrame, { readonly type: 'greeting' | 'heartbeat' }>
  | ChannelConnected
  | { readonly type: 'reconnecting'; readonly inMs: number; readonly error: AssistantError }
  /** Something came that is no frame; `count` so far. */
  | { readonly type: 'noted'; readonly what: string; readonly count: number };

/** So many intervals without a word and the connection is given up. */
const MISSED_BEATS = 2.5;
/** The server speaks first; who says nothing is none that is known here, ms. */
const GREETING_MS = 10_000;

/** What outlives a connection. */
interface Memory {
  connectionId: string | null;
  /** Of the last frame that was told. */
  since: number | null;
  /** Tries since one worked. */
  attempt: number;
  /** A connection stood before. */
  stood: boolean;
  refused: boolean;
  noted: number;
}

/** Errors that trying again does not mend pass through. */
export const channelMessages = (options: ChannelOptions): Observable<ChannelMessage> =>
  new Observable((subscriber) => {
    const memory: Memory = {
      connectionId: options.connectionId ?? null,
      since: options.since ?? null,
      attempt: 0,
      stood: false,
      refused: false,
      noted: 0,
    };
    const once$ = defer(() => from(options.address())).pipe(
      switchMap((url) => connection(addressOf(url, options, memory), options, memory, subscriber)),
    );
    return once$
      .pipe(
        retry({
          delay: (cause: unknown) => {
            const error = AssistantError.from(cause, 'socket-closed');
            // An address may have expired before it was used: one fresh one is worth a try.
            const stale = error.code === 'token-refused' && !memory.refused && memory.stood;
            if (stale) memory.refused = true;
            else if (!error.retryable) return throwError(() => error);
            const inMs = waitMs(memory.attempt, (options.random ?? Math.random)());
            memory.attempt += 1;
            subscriber.next({ type: 'reconnecting', inMs, error });
            return race(timer(inMs), options.retry$ ?? NEVER);
          },
        }),
      )
      .subscribe({
        error: (cause: unknown) => {
          subscriber.error(cause);
        },
        complete: () => {
          subscriber.complete();
        },
      });
  });

function addressOf(url: string, { streamIds = [] }: ChannelOptions, { connectionId, since }: Memory): string {
  const address = new URL(url);
  for (const id of streamIds) address.searchParams.append('rtstream_id', id);
  if (connectionId !== null) address.searchParams.set('connection_id', connectionId);
  if (since !== null) address.searchParams.set('since', String(since));
  address.searchParams.set('heartbeat', '1');
  return address.href;
}

function connection(
  url: string,
  { WebSocket, connectTimeoutMs }: ChannelOptions,
  memory: Memory,
  subscriber: Subscriber<ChannelMessage>,
): Observable<never> {
  return new Observable((ending) => {
    let watch = timer(GREETING_MS).subscribe(() => silent(GREETING_MS));
    let greeted = false;
    let patienceMs: number | null = null;
    const silent = (afterMs: number): void => {
      ending.error(new AssistantError('timed-out', `nothing was heard for ${Math.round(afterMs)} ms`));
    };
    const alive = (): void => {
      watch.unsubscribe();
      if (patienceMs === null) return;
      const waited = patienceMs;
      watch = timer(waited).subscribe(() => silent(waited));
    };
    const greet = (greeting: Greeting): void => {
      greeted = true;
      patienceMs = greeting.heartbeatMs === null ? null : greeting.heartbeatMs * MISSED_BEATS;
      const lost = memory.stood && (!greeting.resumed || greeting.complete === false);
      memory.connectionId = greeting.connectionId;
      // What comes from here on can be asked for again, even if nothing has come yet.
      memory.since ??= greeting.seq;
      memory.attempt = 0;
      memory.stood = true;
      memory.refused = false;
      const { connectionId, serverNowMs, complete } = greeting;
      subscriber.next({ type: 'connected', connectionId, gap: lost || complete === false, serverNowMs });
    };
    const take = (data: unknown): void => {
      let frame: ChannelFrame;
      try {
        frame = readFrame(data);
      } catch (cause) {
        // One bad frame is no reason to lose the others.
        note(AssistantError.from(cause, 'bad-message').message);
        return;
      }
      if (frame.type === 'greeting') {
        if (!greeted) greet(frame);
        return;
      }
      if (frame.type === 'heartbeat') return;
      if (frame.seq !== null) {
        if (memory.since !== null && frame.seq <= memory.since && frame.replayed) return;
        memory.since = frame.seq;
      }
      subscriber.next(frame);
    };
    const note = (what: string): void => {
      memory.noted += 1;
      subscriber.next({ type: 'noted', what, count: memory.noted });
    };
    const both = socket({ url, WebSocket, connectTimeoutMs })
      .pipe(map((event) => (event.type === 'message' ? event.data : null)))
      .subscribe({
        next: (data) => {
          if (data === null) return;
          take(data);
          alive();
        },
        error: (cause: unknown) => {
          ending.error(cause);
        },
        complete: () => {
          // Closed on purpose by the other side: nobody asked for that.
          ending.error(new AssistantError('socket-closed', 'the server closed the channel'));
        },
      });
    both.add(() => {
      watch.unsubscribe();
    });
    return both;
  });
}
