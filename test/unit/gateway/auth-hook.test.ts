import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthError } from '../../../demo/server/auth.ts';
import { createAuthHook } from '../../../demo/server/auth-hook.ts';
import type { HookQuestion } from '../../../demo/server/auth-hook.ts';

/** The operator's own server: answers as told, remembers what it was asked. */
let server: Server;
let url = '';
let reply: { status: number; body: string } = { status: 204, body: '' };
const asked: { headers: IncomingMessage['headers']; body: string }[] = [];

beforeEach(async () => {
  asked.length = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      response.writeHead(reply.status, { location: 'http://127.0.0.1:1/' }).end(reply.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`;
});
afterEach(() => {
  server.close();
});

const question: HookQuestion = { for: 'realtime', origin: 'https://shop.test', cookie: 'sid=1', authorization: undefined };

async function outcome(status: number, body = ''): Promise<unknown> {
  reply = { status, body };
  try {
    return await createAuthHook(url)(question);
  } catch (cause) {
    return cause instanceof AuthError ? `${cause.status} ${cause.code}` : cause;
  }
}

describe('AUTH_HOOK_URL', () => {
  it('is asked with the page’s cookies, its origin, and what for', async () => {
    expect(await outcome(204)).toBeNull();
    expect(asked[0]).toMatchObject({ headers: { cookie: 'sid=1', 'content-type': 'application/json' } });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ for: 'realtime', origin: 'https://shop.test' });
  });

  it('may attach a session', async () => {
    expect(await outcome(200, '{"session":{"instructions":"Premium."},"more":1}')).toEqual({ instructions: 'Premium.' });
    expect(await outcome(200, 'ok')).toBeNull();
    expect(await outcome(200, '{"session":5}')).toBeNull();
  });

  it('refuses, or cannot be asked', async () => {
    expect(await outcome(401)).toBe('401 refused_by_site');
    expect(await outcome(403)).toBe('403 refused_by_site');
    expect(await outcome(500)).toBe('503 auth_hook_unavailable');
    expect(await outcome(302)).toBe('503 auth_hook_unavailable');
    expect(await outcome(200, '{broken')).toBe('503 auth_hook_unavailable');
    server.close();
    server.closeAllConnections();
    expect(await outcome(204)).toBe('503 auth_hook_unavailable');
  });

  it('is not asked again at once for the same page, but for another one', async () => {
    reply = { status: 204, body: '' };
    const hook = createAuthHook(url);
    await Promise.all([hook(question), hook(question)]);
    await hook({ ...question, cookie: 'sid=2' });
    expect(asked).toHaveLength(2);
  });

  it('an answer that could not be had is not kept', async () => {
    const hook = createAuthHook(url);
    reply = { status: 500, body: '' };
    await expect(hook(question)).rejects.toThrow(AuthError);
    reply = { status: 204, body: '' };
    expect(await hook(question)).toBeNull();
  });

  it('without one everybody who got so far is let in', async () => {
    expect(await createAuthHook(null)(question)).toBeNull();
  });
});
