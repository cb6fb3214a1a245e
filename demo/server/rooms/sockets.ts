import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { AssistantError } from '../../../src/shared/errors.ts';
import { MOST_CHARACTERS, readEnvelope } from '../../../src/protocols/livestream/codec.ts';
import { AuthError } from '../auth.ts';
import { envelope } from './bus.ts';
import type { RoomBus, RoomMessage } from './bus.ts';
import type { RoomRight } from './room-token.ts';

/** The sockets of rooms: everybody follows, who has the right publishes, and nobody who reads slowly holds up the others. */

const MOST_SOCKETS = 1000;
const HEARTBEAT_MS = 20_000;
/** Bytes that may wait for a slow reader before lines that still grow are left out, and before it is given up. */
const HIGH_WATER = 128 * 1024;
const GIVE_UP = 2 * 1024 * 1024;
/** A line of captions changes a few times a second. */
const MOST_PER_SECOND = 60;
/** Messages that may be wrong before the socket is closed. */
const MOST_FAULTS = 20;

export interface RoomSockets {
  readonly size: number;
  /** `right`: what the token allows, or why there is none. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, right: RoomRight | AuthError): void;
  close(): void;
}

export function createRoomSockets(bus: RoomBus, log: Logger): RoomSockets {
  const open = new Set<WebSocket>();
  const answered = new WeakSet<WebSocket>();
  const server = new WebSocketServer({ noServer: true, maxPayload: 4 * MOST_CHARACTERS, perMessageDeflate: false });
  const heartbeat = setInterval(() => {
    bus.sweep();
    for (const socket of open) {
      if (!answered.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    get size() {
      return open.size;
    },
    take: (request, socket, head, right) =>
      server.handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', (cause) => log.debug({ err: cause }, 'a room socket failed'));
        open.add(ws);
        answered.add(ws);
        ws.on('pong', () => answered.add(ws));
        ws.on('close', () => open.delete(ws));
        if (right instanceof AuthError) refuse(ws, 'AUTHENTICATION_FAILED', right.message);
        else if (open.size > MOST_SOCKETS) refuse(ws, 'TOO_MANY_CONNECTIONS', 'There is no room for more; try again shortly.');
        else enter(ws, right, bus);
      }),
    close: () => {
      clearInterval(heartbeat);
      for (const socket of open) {
        socket.close(1001, 'going away');
        setTimeout(() => socket.terminate(), 1000).unref();
      }
      server.close();
    },
  };
}

const complain = (ws: WebSocket, code: string, message: string): void =>
  ws.send(envelope('error', { error_code: code, message }, 'websocket_manager', new Date()));

function refuse(ws: WebSocket, code: string, message: string): void {
  complain(ws, code, message);
  ws.close(1008, code);
}

function enter(ws: WebSocket, { room, publish }: RoomRight, bus: RoomBus): void {
  const id = randomUUID();
  ws.send(envelope('connection_established', { user_id: id, connection_id: id, room, publish }, 'websocket_manager', new Date()));
  const tell = ({ text, growing }: RoomMessage): void => {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > GIVE_UP) ws.terminate();
    else if (!growing || ws.bufferedAmount <= HIGH_WATER) ws.send(text);
  };
  const leave = bus.join(room, tell);
  if (leave === null) {
    refuse(ws, 'ROOM_FULL', 'The room is full.');
    return;
  }
  ws.on('close', leave);
  let faults = 0;
  let second = 0;
  let count = 0;
  ws.on('message', (data: Buffer, binary: boolean) => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, count] = [now, 0];
    try {
      if (binary) throw new AssistantError('bad-message', 'message: text is wanted', { field: 'message' });
      if (!publish) throw new AssistantError('bad-option', 'this token is for following only', { field: 'token' });
      if (++count > MOST_PER_SECOND) throw new AssistantError('rate-limited', `at most ${MOST_PER_SECOND} messages a second`);
      publishCaption(bus, room, data.toString('utf8'), tell);
    } catch (cause) {
      const { code, message } = AssistantError.from(cause, 'bad-message');
      const name = code === 'bad-option' ? 'NOT_ALLOWED' : code === 'rate-limited' ? 'RATE_LIMITED' : 'BAD_MESSAGE';
      // It may mend its ways; who never does is not listened to for ever.
      if (++faults > MOST_FAULTS) refuse(ws, name, message);
      else complain(ws, name, message);
    }
  });
}

/** Throws `bad-message` that names the field. */
function publishCaption(bus: RoomBus, room: string, text: string, from: (message: RoomMessage) => void): void {
  const message = readEnvelope(text);
  if (message.type !== 'caption')
    throw new AssistantError('bad-message', 'type: only caption can be published', { field: 'type' });
  const { id, stream, startMs, endMs, at, original, translation } = message.line;
  const growing = original?.final === false || translation?.final === false;
  const data = { id, stream, start_ms: startMs, end_ms: endMs, at, original, translation };
  bus.publish(room, { type: 'caption', data, source: 'websocket_manager', key: `${stream} ${id}`, growing }, from);
}
