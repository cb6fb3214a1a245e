import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { readFrame, writeAnswer, writeErrorAnswer, writeQuest } from '../../src/protocols/rtvt/frame.ts';

/** Stands between an RTVT client and its gateway and does to their connection what networks and services do. */

export type Fault =
  | 'cut'
  /** Nothing crosses for a while, then everything at once. */
  | 'stall'
  /** Nothing crosses any more, and nobody says so. */
  | 'half-open'
  /** The connection is cut, and the next login is refused. */
  | 'refused login'
  /** Frames are answered 800200 until a new stream is asked for. */
  | 'expired stream'
  /** For a while answers come in any order. */
  | 'answers out of order'
  /** A message of 126 bytes is framed as the C++ server of the vendor does it. */
  | '126 bytes';

export const faults: readonly Fault[] = [
  'cut',
  'stall',
  'half-open',
  'refused login',
  'expired stream',
  'answers out of order',
  '126 bytes',
];

export interface FaultProxy {
  readonly url: string;
  /** Does it to the newest connection; false when there is none. `ms`: how long, for what has an end. */
  inject(fault: Fault, ms: number, random: () => number): boolean;
  close(): Promise<void>;
}

interface Pair {
  readonly near: WebSocket;
  readonly far: WebSocket;
  readonly wire: Duplex;
  held: (() => void)[] | null;
  swallowing: boolean;
  expired: boolean;
  shuffled: { readonly answers: Buffer[]; readonly random: () => number } | null;
}

/** A push of exactly 126 bytes, as it stands on the wire behind a length that is read as "two more bytes of length". */
function badlyFramed(): Buffer {
  for (let length = 0; ; length++) {
    const message = writeQuest('unheardOf', { text: 'x'.repeat(length) }, 999_999);
    if (message.length === 126) return Buffer.concat([Uint8Array.of(0x82, 126), message]);
  }
}

export async function faultProxy(target: string): Promise<FaultProxy> {
  const origin = new URL(target);
  const sides = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const server: Server = createServer((_, response) => response.writeHead(404).end());
  const open = new Set<Pair>();
  let refuse: (() => number) | null = null;

  const up = (pair: Pair, data: Buffer): void => {
    if (pair.swallowing) return;
    const frame = readFrame(data);
    const answer = (bytes: Uint8Array): void => pair.near.send(bytes);
    if (frame.type === 'quest' && frame.method === 'login' && refuse && frame.seq !== null) {
      const refusedBy = refuse();
      refuse = null;
      answer(
        refusedBy < 0.5
          ? writeAnswer(frame.seq, { successed: false }, frame)
          : writeErrorAnswer(frame.seq, refusedBy < 0.75 ? 800101 : 800102, 'not now', frame),
      );
      return;
    }
    if (frame.type === 'quest' && frame.method === 'voiceStart') pair.expired = false;
    if (frame.type === 'quest' && frame.method === 'voiceData' && pair.expired && frame.seq !== null) {
      answer(writeErrorAnswer(frame.seq, 800200, 'stream id not exist', frame));
      return;
    }
    const send = (): void => {
      if (pair.far.readyState === WebSocket.OPEN) pair.far.send(data);
    };
    if (pair.held) pair.held.push(send);
    else send();
  };

  const down = (pair: Pair, data: Buffer): void => {
    if (pair.swallowing) return;
    const send = (): void => {
      if (pair.near.readyState === WebSocket.OPEN) pair.near.send(data);
    };
    if (pair.held) {
      pair.held.push(send);
      return;
    }
    const { shuffled } = pair;
    if (!shuffled || readFrame(data).type === 'quest') {
      send();
      return;
    }
    shuffled.answers.push(data);
    if (shuffled.answers.length < 8) return;
    for (let left = shuffled.answers.length; left > 0; left--) {
      const [answer] = shuffled.answers.splice(Math.floor(shuffled.random() * left), 1);
      if (answer) pair.near.send(answer);
    }
  };

  const end = (pair: Pair): void => {
    open.delete(pair);
    pair.near.terminate();
    pair.far.terminate();
  };

  server.on('upgrade', (asked: IncomingMessage, socket, head) => {
    const far = new WebSocket(`ws://${origin.host}${asked.url ?? ''}`, { perMessageDeflate: false });
    far.once('error', () => socket.destroy());
    far.once('open', () => {
      sides.handleUpgrade(asked, socket, head, (near) => {
        const pair: Pair = { near, far, wire: socket, held: null, swallowing: false, expired: false, shuffled: null };
        open.add(pair);
        near.on('message', (data: Buffer) => up(pair, data));
        far.on('message', (data: Buffer) => down(pair, data));
        near.on('error', () => end(pair));
        near.on('close', () => end(pair));
        far.on('close', () => {
          if (!pair.swallowing) end(pair);
        });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `ws://127.0.0.1:${port}`,
    inject: (fault, ms, random) => {
      const pair = [...open].at(-1);
      if (pair?.near.readyState !== WebSocket.OPEN) return false;
      switch (fault) {
        case 'cut':
          end(pair);
          break;
        case 'stall': {
          const held: (() => void)[] = [];
          pair.held = held;
          setTimeout(() => {
            pair.held = null;
            for (const send of held) send();
          }, ms);
          break;
        }
        case 'half-open':
          pair.swallowing = true;
          pair.far.terminate();
          break;
        case 'refused login':
          refuse = random;
          end(pair);
          break;
        case 'expired stream':
          pair.expired = true;
          break;
        case 'answers out of order': {
          const answers: Buffer[] = [];
          pair.shuffled = { answers, random };
          setTimeout(() => {
            pair.shuffled = null;
            for (const answer of answers.reverse()) if (pair.near.readyState === WebSocket.OPEN) pair.near.send(answer);
          }, ms);
          break;
        }
        case '126 bytes':
          pair.wire.write(badlyFramed());
      }
      return true;
    },
    close: () => {
      for (const pair of [...open]) end(pair);
      sides.close();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
