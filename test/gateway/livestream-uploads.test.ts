import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KEY, playTasks } from '../support/livestream-api.ts';
import type { PlayedTasks } from '../support/livestream-api.ts';

/** Forms over real sockets: covers that are none, bodies that are too long or never end, and clients that go away. */

let played: PlayedTasks;
let url: string;
beforeAll(async () => {
  played = await playTasks();
  url = await played.listen();
});
afterAll(() => played.close());

const fields = { url: 'https://live.bilibili.com/12345', livestream_name: 'Launch', start_time: '2025-10-21T14:00:00Z' };
const authorization = `Bearer ${KEY}`;
const refusal = z.looseObject({ detail: z.string(), code: z.string() });

async function send(parts: readonly (readonly [name: string, value: string | Blob, file?: string])[]) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const [name, value, file] of parts)
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, file);
  const reply = await fetch(`${url}/livestream/tasks`, { method: 'POST', headers: { authorization }, body });
  return { status: reply.status, body: (await reply.json()) as unknown };
}

const picture = sharp({ create: { width: 2000, height: 500, channels: 3, background: '#369' } });

describe('a cover', () => {
  it('is kept as a JPEG, whatever its name and its type say', async () => {
    const png = new Blob([new Uint8Array(await picture.png().toBuffer())], { type: 'text/html' });
    const { status, body } = await send([['image', png, '../../x.svg']]);
    expect(status).toBe(201);
    const { livestream_image } = z.looseObject({ livestream_image: z.string() }).parse(body);
    const kept = Buffer.from(livestream_image.slice('data:image/jpeg;base64,'.length), 'base64');
    expect(await sharp(kept).metadata()).toMatchObject({ format: 'jpeg', width: 1280, height: 320 });
  });

  it('may be left out, as browsers do: an empty file, an empty field', async () => {
    for (const part of [['image', new Blob([]), ''] as const, ['image', ''] as const])
      expect(await send([part])).toMatchObject({ status: 201, body: { livestream_image: null } });
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
    ['SVG that says PNG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/png'],
    ['HTML', '<!doctype html><script>alert(1)</script>', 'text/html'],
    ['HTML that says JPEG', '<!doctype html><script>alert(1)</script>', 'image/jpeg'],
    ['a cut JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ])('is not %s', async (_what, text, type) => {
    const image = new Blob([new Uint8Array(Buffer.from(text, 'latin1'))], { type });
    const reply = await send([['image', image, 'cover.jpg']]);
    expect(reply).toMatchObject({ status: 422, body: { field: 'image', code: 'image_refused' } });
  });

  it('has at most 5 MiB', async () => {
    const image = new Blob([new Uint8Array(5 * 1024 * 1024 + 1)]);
    expect(await send([['image', image, 'cover.jpg']])).toMatchObject({ status: 413 });
  });

  it('is a file, and the only one', async () => {
    const image = new Blob([new Uint8Array(await picture.jpeg().toBuffer())]);
    expect(await send([['image', 'data:image/png;base64,xxxx']])).toMatchObject({ status: 422, body: { field: 'image' } });
    expect(await send([['cover', image, 'a.jpg']])).toMatchObject({ status: 422, body: { field: 'cover' } });
    expect(
      await send([
        ['image', image, 'a.jpg'],
        ['image', image, 'b.jpg'],
      ]),
    ).toMatchObject({ status: 413 });
  });
});

describe('a form', () => {
  it('has fields of bounded number and length', async () => {
    const many = Array.from({ length: 30 }, (_, at) => [`f${String(at)}`, 'x'] as const);
    expect((await send(many)).status).toBe(413);
    expect(await send([['entity', 'x'.repeat(70_000)]])).toMatchObject({ status: 413, body: { field: 'entity' } });
    expect((await send([['__proto__', 'x']])).status).toBe(422);
  });

  it.each<[string, Record<string, string>, string, number]>([
    ['JSON', { 'content-type': 'application/json' }, JSON.stringify(fields), 415],
    ['urlencoded', { 'content-type': 'application/x-www-form-urlencoded' }, 'url=x', 415],
    ['text', { 'content-type': 'text/plain' }, 'x', 415],
    ['a form without a boundary', { 'content-type': 'multipart/form-data' }, 'x', 422],
    [
      'a form that is cut',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="url"\r\n\r\nht',
      422,
    ],
    ['an empty form', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--\r\n', 422],
  ])('is not %s', async (_what, headers, body, status) => {
    const reply = await fetch(`${url}/livestream/tasks`, { method: 'POST', headers: { ...headers, authorization }, body });
    expect(reply.status).toBe(status);
    refusal.parse(await reply.json());
  });
});

describe('a body that is too long', () => {
  const head = (path: string, type: string, length: string): string =>
    [`POST ${path} HTTP/1.1`, 'Host: gateway', `Authorization: ${authorization}`, `Content-Type: ${type}`, length, '', ''].join(
      '\r\n',
    );
  const begin = async (): Promise<Socket> => {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return socket;
  };
  /** What is answered before anything more was sent. */
  const answer = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

  it.each([
    ['/livestream/tasks', 'multipart/form-data; boundary=x'],
    ['/livestream/tasks/history', 'application/json'],
    ['/livestream/prompts/a.md', 'application/json'],
    ['/auth/token', 'application/json'],
  ])('is refused at %s by what it says of itself', async (path, type) => {
    const socket = await begin();
    socket.write(head(path, type, 'Content-Length: 1073741824'));
    const text = await answer(socket);
    expect(text).toMatch(/^HTTP\/1.1 413 /);
    expect(text).toContain('"code":"request_too_large"');
    socket.destroy();
  });

  it.each([
    ['a file without an end', 'Content-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'],
    ['a field without an end', 'Content-Disposition: form-data; name="entity"\r\n\r\n'],
    ['a head without an end', 'Content-Disposition: form-data; name="'],
  ])('is refused while it comes: %s', async (_what, begun) => {
    const socket = await begin();
    const refused = answer(socket);
    const told = new AbortController();
    void refused.then(() => told.abort());
    socket.on('error', () => told.abort());
    socket.write(head('/livestream/tasks', 'multipart/form-data; boundary=x', 'Transfer-Encoding: chunked'));
    const chunk = (text: string): Buffer => Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
    socket.write(chunk(`--x\r\n${begun}`));
    const block = chunk('a'.repeat(65_536));
    let bytes = 0;
    while (!told.signal.aborted && bytes < 50_000_000) {
      bytes += block.byteLength;
      if (!socket.write(block)) await Promise.race([once(socket, 'drain'), refused]);
    }
    expect(await refused).toMatch(/^HTTP\/1.1 (413|422) /);
    expect(bytes).toBeLessThan(30_000_000);
    socket.destroy();
  });

  it('is let go of where its sender goes away, and the next one is served', async () => {
    const socket = await begin();
    socket.write(head('/livestream/tasks', 'multipart/form-data; boundary=x', 'Content-Length: 100000'));
    socket.write('--x\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\nabc');
    socket.destroy();
    expect((await send([])).status).toBe(201);
  });
});
