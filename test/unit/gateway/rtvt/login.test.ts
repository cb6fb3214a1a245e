import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../../demo/server/config.ts';
import { RtvtFault } from '../../../../demo/server/rtvt/fault.ts';
import { checkLogin, loginRules, signLogin } from '../../../../demo/server/rtvt/login.ts';

interface Vector {
  readonly pid: number;
  readonly ts: number;
  readonly keyBase64: string;
  readonly token: string;
}
const { tokens } = JSON.parse(readFileSync(new URL('../../../fixtures/rtvt-sdk.json', import.meta.url), 'utf8')) as {
  readonly tokens: readonly Vector[];
};

const codeOf = (work: () => void): number | null => {
  try {
    work();
    return null;
  } catch (cause) {
    return cause instanceof RtvtFault ? cause.code : -1;
  }
};

describe('signLogin', () => {
  it.each(tokens)('signs as the SDKs do: $token', ({ pid, ts, keyBase64, token }) => {
    expect(signLogin({ pid, secret: Buffer.from(keyBase64, 'base64') }, ts)).toEqual({ pid, ts, token });
  });
});

describe('checkLogin', () => {
  const rules = { pid: 7, secret: Buffer.from('key'), tokenSeconds: 600 };
  const signed = signLogin(rules, 10_000);

  it('takes a login within its time, and from a clock that runs a little ahead', () => {
    for (const now of [9_700, 10_000, 10_600]) expect(codeOf(() => checkLogin(signed, rules, now))).toBeNull();
  });

  it('tells what is wrong', () => {
    expect(codeOf(() => checkLogin(signed, rules, 10_601))).toBe(800101);
    expect(codeOf(() => checkLogin(signed, rules, 9_699))).toBe(800101);
    expect(codeOf(() => checkLogin({ ...signed, ts: 10_001 }, rules, 10_000))).toBe(800102);
    expect(codeOf(() => checkLogin({ ...signed, pid: 8 }, rules, 10_000))).toBe(800103);
    // Whether a made-up token is too old is not told.
    expect(codeOf(() => checkLogin({ ...signed, token: 'x' }, rules, 99_999))).toBe(800102);
  });
});

describe('loginRules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'viva-rtvt-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes a secret at the first start and keeps it for its owner alone', () => {
    const config = readConfig({ DATA_DIR: folder }, 0);
    const { secret } = loginRules(config);
    expect(secret.toString('latin1')).toMatch(/^[\x20-\x7e]{36}$/);
    expect(loginRules(config).secret).toEqual(secret);
    expect(statSync(join(folder, 'rtvt-secret')).mode & 0o077).toBe(0);
    expect(loginRules(readConfig({ DATA_DIR: folder, RTVT_SECRET: 'a2V5' }, 0)).secret).toEqual(Buffer.from('key'));
  });
});
