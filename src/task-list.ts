import type { LivestreamTask, TaskList, TaskQuery, TaskStatus } from './session/tasks.ts';

/** What is known of a long list of tasks: whole pages around what is looked at, brought up to date by what is told. Pure. */

export interface Listing {
  readonly query: TaskQuery;
  /** Null: not told yet. */
  readonly total: number | null;
  /** By number from 0; each as it was answered. */
  readonly pages: ReadonlyMap<number, readonly LivestreamTask[]>;
  /** Places that are looked at: first ≤ place < end. */
  readonly first: number;
  readonly end: number;
  /** What tasks became of late: a page may have been read before that, and answered after. */
  readonly changes: ReadonlyMap<string, StatusChange>;
}

export interface StatusChange {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly name: string;
  readonly hostName: string | null;
  /** Unix ms */
  readonly updatedMs: number;
}

/** Tasks of a page. */
export const PAGE = 100;
const MOST_PAGES = 10;
/** Characters of all covers that are known: a page of them may be as large as a film. */
const MOST_IMAGES = 32_000_000;
const MOST_CHANGES = 1000;
/** Looked at at once; who asks for more gets what is around the beginning. */
const MOST_LOOKED = 500;

export const nothingListed = (query: TaskQuery): Listing => ({
  ...{ query, total: null, pages: new Map(), first: 0, end: 1, changes: new Map() },
});

/** As it is shown. */
export const listOf = ({ total, pages }: Listing): TaskList => ({
  total: total ?? 0,
  items: new Map([...pages].flatMap(([page, tasks]) => tasks.map((task, at) => [page * PAGE + at, task] as const))),
});

export function lookedAt(listing: Listing, first: number, end: number): Listing {
  const from = Math.max(0, Math.floor(first));
  return { ...listing, first: from, end: Math.min(from + MOST_LOOKED, Math.max(from + 1, Math.ceil(end))) };
}

/** Pages that are looked at; the first one where the list is shorter than that. */
export function lookedPages({ total, first, end }: Listing): readonly number[] {
  const last = total === null ? Infinity : Math.max(0, Math.ceil(total / PAGE) - 1);
  const from = Math.min(last, Math.floor(first / PAGE));
  const to = Math.min(last, Math.floor((end - 1) / PAGE));
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

export const unknownPages = (listing: Listing): readonly number[] =>
  lookedPages(listing).filter((page) => !listing.pages.has(page));

/** A page as it was answered. */
export function withPage(
  listing: Listing,
  page: number,
  { items, total }: { readonly items: readonly LivestreamTask[]; readonly total: number },
): Listing {
  const tasks = items.slice(0, PAGE).map((task) => changed(task, listing.changes.get(task.id)));
  const last = Math.ceil(total / PAGE);
  const others = [...listing.pages].filter(([number]) => number !== page && number < last);
  return bounded({ ...listing, total, pages: new Map([...others, [page, tasks]]) });
}

/** Only what is looked at stays known: everything else may have moved. */
export function withoutOthers(listing: Listing): Listing {
  const looked = lookedPages(listing);
  return { ...listing, pages: new Map([...listing.pages].filter(([page]) => looked.includes(page))) };
}

/** `moved`: what is found, or its order, is no longer sure. */
export function withStatus(listing: Listing, change: StatusChange): { readonly listing: Listing; readonly moved: boolean } {
  const { query, pages } = listing;
  const changes = new Map(listing.changes);
  changes.delete(change.taskId);
  changes.set(change.taskId, change);
  const [oldest] = changes.keys();
  if (changes.size > MOST_CHANGES && oldest !== undefined) changes.delete(oldest);
  const found = [...pages].find(([, tasks]) => tasks.some(({ id }) => id === change.taskId));
  // One that is not known here may have been in what is found, further on.
  const stays = query.status === null || (found !== undefined && query.status === change.status);
  const moved = query.sortBy === 'status' || !stays;
  if (found === undefined) return { listing: { ...listing, changes }, moved };
  const [page, tasks] = found;
  const told = tasks.map((task) => (task.id === change.taskId ? changed(task, change) : task));
  return { listing: { ...listing, changes, pages: new Map(pages).set(page, told) }, moved };
}

/** What was read later than it was told wins. */
function changed(task: LivestreamTask, change: StatusChange | undefined): LivestreamTask {
  if (change === undefined || change.updatedMs < task.updatedMs) return task;
  const { status, name, hostName, updatedMs } = change;
  return { ...task, status, name, hostName, updatedMs };
}

function bounded(listing: Listing): Listing {
  const middle = (listing.first + listing.end) / 2 / PAGE;
  const near = [...listing.pages].sort(([a], [b]) => Math.abs(a + 0.5 - middle) - Math.abs(b + 0.5 - middle));
  const kept: typeof near = [];
  let images = 0;
  for (const [page, tasks] of near) {
    images += tasks.reduce((sum, { image }) => sum + (image?.length ?? 0), 0);
    // What is looked at stays, whatever it takes.
    if (kept.length >= MOST_PAGES || (images > MOST_IMAGES && !lookedPages(listing).includes(page))) break;
    kept.push([page, tasks]);
  }
  return kept.length === near.length ? listing : { ...listing, pages: new Map(kept) };
}
