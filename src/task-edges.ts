import {
  BehaviorSubject,
  catchError,
  defer,
  EMPTY,
  filter,
  fromEvent,
  map,
  merge,
  startWith,
  Subject,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import { LivestreamClient } from './protocols/livestream/client.ts';
import type { LivestreamOptions } from './protocols/livestream/client.ts';
import type { TaskNotice } from './protocols/livestream/codec-notices.ts';
import type { NotificationMessage } from './protocols/livestream/notifications.ts';
import type { NewTaskWish, PastTaskWish, TaskPrompt, TaskQuery, TasksDesk, TasksState } from './session/tasks.ts';
import { AssistantError } from './shared/errors.ts';
import type { ErrorFacts } from './shared/errors.ts';
import { aborting, taskDetail } from './task-detail.ts';
import type { DetailEvent } from './task-detail.ts';
import { PAGE } from './task-list.ts';
import { newsOf, statusChange } from './task-news.ts';
import { paced } from './task-pace.ts';
import { taskWindow } from './task-window.ts';
import type { WindowEvent, WindowPage } from './task-window.ts';

/** The composition root of livestream tasks: a gateway's API made into state and wishes. */

export type TasksDeskOptions = Omit<LivestreamOptions, 'retry$'>;

/** Opens nothing before `start`. Throws `bad-option`. */
export const createTasksDesk = (options: TasksDeskOptions): TasksDesk => new GatewayTasks(options);

const nothingYet: TasksState = {
  phase: 'idle',
  query: { status: null, search: '', sortBy: 'created_at', order: 'desc' },
  list: { total: 0, items: new Map() },
  stats: null,
  prompts: [],
  selected: null,
  detail: null,
  reconnecting: false,
  error: null,
  notice: null,
  news: null,
};

type Part = 'list' | 'counts' | 'prompts' | 'task' | 'notices';

/** Between two readings of the counts, ms. */
const READ_MS = 1000;
/** Between two pieces of news, ms. */
const SHOW_MS = 100;

class GatewayTasks implements TasksDesk {
  readonly state = new BehaviorSubject<TasksState>(nothingYet);
  readonly #client: LivestreamClient;
  readonly #query = new BehaviorSubject<TaskQuery>(nothingYet.query);
  readonly #looked = new BehaviorSubject({ first: 0, end: 1 });
  readonly #selected = new BehaviorSubject<string | null>(null);
  readonly #told = new Subject<TaskNotice>();
  /** Something may have been missed, or was done here: everything is read again. */
  readonly #again = new Subject<void>();
  readonly #prompted = new Subject<void>();
  readonly #retry = new Subject<void>();
  /** What could not be read the last time, by what it is. */
  readonly #failures = new Map<Part, ErrorFacts>();
  #running: Subscription | null = null;

  constructor(options: TasksDeskOptions) {
    const online$ = typeof window === 'undefined' ? EMPTY : fromEvent(window, 'online');
    this.#client = new LivestreamClient({ ...options, retry$: merge(this.#retry, online$) });
  }

  start(): void {
    if (this.#running !== null) return;
    this.#show({ phase: 'loading', error: null });
    const running = this.#query.pipe(switchMap((query) => this.#window(query))).subscribe((event) => this.#listed(event));
    this.#running = running;
    running.add(this.#selected.pipe(switchMap((id) => this.#detail(id))).subscribe((event) => this.#detailed(event)));
    running.add(this.#news().subscribe());
    running.add(this.#counts().subscribe());
    running.add(this.#prompts().subscribe());
    running.add(this.#notices().subscribe((message) => this.#hear(message)));
  }

  dispose(): void {
    this.#running?.unsubscribe();
    this.#running = null;
  }

  find(query: TaskQuery): void {
    const { phase } = this.state.value;
    this.#looked.next({ first: 0, end: 1 });
    this.#show({ query, list: nothingYet.list, phase: phase === 'idle' ? 'idle' : 'loading', error: null });
    this.#query.next(query);
  }

  look(first: number, end: number): void {
    this.#looked.next({ first, end });
  }

  select(selected: string | null): void {
    if (this.state.value.selected === selected) return;
    this.#show({ selected, detail: null });
    this.#read('task');
    this.#selected.next(selected);
  }

  async create({ image, ...wish }: NewTaskWish, progress: (percentage: number | null) => void): Promise<string> {
    return (await this.#done(this.#client.create({ ...wish, image }, { progress }))).id;
  }

  async createPast(wish: PastTaskWish): Promise<string> {
    return (await this.#done(this.#client.createPast(wish))).id;
  }

  async listen(taskId: string, listening: boolean): Promise<void> {
    await this.#done(listening ? this.#client.startListening(taskId) : this.#client.stopListening(taskId));
  }

  async remove(taskId: string): Promise<void> {
    await this.#done(this.#client.delete(taskId));
  }

  async analyse(taskId: string): Promise<void> {
    await this.#done(this.#client.reanalyze(taskId));
  }

  async savePrompt(prompt: TaskPrompt): Promise<void> {
    await this.#done(this.#client.savePrompt(prompt));
    this.#prompted.next();
  }

  retry(): void {
    const { phase, selected, detail, query } = this.state.value;
    for (const part of [...this.#failures.keys()]) this.#read(part);
    this.#retry.next();
    this.#again.next();
    this.#prompted.next();
    // What failed whole begins anew.
    if (selected !== null && detail === null) this.#selected.next(selected);
    if (phase === 'error') this.find(query);
  }

  #window(query: TaskQuery): Observable<WindowEvent> {
    const read = ({ status, search, sortBy, order }: TaskQuery, page: number): Observable<WindowPage> =>
      aborting((signal) => this.#client.tasks({ status, search, sortBy, order, page: page + 1, limit: PAGE, signal }));
    const comeOrGone$ = this.#told.pipe(filter(({ type }) => type !== 'task-status'));
    return taskWindow(query, {
      read,
      looked$: this.#looked,
      changed$: this.#told.pipe(switchMap((notice) => statusChange(notice))),
      moved$: merge(comeOrGone$, this.#again),
    });
  }

  #listed(event: WindowEvent): void {
    if (event.type === 'failed') this.#fail('list', event.cause);
    else {
      this.#show({ phase: 'ready', list: event.list, error: null });
      this.#read('list');
    }
  }

  #detail(id: string | null): Observable<DetailEvent> {
    if (id === null) return EMPTY;
    const changed$ = merge(this.#told.pipe(filter(({ taskId }) => taskId === id)), this.#again);
    return taskDetail(this.#client, id, changed$).pipe(catchError((cause: unknown) => this.#failed('task', cause)));
  }

  #detailed(event: DetailEvent): void {
    if (event.type === 'failed') this.#fail('task', event.cause);
    else this.#show({ detail: event.detail });
  }

  /** The newest; who cannot see it could not follow more. */
  #news(): Observable<unknown> {
    let newest: TasksState['news'] = null;
    return paced(this.#told.pipe(tap((notice) => (newest = newsOf(notice)))), SHOW_MS, () => {
      this.#show({ news: newest });
      return EMPTY;
    });
  }

  #counts(): Observable<unknown> {
    return paced(merge(this.#told, this.#again).pipe(startWith(null)), READ_MS, () =>
      aborting((signal) => this.#client.stats({ signal })).pipe(
        map((stats) => {
          this.#show({ stats });
          this.#read('counts');
        }),
        catchError((cause: unknown) => this.#failed('counts', cause)),
      ),
    );
  }

  #prompts(): Observable<unknown> {
    return this.#prompted.pipe(
      startWith(null),
      switchMap(() =>
        aborting((signal) => this.#client.prompts({ signal })).pipe(
          map((prompts) => {
            this.#show({ prompts });
            this.#read('prompts');
          }),
          catchError((cause: unknown) => this.#failed('prompts', cause)),
        ),
      ),
    );
  }

  /** Given up for good (a token that is refused), it begins again when somebody asks. */
  #notices(): Observable<NotificationMessage> {
    return this.#client.notifications().pipe(
      catchError((cause: unknown) => {
        this.#show({ reconnecting: true });
        this.#fail('notices', cause);
        return this.#retry.pipe(
          take(1),
          switchMap(() => defer(() => this.#notices())),
        );
      }),
    );
  }

  #hear(message: NotificationMessage): void {
    switch (message.type) {
      case 'connected': {
        // The lists were read when there was no socket yet, or while it was down: once more, what happened in between is in it.
        this.#show({ reconnecting: false });
        this.#read('notices');
        this.#again.next();
        return;
      }
      case 'reconnecting':
        this.#show({ reconnecting: true });
        return;
      case 'task-created':
      case 'task-status':
      case 'task-deleted': {
        this.#told.next(message);
        if (message.type === 'task-deleted' && message.taskId === this.state.value.selected) this.select(null);
        return;
      }
      default:
    }
  }

  /** What was done shows when the service tells it; it is also asked for, in case the socket is down. */
  async #done<T>(work: Promise<T>): Promise<T> {
    try {
      const answer = await work;
      this.#again.next();
      return answer;
    } catch (cause) {
      throw AssistantError.from(cause);
    }
  }

  #failed(part: Part, cause: unknown): Observable<never> {
    this.#fail(part, cause);
    return EMPTY;
  }

  #fail(part: Part, cause: unknown): void {
    const facts = AssistantError.from(cause).toFacts();
    // What was loaded stays on the screen; only a list that never was there is an error itself.
    if (part === 'list' && this.state.value.phase !== 'ready') {
      this.#show({ phase: 'error', error: facts });
      return;
    }
    this.#failures.delete(part);
    this.#failures.set(part, facts);
    this.#show({ notice: facts });
  }

  /** It could be read this time. */
  #read(part: Part): void {
    if (this.#failures.delete(part)) this.#show({ notice: [...this.#failures.values()].at(-1) ?? null });
  }

  #show(changes: Partial<TasksState>): void {
    this.state.next({ ...this.state.value, ...changes });
  }
}
