import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { FrameStream } from '../../src/protocols/rtvt/frame-stream.ts';
import { readAnswer } from '../../src/protocols/rtvt/messages-answers.ts';
import { readFrame } from '../../src/protocols/rtvt/frame.ts';
import { serveRtvt } from './rtvt-wire.ts';
import type { Served } from './client.ts';

/** The bytes of the official SDKs, byte for byte, and answers that are byte for byte those of the vendor's own framework. */

interface Exchange {
  readonly quest: string;
  readonly answer?: string;
}
interface Sdk {
  readonly streamId: { readonly web: string; readonly python: string };
  readonly web: Readonly<Record<'login' | 'voiceStart' | 'voiceData' | 'ping' | 'voiceEnd', Exchange>>;
  readonly python: Readonly<Record<'login' | 'voiceStart' | 'voiceData' | 'voiceEnd', Exchange>>;
  readonly pushAnswers: { readonly web: string; readonly python: string };
  readonly errors: Readonly<Record<string, Exchange>>;
  readonly json: { readonly ping: string };
}
const sdk = JSON.parse(readFileSync(new URL('../fixtures/rtvt-sdk.json', import.meta.url), 'utf8')) as Sdk;

let served: Served;
beforeAll(async () => {
  // Their logins were signed long ago.
  const languages = ['zh', 'ja', 'es'];
  const pairs = languages.map((from) => ({ from, to: 'en' }));
  served = await serveRtvt({ languages, pairs }, { tokenSeconds: 1e9 });
});
afterAll(() => served.close());

interface Bytes {
  /** Sends hex and resolves with the next message as hex. */
  ask(hex: string): Promise<string>;
  send(hex: string): void;
  close(): void;
}

function reader(): { take: (bytes: Uint8Array) => void; next: () => Promise<string> } {
  const came: string[] = [];
  const waiting: ((hex: string) => void)[] = [];
  return {
    take: (bytes) => {
      const hex = Buffer.from(bytes).toString('hex');
      const first = waiting.shift();
      if (first === undefined) came.push(hex);
      else first(hex);
    },
    next: () => {
      const first = came.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
  };
}

async function web(): Promise<Bytes> {
  const socket = new WebSocket(`${served.url.replace(/^http/, 'ws')}/service/websocket`);
  const { take, next } = reader();
  socket.on('message', (data: Buffer) => take(data));
  await once(socket, 'open');
  const send = (hex: string): void => socket.send(Buffer.from(hex, 'hex'));
  return { send, close: () => socket.terminate(), ask: (hex) => (send(hex), next()) };
}

async function tcp(): Promise<Bytes> {
  const socket = connect(served.gateway.tcpPort ?? 0, '127.0.0.1');
  const { take, next } = reader();
  const stream = new FrameStream();
  socket.on('data', (chunk) => {
    for (const message of stream.push(chunk)) take(message);
  });
  await once(socket, 'connect');
  const send = (hex: string): void => void socket.write(Buffer.from(hex, 'hex'));
  return { send, close: () => socket.destroy(), ask: (hex) => (send(hex), next()) };
}

/** The id of an answer to voiceStart, as the eight bytes at its end. */
const idOf = (answer: string): string => answer.slice(-16);
const codeOf = (answer: string): number | null => {
  const frame = readFrame(Buffer.from(answer, 'hex'));
  if (frame.type !== 'answer') throw new Error('not an answer');
  try {
    readAnswer(frame);
    return null;
  } catch (cause) {
    return (cause as { rtvtCode: number }).rtvtCode;
  }
};

describe('the web SDK', () => {
  it('runs from login to the end of a stream', async () => {
    const peer = await web();
    expect(await peer.ask(sdk.web.login.quest)).toBe(sdk.web.login.answer);
    const started = await peer.ask(sdk.web.voiceStart.quest);
    expect(started.slice(0, -16)).toBe(sdk.web.voiceStart.answer?.slice(0, -16));
    const own = (hex: string): string => hex.replace(sdk.streamId.web, idOf(started));
    expect(await peer.ask(own(sdk.web.voiceData.quest))).toBe(sdk.web.voiceData.answer);
    // The time differs; that it is told in eight bytes does not.
    const ping = await peer.ask(sdk.web.ping.quest);
    expect(ping.slice(0, -16)).toBe(sdk.web.ping.answer?.slice(0, -16));
    peer.send(sdk.pushAnswers.web);
    expect(await peer.ask(own(sdk.web.voiceEnd.quest))).toBe(sdk.web.voiceEnd.answer);
    peer.close();
  });
});

describe('the Python SDK', () => {
  it('runs over raw TCP, is answered in its own version, and hears that a stream is over', async () => {
    const peer = await tcp();
    expect(await peer.ask(sdk.python.login.quest)).toBe(sdk.python.login.answer);
    const started = await peer.ask(sdk.python.voiceStart.quest);
    expect(readFrame(Buffer.from(started, 'hex'))).toMatchObject({ type: 'answer', version: 0, seq: 2, status: 0 });
    const own = (hex: string): string => hex.replace(sdk.streamId.python, idOf(started));
    expect(codeOf(await peer.ask(own(sdk.python.voiceData.quest)))).toBeNull();
    peer.send(sdk.pushAnswers.python);
    expect(codeOf(await peer.ask(own(sdk.python.voiceEnd.quest)))).toBeNull();
    expect(codeOf(await peer.ask(own(sdk.python.voiceEnd.quest)))).toBe(800200);
    peer.close();
  });

  it('may send its messages in any pieces', async () => {
    const peer = await tcp();
    for (const byte of sdk.python.login.quest.match(/../g)?.slice(0, -1) ?? []) peer.send(byte);
    expect(await peer.ask(sdk.python.login.quest.slice(-2))).toBe(sdk.python.login.answer);
    const first = peer.ask(sdk.python.voiceStart.quest + sdk.web.ping.quest.slice(0, 10));
    expect(codeOf(await first)).toBeNull();
    expect(codeOf(await peer.ask(sdk.web.ping.quest.slice(10)))).toBeNull();
    peer.close();
  });
});

it.each([
  ['notLoggedIn', 800002, false],
  ['badToken', 800102, false],
  ['loginErrorAnswer', 800102, false],
  ['unsupportedLanguage', 800105, true],
  ['wrongFrameSize', 800200, true],
  ['missingParam', 10009, false],
])('%s is answered with %i', async (name, code, loggedIn) => {
  const peer = await tcp();
  if (loggedIn) await peer.ask(sdk.python.login.quest);
  expect(codeOf(await peer.ask(sdk.errors[name]?.quest ?? ''))).toBe(code);
  peer.close();
});

it('JSON is answered in JSON', async () => {
  const peer = await tcp();
  const answer = readFrame(Buffer.from(await peer.ask(sdk.json.ping), 'hex'));
  expect(answer).toMatchObject({ type: 'answer', encoding: 'json', seq: 2, status: 0 });
  expect(JSON.parse(Buffer.from(answer.body).toString())).toEqual({ ts: expect.any(Number) as number });
  peer.close();
});

describe('the TCP port', () => {
  it('speaks HTTP too, and carries WebSockets', async () => {
    const at = `127.0.0.1:${String(served.gateway.tcpPort)}`;
    const response = await fetch(`http://${at}/service/getAvailableLanguage`);
    expect(await response.json()).toMatchObject({ srcLanguage: ['zh', 'ja', 'es'] });
    const socket = new WebSocket(`ws://${at}/service/websocket`);
    const { take, next } = reader();
    socket.on('message', (data: Buffer) => take(data));
    await once(socket, 'open');
    socket.send(Buffer.from(sdk.web.login.quest, 'hex'));
    expect(await next()).toBe(sdk.web.login.answer);
    socket.terminate();
  });
});
