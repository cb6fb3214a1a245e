/// <reference path="./node-media-server.d.ts" />
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import logger from 'node-media-server/src/core/logger.js';
import Flv from 'node-media-server/src/protocol/flv.js';
import type { AVPacket } from 'node-media-server/src/protocol/flv.js';
import Rtmp from 'node-media-server/src/protocol/rtmp.js';
import type { Logger } from 'pino';
import { FlvParameterSets } from './flv-parameter-sets.ts';

/**
 * Where encoders publish by RTMP. The protocol is node-media-server's; its server around it is not used: it joins the times of two
 * publishers, ends the process when a port is taken, writes a database, and lets anybody watch.
 */

export interface RtmpServer {
  readonly port: number;
  /** The next publisher of `key`, as FLV. Rejects when `signal` is aborted. Who waits for no key of his is turned away. */
  publisher(key: string, signal: AbortSignal): Promise<Readable>;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 64;
/** A stranger's bytes are looked at in pieces as small as this, because each may ask for a buffer of 16 MB. */
const STRANGER_STEP = 48;
const STRANGER_BYTES = 64_000;
const STRANGER_MS = 10_000;
/** What may wait for ffmpeg. */
const MAX_WAITING_BYTES = 32_000_000;
/** Packets looked at to see which tracks there are. */
const LOOK_PACKETS = 60;
const AUDIO = 8;
const VIDEO = 9;

// Its logger writes keys to standard output.
logger.level = 'error';
logger.log = () => undefined;

export async function listenRtmp(port: number, host: string, log: Logger): Promise<RtmpServer> {
  const waiting = new Map<string, (stream: Readable) => void>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    if (sockets.size >= MAX_CONNECTIONS) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    new Publisher(socket, (keys) => {
      const key = keys.find((candidate) => waiting.has(candidate));
      if (key === undefined) {
        log.info('an encoder was turned away: its key is not waited for');
        return null;
      }
      const take = waiting.get(key);
      waiting.delete(key);
      return take ?? null;
    });
  });
  server.listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Encoders cannot publish at port ${String(port)} (RTMP_PORT): ${why}`, { cause });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    publisher: (key, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          waiting.delete(key);
          reject(new Error('not waited for any more'));
        };
        if (signal.aborted) {
          stop();
          return;
        }
        signal.addEventListener('abort', stop, { once: true });
        waiting.set(key, (stream) => {
          signal.removeEventListener('abort', stop);
          resolve(stream);
        });
      }),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

class Publisher {
  readonly #socket: Socket;
  readonly #rtmp = new Rtmp();
  readonly #output = new PassThrough({ highWaterMark: MAX_WAITING_BYTES });
  /** Null: the header has been written. */
  #early: AVPacket[] | null = [];
  readonly #parameterSets = new FlvParameterSets();
  #admitted = false;
  #strangerBytes = 0;

  constructor(socket: Socket, admit: (keys: readonly string[]) => ((stream: Readable) => void) | null) {
    this.#socket = socket;
    const rtmp = this.#rtmp;
    const late = setTimeout(() => this.#admitted || socket.destroy(), STRANGER_MS);
    rtmp.onOutputCallback = (bytes) => void socket.write(bytes);
    rtmp.onConnectCallback = ({ app, name }) => {
      const take = this.#admitted ? null : admit([`${app}/${name}`, name, app].filter((key) => key !== ''));
      if (take === null) {
        socket.destroy();
        return;
      }
      this.#admitted = true;
      clearTimeout(late);
      this.#output.once('close', () => socket.destroy());
      take(this.#output);
    };
    // Nobody watches here.
    rtmp.onPlayCallback = () => void socket.destroy();
    rtmp.onPushCallback = () => undefined;
    rtmp.onPacketCallback = (packet) => this.#packet(packet);
    socket.on('data', (bytes) => this.#data(Buffer.from(bytes)));
    socket.once('close', () => {
      clearTimeout(late);
      this.#header();
      this.#output.end();
    });
  }

  #data(bytes: Buffer): void {
    try {
      for (let at = 0; at < bytes.length && !this.#socket.destroyed;) {
        const step = this.#admitted ? bytes.length : STRANGER_STEP;
        const piece = bytes.subarray(at, at + step);
        at += piece.length;
        if (!this.#admitted && (this.#strangerBytes += piece.length) > STRANGER_BYTES) this.#socket.destroy();
        const fault = this.#rtmp.parserData(piece);
        if (fault !== null) this.#socket.destroy();
        if (!this.#admitted && this.#asksForTooMuch()) this.#socket.destroy();
      }
    } catch {
      // Whatever the parser trips over is not RTMP as an encoder speaks it.
      this.#socket.destroy();
    }
  }

  #asksForTooMuch(): boolean {
    let bytes = 0;
    for (const { capacity } of this.#rtmp.inPackets.values()) bytes += capacity;
    return bytes > 1_000_000;
  }

  #packet(packet: AVPacket): void {
    if (!this.#admitted) return;
    if (this.#output.writableLength > MAX_WAITING_BYTES) {
      this.#socket.destroy();
      return;
    }
    if (this.#early === null) {
      this.#write(packet);
      return;
    }
    // The buffer is the parser's own and is written over.
    this.#early.push({ ...packet, data: Buffer.from(packet.data.subarray(0, packet.size)) });
    const kinds = new Set(this.#early.map(({ codec_type: type }) => type));
    if ((kinds.has(AUDIO) && kinds.has(VIDEO)) || this.#early.length > LOOK_PACKETS) this.#header();
  }

  #header(): void {
    const early = this.#early;
    if (early === null) return;
    this.#early = null;
    const has = (type: number): boolean => early.some((packet) => packet.codec_type === type);
    this.#output.write(Flv.createHeader(has(AUDIO), has(VIDEO)));
    for (const packet of early) this.#write(packet);
  }

  #write(packet: AVPacket): void {
    if (packet.codec_type !== VIDEO) {
      this.#output.write(Flv.createMessage(packet));
      return;
    }
    const data = this.#parameterSets.through(packet.data.subarray(0, packet.size));
    if (data !== null) this.#output.write(Flv.createMessage({ ...packet, data, size: data.length }));
  }
}
