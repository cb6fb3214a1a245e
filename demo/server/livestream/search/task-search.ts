import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from '../../store/tables.ts';
import { fold, piecesOf } from './fold.ts';
import type { Piece } from './fold.ts';
import { likeText } from './spelling.ts';
import { runsMeantBy, wordsMeantBy } from './vocabulary.ts';

/** A search as conditions on tasks: names that have all its words, or, where there are none, names that nearly have them. */

const MOST_WORDS = 8;

export interface Search {
  readonly found: RawBuilder<boolean>;
  /** The lower, the better. */
  readonly rank: RawBuilder<number>;
  /** What is found is not what was asked for, but near it. */
  readonly near: boolean;
}

const findable = sql.ref('livestream_tasks.findable');
const like = (pattern: string): RawBuilder<boolean> => sql<boolean>`${findable} like ${pattern}`;
const has = (text: string): RawBuilder<boolean> => like(`%${likeText(text)}%`);
const all = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(conditions, sql` and `)})`;

/** Words of a search, folded. */
export const wordsOf = (search: string): readonly string[] =>
  fold(search)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);

/** Each word somewhere in name or host; best where they stand together at the beginning, then where they begin words. */
export function exactSearch(words: readonly string[]): Search {
  const together = likeText(words.join(' '));
  return {
    found: all(words.map(has)),
    rank: sql<number>`case when ${like(` ${together} %`)} then 0 when ${like(` ${together}%`)} then 1 when ${like(`% ${together}%`)} then 2
      when ${all(words.map((word) => like(`% ${likeText(word)}%`)))} then 3 else 4 end`,
    near: false,
  };
}

interface Doubt {
  readonly exact: string;
  /** Patterns of what may have been meant. */
  readonly meant: readonly string[];
}

/** Null: nothing can be forgiven. In a transaction. `trigrams`: near words can be looked up. */
export async function nearSearch(transaction: Database, words: readonly string[], trigrams: boolean): Promise<Search | null> {
  const doubts: Doubt[] = [];
  for (const piece of words.flatMap(piecesOf)) doubts.push(await doubtOf(transaction, piece, trigrams));
  if (doubts.every(({ meant }) => meant.length === 0)) return null;
  return {
    found: all(doubts.map(({ exact, meant }) => sql<boolean>`${findable} like any(${[exact, ...meant]}::text[])`)),
    rank: sql<number>`(${sql.join(
      doubts.map(({ exact }) => sql`case when ${like(exact)} then 0 else 1 end`),
      sql` + `,
    )})`,
    near: true,
  };
}

async function doubtOf(transaction: Database, { kind, text }: Piece, trigrams: boolean): Promise<Doubt> {
  const pattern = (part: string): string => `%${likeText(part)}%`;
  const meantBy = async (): Promise<readonly string[]> => {
    if (kind === 'unspaced') return runsMeantBy(transaction, text);
    return kind === 'letters' && trigrams ? wordsMeantBy(transaction, text) : [];
  };
  return { exact: pattern(text), meant: (await meantBy()).map(pattern) };
}
