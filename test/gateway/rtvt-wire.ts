import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { WebSocket } from 'ws';
import { decodeBody } from '../../src/protocols/rtvt/frame-body.ts';
import type { Body } from '../../src/protocols/rtvt/frame-body.ts';
import { FrameStream } from '../../src/protocols/rtvt/frame-stream.ts';
import { readFrame, writeAnswer, writeQuest } from '../../src/protocols/rtvt/frame.ts';
import type { AnswerFrame } from '../../src/protocols/rtvt/frame.ts';
import { readPush } from '../../src/protocols/rtvt/messages-pushes.ts';
import type { Push } from '../../src/protocols/rtvt/messages-pushes.ts';
import { signLogin } from '../../demo/server/rtvt/login.ts';
import type { Config } from '../../demo/server/config.ts';
import type { FakeOptions } from '../support/fake-engines.ts';
import { serve } from './client.ts';
import type { Served } from './client.ts';

/** A bare RTVT peer over WebSocket or TCP: quests with their answers, and every push as it came. */

export const PID = 81700001;
/** As in the fixtures: `test-secret-key`. */
export const SECRET = 'dGVzdC1zZWNyZXQta2V5';

const RTVT: Config['rtvt'] = { pid: PID, secret: SECRET, tcpPort: 0, tokenSeconds: 3600, maxStreams: 64 };

/** A gateway that knows `SECRET`, with raw TCP on a free port. English and Spanish unless said otherwise. */
export const serveRtvt = (engines: FakeOptions = {}, rtvt: Partial<Config['rtvt']> = {}): Promise<Served> =>
  serve({
    engines: {
      languages: ['en', 'es'],
      pairs: [
        { from: 'en', to: 'es' },
        { from: 'es', to: 'en' },
      ],
      speaks: ['en', 'es'],
      ...engines,
    },
    config: { rtvt: { ...RTVT, ...rtvt } },
  });

export const login = (ts = Math.floor(Date.now() / 1000)): { pid: number; token: string; ts: number; version: string } => ({
  ...signLogin({ pid: PID, secret: Buffer.from(SECRET, 'base64') }, ts),
  version: 'test',
});

export interface Answer {
  readonly status: number;
  readonly version: number;
  readonly encoding: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Peer {
  readonly pushes: (Push & { readonly seq: number })[];
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>;
  /** Whether pushes are answered; true. */
  answersPushes: boolean;
  raw(bytes: Uint8Array): void;
  /** Sends a quest and resolves with its answer. */
  ask(method: string, body?: Body): Promise<Answer>;
  /** Logs in and begins a stream. */
  open(start?: Body): Promise<bigint>;
  /** Sends sound in frames of 20 ms without waiting, numbered on; `ts` counts on from `BEGIN_TS`. Returns when all are acknowledged. */
  speak(streamId: bigint, pcm: Int16Array): Promise<void>;
  /** The first push that matches, waiting for it. */
  wait(matches: (push: Push) => boolean): Promise<Push>;
  close(): void;
}

/** ms; the time of each stream's first frame. */
export const BEGIN_TS = 1_713_354_552_000;

export const START: Body = {
  asrResult: true,
  asrTempResult: true,
  transResult: true,
  srcLanguage: 'en',
  destLanguage: 'es',
};

export async function webPeer(url: string, headers: Record<string, string> = {}): Promise<Peer> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/service/websocket`, { headers });
  const peer = peerOver(
    (bytes) => socket.send(bytes),
    () => socket.terminate(),
    (receive, end) => {
      socket.on('message', (data: Buffer) => receive(data));
      socket.on('close', end);
    },
  );
  await once(socket, 'open');
  return peer;
}

export async function tcpPeer(port: number): Promise<Peer> {
  const socket = connectTcp(port, '127.0.0.1');
  const stream = new FrameStream();
  const peer = peerOver(
    (bytes) => socket.write(bytes),
    () => socket.destroy(),
    (receive, end) => {
      socket.on('data', (chunk) => {
        for (const message of stream.push(chunk)) receive(message);
      });
      socket.on('close', end);
      socket.on('error', () => undefined);
    },
  );
  await once(socket, 'connect');
  return peer;
}

function peerOver(
  send: (bytes: Uint8Array) => void,
  cut: () => void,
  listen: (receive: (bytes: Uint8Array) => void, end: () => void) => void,
): Peer {
  const pushes: Peer['pushes'] = [];
  const asked = new Map<number, (answer: Answer) => void>();
  const waiting = new Set<() => void>();
  const sent = new Map<bigint, number>();
  let number = 0;
  let end = (): void => undefined;
  const closed = new Promise<void>((resolve) => (end = resolve));
  listen((bytes) => {
    const frame = readFrame(Uint8Array.from(bytes));
    const fields = decodeBody(frame.body, frame.encoding);
    if (frame.type === 'answer') {
      const { seq, status, version, encoding }: AnswerFrame = frame;
      asked.get(seq)?.({ status, version, encoding, body: fields.values });
      asked.delete(seq);
      return;
    }
    const push = readPush(frame.method, fields);
    if (push === null || frame.seq === null) throw new Error(`an unknown push ${frame.method}`);
    if (peer.answersPushes) send(writeAnswer(frame.seq));
    pushes.push({ ...push, seq: frame.seq });
    for (const look of waiting) look();
  }, end);

  const peer: Peer = {
    pushes,
    closed,
    answersPushes: true,
    raw: send,
    ask: (method, body = {}) =>
      new Promise((resolve, reject) => {
        const seq = ++number;
        const timer = setTimeout(() => reject(new Error(`${method} was not answered`)), 8000);
        asked.set(seq, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        send(writeQuest(method, body, seq));
      }),
    open: async (start = START) => {
      const answer = await peer.ask('login', login());
      if (answer.status !== 0) throw new Error(`login: ${JSON.stringify(answer.body)}`);
      const { status, body } = await peer.ask('voiceStart', start);
      if (status !== 0) throw new Error(`voiceStart: ${JSON.stringify(body)}`);
      return BigInt(body['streamId'] as bigint | number);
    },
    speak: async (streamId, pcm) => {
      const acks: Promise<Answer>[] = [];
      for (let from = 0; from + 320 <= pcm.length; from += 320) {
        const seq = sent.get(streamId) ?? 0;
        sent.set(streamId, seq + 1);
        const data = new Uint8Array(pcm.slice(from, from + 320).buffer);
        acks.push(peer.ask('voiceData', { streamId, seq, data, ts: BEGIN_TS + seq * 20 }));
      }
      for (const { status, body } of await Promise.all(acks)) {
        if (status !== 0) throw new Error(`voiceData: ${JSON.stringify(body)}`);
      }
    },
    wait: (matches) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const told = pushes.map((push) => `${push.method} ${push.text}`);
          reject(new Error(`no such push within 8 s; there were: ${told.join(' | ')}`));
        }, 8000);
        const look = (): void => {
          const found = pushes.find(matches);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: cut,
  };
  return peer;
}
