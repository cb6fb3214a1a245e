import type { WebSocket } from 'ws';
import type { ServerEvent } from './dialect.ts';
import type { RealtimeMetrics } from './metrics.ts';
import type { Wire } from './session.ts';

/** A WebSocket as the wire of a session: text frames, a bounded queue, a heartbeat. */

/** Bytes that may wait in the socket before sound stops being added. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** Bytes at which a client that does not read is given up. */
const GIVE_UP_BYTES = 64 * 1024 * 1024;
const HEARTBEAT_MS = 20_000;

export interface SocketWire extends Wire {
  /** Ends the heartbeat. */
  stop(): void;
}

export function socketWire(socket: WebSocket, metrics: RealtimeMetrics): SocketWire {
  let waiting: (() => void)[] = [];
  let alive = true;

  const release = (): void => {
    if (socket.readyState === socket.OPEN && socket.bufferedAmount > HIGH_WATER_BYTES) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  };

  const heartbeat = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  socket.on('pong', () => (alive = true));
  socket.on('message', () => (alive = true));
  socket.on('close', release);

  return {
    send: (event: ServerEvent) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > GIVE_UP_BYTES) {
        socket.terminate();
        return;
      }
      socket.send(JSON.stringify(event), release);
    },
    drained: () => {
      metrics.socketQueue(socket.bufferedAmount);
      if (socket.readyState !== socket.OPEN || socket.bufferedAmount <= HIGH_WATER_BYTES) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: (code, reason) => socket.close(code, reason),
    stop: () => clearInterval(heartbeat),
  };
}
