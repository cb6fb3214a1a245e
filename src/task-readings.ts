import { catchError, concat, defer, map, of, startWith, switchMap, take, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LivestreamClient } from './protocols/livestream/client.ts';
import type { TaskNotice } from './protocols/livestream/codec-notices.ts';
import type { NotificationMessage } from './protocols/livestream/notifications.ts';
import type { TaskPrompt, TasksState, TaskStats } from './session/tasks.ts';
import { aborting } from './task-detail.ts';
import { newsOf } from './task-news.ts';
import { paced } from './task-pace.ts';

/** What the desk reads beside lists and tasks: counts, prompts, and what is told by itself. None of it ends by a failure. */

export type Reading<T> = { readonly read: true; readonly value: T } | { readonly read: false; readonly cause: unknown };

/** Between two readings of the counts, ms. */
const READ_MS = 1000;
/** Between two pieces of news, ms. */
const SHOW_MS = 100;

const attempt = <T>(ask: (signal: AbortSignal) => Promise<T>): Observable<Reading<T>> =>
  aborting(ask).pipe(
    map((value): Reading<T> => ({ read: true, value })),
    catchError((cause: unknown) => of<Reading<T>>({ read: false, cause })),
  );

/** Now, and whenever asked, at most once a second. */
export const counts = (client: Pick<LivestreamClient, 'stats'>, asked$: Observable<unknown>): Observable<Reading<TaskStats>> =>
  paced(asked$.pipe(startWith(null)), READ_MS, () => attempt((signal) => client.stats({ signal })));

/** Now, and whenever asked. */
export const prompts = (
  client: Pick<LivestreamClient, 'prompts'>,
  asked$: Observable<unknown>,
): Observable<Reading<readonly TaskPrompt[]>> =>
  asked$.pipe(
    startWith(null),
    switchMap(() => attempt((signal) => client.prompts({ signal }))),
  );

/** The newest; who cannot see it could not follow more. */
export const news = (told$: Observable<TaskNotice>): Observable<TasksState['news']> =>
  defer(() => {
    let newest: TasksState['news'] = null;
    return paced(told$.pipe(tap((notice) => (newest = newsOf(notice)))), SHOW_MS, () => of(newest));
  });

/** Given up for good (a token that is refused), it begins again when somebody asks. */
export const notices = (
  client: Pick<LivestreamClient, 'notifications'>,
  retry$: Observable<unknown>,
): Observable<NotificationMessage | { readonly type: 'lost'; readonly cause: unknown }> =>
  client.notifications().pipe(
    catchError((cause: unknown) =>
      concat(
        of({ type: 'lost' as const, cause }),
        retry$.pipe(
          take(1),
          switchMap(() => notices(client, retry$)),
        ),
      ),
    ),
  );
