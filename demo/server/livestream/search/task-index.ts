import type { Logger } from 'pino';
import type { LivestreamTaskTable } from '../../store/livestream-tables.ts';
import type { Database } from '../../store/tables.ts';
import { fold } from './fold.ts';
import { learnWords, openTrigrams } from './vocabulary.ts';

/** What makes tasks findable: their names in one spelling, and the words in them. */

const AT_ONCE = 500;

interface Names {
  readonly livestream_name?: LivestreamTaskTable['livestream_name'] | undefined;
  readonly host_name?: LivestreamTaskTable['host_name'] | undefined;
}

/** The columns that are searched, of those that are told. */
export const keysOf = ({ livestream_name: name, host_name: host }: Names): { name_key?: string; host_key?: string } => ({
  ...(name === undefined ? {} : { name_key: fold(name) }),
  ...(host === undefined ? {} : { host_key: fold(host ?? '') }),
});

/** In the transaction that wrote `names`. */
export const learnNames = (database: Database, names: Names): Promise<void> =>
  learnWords(database, Object.values(keysOf(names)).join(' '));

/** Resolves with whether misspelt words can be forgiven here; tasks from before there were keys get theirs. */
export async function openTaskIndex(database: Database, log: Pick<Logger, 'warn'>): Promise<boolean> {
  while (await indexSome(database)) continue;
  const trigrams = await openTrigrams(database);
  if (trigrams === true) return true;
  log.warn({ err: trigrams }, 'the database has no pg_trgm: searches of tasks forgive no misspelt words');
  return false;
}

/** False: there are no more. */
function indexSome(database: Database): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('livestream_tasks')
      .select(['id', 'livestream_name', 'host_name'])
      .where('name_key', 'is', null)
      .orderBy('id')
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const row of rows) await transaction.updateTable('livestream_tasks').set(keysOf(row)).where('id', '=', row.id).execute();
    const texts = rows.flatMap((row) => Object.values(keysOf(row)));
    await learnWords(transaction, texts.join(' '));
    return rows.length === AT_ONCE;
  });
}
