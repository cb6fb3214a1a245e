import { sql } from 'kysely';
import { readTerms } from '../../knowledge/terms.ts';
import type { Database } from '../../store/tables.ts';
import type { Search, SearchHit, SearchLimits, SearchScope } from '../api/deps.ts';
import { coverage, fusedScore, rarity, relatedCoverage, within } from './fused-score.ts';
import type { Meanings } from './meanings.ts';
import { isWithin } from './scope.ts';
import { spokenWordsOf } from './video-passages.ts';
import { readQueryWords, WordCounts, wordHits } from './words.ts';
import type { QueryWords } from './words.ts';

/** Finds what was said and seen: by its words (PostgreSQL's full text) and by its meaning, both in one score. */

export interface SearchDeps {
  readonly database: Database;
  /** Null: no model here; words alone. */
  readonly meanings: Meanings | null;
  /** The model failed and words alone were looked for. For the log. */
  readonly onFailure: (cause: unknown) => void;
}

/** Passages that each way of looking brings. */
const CANDIDATES = 120;
/** Of those, how many are read closely. */
const CLOSELY = 60;
const CLOSE_CHARS = 1200;
/** Passages that a filter on metadata may leave. */
const MOST_FILTERED = 50_000;
const MEANING_TIMEOUT_MS = 5000;
const MOST_QUERY_CHARS = 1000;

interface Candidate {
  readonly id: number;
  readonly cosine: number | null;
}

export class PassageSearch implements Search {
  readonly #deps: SearchDeps;
  readonly #counts: WordCounts;

  constructor(deps: SearchDeps) {
    this.#deps = deps;
    this.#counts = new WordCounts(deps.database);
  }

  async search(scope: SearchScope, asked: string, limits: SearchLimits): Promise<readonly SearchHit[]> {
    const { database } = this.#deps;
    const query = asked.slice(0, MOST_QUERY_CHARS);
    const words = await readQueryWords(database, query);
    const where = { scope, filter: limits.filter, count: CANDIDATES };
    const [byWords, byMeaning] = await Promise.all([
      wordHits(database, query, words, where),
      limits.mode === 'keyword' ? [] : this.#byMeaning(scope, query, limits),
    ]);
    const candidates = new Map<number, Candidate>(byMeaning.map(({ id, cosine }) => [id, { id, cosine }]));
    for (const { id } of byWords) if (!candidates.has(id)) candidates.set(id, { id, cosine: null });
    const hits = await this.#judged(query, words, [...candidates.values()], scope, limits, byMeaning.at(-1)?.cosine ?? null);
    return within(hits, limits);
  }

  async indexSpokenWords(videoId: string): Promise<void> {
    await spokenWordsOf(this.#deps.database, videoId);
    this.#deps.meanings?.refresh();
  }

  async #byMeaning(scope: SearchScope, query: string, limits: SearchLimits): Promise<readonly { id: number; cosine: number }[]> {
    const { meanings, onFailure } = this.#deps;
    if (meanings === null || query.trim() === '') return [];
    try {
      return await meanings.nearest(query, scope, {
        count: CANDIDATES,
        only: limits.filter.length === 0 ? null : await this.#filtered(scope, limits),
        signal: AbortSignal.timeout(MEANING_TIMEOUT_MS),
      });
    } catch (cause) {
      onFailure(cause);
      return [];
    }
  }

  async #filtered(scope: SearchScope, { filter }: SearchLimits): Promise<ReadonlySet<number>> {
    const rows = await this.#deps.database
      .selectFrom('passages')
      .select('passages.id')
      .where(isWithin(scope, filter))
      .limit(MOST_FILTERED)
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** `unseen`: the cosine of the last one that meaning brought; who was not brought has no more. */
  async #judged(
    query: string,
    { lexemes }: QueryWords,
    candidates: readonly Candidate[],
    scope: SearchScope,
    limits: SearchLimits,
    unseen: number | null,
  ): Promise<readonly SearchHit[]> {
    if (candidates.length === 0) return [];
    const { database, meanings } = this.#deps;
    const [rows, counts] = await Promise.all([
      database
        .selectFrom('passages')
        .select(['id', 'stream_id', 'video_id', 'index_id', 'start_ms', 'end_ms', 'text', 'evidence', 'metadata'])
        .select(
          sql<string[]>`array(select unnest(tsvector_to_array(tsv)) intersect select unnest(${[...lexemes]}::text[]))`.as(
            'found',
          ),
        )
        .select(sql<boolean>`tsv @@ phraseto_tsquery('english', ${query})`.as('phrase'))
        .where(
          'id',
          'in',
          candidates.map(({ id }) => id),
        )
        .where(isWithin(scope, limits.filter))
        .execute(),
      this.#counts.of(lexemes),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { id, cosine } of candidates) if (cosine !== null && !byId.has(id)) meanings?.forget(id);
    const total = Math.max(...rows.map(({ id }) => id), 1000);
    const weightOf = (word: string): number => rarity(counts.get(word) ?? 0, total);
    const first = candidates
      .flatMap(({ id, cosine }) => {
        const row = byId.get(id);
        if (row === undefined) return [];
        const phrase = row.phrase && lexemes.length > 1;
        const words = coverage(lexemes, new Set(row.found), weightOf);
        const known = cosine ?? unseen;
        return [{ row, words, cosine: known, phrase, score: fusedScore({ words, related: words, cosine: known, phrase }) }];
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, CLOSELY);
    const terms = readTerms(query);
    return first.map(({ row, words, cosine, phrase }) => {
      const passage = limits.mode === 'keyword' ? [] : readTerms(`${row.text}\n${row.evidence}`.slice(0, CLOSE_CHARS));
      const related = Math.max(words, relatedCoverage(terms, passage, weightOf));
      return {
        streamId: row.stream_id,
        videoId: row.video_id,
        indexId: row.index_id,
        startMs: row.start_ms,
        endMs: row.end_ms,
        text: row.text,
        score: Math.round(1000 * fusedScore({ words, related, cosine, phrase })) / 1000,
        metadata: row.metadata,
      };
    });
  }
}
