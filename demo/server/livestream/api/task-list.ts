import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Database, Tables } from '../../store/tables.ts';
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

export interface TaskQuery extends Order {
  readonly status: TaskStatus | null;
  /** Each of its words must be in the name or in the host's; '' = all. */
  readonly search: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly limit: number;
  readonly totalPages: number;
}

type Build = ExpressionBuilder<Tables, 'livestream_tasks'>;

export async function listTasks(database: Database, query: TaskQuery): Promise<Page<Task>> {
  const found = ({ and, eb }: Build): Expression<SqlBool> =>
    and([
      ...(query.status === null ? [] : [eb('status', '=', query.status)]),
      ...wordsOf(query.search).map((word) =>
        eb.or(
          spellings(word).flatMap((spelling) => [eb('livestream_name', 'ilike', spelling), eb('host_name', 'ilike', spelling)]),
        ),
      ),
    ]);
  return pageOf(database, query, found, (page) => page.selectAll().execute());
}

/** Without what is for who works with them alone. */
export const listPublicTasks = (database: Database, order: Order): Promise<Page<PublicTask>> =>
  pageOf(
    database,
    order,
    ({ and }) => and([]),
    (page) =>
      page
        .select(['url', 'livestream_name', 'start_time', 'status', 'host_name', 'livestream_image', 'summary_report'])
        .execute(),
  );

/** The count and the page are of one moment. */
async function pageOf<T>(
  database: Database,
  { page, limit, sortBy, order }: Order,
  found: (build: Build) => Expression<SqlBool>,
  read: (query: ReturnType<typeof sorted>) => Promise<readonly T[]>,
): Promise<Page<T>> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const { total } = await transaction
        .selectFrom('livestream_tasks')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .where(found)
        .executeTakeFirstOrThrow();
      const offset = (page - 1) * limit;
      const items = offset >= total ? [] : await read(sorted(transaction, found, { sortBy, order, limit, offset }));
      return { items, total, page, limit, totalPages: Math.ceil(total / limit) };
    });
}

const sorted = (
  database: Database,
  found: (build: Build) => Expression<SqlBool>,
  { sortBy, order, limit, offset }: Pick<Order, 'sortBy' | 'order' | 'limit'> & { readonly offset: number },
) => database.selectFrom('livestream_tasks').where(found).orderBy(sortBy, order).orderBy('id', order).limit(limit).offset(offset);

const MOST_WORDS = 8;

export const wordsOf = (search: string): readonly string[] =>
  search
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);

/** As patterns. Databases of the C locale know upper and lower case of ASCII alone, so that other letters come in each. */
export function spellings(word: string): readonly string[] {
  const [first = ''] = word;
  const cases = /^\p{ASCII}*$/u.test(word)
    ? [word]
    : [word, word.toLowerCase(), word.toUpperCase(), first.toUpperCase() + word.slice(first.length).toLowerCase()];
  return [...new Set(cases)].map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
}

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
