import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTokenKeys } from '../../../../../demo/server/livestream/auth/token-keys.ts';

const DAY_MS = 86_400_000;
let folder: string;
let now = 1_795_000_000_000;
const clock = (): number => now;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-keys-'));
  now = 1_795_000_000_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('token keys', () => {
  it('are made once, kept where nobody else reads, and found again', () => {
    const { kid, secret } = openTokenKeys(folder, clock).signing();
    const again = openTokenKeys(folder, clock);
    expect(again.signing().kid).toBe(kid);
    expect(again.find(kid)?.secret).toEqual(secret);
    expect(statSync(join(folder, 'livestream-keys', kid)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'livestream-keys')).mode & 0o777).toBe(0o700);
  });

  it('rotate after a week; an old one is good for a day more, then it is gone', () => {
    const keys = openTokenKeys(folder, clock);
    const first = keys.signing();
    now += 6 * DAY_MS;
    expect(keys.signing().kid).toBe(first.kid);
    now += 1.5 * DAY_MS;
    const second = keys.signing();
    expect(second.kid).not.toBe(first.kid);
    expect(second.secret).not.toEqual(first.secret);
    now += 0.9 * DAY_MS;
    expect(keys.find(first.kid)).not.toBeNull();
    now += 0.2 * DAY_MS;
    expect(keys.find(first.kid)).toBeNull();
    now += 7 * DAY_MS;
    keys.signing();
    expect(readdirSync(join(folder, 'livestream-keys'))).not.toContain(first.kid);
  });

  it('that another process made are found, and unknown ones looked for once a second', () => {
    const gateway = openTokenKeys(folder, clock);
    gateway.signing();
    now += 8 * DAY_MS;
    const { kid } = openTokenKeys(folder, clock).signing();
    expect(gateway.find(kid)?.kid).toBe(kid);
    expect(gateway.find(`${kid.slice(0, -1)}x`)).toBeNull();
    expect(gateway.find('../../etc/passwd')).toBeNull();
    const later = `${String(Math.floor(now / 1000))}-00112233445566ff`;
    writeFileSync(join(folder, 'livestream-keys', later), Buffer.alloc(32, 1).toString('base64url'));
    expect(gateway.find(later)).toBeNull();
    now += 1000;
    expect(gateway.find(later)).not.toBeNull();
    expect(gateway.signing().kid).toBe(kid);
  });

  it('are none where a file is cut short', () => {
    const keys = openTokenKeys(folder, clock);
    const cut = '1795000000-00112233445566ff';
    writeFileSync(join(folder, 'livestream-keys', cut), 'c2hvcnQ');
    expect(keys.find(cut)).toBeNull();
    expect(keys.signing().kid).not.toBe(cut);
  });
});
