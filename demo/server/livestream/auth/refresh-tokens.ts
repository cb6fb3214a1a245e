import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { AuthError } from '../../auth.ts';
import type { Database, Tables } from '../../store/tables.ts';

/** Refresh tokens: each is good once, and one that is shown twice ends all that came from the same login. */

export interface RefreshTokens {
  /** The first of a login. */
  begin(subject: string): Promise<Refreshed>;
  /** The next one in place of this. Throws `AuthError` 401; a token that was used before ends its login. */
  renew(token: string): Promise<Refreshed>;
  /** Voids the login that a token belongs to, used or not; `everywhere`: all of its person. How many that were; 0 for an unknown token. */
  end(token: string, everywhere: boolean): Promise<number>;
  /** Voids all logins of a person. */
  endAll(subject: string): Promise<number>;
}

export interface Refreshed {
  readonly token: string;
  readonly subject: string;
  readonly login: string;
}

const PREFIX = 'rt_';
const REFRESH_SECONDS = 30 * 86_400;

/** `onVoid`: told of a login that ends. `now`: Unix ms. */
export function createRefreshTokens(
  database: Database,
  onVoid: (login: string) => Promise<void>,
  now: () => number = Date.now,
): RefreshTokens {
  const endAll = async (column: 'family' | 'subject', value: string): Promise<number> => {
    const rows = await database
      .selectFrom('livestream_refreshes')
      .select('family')
      .distinct()
      .where(column, '=', value)
      .execute();
    // First of all: what is being renewed at this moment is void as well.
    for (const { family } of rows) await onVoid(family);
    await database.deleteFrom('livestream_refreshes').where(column, '=', value).execute();
    return rows.length;
  };
  const add = async (transaction: Transaction<Tables>, family: string, subject: string): Promise<Refreshed> => {
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    const expires_at = new Date(now() + REFRESH_SECONDS * 1000);
    await transaction
      .insertInto('livestream_refreshes')
      .values({ hash: hashOf(token), family, subject, expires_at, used_at: null })
      .execute();
    return { token, subject, login: family };
  };
  return {
    begin: (subject) =>
      database.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('livestream_refreshes').where('expires_at', '<', new Date(now())).execute();
        return add(transaction, randomUUID(), subject);
      }),
    async renew(token) {
      const renewed = await database.transaction().execute(async (transaction) => {
        const used = await transaction
          .updateTable('livestream_refreshes')
          .set({ used_at: new Date(now()) })
          .where('hash', '=', hashOf(token))
          .where('used_at', 'is', null)
          .where('expires_at', '>', new Date(now()))
          .returning(['family', 'subject'])
          .executeTakeFirst();
        return used === undefined ? null : add(transaction, used.family, used.subject);
      });
      if (renewed !== null) return renewed;
      const login = await revoke(database, token);
      if (login !== null) {
        await onVoid(login);
        throw new AuthError(
          401,
          'refresh_token_reused',
          'The refresh token was used before: log in again, as may somebody else.',
        );
      }
      throw new AuthError(401, 'invalid_refresh_token', 'The refresh token is not known here, or has expired; log in again.');
    },
    async end(token, everywhere) {
      const known = await database
        .selectFrom('livestream_refreshes')
        .select(['family', 'subject'])
        .where('hash', '=', hashOf(token))
        .where('expires_at', '>', new Date(now()))
        .executeTakeFirst();
      if (known === undefined) return 0;
      return everywhere ? endAll('subject', known.subject) : endAll('family', known.family);
    },
    endAll: (subject) => endAll('subject', subject),
  };
}

/** The login that it belonged to; null: nobody used it before. */
async function revoke(database: Database, token: string): Promise<string | null> {
  const revoked = await database
    .deleteFrom('livestream_refreshes')
    .where('family', '=', ({ selectFrom }) =>
      selectFrom('livestream_refreshes').select('family').where('hash', '=', hashOf(token)).where('used_at', 'is not', null),
    )
    .returning('family')
    .execute();
  return revoked[0]?.family ?? null;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
