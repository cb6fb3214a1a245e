import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCaptions, type CaptionOptions } from '../../src/caption-edges.ts';
import { writeCaption } from '../../src/protocols/livestream/codec.ts';
import type { CaptionSource } from '../../src/session/caption-source.ts';
import { captionLine } from '../support/fake-interpreter.ts';
import { fakeSocket, type FakeConnection } from '../support/fake-socket.ts';

/** A room that is followed: what its publisher says, kept over lost connections, and told when it is over. */

const options: CaptionOptions = {
  from: null,
  to: null,
  endpoint: 'http://host.example',
  tokenUrl: null,
  tokenProvider: null,
  room: 'hall',
  roomUrl: null,
  roomToken: 'secret',
  media: null,
  microphone: null,
};

let connections: FakeConnection[] = [];
let source: CaptionSource;
const state = () => source.state.value;
const joins = { type: 'connection_established', data: { connection_id: 'c' } };

beforeEach(() => {
  const fake = fakeSocket();
  connections = fake.connections;
  vi.stubGlobal('WebSocket', fake.WebSocket);
});

afterEach(() => {
  source.dispose();
  vi.unstubAllGlobals();
});

async function following(changes: Partial<CaptionOptions> = {}): Promise<void> {
  source = createCaptions({ ...options, ...changes });
  await source.start();
  await source.start();
}

test('nothing is opened before the start; one connection, however often it is started', async () => {
  source = createCaptions(options);
  expect(connections).toHaveLength(0);
  await source.start();
  await source.start();
  expect(connections.map(({ url }) => url)).toEqual(['ws://host.example/ws/room/hall?token=secret']);
  expect(state().phase).toBe('connecting');
});

test('lines arrive, a lost connection keeps them, and goes on where it was', async () => {
  await following();
  connections[0]?.open();
  connections[0]?.receive(joins);
  const line = captionLine('Where is*', null);
  connections[0]?.receive(writeCaption(line));
  expect(state()).toMatchObject({ phase: 'listening', lines: [line] });
  connections[0]?.close(1006, '');
  expect(state()).toMatchObject({ phase: 'reconnecting', lines: [line], error: null });
  source.retry();
  await vi.waitFor(() => expect(connections).toHaveLength(2));
  connections[1]?.open();
  const whole = { ...line, original: { text: 'Where is it?', language: 'en', final: true } };
  connections[1]?.receive(writeCaption(whole));
  expect(state()).toMatchObject({ phase: 'listening', lines: [whole] });
});

test('a refusal is told, and trying again opens anew', async () => {
  await following();
  connections[0]?.open();
  connections[0]?.receive({ type: 'error', data: { error_code: 'AUTHENTICATION_FAILED', message: 'no' } });
  expect(state()).toMatchObject({ phase: 'error', error: { code: 'token-refused' } });
  source.retry();
  expect(connections).toHaveLength(2);
  expect(state()).toMatchObject({ phase: 'connecting', error: null });
});

test('the end: by the service, by the reader, by the tag', async () => {
  await following();
  connections[0]?.open();
  connections[0]?.close(1000, '');
  expect(state().phase).toBe('ended');
  await source.start();
  connections[1]?.open();
  await source.stop();
  expect([state().phase, connections[1]?.closedWith]).toEqual(['ended', 1000]);
  await source.start();
  connections[2]?.open();
  source.dispose();
  expect(connections[2]?.closedWith).toBe(1000);
});

test('without a token one is asked for, to follow only, before every connection', async () => {
  const bodies: unknown[] = [];
  vi.stubGlobal('fetch', (url: string, { body }: RequestInit) => {
    bodies.push([url, JSON.parse(body as string)]);
    return Promise.resolve(new Response(JSON.stringify({ token: `t${bodies.length}` })));
  });
  await following({ roomToken: null, roomUrl: 'wss://rooms.example' });
  await vi.waitFor(() => expect(connections).toHaveLength(1));
  connections[0]?.open();
  connections[0]?.receive(joins);
  connections[0]?.close(1012, '');
  source.retry();
  await vi.waitFor(() => expect(connections).toHaveLength(2));
  expect(bodies).toEqual([1, 2].map(() => ['https://rooms.example/rooms/token', { room: 'hall', publish: false }]));
  expect(connections.map(({ url }) => url)).toEqual([1, 2].map((each) => `wss://rooms.example/ws/room/hall?token=t${each}`));
});
