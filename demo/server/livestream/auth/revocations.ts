import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Database } from '../../store/tables.ts';

/** Logins that are void: what came from them is refused before it ends by itself. */

export interface Revocations {
  /** Logins as they become void, here or at another gateway of the same database. */
  readonly revoked$: Observable<string>;
  has(login: string): boolean;
  add(login: string): Promise<void>;
  /** Reads what other gateways wrote; `open` does. */
  read(): Promise<void>;
  close(): void;
}

export interface RevocationsOptions {
  readonly database: Database;
  /** The longest that an access token is good, s: after that nothing of a login is left to refuse. */
  readonly seconds: number;
  /** Unix ms */
  readonly now?: () => number;
}

/** Resolves once it knows those of before. One row and one entry for each login that became void within `seconds`. */
export async function openRevocations({ database, seconds, now = Date.now }: RevocationsOptions): Promise<Revocations> {
  /** Until when, Unix ms. */
  const known = new Map<string, number>();
  const revoked = new Subject<string>();
  const note = (login: string, untilMs: number): void => {
    if (known.has(login)) return;
    known.set(login, untilMs);
    revoked.next(login);
  };
  const read = async (): Promise<void> => {
    for (const [login, untilMs] of known) if (untilMs < now()) known.delete(login);
    const rows = await database.selectFrom('livestream_revocations').selectAll().where('until', '>', new Date(now())).execute();
    for (const { login, until } of rows) note(login, until.getTime());
  };
  await read();
  return {
    revoked$: revoked.asObservable(),
    has: (login) => (known.get(login) ?? 0) > now(),
    add: async (login) => {
      const untilMs = now() + seconds * 1000;
      // Here at once, whatever the database says.
      note(login, untilMs);
      await database.deleteFrom('livestream_revocations').where('until', '<', new Date(now())).execute();
      await database
        .insertInto('livestream_revocations')
        .values({ login, until: new Date(untilMs) })
        .onConflict((conflict) => conflict.column('login').doNothing())
        .execute();
    },
    read,
    close: () => revoked.complete(),
  };
}
