import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { keptKey } from '../auth.ts';
import type { Config, RtvtConfig } from '../config.ts';
import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import { RtvtFault } from './fault.ts';

/** Who may log in to RTVT: base64(HMAC-SHA256(base64decode(secret), "pid:ts")), good for a while. */

/** How far a client's clock may run ahead of ours, s. */
const AHEAD_SECONDS = 300;

export interface Login {
  readonly pid: number;
  readonly token: string;
  /** Unix seconds, as signed. */
  readonly ts: number;
}

export interface LoginRules {
  readonly pid: number;
  readonly secret: Buffer;
  readonly tokenSeconds: number;
}

/** The rules of the configuration; makes and keeps a secret where it names none. */
export function loginRules(config: Pick<Config, 'dataDir'> & { readonly rtvt: RtvtConfig }): LoginRules {
  const { pid, tokenSeconds, secret } = config.rtvt;
  // Base64 of ASCII text, because SDKs disagree on how other bytes become a key.
  const base64 = secret ?? keptKey(config.dataDir, 'rtvt-secret', () => Buffer.from(randomUUID()).toString('base64'));
  return { pid, tokenSeconds, secret: Buffer.from(base64, 'base64') };
}

export function signLogin(rules: Pick<LoginRules, 'pid' | 'secret'>, ts: number): Login {
  const token = createHmac('sha256', rules.secret).update(`${rules.pid}:${ts}`).digest('base64');
  return { pid: rules.pid, token, ts };
}

/** Throws an `RtvtFault`: 800103 another project, 800102 not signed by us, 800101 too old or from the future. */
export function checkLogin(login: Login, rules: LoginRules, nowSeconds: number): void {
  if (login.pid !== rules.pid) throw new RtvtFault(RTVT_CODE.pid, 'pid: there is no such project here.');
  const digest = (text: string): Buffer => createHmac('sha256', rules.secret).update(text).digest();
  // Compared by digest, so that neither length nor content shows in the time it takes.
  if (!timingSafeEqual(digest(login.token), digest(signLogin(rules, login.ts).token)))
    throw new RtvtFault(RTVT_CODE.token, 'token: it was not signed with the secret of this project for this pid and ts.');
  if (login.ts < nowSeconds - rules.tokenSeconds || login.ts > nowSeconds + AHEAD_SECONDS)
    throw new RtvtFault(RTVT_CODE.clock, 'ts: it is too far from the clock of the server; sign a new login.');
}
