import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { AuthError } from '../../auth.ts';
import type { Database, Tables } from '../../store/tables.ts';

/** Refresh tokens: each is good once, and one that is shown twice ends all that came from the same login. */

export interface RefreshTokens {
  /** The first of a login. */
  begin(subject: string): Promise<string>;
  /** The next one in place of this. Throws `AuthError` 401. */
  renew(token: string): Promise<{ readonly token: string; readonly subject: string }>;
}

const PREFIX = 'rt_';
const REFRESH_SECONDS = 30 * 86_400;

/** `now`: Unix ms. */
export function createRefreshTokens(database: Database, now: () => number = Date.now): RefreshTokens {
  const add = async (transaction: Transaction<Tables>, family: string, subject: string): Promise<string> => {
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    const expires_at = new Date(now() + REFRESH_SECONDS * 1000);
    await transaction
      .insertInto('livestream_refreshes')
      .values({ hash: hashOf(token), family, subject, expires_at, used_at: null })
      .execute();
    return token;
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
        return used === undefined ? null : { token: await add(transaction, used.family, used.subject), subject: used.subject };
      });
      if (renewed !== null) return renewed;
      if (await revoke(database, token))
        throw new AuthError(
          401,
          'refresh_token_reused',
          'The refresh token was used before: log in again, as may somebody else.',
        );
      throw new AuthError(401, 'invalid_refresh_token', 'The refresh token is not known here, or has expired; log in again.');
    },
  };
}

/** False: nobody used it before. */
async function revoke(database: Database, token: string): Promise<boolean> {
  const revoked = await database
    .deleteFrom('livestream_refreshes')
    .where('family', '=', ({ selectFrom }) =>
      selectFrom('livestream_refreshes').select('family').where('hash', '=', hashOf(token)).where('used_at', 'is not', null),
    )
    .returning('hash')
    .execute();
  return revoked.length > 0;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
