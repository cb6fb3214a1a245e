import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuthError, createAuth, gatewayKey, originAllowed } from '../../../demo/server/auth.ts';
import { readConfig } from '../../../demo/server/config.ts';
import type { Config } from '../../../demo/server/config.ts';

const PAGE = 'http://localhost:5173';
const config = (env: Record<string, string> = {}): Config => readConfig({ GATEWAY_API_KEY: 'the-key', ...env }, 0);

async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'admitted';
  } catch (cause) {
    if (cause instanceof AuthError) return `${cause.status} ${cause.code}`;
    throw cause;
  }
}

describe('originAllowed', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['http://localhost:8080', {}, true],
    ['http://127.0.0.1', {}, true],
    ['http://[::1]:3000', {}, true],
    ['https://shop.test', {}, false],
    ['http://localhost.evil.test', {}, false],
    ['http://127.0.0.1.evil.test', {}, false],
    ['null', {}, false],
    ['file://', {}, false],
    ['https://shop.test', { ALLOWED_ORIGINS: 'https://other.test, https://shop.test/' }, true],
    ['https://shop.test:8443', { ALLOWED_ORIGINS: 'https://shop.test' }, false],
    ['http://shop.test', { ALLOWED_ORIGINS: 'https://shop.test' }, false],
    ['https://any.test', { ALLOWED_ORIGINS: '*' }, true],
    ['http://localhost:8080', { HOST: '0.0.0.0' }, false],
    ['https://voice.test', { HOST: '0.0.0.0', PUBLIC_URL: 'https://voice.test/app' }, true],
  ])('%s with %o: %s', (origin, env, allowed) => {
    expect(originAllowed(origin, config(env))).toBe(allowed);
  });
});

describe('admission', () => {
  const auth = createAuth(config());
  const mint = async (origin: string | null, audience: 'realtime' | 'rtvt' = 'realtime', seconds = 60): Promise<string> =>
    (await auth.mint({ audience, origin, seconds, session: null })).value;

  afterEach(() => {
    vi.useRealTimers();
  });

  it('the key opens for callers without an origin, and for allowed pages', async () => {
    expect(await refusal(auth.admit('the-key', null, 'realtime'))).toBe('admitted');
    expect(await refusal(auth.admit('the-key', PAGE, 'realtime'))).toBe('admitted');
    expect(await refusal(auth.admit('the-key', 'https://evil.test', 'realtime'))).toBe('403 origin_not_allowed');
  });

  it('nothing, or something else, opens nothing', async () => {
    expect(await refusal(auth.admit(null, null, 'realtime'))).toBe('401 missing_api_key');
    for (const wrong of ['the-ke', 'the-keyy', 'ek_', 'ek_x.y.z', 'sk-abc']) {
      expect(await refusal(auth.admit(wrong, null, 'realtime'))).toBe('401 invalid_api_key');
    }
  });

  it('a secret made for an origin works from there only', async () => {
    const secret = await mint(PAGE);
    expect(secret).toMatch(/^ek_[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await refusal(auth.admit(secret, PAGE, 'realtime'))).toBe('admitted');
    expect(await refusal(auth.admit(secret, 'http://localhost:9999', 'realtime'))).toBe('403 origin_mismatch');
    expect(await refusal(auth.admit(secret, null, 'realtime'))).toBe('403 origin_mismatch');
  });

  it('an unbound secret works without an origin and from allowed ones', async () => {
    const secret = await mint(null);
    expect(await refusal(auth.admit(secret, null, 'realtime'))).toBe('admitted');
    expect(await refusal(auth.admit(secret, PAGE, 'realtime'))).toBe('admitted');
    expect(await refusal(auth.admit(secret, 'https://evil.test', 'realtime'))).toBe('403 origin_not_allowed');
  });

  it('a secret for one protocol opens no other', async () => {
    expect(await refusal(auth.admit(await mint(null, 'rtvt'), null, 'realtime'))).toBe('401 invalid_api_key');
  });

  it('an expired secret says so', async () => {
    const secret = await mint(null, 'realtime', 10);
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] });
    expect(await refusal(auth.admit(secret, null, 'realtime'))).toBe('401 expired_api_key');
  });

  it('a changed secret, one without a signature, and one of another gateway are refused', async () => {
    const secret = await mint(PAGE);
    const [head = '', body = '', signature = ''] = secret.slice(3).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...claims, origin: 'https://evil.test' })).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const other = await createAuth(config({ GATEWAY_API_KEY: 'other' })).mint({
      audience: 'realtime',
      origin: PAGE,
      seconds: 60,
      session: null,
    });
    for (const wrong of [`ek_${head}.${forged}.${signature}`, `ek_${none}.${body}.`, other.value]) {
      expect(await refusal(auth.admit(wrong, PAGE, 'realtime'))).toBe('401 invalid_api_key');
    }
  });

  it('what was attached to a secret comes with it', async () => {
    const session = { type: 'realtime', instructions: 'Be brief.' };
    const { value } = await auth.mint({ audience: 'realtime', origin: null, seconds: 60, session });
    expect(await auth.admit(value, null, 'realtime')).toEqual({ kind: 'secret', session, claims: {} });
    expect(value).not.toContain(Buffer.from('brief').toString('base64url').slice(0, 4));
  });
});

describe('gatewayKey', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'viva-key-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is made once, kept for the owner only, and found again', () => {
    const place = { gatewayApiKey: null, dataDir: join(folder, 'data') };
    const key = gatewayKey(place);
    expect(key).toMatch(/^vv_[\w-]{43}$/);
    expect(gatewayKey(place)).toBe(key);
    expect(statSync(join(place.dataDir, 'api-key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(place.dataDir, 'api-key'), 'utf8').trim()).toBe(key);
  });

  it('the environment wins', () => {
    expect(gatewayKey({ gatewayApiKey: 'mine', dataDir: join(folder, 'other') })).toBe('mine');
  });
});
