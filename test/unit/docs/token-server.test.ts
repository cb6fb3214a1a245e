import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** The token server that the guide shows, run as it stands there, before an upstream of our own. */

const path = join(import.meta.dirname, '../../../demo/docs/examples/token-server.mjs');
const source = readFileSync(path, 'utf8');
const ORIGIN = 'https://shop.example';

let upstream: Server;
let child: ChildProcess;
let url = '';
const asked: { url: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = [];
let answers: { readonly status: number; readonly body: string };

beforeAll(async () => {
  upstream = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ url: request.url, headers: request.headers, body: JSON.parse(body) });
      response.writeHead(answers.status, { 'content-type': 'application/json' }).end(answers.body);
    });
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  const env = { ...process.env, API_KEY: 'sk-live', UPSTREAM: `http://127.0.0.1:${port}`, ORIGIN, PORT: '0' };
  child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('the child has no output');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  url = line.toString().trim();
}, 60_000);
afterAll(async () => {
  child.kill();
  upstream.close();
  await once(child, 'exit');
});
beforeEach(() => {
  asked.length = 0;
  answers = { status: 200, body: JSON.stringify({ value: 'ek_1', expires_at: 1_800_000_000, session: {} }) };
});

const ask = (headers: Record<string, string> = { origin: ORIGIN }, method = 'POST') => fetch(url, { method, headers });

describe('the token server of the guide', () => {
  it('stands in the guide word by word, in at most 20 lines of code', () => {
    const guide = readFileSync(join(path, '../../tokens.md'), 'utf8');
    expect(guide).toContain(`\`\`\`js\n${source}\`\`\``);
    expect(source.split('\n').filter((line) => line !== '' && !/^\s*\/\//.test(line)).length).toBeLessThanOrEqual(20);
  });

  it('asks with the key, gives the secret alone, and lets nobody keep it', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ value: 'ek_1', expires_at: 1_800_000_000 });
    expect(asked).toMatchObject([
      {
        url: '/v1/realtime/client_secrets',
        body: { session: { type: 'realtime' } },
        headers: { authorization: 'Bearer sk-live' },
      },
    ]);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }, 'POST'],
    ['none', {}, 'POST'],
    ['reading', { origin: ORIGIN }, 'GET'],
  ])('refuses %s without asking', async (_what, headers, method) => {
    expect((await ask(headers, method)).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('tells of a refusal by its status alone, and goes on after nonsense', async () => {
    answers = { status: 401, body: JSON.stringify({ error: { message: 'sk-live is wrong' } }) };
    const refused = await ask();
    expect([refused.status, await refused.text()]).toEqual([502, '{"error":"refused with 401"}']);
    answers = { status: 200, body: '<html>' };
    expect((await ask()).status).toBe(502);
    answers = { status: 200, body: '{"value":"ek_2"}' };
    expect(await (await ask()).json()).toEqual({ value: 'ek_2' });
  });
});
