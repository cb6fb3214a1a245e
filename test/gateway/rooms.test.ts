import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { get, KEY, serve } from './client.ts';
import type { Json, Served } from './client.ts';

/** Rooms of captions: who may follow, who may publish, and what those who come late or read slowly get. */

const PAGE = 'http://localhost:5173';
let served: Served;
beforeAll(async () => {
  served = await serve({ config: { allowedOrigins: ['https://shop.test'] } });
});
afterAll(() => served.close());

interface Token {
  readonly status: number;
  readonly body: {
    room: string;
    publish: boolean;
    token: string;
    expires_at: number;
    url: string;
    error?: { code: string; param: string };
  };
}

async function tokenFor(wish: unknown, headers: Record<string, string> = { origin: PAGE }): Promise<Token> {
  const response = await fetch(`${served.url}/rooms/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(wish),
  });
  return { status: response.status, body: (await response.json()) as Token['body'] };
}

interface Member {
  readonly socket: WebSocket;
  readonly messages: Json[];
  readonly closed: Promise<number>;
  wait(matches: (message: Json) => boolean): Promise<Json>;
  publish(caption: unknown): void;
}

async function enter(room: string, token: string, headers: Record<string, string> = { origin: PAGE }): Promise<Member> {
  const query = token === '' ? '' : `?token=${encodeURIComponent(token)}`;
  const socket = new WebSocket(`${served.url.replace(/^http/, 'ws')}/ws/room/${room}${query}`, { headers });
  const messages: Json[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')) as Json);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await once(socket, 'open');
  const member: Member = {
    socket,
    messages,
    closed,
    publish: (caption) => socket.send(JSON.stringify({ type: 'caption', data: caption })),
    wait: (matches) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`it did not come; there were ${messages.length} messages`)), 8000);
        const look = (): void => {
          const found = messages.find(matches);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
  await member.wait(({ type }) => type === 'connection_established' || type === 'error');
  return member;
}

const line = (id: string, text: string, final = true): Json => ({
  id,
  stream: 's',
  start_ms: 0,
  end_ms: final ? 900 : null,
  at: 1_713_354_552_000,
  original: { text, language: 'en', final },
  translation: null,
});

const textOf = (message: Json): unknown => get(message, 'data.original.text');
const texts = ({ messages }: Member): unknown[] => messages.filter(({ type }) => type === 'caption').map(textOf);

describe('POST /rooms/token', () => {
  it('gives pages of allowed origins the right to publish, for that origin', async () => {
    const { status, body } = await tokenFor({ room: 'hall', publish: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ room: 'hall', publish: true, url: `${served.url.replace('http', 'ws')}/ws/room/hall` });
    expect(body.expires_at - Date.now() / 1000).toBeGreaterThan(3500);
    const elsewhere = await enter('hall', body.token, { origin: 'https://shop.test' });
    expect(elsewhere.messages).toMatchObject([{ type: 'error', data: { error_code: 'AUTHENTICATION_FAILED' } }]);
    expect(await elsewhere.closed).toBe(1008);
  });

  it('refuses other origins and strangers; the key needs none', async () => {
    for (const publish of [true, false]) {
      const wish = { room: 'hall', publish };
      expect(await tokenFor(wish, { origin: 'https://evil.test' })).toMatchObject({
        status: 403,
        body: { error: { code: 'origin_not_allowed' } },
      });
      expect(await tokenFor(wish, {})).toMatchObject({ status: 403, body: { error: { code: 'origin_required' } } });
      expect(await tokenFor(wish, { authorization: `Bearer ${KEY}` })).toMatchObject({ status: 200, body: { publish } });
    }
  });

  it('lets who publishes invite others to follow, and only into that room', async () => {
    const { body } = await tokenFor({ room: 'hall', publish: true }, { authorization: `Bearer ${KEY}` });
    const by = { authorization: `Bearer ${body.token}` };
    expect(await tokenFor({ room: 'hall' }, by)).toMatchObject({ status: 200, body: { publish: false } });
    expect((await tokenFor({ room: 'hall', publish: true }, by)).status).toBe(403);
    expect((await tokenFor({ room: 'other' }, by)).status).toBe(403);
    const follower = await tokenFor({ room: 'hall' });
    expect((await tokenFor({ room: 'hall' }, { authorization: `Bearer ${follower.body.token}` })).status).toBe(403);
  });

  it('names a room that nobody can guess when none is named', async () => {
    const [one, two] = await Promise.all([tokenFor({ publish: true }), tokenFor({ publish: true })]);
    expect(one.body.room).toMatch(/^[A-Za-z0-9._-]{16}$/);
    expect(one.body.room).not.toBe(two.body.room);
  });

  it.each<[unknown, string]>([
    [{ room: '../etc' }, 'room'],
    [{ room: 'x'.repeat(65) }, 'room'],
    [{ room: 'hall', publish: 'yes' }, 'publish'],
    [{ room: 'hall', seconds: 5 }, 'seconds'],
  ])('%j is refused, naming %s', async (wish, param) => {
    expect(await tokenFor(wish)).toMatchObject({ status: 400, body: { error: { param } } });
  });
});

it('the operator decides who publishes where, when there is a check', async () => {
  const asked: unknown[] = [];
  const check = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const question = JSON.parse(text) as { room: { publish: boolean } };
      asked.push(question);
      response.statusCode = question.room.publish && request.headers.cookie !== 'staff=1' ? 403 : 204;
      response.end();
    });
  });
  check.listen(0, '127.0.0.1');
  await once(check, 'listening');
  const { port } = check.address() as AddressInfo;
  const own = await serve({ config: { authHookUrl: `http://127.0.0.1:${port}/` } });
  const ask = async (publish: boolean, cookie: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', origin: PAGE, cookie };
    const body = JSON.stringify({ room: 'hall', publish });
    return (await fetch(`${own.url}/rooms/token`, { method: 'POST', headers, body })).status;
  };
  expect(await ask(true, 'staff=0')).toBe(403);
  expect(await ask(false, 'staff=0')).toBe(200);
  expect(await ask(true, 'staff=1')).toBe(200);
  expect(asked[0]).toEqual({ for: 'room', origin: PAGE, room: { name: 'hall', publish: true } });
  await own.close();
  check.close();
});

describe('a room', () => {
  it('passes captions on to everybody else in it, in their envelope, and to nobody outside', async () => {
    const publisher = await enter('hall-1', (await tokenFor({ room: 'hall-1', publish: true })).body.token);
    const link = (await tokenFor({ room: 'hall-1' })).body.token;
    const [here, phone] = await Promise.all([enter('hall-1', link), enter('hall-1', link, {})]);
    const outside = await enter('hall-2', (await tokenFor({ room: 'hall-2' })).body.token);
    publisher.publish({ ...line('1', 'Good morning.'), secret: 'left out' });
    for (const member of [here, phone]) {
      const told = await member.wait(({ type }) => type === 'caption');
      expect(told).toEqual({
        type: 'caption',
        data: line('1', 'Good morning.'),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        source: 'websocket_manager',
      });
    }
    expect(here.messages[0]).toMatchObject({
      type: 'connection_established',
      data: { user_id: expect.any(String) as string, connection_id: expect.any(String) as string },
    });
    expect([...texts(publisher), ...texts(outside)]).toEqual([]);
  });

  it('tells who comes late the last state of its last lines', async () => {
    const { token } = (await tokenFor({ room: 'late', publish: true })).body;
    const publisher = await enter('late', token);
    const watcher = await enter('late', token);
    publisher.publish(line('0', 'So', false));
    publisher.publish(line('0', 'So it begins.'));
    for (let id = 1; id <= 55; id++) publisher.publish(line(String(id), `Line ${id}.`));
    await watcher.wait((message) => textOf(message) === 'Line 55.');
    const late = await enter('late', token);
    await late.wait((message) => textOf(message) === 'Line 55.');
    expect(texts(late)).toEqual(Array.from({ length: 50 }, (_, index) => `Line ${index + 6}.`));
  });

  it('lets followers follow only, and lives on when they try more', async () => {
    const publisher = await enter('quiet', (await tokenFor({ room: 'quiet', publish: true })).body.token);
    const follower = await enter('quiet', (await tokenFor({ room: 'quiet' })).body.token);
    follower.publish(line('1', 'I was here.'));
    expect(await follower.wait(({ type }) => type === 'error')).toMatchObject({ data: { error_code: 'NOT_ALLOWED' } });
    publisher.publish(line('2', 'Heard still.'));
    await follower.wait((message) => textOf(message) === 'Heard still.');
    expect(texts(publisher)).toEqual([]);
  });

  it('names what is wrong with a message, and gives up who never learns', async () => {
    const publisher = await enter('strict', (await tokenFor({ room: 'strict', publish: true })).body.token);
    publisher.socket.send('{');
    publisher.publish({ ...line('1', 'x'), start_ms: 'now' });
    publisher.publish({ ...line('1', 'x'.repeat(5000)) });
    publisher.socket.send(JSON.stringify({ type: 'task_created', data: {} }));
    publisher.socket.send(Buffer.from([1, 2, 3]));
    await expect.poll(() => publisher.messages.filter(({ type }) => type === 'error').length).toBe(5);
    const said = publisher.messages.slice(1).map((message) => String(get(message, 'data.message')));
    for (const [index, words] of [/JSON/, /start_ms/, /original\.text/, /type/, /text is wanted/].entries())
      expect(said[index]).toMatch(words);
    for (let i = 0; i < 20; i++) publisher.socket.send('{');
    expect(await publisher.closed).toBe(1008);
  });

  it.each<[string, () => Promise<string>]>([
    ['no token', () => Promise.resolve('')],
    ['a made-up one', () => Promise.resolve('ek_nothing')],
    ['the one of another room', async () => (await tokenFor({ room: 'elsewhere', publish: true })).body.token],
    [
      'a secret for something else',
      async () => (await served.gateway.auth.mint({ audience: 'realtime', origin: PAGE, seconds: 60, session: null })).value,
    ],
    ['the key, which belongs into no address', () => Promise.resolve(KEY)],
  ])('with %s nobody gets in', async (_, token) => {
    const member = await enter('hall', await token());
    expect(member.messages).toMatchObject([
      { type: 'error', data: { error_code: 'AUTHENTICATION_FAILED' }, source: 'websocket_manager' },
    ]);
    expect(await member.closed).toBe(1008);
  });

  it('is entered with the key as a header, by servers', async () => {
    const member = await enter('hall', '', { authorization: `Bearer ${KEY}` });
    expect(member.messages[0]).toMatchObject({ type: 'connection_established', data: { publish: true } });
  });

  it('does not wait for who reads slowly, and gives up who does not read', async () => {
    const { token } = (await tokenFor({ room: 'slow', publish: true })).body;
    const [publisher, slow, quick] = await Promise.all([enter('slow', token), enter('slow', token), enter('slow', token)]);
    slow.socket.pause();
    // Straight into the bus, which knows no limit of messages a second; as fast as the quick one reads.
    const text = 'x'.repeat(4000);
    for (let id = 0; id < 4000; id++) {
      const data = line(String(id), text, id % 4 === 0);
      served.gateway.rooms.publish('slow', {
        type: 'caption',
        data,
        source: 'websocket_manager',
        key: null,
        growing: id % 4 === 1,
      });
      if (id % 40 === 0) await quick.wait((message) => get(message, 'data.id') === String(id));
    }
    publisher.publish(line('last', 'The last line.'));
    await quick.wait((message) => textOf(message) === 'The last line.');
    slow.socket.resume();
    await slow.closed;
    expect(slow.messages.length).toBeLessThan(4000);
  });
});
