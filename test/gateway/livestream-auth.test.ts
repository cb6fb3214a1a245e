import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR, subjectOf } from '../../demo/server/livestream/auth/subject.ts';
import type { Login } from '../../demo/server/livestream/auth/tokens.ts';
import { KEY, playTasks } from '../support/livestream-api.ts';
import type { PlayedTasks } from '../support/livestream-api.ts';

/** Who is let in: tokens, page secrets and the key; refreshing, and what happens to a refresh token that is shown twice. */

const ADA = '0f8fad5b-d9cb-469f-a165-70867728950e';
let played: PlayedTasks;
beforeAll(async () => {
  played = await playTasks({ env: { RATE_PER_MINUTE: '200' } });
});
afterAll(() => played.close());

const login = (payload: object, headers: Record<string, string> = {}) =>
  played.app.inject({ method: 'POST', url: '/auth/token', payload, headers });
const stats = (credential: string | null, headers: Record<string, string> = {}) =>
  played.app.inject({
    method: 'GET',
    url: '/livestream/tasks/stats',
    headers: { ...headers, ...(credential === null ? {} : { authorization: `Bearer ${credential}` }) },
  });

describe('POST /auth/token', () => {
  it('turns the key into a token of the operator, or of whom it names', async () => {
    const reply = await login({ api_key: KEY });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.json()).toMatchObject({ token_type: 'bearer', expires_in: 3600, user_id: OPERATOR });
    const ada = (await login({ api_key: KEY, user_id: ADA.toUpperCase() })).json<Login>();
    expect(ada.user_id).toBe(ADA);
    expect(await played.deps.tokens.verify(ada.access_token, null)).toMatchObject({ subject: ADA, kind: 'token' });
    expect((await stats(ada.access_token)).statusCode).toBe(200);
  });

  it.each<[object | string, number, object]>([
    [{ api_key: 'another' }, 401, { code: 'invalid_api_key' }],
    [{}, 422, { field: 'api_key', code: 'missing_value' }],
    [{ api_key: 7 }, 422, { field: 'api_key' }],
    [{ api_key: KEY, refresh_token: 'rt_x' }, 422, { field: 'refresh_token' }],
    [{ api_key: KEY, user_id: 'ada' }, 422, { field: 'user_id' }],
    [{ refresh_token: 'rt_unknown' }, 401, { code: 'invalid_refresh_token' }],
    [{ api_key: 'x'.repeat(20_000) }, 413, { code: 'request_too_large' }],
  ])('refuses %j', async (payload, status, body) => {
    const reply = await login(payload as object);
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toMatchObject({ ...body, detail: expect.any(String) as string });
  });

  it('refuses what is no JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const reply = await played.app.inject({ method: 'POST', url: '/auth/token', payload: '{"api_key":', headers });
    expect([reply.statusCode, reply.json()]).toEqual([422, expect.objectContaining({ code: 'invalid_body' })]);
  });

  it('takes a refresh token once; shown twice, everything of its login is void', async () => {
    const first = (await login({ api_key: KEY, user_id: ADA })).json<Login>();
    const other = (await login({ api_key: KEY, user_id: ADA })).json<Login>();
    const second = (await login({ refresh_token: first.refresh_token })).json<Login>();
    expect(second.user_id).toBe(ADA);
    expect((await stats(second.access_token)).statusCode).toBe(200);
    const again = await login({ refresh_token: first.refresh_token });
    expect([again.statusCode, again.json()]).toEqual([401, expect.objectContaining({ code: 'refresh_token_reused' })]);
    expect((await login({ refresh_token: second.refresh_token })).statusCode).toBe(401);
    for (const { access_token } of [first, second]) {
      const refused = await stats(access_token);
      expect([refused.statusCode, refused.json()]).toEqual([401, expect.objectContaining({ code: 'token_revoked' })]);
    }
    expect((await stats(other.access_token)).statusCode).toBe(200);
    expect((await login({ refresh_token: other.refresh_token })).statusCode).toBe(200);
  });

  it('renews once where two ask at once', async () => {
    const { refresh_token } = (await login({ api_key: KEY })).json<Login>();
    const replies = await Promise.all([login({ refresh_token }), login({ refresh_token })]);
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
  });

  it('keeps no refresh token that can be read', async () => {
    const { refresh_token } = (await login({ api_key: KEY })).json<Login>();
    const rows = await played.database.selectFrom('livestream_refreshes').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(refresh_token.slice(3));
  });
});

describe('POST /auth/token/revoke', () => {
  const GRACE = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
  const revoke = (payload: object) => played.app.inject({ method: 'POST', url: '/auth/token/revoke', payload });
  const begin = async (user_id: string): Promise<Login> => (await login({ api_key: KEY, user_id })).json<Login>();
  const standing = async (logins: readonly Login[]): Promise<number[]> =>
    Promise.all(logins.map(async ({ access_token }) => (await stats(access_token)).statusCode));

  it('ends one login, by any of its refresh tokens, and no other', async () => {
    const [mine, beside] = [await begin(GRACE), await begin(GRACE)];
    const renewed = (await login({ refresh_token: mine.refresh_token })).json<Login>();
    const reply = await revoke({ refresh_token: mine.refresh_token });
    expect([reply.statusCode, reply.json(), reply.headers['cache-control']]).toEqual([200, { revoked: 1 }, 'no-store']);
    expect(await standing([mine, renewed, beside])).toEqual([401, 401, 200]);
    expect((await login({ refresh_token: renewed.refresh_token })).statusCode).toBe(401);
    expect((await revoke({ refresh_token: mine.refresh_token })).json()).toEqual({ revoked: 0 });
  });

  it('ends all of its user everywhere, and of nobody else', async () => {
    const [desk, phone, ada] = [await begin(GRACE), await begin(GRACE), await begin(ADA)];
    expect(
      (await revoke({ refresh_token: desk.refresh_token, everywhere: true })).json<{ revoked: number }>().revoked,
    ).toBeGreaterThan(1);
    expect(await standing([desk, phone, ada])).toEqual([401, 401, 200]);
    expect((await login({ refresh_token: phone.refresh_token })).statusCode).toBe(401);
    expect(await standing([await begin(GRACE)])).toEqual([200]);
  });

  it('ends all of a user by the key', async () => {
    const [grace, ada] = [await begin(GRACE), await begin(ADA)];
    await revoke({ api_key: KEY, user_id: GRACE });
    expect(await standing([grace, ada])).toEqual([401, 200]);
  });

  it('leaves nothing of a login that is renewed at the same moment', async () => {
    const { refresh_token } = await begin(GRACE);
    const [renewed] = await Promise.all([login({ refresh_token }), revoke({ refresh_token })]);
    if (renewed.statusCode !== 200) return;
    expect(await standing([renewed.json<Login>()])).toEqual([401]);
    expect((await login({ refresh_token: renewed.json<Login>().refresh_token })).statusCode).toBe(401);
  });

  it.each<[object, number, object]>([
    [{ refresh_token: 'rt_unknown' }, 200, { revoked: 0 }],
    [{}, 422, { field: 'refresh_token', code: 'missing_value' }],
    [{ api_key: 'another' }, 401, { code: 'invalid_api_key' }],
    [{ api_key: KEY, user_id: 'grace' }, 422, { field: 'user_id' }],
    [{ api_key: KEY, refresh_token: 'rt_x' }, 422, { field: 'refresh_token' }],
    [{ refresh_token: 'rt_x', everywhere: 'yes' }, 422, { field: 'everywhere' }],
  ])('%j: %i', async (payload, status, body) => {
    const reply = await revoke(payload);
    expect([reply.statusCode, reply.json()]).toEqual([status, expect.objectContaining(body)]);
  });
});

describe('who comes with', () => {
  const bare = new UnsecuredJWT()
    .setIssuer('viva-voce')
    .setAudience('livestream')
    .setSubject(ADA)
    .setExpirationTime('1h')
    .encode();

  it.each([
    ['nothing', null, 'missing_token'],
    ['another key', 'not-the-key', 'invalid_token'],
    ['a token without signature', bare, 'invalid_token'],
    ['a secret of nobody', 'ek_x.y.z', 'invalid_api_key'],
  ])('%s is not let in', async (_what, credential, code) => {
    const reply = await stats(credential);
    expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(reply.json()).toMatchObject({ code });
  });

  it('a token whose payload was changed is not let in', async () => {
    const { access_token } = (await login({ api_key: KEY, user_id: ADA })).json<Login>();
    const [head = '', payload = '', signature = ''] = access_token.split('.');
    const changed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...changed, sub: OPERATOR })).toString('base64url');
    expect((await stats(`${head}.${forged}.${signature}`)).statusCode).toBe(401);
  });

  it('a secret for another use is not let in', async () => {
    const { value } = await played.deps.auth.mint({ audience: 'rtstream', origin: null, seconds: 60, session: null });
    expect((await stats(value)).statusCode).toBe(401);
  });

  it('a page’s secret is who the operator’s hook says, from its origin alone', async () => {
    const session = { type: 'realtime', user_id: 'ada@shop.test' };
    const wish = { audience: 'livestream', origin: 'http://localhost:5173', seconds: 60 } as const;
    const { value } = await played.deps.auth.mint({ ...wish, session });
    const { verify } = played.deps.tokens;
    expect(await verify(value, 'http://localhost:5173')).toMatchObject({ kind: 'secret', subject: subjectOf('ada@shop.test') });
    expect((await stats(value, { origin: 'http://localhost:5173' })).statusCode).toBe(200);
    expect((await stats(value, { origin: 'https://evil.test' })).statusCode).toBe(403);
    // Of a gateway that serves this machine alone.
    const desk = await played.deps.auth.mint({ ...wish, session: null });
    expect(await verify(desk.value, 'http://localhost:5173')).toMatchObject({ subject: OPERATOR });
  });

  it('the key or a token from a page that may not is refused, and pages that may can read the answer', async () => {
    const { access_token } = (await login({ api_key: KEY })).json<Login>();
    for (const credential of [KEY, access_token]) {
      const reply = await stats(credential, { origin: 'https://evil.test' });
      expect([reply.statusCode, reply.headers['access-control-allow-origin']]).toEqual([403, undefined]);
      const allowed = await stats(credential, { origin: 'http://localhost:5173' });
      expect([allowed.statusCode, allowed.headers['access-control-allow-origin']]).toEqual([200, 'http://localhost:5173']);
    }
    const asked = await played.app.inject({
      method: 'OPTIONS',
      url: '/livestream/tasks/x',
      headers: {
        origin: 'http://localhost:5173',
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers['access-control-allow-methods']).toContain('DELETE');
    expect(asked.headers['access-control-allow-headers']).toContain('authorization');
  });
});

it('npm run token prints one that the running gateway knows', async () => {
  const env = { ...process.env, DATA_DIR: played.config.dataDir, GATEWAY_API_KEY: KEY };
  const print = (...args: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'demo/server/print-token.ts', ...args], { env });
  const asked = [print(), print(ADA), print('ada')];
  const told = await Promise.all(
    asked.map(async (child) => {
      const [out] = await Promise.all([text(child.stdout), once(child, 'close')]);
      return [out, child.exitCode] as const;
    }),
  );
  expect(told.map(([out]) => out.split('\n').length)).toEqual([2, 2, 1]);
  expect(told.map(([, code]) => code)).toEqual([0, 0, 1]);
  const [operator, ada] = await Promise.all(told.slice(0, 2).map(([out]) => played.deps.tokens.verify(out.trim(), null)));
  expect([operator?.subject, ada?.subject]).toEqual([OPERATOR, ADA]);
});

it('guesses count for the limit on requests, and the refusal has the shape of the others', async () => {
  let reply = await stats('a guess');
  for (let tries = 0; tries < 250 && reply.statusCode === 401; tries += 1) reply = await stats('a guess');
  expect(reply.statusCode).toBe(429);
  expect(reply.json()).toEqual({ detail: expect.any(String) as string, code: 'rate_limit_exceeded' });
});
