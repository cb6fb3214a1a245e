import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Upgrades } from '../app.ts';

/** WebSockets that many hear the same through: a heartbeat, and nobody who reads slowly holds up the others. */

export interface SocketLimits {
  /** For the log: whose sockets these are. */
  readonly name: string;
  readonly heartbeatMs: number;
  /** Open at once. */
  readonly most: number;
  /** Bytes of one message from a peer. */
  readonly messageBytes: number;
  /** Bytes that may wait for a slow reader before what will be replaced anyway is left out. */
  readonly highWaterBytes: number;
  /** Bytes at which a reader is given up. */
  readonly giveUpBytes: number;
}

/** One open socket. */
export interface Peer {
  /** There are more than `most`: say so and close. */
  readonly crowded: boolean;
  readonly open: boolean;
  /** A Buffer holds UTF-8: one for all peers, so that what waits for slow ones is kept once. `replaceable`: a newer one comes soon, so it is left out while the peer reads slowly. */
  tell(text: string | Buffer, replaceable?: boolean): void;
  /** Resolves when the peer has read enough for more to be told, or is gone. */
  drained(): Promise<void>;
  /** Tells why; who does not answer is cut off. */
  close(code: number, reason: string): void;
  onMessage(listen: (data: Buffer, binary: boolean) => void): void;
  onClose(listen: () => void): void;
}

/** A peer that can be told what many are told, by one write of one Buffer. */
export interface FramedPeer extends Peer {
  /** One or more of `textFrame`, one after the other. */
  tellFrames(frames: Buffer): void;
}

/**
 * A text message as a server writes it (RFC 6455 §5.2: final, unmasked, not compressed). Made once for all peers: to frame it anew for each is
 * most of the work of telling many.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = 0x81;
  frame[1] = header === 2 ? length : header === 4 ? 126 : 127;
  if (header === 4) frame.writeUInt16BE(length, 2);
  if (header === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, header);
  return frame;
}

export interface Sockets {
  readonly size: number;
  take(request: IncomingMessage, socket: Duplex, head: Buffer, begin: (peer: FramedPeer) => void): void;
  close(): void;
}

/** How long a peer may take to close, ms. */
const CLOSE_MS = 5000;
/** RFC 6455 / IANA: try again later. */
const TRY_AGAIN_LATER = 1013;

export function createSockets(limits: SocketLimits, log: Logger): Sockets {
  const open = new Set<WebSocket>();
  const answered = new WeakSet<WebSocket>();
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes, perMessageDeflate: false });
  const heartbeat = setInterval(() => {
    for (const socket of open) {
      if (!answered.delete(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, limits.heartbeatMs);
  heartbeat.unref();

  return {
    get size() {
      return open.size;
    },
    take: (request, socket, head, begin) =>
      server.handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', (cause) => log.debug({ err: cause, sockets: limits.name }, 'a socket failed'));
        open.add(ws);
        answered.add(ws);
        ws.on('pong', () => answered.add(ws));
        // Whoever speaks is alive, and so is who asks whether we are.
        ws.on('message', () => answered.add(ws));
        ws.on('ping', () => answered.add(ws));
        ws.on('close', () => open.delete(ws));
        begin(peerOf(ws, socket, open.size > limits.most, limits));
      }),
    close: () => {
      clearInterval(heartbeat);
      for (const socket of open) hangUp(socket, 1001, 'going away', 1000);
      server.close();
    },
  };
}

function hangUp(ws: WebSocket, code: number, reason: string, withinMs: number): void {
  if (ws.readyState !== ws.OPEN) return;
  ws.close(code, reason);
  const late = setTimeout(() => ws.terminate(), withinMs);
  late.unref();
  ws.once('close', () => clearTimeout(late));
}

function peerOf(ws: WebSocket, raw: Duplex, crowded: boolean, { highWaterBytes, giveUpBytes }: SocketLimits): FramedPeer {
  let waiting: (() => void)[] = [];
  const release = (): void => {
    if (ws.readyState === ws.OPEN && ws.bufferedAmount > highWaterBytes) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  };
  ws.on('close', release);
  return {
    crowded,
    get open() {
      return ws.readyState === ws.OPEN;
    },
    tell: (text, replaceable = false) => {
      if (ws.readyState !== ws.OPEN || (replaceable && ws.bufferedAmount > highWaterBytes)) return;
      if (ws.bufferedAmount > giveUpBytes) hangUp(ws, TRY_AGAIN_LATER, 'You read too slowly; come again.', CLOSE_MS);
      else ws.send(text, { binary: false }, release);
    },
    tellFrames: (frames) => {
      if (ws.readyState !== ws.OPEN) return;
      if (ws.bufferedAmount > giveUpBytes) hangUp(ws, TRY_AGAIN_LATER, 'You read too slowly; come again.', CLOSE_MS);
      // Nothing of `ws` waits behind it: what it sends is neither compressed nor read from anywhere.
      else raw.write(frames, release);
    },
    drained: () => {
      if (ws.readyState !== ws.OPEN || ws.bufferedAmount <= highWaterBytes) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: (code, reason) => hangUp(ws, code, reason, CLOSE_MS),
    onMessage: (listen) => void ws.on('message', (data: Buffer, binary: boolean) => listen(data, binary)),
    onClose: (listen) => void ws.on('close', listen),
  };
}

/** The upgrade that came with a request, now ours instead of the framework's; null = a plain request. */
export function takeOver(
  upgrades: Upgrades,
  request: FastifyRequest,
  reply: FastifyReply,
): { readonly socket: Duplex; readonly head: Buffer } | null {
  const upgrade = upgrades.get(request.raw);
  if (upgrade === undefined) return null;
  reply.hijack();
  reply.raw.detachSocket(request.raw.socket);
  return upgrade;
}
