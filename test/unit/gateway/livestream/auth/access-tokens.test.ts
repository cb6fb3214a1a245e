import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAccessTokens } from '../../../../../demo/server/livestream/auth/access-tokens.ts';
import { OPERATOR, subjectOf, uuidOf } from '../../../../../demo/server/livestream/auth/subject.ts';
import type { TokenKeys } from '../../../../../demo/server/livestream/auth/token-keys.ts';

const KID = '1795000000-0011223344556677';
const secret = new Uint8Array(32).fill(7);
const keys: TokenKeys = {
  signing: () => ({ kid: KID, secret, made: 0 }),
  find: (kid) => (kid === KID ? keys.signing() : null),
};
const tokens = createAccessTokens(keys, 60);
const USER = '0f8fad5b-d9cb-469f-a165-70867728950e';
afterEach(() => void vi.useRealTimers());

interface Change {
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string | null;
  readonly kid?: string;
  readonly secret?: Uint8Array;
  readonly alg?: string;
  readonly expires?: boolean;
}

const forged = ({ issuer, audience, subject, kid, alg, expires, ...other }: Change): Promise<string> => {
  const made = new SignJWT()
    .setProtectedHeader({ alg: alg ?? 'HS256', kid: kid ?? KID })
    .setIssuer(issuer ?? 'viva-voce')
    .setAudience(audience ?? 'livestream');
  if (subject !== null) made.setSubject(subject ?? USER);
  if (expires !== false) made.setExpirationTime('1 min');
  return made.sign(other.secret ?? secret);
};

describe('access tokens', () => {
  it('say who holds them until they expire', async () => {
    vi.useFakeTimers({ now: 1_795_000_000_000 });
    const { token, expiresIn } = await tokens.sign(USER);
    expect(expiresIn).toBe(60);
    expect(await tokens.verify(token)).toEqual({ subject: USER, expiresAt: 1_795_000_060, login: null });
    expect((await tokens.verify((await tokens.sign(USER, 'a-login')).token)).login).toBe('a-login');
    vi.setSystemTime(1_795_000_061_000);
    await expect(tokens.verify(token)).rejects.toMatchObject({ status: 401, code: 'token_expired' });
  });

  it('that the test forges rightly are right', async () => expect((await tokens.verify(await forged({}))).subject).toBe(USER));

  it.each<[string, Change]>([
    ['signed with another key', { secret: new Uint8Array(32).fill(8) }],
    ['for another use', { audience: 'rtstream' }],
    ['of another issuer', { issuer: 'somebody' }],
    ['of a key that is not ours', { kid: '1795000000-ffffffffffffffff' }],
    ['of a key that is a path', { kid: '../api-key' }],
    ['of nobody', { subject: null }],
    ['of no UUID', { subject: 'admin' }],
    ['for ever', { expires: false }],
    ['by another algorithm', { alg: 'HS512', secret: new Uint8Array(64).fill(7) }],
  ])('%s are refused', async (_what, change) => {
    await expect(tokens.verify(await forged(change))).rejects.toMatchObject({ status: 401, code: 'invalid_token' });
  });

  it('without a signature are refused, however they say so', async () => {
    const bare = new UnsecuredJWT()
      .setIssuer('viva-voce')
      .setAudience('livestream')
      .setSubject(USER)
      .setExpirationTime('1 min')
      .encode();
    const [, payload = ''] = bare.split('.');
    const heads = ['none', 'None', 'NONE', ''].map((alg) => base64url.encode(JSON.stringify({ alg, kid: KID })));
    for (const token of [bare, ...heads.map((head) => `${head}.${payload}.`), 'a.b.c', '', 'x']) {
      await expect(tokens.verify(token)).rejects.toMatchObject({ status: 401, code: 'invalid_token' });
    }
  });
});

describe('who holds one', () => {
  it('is a UUID, the same for the same name', () => {
    expect(subjectOf(USER.toUpperCase())).toBe(USER);
    expect(subjectOf('ada')).toBe(subjectOf('ada'));
    expect(uuidOf(subjectOf('ada'))).toBe(subjectOf('ada'));
    expect(new Set([subjectOf('ada'), subjectOf('Ada'), OPERATOR, subjectOf('operator')]).size).toBe(4);
    expect(uuidOf('ada')).toBeNull();
  });
});
