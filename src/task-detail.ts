import { catchError, defer, EMPTY, from, map, merge, Observable, of, scan, startWith, Subject, switchMap } from 'rxjs';
import type { LivestreamClient } from './protocols/livestream/client.ts';
import type { TaskDetail, TaskManuscript, TaskProgress } from './session/tasks.ts';
import { paced } from './task-pace.ts';

/** One task while it is looked at: its facts, what was made of it, and its log and progress as they come. */

/** Between two readings of the same, ms. */
const READ_MS = 1000;
const MOST_LINES = 2000;

/** What is known before the task itself is: nothing is shown yet. */
type Draft = Omit<TaskDetail, 'task'> & { readonly task: TaskDetail['task'] | null };
type Change = (draft: Draft) => Draft;

const nothingYet: Draft = { task: null, log: [], progress: null, manuscript: null, liveUrl: null, recordedUrl: null };

export type DetailEvent =
  | { readonly type: 'shown'; readonly detail: TaskDetail }
  /** A part could not be read; what was there stays. */
  | { readonly type: 'failed'; readonly cause: unknown };

type Client = Pick<LivestreamClient, 'task' | 'playback' | 'manuscript' | 'frames' | 'log' | 'progress' | 'taskRoom'>;

/** Cold. `changed$`: something of it changed, or may have. Fails where the task itself cannot be read the first time. */
export const taskDetail = (client: Client, id: string, changed$: Observable<unknown>): Observable<DetailEvent> =>
  defer(() => {
    const failed = new Subject<DetailEvent>();
    const made = new Subject<void>();
    /** One reading; what fails is told, and the next one may not. */
    const reading = (ask: (signal: AbortSignal) => Promise<Change>): Observable<Change> =>
      aborting(ask).pipe(
        catchError((cause: unknown) => {
          failed.next({ type: 'failed', cause });
          return EMPTY;
        }),
      );
    const begun = { task: false };
    const facts$ = paced(changed$.pipe(startWith(null)), READ_MS, () => {
      const first = !begun.task;
      begun.task = true;
      const ask = async (signal: AbortSignal): Promise<Change> => {
        const task = await client.task(id, { signal });
        return (draft) => ({ ...draft, task });
      };
      return first ? aborting(ask) : reading(ask);
    });
    const playback$ = paced(changed$.pipe(startWith(null)), READ_MS, () =>
      reading(async (signal) => {
        const urls = await client.playback(id, { signal });
        return (draft) => ({ ...draft, ...urls });
      }),
    );
    const manuscript$ = paced(merge(changed$, made).pipe(startWith(null)), READ_MS, () =>
      reading(async (signal) => {
        const manuscript = await readManuscript(client, id, signal);
        return (draft) => ({ ...draft, manuscript });
      }),
    );
    const changes$ = merge(
      facts$,
      playback$,
      manuscript$,
      followed(client, id, reading, () => made.next()),
    );
    const shown$ = changes$.pipe(
      scan((draft, change) => change(draft), nothingYet),
      map((draft) => shownOf(draft)),
      switchMap((detail) => (detail === null ? EMPTY : of<DetailEvent>({ type: 'shown', detail }))),
    );
    return merge(failed, shown$);
  });

/** Only what is being analysed has progress. */
function shownOf({ task, progress, ...rest }: Draft): TaskDetail | null {
  return task === null ? null : { ...rest, task, progress: task.status === 'processing' ? progress : null };
}

async function readManuscript(client: Client, id: string, signal: AbortSignal): Promise<TaskManuscript | null> {
  const manuscript = await client.manuscript(id, { signal });
  if (manuscript === null) return null;
  const pictures = new Map((await client.frames(id, { signal })).map((picture) => [picture.number, picture]));
  const frames = manuscript.frames.map((frame) => {
    const picture = pictures.get(frame.number);
    return { ...frame, atMs: frame.atMs ?? picture?.atMs ?? null, imageUrl: picture?.url ?? null };
  });
  return { title: manuscript.title, frames };
}

/** Log and progress: read when the room stands, so that nothing falls between the two, and then as they come. */
function followed(
  client: Client,
  id: string,
  reading: (ask: (signal: AbortSignal) => Promise<Change>) => Observable<Change>,
  stepped: () => void,
): Observable<Change> {
  /** Heard since the log was last asked for. */
  let heard: string[] = [];
  let step: string | null = null;
  const told = (progress: TaskProgress | null): Change => {
    // What a step made can be read when the next one begins.
    if (step !== null && progress?.step !== step) stepped();
    step = progress?.step ?? null;
    return (draft) => ({ ...draft, progress });
  };
  const asked = (): Observable<Change> => {
    heard = [];
    return merge(
      reading(async (signal) => {
        const lines = await client.log(id, { signal });
        return (draft) => ({ ...draft, log: joined(lines, heard).slice(-MOST_LINES) });
      }),
      reading(async (signal) => told(await client.progress(id, { signal }))),
    );
  };
  const room$ = client.taskRoom(id).pipe(
    // The desk tells what is wrong with its own socket, which is the same.
    catchError(() => EMPTY),
  );
  return new Observable((subscriber) => {
    const connected = new Subject<void>();
    const next = (change: Change): void => {
      subscriber.next(change);
    };
    // Where no socket can be had, the log is still read once.
    subscriber.add(connected.pipe(startWith(null), switchMap(asked)).subscribe(next));
    subscriber.add(
      room$.subscribe((message) => {
        if (message.type === 'connected') connected.next();
        else if (message.type === 'task-progress') next(told(message.progress));
        else if (message.type === 'task-log') {
          heard = [...heard, message.line].slice(-MOST_LINES);
          next((draft) => ({ ...draft, log: [...draft.log, message.line].slice(-MOST_LINES) }));
        }
      }),
    );
  });
}

/** Lines that were read, and those heard since they were asked for, of which the last ones read may be the first. Pure. */
export function joined(read: readonly string[], heard: readonly string[]): readonly string[] {
  for (let same = Math.min(read.length, heard.length); same > 0; same--) {
    const from = read.length - same;
    if (heard.slice(0, same).every((line, at) => line === read[from + at])) return [...read, ...heard.slice(same)];
  }
  return [...read, ...heard];
}

/** One asking; unsubscribing ends it. */
export const aborting = <T>(ask: (signal: AbortSignal) => Promise<T>): Observable<T> =>
  new Observable((subscriber) => {
    const stop = new AbortController();
    const asked = from(ask(stop.signal)).subscribe(subscriber);
    return () => {
      asked.unsubscribe();
      stop.abort();
    };
  });
