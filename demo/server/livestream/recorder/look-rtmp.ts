/// <reference path="../../media/ingest/node-media-server.d.ts" />
import type { Socket } from 'node:net';
import logger from 'node-media-server/src/core/logger.js';
import RtmpClient from 'node-media-server/src/protocol/rtmp_client.js';
import type { Sight } from './sight.ts';

/** A look at an RTMP address: it is asked to play, and left with the first packet. The protocol is node-media-server's. */

/** A stranger's bytes are looked at in small pieces, because each may ask for a buffer of 16 MB. */
const STEP = 48;
const MOST_BYTES = 1_000_000;
const AUDIO = 8;
const VIDEO = 9;

// Its logger writes addresses to standard output.
logger.level = 'error';
logger.log = () => undefined;

export interface RtmpAddress {
  readonly app: string;
  readonly streamName: string;
  /** Up to and with the application. */
  readonly tcUrl: string;
}

/** As ffmpeg takes it apart: an application of one word, or of two where more follows. */
export function rtmpAddress(url: string): RtmpAddress {
  const { host, pathname, search, protocol } = new URL(url);
  const parts = pathname.split('/').filter((part) => part !== '');
  const words = parts.length > 2 ? 2 : 1;
  const app = parts.slice(0, words).join('/');
  return { app, streamName: parts.slice(words).join('/') + search, tcUrl: `${protocol}//${host}/${app}` };
}

export function lookRtmp(url: string, socket: Socket): Promise<Sight> {
  const { app, streamName, tcUrl } = rtmpAddress(url);
  const client = new RtmpClient();
  client.socket = socket;
  client.connected = true;
  client.baseUri = tcUrl;
  client.urlInfo = { host: '', port: 0, app, streamName, query: {} };
  client.resetProtocolState();
  return new Promise((resolve, reject) => {
    let bytesSeen = 0;
    const unsure = (cause: unknown): void => resolve({ kind: 'unsure', why: cause instanceof Error ? cause.message : 'no RTMP' });
    const play = async (): Promise<void> => {
      await client.sendConnect();
      await client.sendCreateStream();
      await client.sendPlay(streamName);
    };
    // Servers send descriptions of their own before anybody publishes.
    client.onPacketCallback = ({ codec_type: type }) => {
      if (type === AUDIO || type === VIDEO) resolve({ kind: 'live', mark: null, againMs: 0 });
    };
    client.onStatusCallback = (code) => {
      if (/NotFound|Failed|Rejected|BadName|Unpublish|Error/.test(code)) resolve({ kind: 'absent', why: `it says ${code}` });
    };
    client.onErrorCallback = unsure;
    client.onHandshakeCallback = () =>
      void play().catch((cause: unknown) => {
        if (!socket.destroyed) resolve({ kind: 'absent', why: cause instanceof Error ? cause.message : 'it refuses' });
      });
    socket.on('data', (bytes: Buffer) => {
      try {
        for (let at = 0; at < bytes.length && !socket.destroyed; at += STEP) {
          client.handleData(bytes.subarray(at, at + STEP));
          if ((bytesSeen += STEP) > MOST_BYTES || asked(client) > MOST_BYTES) throw new Error('it sends what is no RTMP');
        }
      } catch (cause) {
        // Whatever the parser trips over may still be RTMP as ffmpeg understands it.
        unsure(cause);
      }
    });
    socket.once('error', reject);
    socket.once('close', () => {
      client.rejectAllPending(new Error('it closed the connection'));
      reject(new Error('it closed the connection'));
    });
    client.sendClientHandshake();
  });
}

const asked = ({ inPackets }: RtmpClient): number => [...inPackets.values()].reduce((sum, { capacity }) => sum + capacity, 0);
