import { defer, Observable, switchMap, take, timer, type Subscription } from 'rxjs';
import { captureChannels, type CaptureChannelId, type CaptureDownlink } from '../../shared/capture.ts';
import { AssistantError, type ErrorCode } from '../../shared/errors.ts';
import { socket, type SocketConstructor, type Wire } from '../socket.ts';
import {
  readServerMessage,
  writeChunk,
  writeMessage,
  type CaptureFault,
  type ChannelHello,
  type ServerMessage,
} from './codec.ts';
import type { UploadQueue } from './upload-queue.ts';

/** One connection of a capture: what waits in the queue goes up, what the gateway stored is taken out of it. */

export interface CaptureTicket {
  readonly sessionId: string;
  /** `wss://host/capture/upload?token=…`: all authority is in it. */
  readonly url: string;
}

export interface UploadOptions {
  /** A fresh ticket for every connection; the first value is used. */
  readonly ticket: () => Observable<CaptureTicket>;
  readonly channels: readonly ChannelHello[];
  readonly queue: UploadQueue;
  /** Emits whenever something was put into the queue. */
  readonly changed$: Observable<unknown>;
  /** The capture clock, Unix ms. */
  readonly now: () => number;
  readonly connectTimeoutMs?: number;
  /** Default: the platform's. */
  readonly WebSocket?: SocketConstructor;
}

/** The gateway asks for the time every 5 s; three times nothing, and the connection is dead whatever the network says. */
const SILENCE_MS = 15_000;
/** Bytes that the network has not taken: more are not handed to it, so that a cut loses little time. */
const MOST_WAITING_BYTES = 1024 * 1024;
const AGAIN_MS = 100;

const FAULTS: Readonly<Partial<Record<CaptureFault, readonly [code: ErrorCode, retryable: boolean]>>> = {
  bad_message: ['bad-message', false],
  bad_sequence: ['bad-message', true],
  session_over: ['session-expired', false],
  session_unknown: ['session-expired', false],
  taken_over: ['session-expired', false],
  too_fast: ['rate-limited', true],
  disk_full: ['server-busy', true],
  authentication_failed: ['token-refused', false],
  too_many_connections: ['server-busy', true],
  unavailable: ['server-busy', true],
};

const faultOf = ({ code, message, field }: Extract<ServerMessage, { type: 'error' }>): AssistantError => {
  const [named, retryable] = FAULTS[code] ?? ['server-error', true];
  return new AssistantError(named, message, { retryable, ...(field === null ? {} : { field }) });
};

/** Errors are those of `socket`, of `ticket`, and what the gateway complained of. Completes when everything is stored after `stop`. */
export const uploadConnection = (options: UploadOptions): Observable<CaptureDownlink> =>
  defer(() => options.ticket()).pipe(
    take(1),
    switchMap((ticket) => connected(options, ticket)),
  );

const connected = ({ queue, channels, changed$, now, connectTimeoutMs, WebSocket }: UploadOptions, { url }: CaptureTicket) =>
  new Observable<CaptureDownlink>((subscriber) => {
    let wire: Wire | null = null;
    let again: Subscription | null = null;
    let silence: Subscription | null = null;

    const hear = (): void => {
      silence?.unsubscribe();
      silence = timer(SILENCE_MS).subscribe(() => {
        subscriber.error(new AssistantError('timed-out', `nothing was heard for ${SILENCE_MS / 1000} s`));
      });
    };
    const pump = (): void => {
      if (wire === null) return;
      again?.unsubscribe();
      while (wire.bufferedAmount < MOST_WAITING_BYTES) {
        const next = queue.take();
        if (next === null) return;
        wire.send(next.type === 'chunk' ? writeChunk(next.chunk) : writeMessage(next.message));
      }
      // No event tells when the network has taken it.
      again = timer(AGAIN_MS).subscribe(pump);
    };
    const tell = (): void => {
      subscriber.next({ type: 'progress', progress: queue.progress });
    };
    const receive = (message: ServerMessage): void => {
      switch (message.type) {
        case 'welcome':
          queue.open(message.channels);
          subscriber.next({ type: 'ready', sessionId: message.session, streams: streamsIn(message.channels) });
          pump();
          tell();
          return;
        case 'ping':
          wire?.send(writeMessage({ type: 'pong', id: message.id, nowMs: now() }));
          return;
        case 'ack':
          queue.acknowledge(message.channel, message.stored);
          pump();
          tell();
          return;
        case 'stopped':
          for (const { channel, stored } of message.channels) queue.acknowledge(channel, stored);
          tell();
          subscriber.next({ type: 'stopped' });
          subscriber.complete();
          return;
        case 'halt':
          subscriber.next({ type: 'halt' });
          return;
        case 'error':
          if (message.fatal) subscriber.error(faultOf(message));
          else subscriber.next({ type: 'complaint', error: faultOf(message).toFacts() });
      }
    };

    const all = changed$.subscribe(pump);
    all.add(() => {
      queue.close();
      again?.unsubscribe();
      silence?.unsubscribe();
    });
    all.add(
      socket({ url, connectTimeoutMs, WebSocket }).subscribe({
        next: (event) => {
          hear();
          if (event.type === 'open') {
            wire = event.wire;
            wire.send(writeMessage({ type: 'hello', channels }));
            return;
          }
          try {
            const message = typeof event.data === 'string' ? readServerMessage(event.data) : null;
            if (message !== null) receive(message);
          } catch (cause) {
            subscriber.error(AssistantError.from(cause, 'bad-message'));
          }
        },
        error: (cause: unknown) => {
          subscriber.error(cause);
        },
        complete: () => {
          subscriber.error(new AssistantError('socket-closed', 'the gateway hung up before everything was stored'));
        },
      }),
    );
    return all;
  });

function streamsIn(channels: readonly { readonly channel: CaptureChannelId; readonly stream: string | null }[]) {
  const streams: Partial<Record<CaptureChannelId, string>> = {};
  for (const id of captureChannels) {
    const stream = channels.find(({ channel }) => channel === id)?.stream;
    if (typeof stream === 'string') streams[id] = stream;
  }
  return streams;
}
