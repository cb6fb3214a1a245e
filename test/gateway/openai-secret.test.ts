import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { serve } from './client.ts';

/** With a key of OpenAI's the gateway makes a page a secret of OpenAI's, and never shows the key. */

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function withOpenAI(
  status: number,
): Promise<{ url: string; asked: { path: string; auth: string | undefined; body: unknown }[] }> {
  const asked: { path: string; auth: string | undefined; body: unknown }[] = [];
  const openai = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', auth: request.headers.authorization, body: JSON.parse(body) as unknown });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          status === 200
            ? { value: 'ek_of_openai', expires_at: 1, session: { type: 'realtime' } }
            : { error: { message: 'sk-live is wrong' } },
        ),
      );
    });
  });
  openai.listen(0, '127.0.0.1');
  await once(openai, 'listening');
  const baseUrl = `http://127.0.0.1:${(openai.address() as AddressInfo).port}/v1`;
  const served = await serve({ config: { openai: { apiKey: 'sk-live', baseUrl } } });
  stops.push(() => openai.close(), served.close);
  return { url: served.url, asked };
}

const ask = (url: string): Promise<Response> =>
  fetch(`${url}/auth/page-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:5173' },
    body: JSON.stringify({ for: 'realtime', provider: 'openai', model: 'gpt-realtime-2.1' }),
  });

it('is asked for with the key and the model, and handed on', async () => {
  const { url, asked } = await withOpenAI(200);
  const response = await ask(url);
  expect(await response.json()).toEqual({ value: 'ek_of_openai', expires_at: 1, session: { type: 'realtime' } });
  expect(asked).toEqual([
    {
      path: '/v1/realtime/client_secrets',
      auth: 'Bearer sk-live',
      body: { expires_after: { anchor: 'created_at', seconds: 600 }, session: { type: 'realtime', model: 'gpt-realtime-2.1' } },
    },
  ]);
});

it('when it is refused there, that is said without its words', async () => {
  const { url } = await withOpenAI(401);
  const response = await ask(url);
  expect(response.status).toBe(503);
  const text = await response.text();
  expect(text).toContain('provider_failed');
  expect(text).not.toContain('sk-live');
});
