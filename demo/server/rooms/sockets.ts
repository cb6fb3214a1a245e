import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { AssistantError } from '../../../src/shared/errors.ts';
import { MOST_CHARACTERS, readEnvelope } from '../../../src/protocols/livestream/codec.ts';
import { AuthError } from '../auth.ts';
import { createSockets } from '../http/sockets.ts';
import type { Peer } from '../http/sockets.ts';
import { envelope } from './bus.ts';
import type { RoomBus, RoomMessage } from './bus.ts';
import type { RoomRight } from './room-token.ts';

/** The sockets of rooms: everybody follows, who has the right publishes. */

const LIMITS = {
  name: 'rooms',
  heartbeatMs: 20_000,
  most: 1000,
  messageBytes: 4 * MOST_CHARACTERS,
  highWaterBytes: 128 * 1024,
  giveUpBytes: 2 * 1024 * 1024,
};
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
  const sockets = createSockets(LIMITS, log);
  const sweep = setInterval(() => bus.sweep(), LIMITS.heartbeatMs);
  sweep.unref();
  return {
    get size() {
      return sockets.size;
    },
    take: (request, socket, head, right) =>
      sockets.take(request, socket, head, (peer) => {
        if (right instanceof AuthError) refuse(peer, 'AUTHENTICATION_FAILED', right.message);
        else if (peer.crowded) refuse(peer, 'TOO_MANY_CONNECTIONS', 'There is no room for more; try again shortly.');
        else enter(peer, right, bus);
      }),
    close: () => {
      clearInterval(sweep);
      sockets.close();
    },
  };
}

const complain = (peer: Peer, code: string, message: string): void =>
  peer.tell(envelope('error', { error_code: code, message }, 'websocket_manager', new Date()));

function refuse(peer: Peer, code: string, message: string): void {
  complain(peer, code, message);
  peer.close(1008, code);
}

function enter(peer: Peer, { room, publish }: RoomRight, bus: RoomBus): void {
  const id = randomUUID();
  peer.tell(
    envelope('connection_established', { user_id: id, connection_id: id, room, publish }, 'websocket_manager', new Date()),
  );
  const tell = ({ text, growing }: RoomMessage): void => peer.tell(text, growing);
  const leave = bus.join(room, tell);
  if (leave === null) {
    refuse(peer, 'ROOM_FULL', 'The room is full.');
    return;
  }
  peer.onClose(leave);
  let faults = 0;
  let second = 0;
  let count = 0;
  peer.onMessage((data, binary) => {
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
      if (++faults > MOST_FAULTS) refuse(peer, name, message);
      else complain(peer, name, message);
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
