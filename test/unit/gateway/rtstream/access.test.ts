import { describe, expect, it } from 'vitest';
import { AuthError } from '../../../../demo/server/auth.ts';
import type { Auth, Grant } from '../../../../demo/server/auth.ts';
import { callerOf, clientToken, demand, demandUser, readScope } from '../../../../demo/server/rtstream/api/access.ts';
import type { Caller, Right } from '../../../../demo/server/rtstream/api/access.ts';

/** What each kind of credential may do. */

const ALL: readonly Right[] = ['read', 'capture', 'operate', 'webhook', 'remove', 'manage'];

async function rightsOf(
  headers: Record<string, string>,
  grant: Partial<Grant>,
  host = '127.0.0.1',
  publicUrl: string | null = null,
) {
  const seen: (string | null)[] = [];
  const origins: (string | null)[] = [];
  const auth = {
    admit: (credential: string | null, origin: string | null) => {
      seen.push(credential);
      origins.push(origin);
      return Promise.resolve({ kind: 'secret', session: null, claims: {}, ...grant });
    },
  } as unknown as Auth;
  const caller = await callerOf({ auth, config: { host, publicUrl } }, { headers, protocol: 'http', host: 'gateway.test' });
  return { rights: ALL.filter((right) => caller.rights.has(right)).join(' '), userId: caller.userId, seen, origins };
}

describe('rights', () => {
  it('the key may everything', async () => {
    expect((await rightsOf({ 'x-access-token': 'k' }, { kind: 'key' })).rights).toBe(ALL.join(' '));
  });

  it.each<[string, Record<string, string>, Partial<Grant>, string, string]>([
    ['a client token', { 'x-access-token': 'st-a.b.c' }, {}, '0.0.0.0', 'read capture operate'],
    ['a client token of less', { 'x-access-token': 'st-a.b.c' }, { claims: { scope: 'read' } }, '0.0.0.0', 'read'],
    [
      'a token that asks for the key’s right',
      { 'x-access-token': 'st-a' },
      { claims: { scope: 'read manage' } },
      '0.0.0.0',
      'read',
    ],
    ['a page of this machine', { 'x-access-token': 'ek_a' }, {}, '127.0.0.1', 'read capture operate webhook remove'],
    ['a page of a public gateway', { authorization: 'Bearer ek_a' }, {}, '0.0.0.0', 'read capture'],
    [
      'a page that the operator’s hook trusts',
      { 'x-access-token': 'ek_a' },
      { session: { scope: 'read operate webhook' } },
      '0.0.0.0',
      'read operate webhook',
    ],
    ['a page that the hook gives nothing', { 'x-access-token': 'ek_a' }, { session: { scope: '' } }, '127.0.0.1', ''],
  ])('%s', async (_who, headers, grant, host, rights) => {
    expect((await rightsOf(headers, grant, host)).rights).toBe(rights);
  });

  it('a client token is a secret under another name, and back', async () => {
    expect(clientToken('ek_a.b.c')).toBe('st-a.b.c');
    expect((await rightsOf({ 'x-access-token': 'st-a.b.c' }, {})).seen).toEqual(['ek_a.b.c']);
    expect((await rightsOf({}, {})).seen).toEqual([null]);
  });

  it('a page is known by its origin, also where the browser sends none', async () => {
    const same = { 'x-access-token': 'ek_a', 'sec-fetch-site': 'same-origin' };
    expect((await rightsOf({ ...same, origin: 'https://shop.test' }, {})).origins).toEqual(['https://shop.test']);
    expect((await rightsOf(same, {})).origins).toEqual(['http://gateway.test']);
    expect((await rightsOf(same, {}, '0.0.0.0', 'https://public.test/x')).origins).toEqual(['https://public.test']);
    expect((await rightsOf({ ...same, 'sec-fetch-site': 'cross-site' }, {})).origins).toEqual([null]);
  });

  it('whose it is comes from the token or from the hook', async () => {
    expect((await rightsOf({ 'x-access-token': 'st-a' }, { claims: { user: 'ada' } })).userId).toBe('ada');
    expect((await rightsOf({ 'x-access-token': 'ek_a' }, { session: { user_id: 'bob' } })).userId).toBe('bob');
  });
});

it('refuses what is not allowed, in words', () => {
  const caller: Caller = { rights: readScope('read  capture'), userId: 'ada', origin: null };
  expect(() => demand(caller, 'capture')).not.toThrow();
  expect(() => demand(caller, 'operate')).toThrow(AuthError);
  expect(() => demand(caller, 'manage')).toThrow('gateway key');
  expect(() => demandUser(caller, 'ada')).not.toThrow();
  expect(() => demandUser(caller, 'bob')).toThrow('Unauthorized access to session');
  expect(() => demandUser({ ...caller, userId: null }, 'bob')).not.toThrow();
});
