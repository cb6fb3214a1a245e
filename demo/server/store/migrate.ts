import { Migrator } from 'kysely';
import * as streams from './migrations/001-streams.ts';
import * as recordingKey from './migrations/020-recording-key.ts';
import * as derivedIndexes from './migrations/030-derived-indexes.ts';
import * as findable from './migrations/040-findable.ts';
import * as told from './migrations/060-told.ts';
import * as livestream from './migrations/070-livestream.ts';
import * as partSource from './migrations/071-livestream-part-source.ts';
import * as findableTasks from './migrations/072-livestream-findable.ts';
import * as revocations from './migrations/073-livestream-revocations.ts';
import type { Database } from './tables.ts';

/** Brings the tables up to date; each step runs once, in one transaction with the others that are due. */

const MIGRATIONS = {
  '001-streams': streams,
  '020-recording-key': recordingKey,
  '030-derived-indexes': derivedIndexes,
  '040-findable': findable,
  '060-told': told,
  '070-livestream': livestream,
  '071-livestream-part-source': partSource,
  '072-livestream-findable': findableTasks,
  '073-livestream-revocations': revocations,
};

/** Throws the Error of the step that failed; nothing of that run is kept then. */
export async function migrate(database: Database): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(MIGRATIONS) };
  const { error } = await new Migrator({ db: database, provider, allowUnorderedMigrations: true }).migrateToLatest();
  if (error === undefined) return;
  throw error instanceof Error ? error : new Error('The tables could not be brought up to date.', { cause: error });
}
