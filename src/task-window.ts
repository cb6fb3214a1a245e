import { EMPTY, forkJoin, map, Observable, Subject } from 'rxjs';
import type { LivestreamTask, TaskList, TaskQuery } from './session/tasks.ts';
import { listOf, lookedAt, lookedPages, nothingListed, unknownPages, withoutOthers, withPage, withStatus } from './task-list.ts';
import type { Listing, StatusChange } from './task-list.ts';
import { paced } from './task-pace.ts';

/** A long list of tasks while it is looked at: pages are read where somebody looks, and again, quietly, when something moved. */

export interface WindowPage {
  readonly items: readonly LivestreamTask[];
  readonly total: number;
}

export interface WindowInputs {
  /** A page by its number from 0. */
  readonly read: (query: TaskQuery, page: number) => Observable<WindowPage>;
  /** Replays the last one. */
  readonly looked$: Observable<{ readonly first: number; readonly end: number }>;
  readonly changed$: Observable<StatusChange>;
  /** Tasks came or went, or something may have been missed. */
  readonly moved$: Observable<unknown>;
}

export type WindowEvent =
  | { readonly type: 'listed'; readonly list: TaskList }
  /** Could not be read; what was known stays. */
  | { readonly type: 'failed'; readonly cause: unknown };

/** Between two quiet readings, ms. */
const READ_MS = 1000;
/** Between two showings of what is told, ms. */
const SHOW_MS = 100;

/** Cold. The first event comes when the first page was read, or could not be. */
export const taskWindow = (query: TaskQuery, { read, looked$, changed$, moved$ }: WindowInputs): Observable<WindowEvent> =>
  new Observable((subscriber) => {
    let listing: Listing = nothingListed(query);
    /** Pages that are being read. */
    const asked = new Set<number>();
    const told$ = new Subject<void>();
    const stale$ = new Subject<void>();
    const show = (): void => {
      if (listing.total !== null) subscriber.next({ type: 'listed', list: listOf(listing) });
    };
    const fail = (cause: unknown): void => {
      subscriber.next({ type: 'failed', cause });
    };
    const ask = (page: number): void => {
      asked.add(page);
      const reading = read(query, page).subscribe({
        next: (answer) => {
          asked.delete(page);
          listing = withPage(listing, page, answer);
          show();
          askUnknown();
        },
        error: (cause: unknown) => {
          asked.delete(page);
          fail(cause);
        },
      });
      subscriber.add(reading);
    };
    const askUnknown = (): void => {
      for (const page of unknownPages(listing)) if (!asked.has(page)) ask(page);
    };
    const readAgain = (): Observable<unknown> => {
      const pages = lookedPages(listing).filter((page) => page === 0 || listing.total !== null);
      const answers = forkJoin(pages.map((page) => read(query, page).pipe(map((answer) => ({ page, answer })))));
      return new Observable((done) =>
        answers.subscribe({
          next: (all) => {
            listing = withoutOthers(listing);
            for (const { page, answer } of all) listing = withPage(listing, page, answer);
            show();
            askUnknown();
          },
          error: (cause: unknown) => {
            fail(cause);
            done.complete();
          },
          complete: () => {
            done.complete();
          },
        }),
      );
    };
    subscriber.add(paced(stale$, READ_MS, readAgain).subscribe());
    subscriber.add(
      paced(told$, SHOW_MS, () => {
        show();
        return EMPTY;
      }).subscribe(),
    );
    subscriber.add(
      looked$.subscribe(({ first, end }) => {
        listing = lookedAt(listing, first, end);
        askUnknown();
      }),
    );
    subscriber.add(
      changed$.subscribe((change) => {
        const after = withStatus(listing, change);
        listing = after.listing;
        told$.next();
        if (after.moved) stale$.next();
      }),
    );
    subscriber.add(
      moved$.subscribe(() => {
        stale$.next();
      }),
    );
  });
