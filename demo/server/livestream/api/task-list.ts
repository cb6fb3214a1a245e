import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Database, Tables } from '../../store/tables.ts';
import { exactSearch, nearSearch, wordsOf } from '../search/task-search.ts';
import type { Search } from '../search/task-search.ts';
import { TASK_STATUSES } from '../task.ts';
import type { Task, TaskStatus } from '../task.ts';
import type { PublicTask } from './task-answer.ts';

/** Lists of tasks, page by page, and how many there are of each kind. */

export type SortBy = 'created_at' | 'start_time' | 'status' | 'livestream_name';

export interface Order {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
  readonly sortBy: SortBy;
  readonly order: 'asc' | 'desc';
}

export interface TaskQuery extends Omit<Order, 'sortBy'> {
  readonly status: TaskStatus | null;
  /** Null: the best first where something is searched, else the newest. */
  readonly sortBy: SortBy | null;
  /** Each of its words is in the name or in the host's, or nearly, if there is none; '' = all. */
  readonly search: string;
  /** Misspelt words can be looked up. */
  readonly forgives: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly limit: number;
  readonly totalPages: number;
}

type Found = (build: ExpressionBuilder<Tables, 'livestream_tasks'>) => Expression<SqlBool>;

/** The count and the page are of one moment, as is what was nearly meant. */
export function listTasks(database: Database, query: TaskQuery): Promise<Page<Task>> {
  return atOnce(database, async (transaction) => {
    const words = wordsOf(query.search);
    if (words.length === 0) return read(transaction, query, null);
    const exact = await read(transaction, query, exactSearch(words));
    if (exact.total > 0) return exact;
    const near = await nearSearch(transaction, words, query.forgives);
    return near === null ? exact : read(transaction, query, near);
  });
}

function read(transaction: Database, query: TaskQuery, search: Search | null): Promise<Page<Task>> {
  const { status, sortBy, ...order } = query;
  const found: Found = ({ and, eb }) =>
    and([...(status === null ? [] : [eb('status', '=', status)]), ...(search === null ? [] : [search.found])]);
  // What was not asked for, but near it, comes by nearness whatever the order is.
  const rank = search !== null && (search.near || sortBy === null) ? search.rank : null;
  return pageOf(transaction, { ...order, sortBy: sortBy ?? 'created_at', rank }, found, (page) => page.selectAll().execute());
}

/** Without what is for who works with them alone. */
export const listPublicTasks = (database: Database, order: Order): Promise<Page<PublicTask>> =>
  atOnce(database, (transaction) =>
    pageOf(
      transaction,
      { ...order, rank: null },
      ({ and }) => and([]),
      (page) =>
        page
          .select(['url', 'livestream_name', 'start_time', 'status', 'host_name', 'livestream_image', 'summary_report'])
          .execute(),
    ),
  );

const atOnce = <T>(database: Database, work: (transaction: Database) => Promise<T>): Promise<T> =>
  database.transaction().setIsolationLevel('repeatable read').execute(work);

type Ranked = Order & { readonly rank: Search['rank'] | null };

async function pageOf<T>(
  transaction: Database,
  ordered: Ranked,
  found: Found,
  rows: (query: ReturnType<typeof sorted>) => Promise<readonly T[]>,
): Promise<Page<T>> {
  const { page, limit } = ordered;
  const { total } = await transaction
    .selectFrom('livestream_tasks')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where(found)
    .executeTakeFirstOrThrow();
  const items = (page - 1) * limit >= total ? [] : await rows(sorted(transaction, found, ordered));
  return { items, total, page, limit, totalPages: Math.ceil(total / limit) };
}

const sorted = (database: Database, found: Found, { sortBy, order, page, limit, rank }: Ranked) =>
  database
    .selectFrom('livestream_tasks')
    .where(found)
    .$if(rank !== null, (query) => (rank === null ? query : query.orderBy(rank)))
    .orderBy(sortBy, order)
    .orderBy('id', order)
    .limit(limit)
    .offset((page - 1) * limit);

export type TaskStats = Readonly<Record<TaskStatus | 'total', number>>;

export async function countTasks(database: Database): Promise<TaskStats> {
  const rows = await database
    .selectFrom('livestream_tasks')
    .select(['status', sql<number>`count(*)::integer`.as('n')])
    .groupBy('status')
    .execute();
  const counts = Object.fromEntries(TASK_STATUSES.map((status) => [status, rows.find((row) => row.status === status)?.n ?? 0]));
  return { total: rows.reduce((sum, { n }) => sum + n, 0), ...(counts as Record<TaskStatus, number>) };
}
