import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What livestream tokens are signed with: a file a key in `DATA_DIR/livestream-keys`, so that the gateway and `npm run token` can both add
 * one and neither overwrites the other's. The newest signs; an older one is good until everything that it signed has expired.
 */

export interface TokenKey {
  /** Name of its file: when it was made (Unix s), and something random. */
  readonly kid: string;
  readonly secret: Uint8Array;
  /** Unix s */
  readonly made: number;
}

export interface TokenKeys {
  /** The newest; made now where there is none, or none that is young enough. */
  signing(): TokenKey;
  /** Null: none of ours, or not any more. */
  find(kid: string): TokenKey | null;
}

const FOLDER = 'livestream-keys';
const KID = /^(\d{10})-[0-9a-f]{16}$/;
const ROTATE_S = 7 * 86_400;
/** The most that `LIVESTREAM_TOKEN_SECONDS` takes. */
const LONGEST_TOKEN_S = 86_400;
/** Who shows unknown keys must not make the disk busy. */
const LOOK_AGAIN_MS = 1000;

/** `now`: Unix ms. Throws what the file system says where the folder cannot be written. */
export function openTokenKeys(dataDir: string, now: () => number = Date.now): TokenKeys {
  const folder = join(dataDir, FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let keys: readonly TokenKey[] = [];
  let lookedMs = -Infinity;

  const look = (): void => {
    lookedMs = now();
    keys = readdirSync(folder)
      .filter((name) => KID.test(name))
      .sort()
      .reverse()
      .flatMap((kid) => readKey(folder, kid));
  };
  const isOver = (key: TokenKey): boolean => {
    const next = keys[keys.indexOf(key) - 1];
    return next !== undefined && next.made + LONGEST_TOKEN_S < now() / 1000;
  };
  const isYoung = (key: TokenKey | undefined): key is TokenKey => key !== undefined && now() / 1000 - key.made < ROTATE_S;

  return {
    signing: () => {
      if (isYoung(keys[0])) return keys[0];
      look();
      if (isYoung(keys[0])) return keys[0];
      const made = makeKey(folder, Math.floor(now() / 1000));
      keys = [made, ...keys];
      for (const key of keys.filter(isOver)) rmSync(join(folder, key.kid), { force: true });
      keys = keys.filter((key) => !isOver(key));
      return made;
    },
    find: (kid) => {
      const known = (): TokenKey | null => keys.find((key) => key.kid === kid && !isOver(key)) ?? null;
      if (known() === null && KID.test(kid) && now() - lookedMs >= LOOK_AGAIN_MS) look();
      return known();
    },
  };
}

function makeKey(folder: string, made: number): TokenKey {
  const kid = `${String(made).padStart(10, '0')}-${randomBytes(8).toString('hex')}`;
  const secret = randomBytes(32);
  const beside = join(folder, `.${kid}`);
  writeFileSync(beside, secret.toString('base64url'), { flag: 'wx', mode: 0o600 });
  renameSync(beside, join(folder, kid));
  return { kid, secret, made };
}

/** None where another process has just removed it. */
function readKey(folder: string, kid: string): readonly TokenKey[] {
  try {
    const secret = Buffer.from(readFileSync(join(folder, kid), 'utf8').trim(), 'base64url');
    return secret.length < 32 ? [] : [{ kid, secret, made: Number(kid.slice(0, 10)) }];
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}
