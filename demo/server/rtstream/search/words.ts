import { sql } from 'kysely';
import type { Database } from '../../store/tables.ts';
import type { SearchLimits, SearchScope } from '../api/deps.ts';
import { isWithin } from './scope.ts';

/** What PostgreSQL's full text finds of a query, and how rare each of its words is. */

export interface QueryWords {
  /** Stems, each once, without those that every text has. */
  readonly lexemes: readonly string[];
  /** It has quotes, `or` or a minus: it is meant to the letter. */
  readonly isStrict: boolean;
}

export async function readQueryWords(database: Database, query: string): Promise<QueryWords> {
  const { rows } = await sql<{ lexemes: string[] }>`
    select tsvector_to_array(to_tsvector('english', ${query})) as lexemes
  `.execute(database);
  return { lexemes: rows[0]?.lexemes ?? [], isStrict: /"[^"]+"|(?:^|\s)-\w|\bOR\b/.test(query) };
}

/** Rows that one way of matching may bring. */
const MOST_MATCHES = 1500;

export interface WordHit {
  readonly id: number;
  /** `ts_rank_cd`: how often and how near one another. */
  readonly rank: number;
}

/** Passages with all words of the query first, then, unless it is meant to the letter, those with any. */
export async function wordHits(
  database: Database,
  query: string,
  words: QueryWords,
  where: { readonly scope: SearchScope; readonly filter: SearchLimits['filter']; readonly count: number },
): Promise<readonly WordHit[]> {
  if (words.lexemes.length === 0) return [];
  const all = sql`websearch_to_tsquery('english', ${query})`;
  const any = sql`replace(websearch_to_tsquery('english', ${query})::text, ' & ', ' | ')::tsquery`;
  const matching = (tsquery: typeof all): Promise<WordHit[]> =>
    database
      .with('matching', (cte) =>
        cte
          .selectFrom('passages')
          .select(['passages.id', 'passages.tsv'])
          .where(sql<boolean>`passages.tsv @@ ${tsquery}`)
          .where(isWithin(where.scope, where.filter))
          .limit(MOST_MATCHES),
      )
      .selectFrom('matching')
      .select(['matching.id', sql<number>`ts_rank_cd(matching.tsv, ${tsquery}, 1)`.as('rank')])
      .orderBy('rank', 'desc')
      .limit(where.count)
      .execute();
  const whole = await matching(all);
  if (words.isStrict || words.lexemes.length === 1 || whole.length >= where.count) return whole;
  const known = new Set(whole.map(({ id }) => id));
  return [...whole, ...(await matching(any)).filter(({ id }) => !known.has(id))].slice(0, where.count);
}

/** Passages counted per word; a word of more is common. */
const MOST_COUNTED = 1000;
const KEPT_MS = 60_000;
const MOST_KEPT = 5000;

/** In how many passages words are, counted up to 1000 and remembered for a minute. */
export class WordCounts {
  readonly #database: Database;
  readonly #kept = new Map<string, { readonly count: number; readonly at: number }>();

  constructor(database: Database) {
    this.#database = database;
  }

  async of(lexemes: readonly string[], now = Date.now()): Promise<ReadonlyMap<string, number>> {
    const missing = lexemes.filter((lexeme) => (this.#kept.get(lexeme)?.at ?? -Infinity) < now - KEPT_MS);
    if (missing.length > 0) {
      const { rows } = await sql<{ lexeme: string; count: number }>`
        select lexeme, (select count(*)::int from (
          select 1 from passages where tsv @@ phraseto_tsquery('simple', lexeme) limit ${sql.lit(MOST_COUNTED)}
        ) as matching) as count
        from unnest(${[...missing]}::text[]) as lexeme
      `.execute(this.#database);
      for (const { lexeme, count } of rows) this.#kept.set(lexeme, { count, at: now });
    }
    const counts = new Map(lexemes.map((lexeme) => [lexeme, this.#kept.get(lexeme)?.count ?? 0]));
    for (const oldest of [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - MOST_KEPT))) this.#kept.delete(oldest);
    return counts;
  }
}
