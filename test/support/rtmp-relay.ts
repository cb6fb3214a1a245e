/// <reference path="../../demo/server/media/ingest/node-media-server.d.ts" />
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import logger from 'node-media-server/src/core/logger.js';
import type { AVPacket } from 'node-media-server/src/protocol/flv.js';
import Rtmp from 'node-media-server/src/protocol/rtmp.js';

/** An RTMP server with one stream: an encoder publishes to it, others play what it publishes, and wait where nobody does. */

export interface RtmpRelay {
  /** Both to publish to and to play from. */
  readonly url: string;
  close(): Promise<void>;
}

logger.level = 'error';
logger.log = () => undefined;

const DATA = 18;

export async function startRtmpRelay(): Promise<RtmpRelay> {
  const sockets = new Set<Socket>();
  const players = new Set<Socket>();
  /** What a player needs before anything else: metadata and the codecs' descriptions. */
  const first = new Map<number, Buffer>();
  let publisher: Socket | null = null;

  const server = createServer((socket) => {
    sockets.add(socket);
    const rtmp = new Rtmp();
    rtmp.onConnectCallback = () => undefined;
    rtmp.onOutputCallback = (bytes) => void socket.write(bytes);
    rtmp.onPlayCallback = () => {
      for (const message of first.values()) socket.write(message);
      players.add(socket);
    };
    rtmp.onPushCallback = () => (publisher = socket);
    rtmp.onPacketCallback = (packet) => {
      const message = Rtmp.createMessage(packet);
      if (isFirst(packet) && !first.has(packet.codec_type)) first.set(packet.codec_type, message);
      for (const player of players) player.write(message);
    };
    socket.on('data', (bytes: Buffer) => {
      if (rtmp.parserData(bytes) !== null) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      players.delete(socket);
      if (publisher !== socket) return;
      publisher = null;
      first.clear();
      for (const player of players) player.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `rtmp://127.0.0.1:${String((server.address() as AddressInfo).port)}/live/room`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Of sound and picture, the second byte of what describes the codec is 0. */
const isFirst = ({ codec_type: type, data }: AVPacket): boolean => type === DATA || data[1] === 0;
