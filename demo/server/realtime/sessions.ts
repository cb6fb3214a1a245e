import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Grant } from '../auth.ts';
import type { Config } from '../config.ts';
import type { Engines } from '../engines/engine.ts';
import { RealtimeFault } from './errors.ts';
import type { RealtimeMetrics } from './metrics.ts';
import { RealtimeSession } from './session.ts';
import { socketWire } from './socket.ts';
import { chooseProtocol } from './upgrade.ts';
import type { Handshake } from './upgrade.ts';

/** The open sockets of the realtime protocol: taken in, counted, and let go together. */

/** A frame above the protocol's 15 MiB is answered with an error; one above this ends the socket. Bytes. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;

export interface RealtimeSessionsOptions {
  readonly config: Pick<Config, 'maxSessions' | 'sessionSeconds'>;
  readonly engines: Engines;
  readonly metrics: RealtimeMetrics;
  readonly log: Logger;
}

export class RealtimeSessions {
  readonly #options: RealtimeSessionsOptions;
  readonly #open = new Map<RealtimeSession, WebSocket>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => chooseProtocol(offered),
  });
  #draining = false;

  constructor(options: RealtimeSessionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Throws a `RealtimeFault` when no more sessions can be taken. */
  admit(): void {
    if (this.#draining) throw new RealtimeFault('server_closing', 'The gateway is shutting down.', null, 'server_error');
    if (this.#open.size < this.#options.config.maxSessions) return;
    throw new RealtimeFault('server_busy', 'All sessions are taken; try again shortly.', null, 'server_error');
  }

  take(request: IncomingMessage, socket: Duplex, head: Buffer, handshake: Handshake, grant: Grant): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      try {
        this.#begin(ws, handshake, grant);
      } catch (cause) {
        // Nobody above could answer any more: the request is a socket by now.
        this.#options.log.error({ err: cause }, 'a session could not begin');
        ws.close(1011, 'internal error');
      }
    });
  }

  /** Lets answers under way finish, for at most `patienceMs`, then closes every socket with 1001. */
  async close(patienceMs: number): Promise<void> {
    this.#draining = true;
    const settled = Promise.all([...this.#open.keys()].map((session) => session.settled()));
    await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
    const closed = [...this.#open.values()].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('close', () => resolve());
          socket.close(1001, 'going away');
          setTimeout(() => socket.terminate(), 1000).unref();
        }),
    );
    await Promise.all(closed);
    this.#server.close();
  }

  #begin(socket: WebSocket, handshake: Handshake, grant: Grant): void {
    const { engines, metrics, config } = this.#options;
    const wire = socketWire(socket, metrics);
    const attached = grant.session;
    const type = handshake.intent === 'transcription' || attached?.['type'] === 'transcription' ? 'transcription' : 'realtime';
    const attachedModel = typeof attached?.['model'] === 'string' ? attached['model'] : null;
    const session = new RealtimeSession({
      wire,
      engines,
      dialect: handshake.dialect,
      type,
      model: handshake.model ?? attachedModel ?? 'viva-voce',
      defaults: attached === null || attached['type'] !== type ? null : attached,
      maxSeconds: config.sessionSeconds,
      log: this.#options.log,
      metrics,
    });
    const log = this.#options.log.child({ session: session.id });
    this.#open.set(session, socket);
    metrics.sessionOpened(handshake.dialect.name);
    log.info({ dialect: handshake.dialect.name, type }, 'session opened');

    socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) session.receiveBinary();
      else session.receive(data.toString('utf8'));
    });
    socket.on('error', (cause) => log.warn({ err: cause }, 'socket failed'));
    socket.on('close', (code) => {
      wire.stop();
      session.close();
      this.#open.delete(session);
      metrics.sessionClosed();
      log.info({ code }, 'session closed');
    });
    session.start();
  }
}
