import { noTasks, type TaskQuery, type TaskStatus } from '../../session/tasks.ts';

/** What is looked at, as a part of the page's address: `#task=…&task-view=log`. What others keep there stays. Pure. */

export type TaskView = 'report' | 'manuscript' | 'log' | 'about';

export interface TaskPlace {
  /** Null: none is looked at. */
  readonly task: string | null;
  readonly view: TaskView;
  readonly query: TaskQuery;
  /** Place in the list of the first one that is seen, from 0. */
  readonly row: number;
}

export const statuses: readonly TaskStatus[] = ['pending', 'listening', 'recording', 'processing', 'completed', 'failed'];
const views: readonly TaskView[] = ['report', 'manuscript', 'log', 'about'];
export const sorts: readonly TaskQuery['sortBy'][] = ['created_at', 'start_time', 'livestream_name', 'status'];

export const everyTask: TaskQuery = noTasks.query;
export const startingPlace: TaskPlace = { task: null, view: 'report', query: everyTask, row: 0 };

const LONGEST_ID = 100;
export const LONGEST_SEARCH = 200;
const LAST_ROW = 1e6;

const oneOf = <T extends string>(allowed: readonly T[], value: string | null): T | null =>
  allowed.find((each) => each === value) ?? null;

/** Null: the address names a place on the page (`#main`), which says nothing about tasks. What makes no sense is left out. */
export function placeOf(hash: string): TaskPlace | null {
  const text = hash.replace(/^#/, '');
  if (text !== '' && !text.includes('=')) return null;
  const of = new URLSearchParams(text);
  const task = of.get('task');
  const row = Number(of.get('task-row') ?? 0);
  return {
    task: task === null || task === '' || task.length > LONGEST_ID ? null : task,
    view: oneOf(views, of.get('task-view')) ?? startingPlace.view,
    query: {
      status: oneOf(statuses, of.get('task-status')),
      search: (of.get('task-search') ?? '').slice(0, LONGEST_SEARCH),
      sortBy: oneOf(sorts, of.get('task-sort')) ?? everyTask.sortBy,
      order: oneOf(['asc', 'desc'], of.get('task-order')) ?? everyTask.order,
    },
    row: Number.isInteger(row) && row >= 0 && row <= LAST_ROW ? row : 0,
  };
}

/** `hash` with this place in it; what goes without saying is not said. Empty: nothing is. */
export function hashOf(hash: string, { task, view, query, row }: TaskPlace): string {
  const text = hash.replace(/^#/, '');
  const of = new URLSearchParams(text.includes('=') ? text : '');
  const say = (name: string, value: string | null): void => {
    if (value === null || value === '') of.delete(name);
    else of.set(name, value);
  };
  say('task', task);
  say('task-view', task === null || view === startingPlace.view ? null : view);
  say('task-status', query.status);
  say('task-search', query.search);
  say('task-sort', query.sortBy === everyTask.sortBy ? null : query.sortBy);
  say('task-order', query.order === everyTask.order ? null : query.order);
  say('task-row', row === 0 ? null : String(row));
  const said = of.toString();
  return said === '' ? '' : `#${said}`;
}

export const sameQuery = (one: TaskQuery, other: TaskQuery): boolean =>
  one.status === other.status && one.search === other.search && one.sortBy === other.sortBy && one.order === other.order;
