import { sql } from 'kysely';
import type { Database } from '../../store/tables.ts';
import { piecesOf } from './fold.ts';
import { nearIn, nearPatterns, partPatterns, SHORTEST_DOUBTED, slipsBetween, slipsForgiven, trigramKey } from './spelling.ts';

/** The words in the names of tasks and hosts, and which of them somebody may have meant; by `pg_trgm`, where the database has it. */

/** Letters of a word. */
const LONGEST_WORD = 40;
/** A longer run is kept in windows, each of which has half of the next: whatever is looked for is whole in one. Characters. */
const WINDOW = 32;
/** Words that are looked at letter by letter. */
const MOST_CANDIDATES = 200;
const MOST_MEANT = 8;
/** Two words with one slip in four letters share about so much. */
const LEAST_SIMILAR = 0.2;

interface Entry {
  readonly word: string;
  readonly trigrams: string | null;
}

/** Words and runs that may be misspelt, of folded text. */
export function entriesOf(folded: string): readonly Entry[] {
  const entries = piecesOf(folded).flatMap(({ kind, text }): readonly Entry[] => {
    if (kind === 'letters') {
      const doubted = text.length <= LONGEST_WORD && slipsForgiven(text) > 0;
      return doubted ? [{ word: text, trigrams: trigramKey(text) }] : [];
    }
    return kind === 'unspaced' ? windowsOf(text).map((word) => ({ word, trigrams: null })) : [];
  });
  return [...new Map(entries.map((entry) => [entry.word, entry])).values()];
}

function windowsOf(run: string): readonly string[] {
  const characters = Array.from(run);
  if (characters.length < SHORTEST_DOUBTED) return [];
  const count = Math.max(1, Math.ceil((characters.length - WINDOW / 2) / (WINDOW / 2)));
  return Array.from({ length: count }, (_, at) => characters.slice((at * WINDOW) / 2, (at * WINDOW) / 2 + WINDOW).join(''));
}

/** In the transaction that brings the text in. */
export async function learnWords(database: Database, folded: string): Promise<void> {
  // In one order for everybody: two that learn the same words at once must not wait for each other.
  const rows = [...entriesOf(folded)].sort((one, other) => (one.word < other.word ? -1 : 1));
  if (rows.length === 0) return;
  await database
    .insertInto('livestream_words')
    .values(rows)
    .onConflict((conflict) => conflict.column('word').doNothing())
    .execute();
}

/** In the transaction that took the text away: what no task has any more goes too. */
export async function forgetWords(database: Database, folded: string): Promise<void> {
  const words = entriesOf(folded).map(({ word }) => word);
  if (words.length === 0) return;
  await database
    .deleteFrom('livestream_words')
    .where('word', 'in', words)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('livestream_tasks')
            .select('id')
            .where('findable', 'like', sql<string>`'%' || livestream_words.word || '%'`),
        ),
      ),
    )
    .execute();
}

/** True: near words can be found. Makes what is needed for it; the Error tells why that cannot be. */
export async function openTrigrams(database: Database): Promise<true | Error> {
  try {
    await sql`create extension if not exists pg_trgm`.execute(database);
    await sql`create index if not exists livestream_words_near on livestream_words using gin (trigrams gin_trgm_ops)`.execute(
      database,
    );
    return true;
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** Words that differ from `word` by as few slips as any does, and by no more than is forgiven. In a transaction. */
export async function wordsMeantBy(transaction: Database, word: string): Promise<readonly string[]> {
  const forgiven = slipsForgiven(word);
  if (forgiven === 0 || word.length > LONGEST_WORD) return [];
  const key = trigramKey(word);
  await sql`select set_config('pg_trgm.similarity_threshold', ${String(LEAST_SIMILAR)}, true)`.execute(transaction);
  const candidates = await transaction
    .selectFrom('livestream_words')
    .select('word')
    .where(sql<boolean>`trigrams % ${key}`)
    .where(sql<number>`length(word)`, '>=', word.length - forgiven)
    .where(sql<number>`length(word)`, '<=', word.length + forgiven)
    .orderBy(sql`similarity(trigrams, ${key})`, 'desc')
    .orderBy('word')
    .limit(MOST_CANDIDATES)
    .execute();
  const slips = candidates.map(({ word: other }) => ({ other, slips: slipsBetween(word, other) }));
  const least = Math.min(...slips.map((each) => each.slips));
  if (least > forgiven) return [];
  return slips
    .filter((each) => each.slips === least)
    .slice(0, MOST_MEANT)
    .map(({ other }) => other);
}

/** What in runs of a script without spaces differs from `run` by one slip. */
export async function runsMeantBy(database: Database, run: string): Promise<readonly string[]> {
  const near = nearPatterns(run);
  if (near.length === 0) return [];
  const parts = partPatterns(run);
  const candidates = await database
    .selectFrom('livestream_words')
    .select('word')
    .where('trigrams', 'is', null)
    .$if(parts.length > 0, (query) => query.where(sql<boolean>`word like any(${parts}::text[])`))
    .where(sql<boolean>`word like any(${near}::text[])`)
    .limit(MOST_CANDIDATES)
    .execute();
  return [...new Set(candidates.map(({ word }) => nearIn(word, run)))].filter((part) => part !== '').slice(0, MOST_MEANT);
}
