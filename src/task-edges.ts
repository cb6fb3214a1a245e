import { BehaviorSubject, catchError, EMPTY, filter, fromEvent, merge, of, Subject, switchMap } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import { LivestreamClient } from './protocols/livestream/client.ts';
import type { LivestreamOptions } from './protocols/livestream/client.ts';
import type { TaskNotice } from './protocols/livestream/codec-notices.ts';
import type { NotificationMessage } from './protocols/livestream/notifications.ts';
import { noTasks } from './session/tasks.ts';
import type { NewTaskWish, PastTaskWish, TaskPrompt, TaskQuery, TasksDesk, TasksState } from './session/tasks.ts';
import { AssistantError } from './shared/errors.ts';
import type { ErrorFacts } from './shared/errors.ts';
import { aborting, taskDetail } from './task-detail.ts';
import type { DetailEvent } from './task-detail.ts';
import { PAGE } from './task-list.ts';
import { statusChange } from './task-news.ts';
import { counts, news, notices, prompts } from './task-readings.ts';
import type { Reading } from './task-readings.ts';
import { taskWindow } from './task-window.ts';
import type { WindowEvent, WindowPage } from './task-window.ts';

/** The composition root of livestream tasks: a gateway's API made into state and wishes. */

export type TasksDeskOptions = Omit<LivestreamOptions, 'retry$'>;

/** Opens nothing before `start`. Throws `bad-option`. */
export const createTasksDesk = (options: TasksDeskOptions): TasksDesk => new GatewayTasks(options);

type Part = 'list' | 'counts' | 'prompts' | 'task' | 'notices';

class GatewayTasks implements TasksDesk {
  readonly state = new BehaviorSubject<TasksState>(noTasks);
  readonly #client: LivestreamClient;
  readonly #query = new BehaviorSubject<TaskQuery>(noTasks.query);
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
    const again$ = merge(this.#told, this.#again);
    running.add(news(this.#told).subscribe((newest) => this.#show({ news: newest })));
    running.add(counts(this.#client, again$).subscribe((stats) => this.#take('counts', stats, (value) => ({ stats: value }))));
    running.add(
      prompts(this.#client, this.#prompted).subscribe((all) => this.#take('prompts', all, (value) => ({ prompts: value }))),
    );
    running.add(notices(this.#client, this.#retry).subscribe((message) => this.#hear(message)));
  }

  dispose(): void {
    this.#running?.unsubscribe();
    this.#running = null;
  }

  find(query: TaskQuery): void {
    const { phase } = this.state.value;
    this.#looked.next({ first: 0, end: 1 });
    this.#show({ query, list: noTasks.list, phase: phase === 'idle' ? 'idle' : 'loading', error: null });
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

  async create(wish: NewTaskWish, progress: (percentage: number | null) => void): Promise<string> {
    return (await this.#done(this.#client.create(wish, { progress }))).id;
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
    const { phase, query } = this.state.value;
    for (const part of [...this.#failures.keys()]) this.#read(part);
    this.#retry.next();
    this.#prompted.next();
    this.#afresh();
    if (phase === 'error') this.find(query);
  }

  /** Reads again what there is of list, counts and task. */
  #afresh(): void {
    const { selected, detail } = this.state.value;
    this.#read('task');
    this.#again.next();
    // What failed whole begins anew.
    if (selected !== null && detail === null) this.#selected.next(selected);
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
    return taskDetail(this.#client, id, changed$).pipe(
      catchError((cause: unknown) => of<DetailEvent>({ type: 'failed', cause })),
    );
  }

  #detailed(event: DetailEvent): void {
    if (event.type === 'failed') this.#fail('task', event.cause);
    else this.#show({ detail: event.detail });
  }

  #hear(message: NotificationMessage | { readonly type: 'lost'; readonly cause: unknown }): void {
    switch (message.type) {
      case 'lost':
        this.#show({ reconnecting: true });
        this.#fail('notices', message.cause);
        return;
      case 'connected': {
        // The lists were read when there was no socket yet, or while it was down: once more, what happened in between is in it.
        this.#show({ reconnecting: false });
        this.#read('notices');
        this.#afresh();
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

  #take<T>(part: Part, reading: Reading<T>, shown: (value: T) => Partial<TasksState>): void {
    if (!reading.read) this.#fail(part, reading.cause);
    else {
      this.#show(shown(reading.value));
      this.#read(part);
    }
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
