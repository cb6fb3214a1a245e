import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connect, KEY, serve } from './client.ts';
import type { Served } from './client.ts';

/** Who gets in: keys, secrets, origins, limits, over real HTTP and real upgrades. */

const PAGE = 'http://localhost:5173';
let served: Served;
beforeAll(async () => {
  served = await serve({ config: { allowedOrigins: ['https://shop.test'] } });
});
afterAll(() => served.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { value?: string; expires_at?: number; session?: Record<string, unknown>; error?: Record<string, unknown> };
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}, url = served.url): Promise<Answer> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

/** The status of an upgrade: 101, or why not. */
function knock(
  headers: Record<string, string>,
  protocols: string[] = [],
  path = '/v1/realtime?model=m',
  url = served.url,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws') + path, protocols, { headers });
    socket.on('open', () => {
      resolve(`101 ${socket.protocol}`.trim());
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const { error } = JSON.parse(text) as { error: { code: string } };
        resolve(`${response.statusCode ?? 0} ${error.code}`);
      });
    });
    socket.on('error', (cause) => {
      if (!/Unexpected server response/.test(cause.message)) reject(cause);
    });
  });
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const pageToken = async (origin: string): Promise<string> =>
  (await post('/auth/page-token', { for: 'realtime' }, { origin })).body.value ?? '';

describe('POST /auth/page-token', () => {
  it('gives a page of an allowed origin a secret that works from there, by subprotocol', async () => {
    for (const origin of [PAGE, 'https://shop.test']) {
      const { status, body, headers } = await post('/auth/page-token', { for: 'realtime' }, { origin });
      expect(status).toBe(200);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({ value: expect.stringMatching(/^ek_/) as string, session: { type: 'realtime' } });
      expect((body.expires_at ?? 0) - Date.now() / 1000).toBeGreaterThan(500);
      expect(await knock({ origin }, ['realtime', `openai-insecure-api-key.${body.value ?? ''}`])).toBe('101 realtime');
    }
  });

  it('refuses other origins, and callers that have none', async () => {
    const foreign = await post('/auth/page-token', { for: 'realtime' }, { origin: 'https://evil.test' });
    expect(foreign).toMatchObject({
      status: 403,
      body: { error: { code: 'origin_not_allowed', type: 'authentication_error', param: null } },
    });
    expect(await post('/auth/page-token', { for: 'realtime' })).toMatchObject({
      status: 403,
      body: { error: { code: 'origin_required' } },
    });
    expect((await post('/auth/page-token', { for: 'realtime' }, bearer(KEY))).status).toBe(200);
  });

  it('lets a page of another origin read that it is refused, and send no cookies', async () => {
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    const door = async (path: string, origin: string): Promise<readonly (string | number | null)[]> => {
      const preflight = await fetch(served.url + path, { method: 'OPTIONS', headers: { origin, ...asked } });
      const answer = await post(path, { for: 'realtime' }, { origin });
      const names = ['access-control-allow-origin', 'access-control-allow-credentials'];
      return [answer.status, ...[preflight, answer].flatMap(({ headers }) => names.map((name) => headers.get(name)))];
    };
    expect(await door('/auth/page-token', 'https://shop.test')).toEqual([
      200,
      'https://shop.test',
      'true',
      'https://shop.test',
      'true',
    ]);
    for (const path of ['/auth/page-token', '/rtvt/token', '/rooms/token']) {
      const [status, ...headers] = await door(path, 'https://evil.test');
      expect([path, status, ...headers]).toEqual([path, 403, 'https://evil.test', null, 'https://evil.test', null]);
    }
  });

  it.each<[unknown, number, string, string | null]>([
    [{}, 400, 'missing_required_parameter', 'for'],
    [{ for: 'dance' }, 400, 'invalid_value', 'for'],
    [{ for: 'realtime', provider: 'openai' }, 400, 'provider_unavailable', 'provider'],
    ['{', 400, 'invalid_request', null],
    [[], 400, 'invalid_type', null],
  ])('%j → %i %s', async (body, status, code, param) => {
    expect(await post('/auth/page-token', body, { origin: PAGE })).toMatchObject({ status, body: { error: { code, param } } });
  });
});

describe('POST /v1/realtime/client_secrets', () => {
  it('needs the key itself', async () => {
    expect(await post('/v1/realtime/client_secrets', {})).toMatchObject({
      status: 401,
      body: { error: { code: 'invalid_api_key' } },
    });
    const secret = await pageToken(PAGE);
    expect(await post('/v1/realtime/client_secrets', {}, bearer(secret))).toMatchObject({ status: 401 });
  });

  it('attaches a session, which the connection begins with', async () => {
    const session = { type: 'realtime', model: 'gpt-x', instructions: 'Attached.', audio: { output: { voice: 'echo' } } };
    const askedS = Math.floor(Date.now() / 1000);
    const { status, body } = await post(
      '/v1/realtime/client_secrets',
      { expires_after: { anchor: 'created_at', seconds: 60 }, session },
      bearer(KEY),
    );
    expect(status).toBe(200);
    expect(body.session).toMatchObject({
      object: 'realtime.session',
      model: 'gpt-x',
      instructions: 'Attached.',
      audio: { output: { voice: 'echo' } },
    });
    expect(body.expires_at).toBeGreaterThanOrEqual(askedS + 60);
    expect(body.expires_at).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000) + 60);
    // Several sessions may be started with one secret.
    for (let i = 0; i < 2; i++) {
      const client = await connect(served.url, { headers: bearer(body.value ?? ''), query: '' });
      expect(client.events[0]).toMatchObject({ session: { model: 'gpt-x', instructions: 'Attached.' } });
      await client.close();
    }
  });

  it.each<[Record<string, unknown>, string]>([
    [{ expires_after: { seconds: 9 } }, 'expires_after.seconds'],
    [{ expires_after: { seconds: 7201 } }, 'expires_after.seconds'],
    [{ expires_after: { seconds: 60, anchor: 'yesterday' } }, 'expires_after.anchor'],
    [{ session: { instructions: 'x' } }, 'session.type'],
    [{ session: { type: 'realtime', audio: { output: { voice: 'nobody' } } } }, 'session.audio.output.voice'],
  ])('%j is refused, naming %s', async (body, param) => {
    expect(await post('/v1/realtime/client_secrets', body, bearer(KEY))).toMatchObject({
      status: 400,
      body: { error: { param } },
    });
  });

  it('the older shape is served too', async () => {
    const { body } = await post('/v1/realtime/sessions', { model: 'gpt-4o-realtime-preview' }, bearer(KEY));
    expect(body).toMatchObject({ client_secret: { value: expect.stringMatching(/^ek_/) as string } });
  });
});

describe('the upgrade', () => {
  it('by key: without an origin, and from allowed ones', async () => {
    expect(await knock(bearer(KEY))).toBe('101');
    expect(await knock({ ...bearer(KEY), origin: PAGE })).toBe('101');
    expect(await knock({ ...bearer(KEY), origin: 'https://evil.test' })).toBe('403 origin_not_allowed');
    expect(await knock({ 'api-key': KEY }, [], '/openai/v1/realtime?model=m')).toBe('101');
  });

  it('refuses in JSON what has no credential, a wrong one, or a borrowed one', async () => {
    expect(await knock({})).toBe('401 missing_api_key');
    expect(await knock({ origin: PAGE })).toBe('401 missing_api_key');
    expect(await knock(bearer('wrong'))).toBe('401 invalid_api_key');
    const secret = await pageToken(PAGE);
    expect(await knock({ ...bearer(secret), origin: 'https://shop.test' })).toBe('403 origin_mismatch');
    expect(await knock(bearer(secret))).toBe('403 origin_mismatch');
  });

  it('refuses calls to attach to, and other paths', async () => {
    expect(await knock(bearer(KEY), [], '/v1/realtime?call_id=rtc_1')).toBe('400 invalid_value');
    expect(await knock(bearer(KEY), [], '/v1/other')).toBe('404 not_found');
  });

  it('is asked for in words when a plain request comes', async () => {
    const response = await fetch(`${served.url}/v1/realtime`);
    expect(response.status).toBe(426);
  });
});

describe('limits', () => {
  it('no more sessions than there may be', async () => {
    const small = await serve({ config: { maxSessions: 1 } });
    const first = await connect(small.url);
    expect(await knock(bearer(KEY), [], '/v1/realtime?model=m', small.url)).toBe('503 server_busy');
    await first.close();
    await expect.poll(() => knock(bearer(KEY), [], '/v1/realtime?model=m', small.url)).toBe('101');
    await small.close();
  });

  it('no more requests a minute from one address than there may be, upgrades included', async () => {
    const strict = await serve({ config: { ratePerMinute: 3 } });
    const answers: string[] = [];
    for (let i = 0; i < 5; i++) answers.push(await knock(bearer(KEY), [], '/v1/realtime?model=m', strict.url));
    expect(answers).toEqual(['101', '101', '101', '429 rate_limit_exceeded', '429 rate_limit_exceeded']);
    const http = await post('/v1/realtime/client_secrets', {}, bearer(KEY), strict.url);
    expect(http.status === 200 || http.status === 429).toBe(true);
    await strict.close();
  });

  it('a body that is too large is refused', async () => {
    expect((await post('/v1/realtime/client_secrets', { note: 'x'.repeat(2_000_000) }, bearer(KEY))).status).toBe(413);
  });
});
