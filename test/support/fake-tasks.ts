import { BehaviorSubject } from 'rxjs';
import type {
  LivestreamTask,
  TaskDetail,
  TaskQuery,
  TasksDesk,
  TasksState,
  TaskStats,
  TaskStatus,
} from '../../src/session/tasks.ts';

/** A desk for tasks that does nothing but show what a test tells it and remember what it was asked: `['listen', 't-1', true]`. */

const statuses = ['completed', 'listening', 'recording', 'processing', 'pending', 'failed'] as const;
const WHEN = Date.UTC(2026, 10, 20, 14);

export const taskId = (place: number): string => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;

export const fakeTask = (place: number, changes: Partial<LivestreamTask> = {}): LivestreamTask => ({
  id: taskId(place),
  url: `https://live.example/${place}`,
  name: `Launch ${place}`,
  entity: null,
  startMs: WHEN - place * 3_600_000,
  status: statuses[place % statuses.length] ?? 'pending',
  liveId: null,
  hostName: `Host ${place}`,
  promptContent: '# Summary\n\nWhat was announced?',
  image: null,
  report: null,
  createdMs: WHEN,
  updatedMs: WHEN,
  ...changes,
});

export const fakeDetail = (task: LivestreamTask, changes: Partial<TaskDetail> = {}): TaskDetail => ({
  task,
  log: [],
  progress: null,
  manuscript: null,
  liveUrl: null,
  recordedUrl: null,
  ...changes,
});

export function statsOf(tasks: readonly LivestreamTask[]): TaskStats {
  const count = (status: TaskStatus): number => tasks.filter((task) => task.status === status).length;
  return {
    total: tasks.length,
    pending: count('pending'),
    listening: count('listening'),
    recording: count('recording'),
    processing: count('processing'),
    completed: count('completed'),
    failed: count('failed'),
  };
}

export const everything: TaskQuery = { status: null, search: '', sortBy: 'created_at', order: 'desc' };

const prompts = [
  { name: '00.default-summary.md', content: '# Summary\n\n- What was announced?\n- What does it cost?' },
  { name: '01.车企发布会摘要总结.md', content: '# 发布会\n\n## 价格' },
];

/** So many are known at once, as the contract of the desk says. */
const KEPT = 1000;

export class FakeTasks implements TasksDesk {
  readonly state: BehaviorSubject<TasksState>;
  readonly calls: (readonly unknown[])[] = [];
  /** The next wish that returns a promise fails with this. */
  refuseWith: Error | null = null;
  /** Wishes are answered when this is. */
  answer: Promise<unknown> = Promise.resolve();
  tasks: readonly LivestreamTask[];
  readonly details = new Map<string, TaskDetail>();

  constructor(tasks: readonly LivestreamTask[] = [], state: Partial<TasksState> = {}) {
    this.tasks = tasks;
    this.state = new BehaviorSubject<TasksState>({
      phase: 'ready',
      query: everything,
      list: { total: tasks.length, items: new Map() },
      stats: statsOf(tasks),
      prompts,
      selected: null,
      detail: null,
      reconnecting: false,
      error: null,
      notice: null,
      news: null,
      ...state,
    });
  }

  /** Changes a part of the state. */
  show(changes: Partial<TasksState>): void {
    this.state.next({ ...this.state.value, ...changes });
  }

  /** What the service tells of one task: the list, the counts, the detail and the news of it. */
  tell(changed: LivestreamTask): void {
    this.tasks = this.tasks.map((task) => (task.id === changed.id ? changed : task));
    const { list, detail } = this.state.value;
    const items = new Map([...list.items].map(([place, task]) => [place, task.id === changed.id ? changed : task]));
    this.show({
      list: { ...list, items },
      stats: statsOf(this.tasks),
      detail: detail?.task.id === changed.id ? { ...detail, task: changed } : detail,
      news: { taskId: changed.id, name: changed.name, status: changed.status },
    });
  }

  gone(taskId: string): void {
    const [gone] = this.tasks.filter(({ id }) => id === taskId);
    this.tasks = this.tasks.filter(({ id }) => id !== taskId);
    this.#fill(0, 40);
    this.show({ stats: statsOf(this.tasks), news: { taskId, name: gone?.name ?? '', status: 'deleted' } });
  }

  asked(name: keyof TasksDesk): readonly (readonly unknown[])[] {
    return this.calls.filter(([called]) => called === name);
  }

  start = (): void => this.#note('start');
  find = (query: TaskQuery): void => {
    this.#note('find', query);
    this.show({ query, phase: 'loading', list: { total: 0, items: new Map() } });
    void this.answer.then(() => {
      this.#fill(0, 0);
      this.show({ phase: 'ready' });
    });
  };
  look = (first: number, end: number): void => {
    this.#note('look', first, end);
    this.#fill(first, end);
  };
  select = (id: string | null): void => {
    this.#note('select', id);
    const task = this.tasks.find((each) => each.id === id);
    const detail = task === undefined ? null : (this.details.get(task.id) ?? fakeDetail(task));
    this.show({ selected: id, detail });
  };
  create: TasksDesk['create'] = (wish, progress) => {
    progress(40);
    return this.#asked(taskId(0), 'create', wish);
  };
  createPast: TasksDesk['createPast'] = (wish) => this.#asked(taskId(0), 'createPast', wish);
  listen: TasksDesk['listen'] = (...wish) => this.#asked(undefined, 'listen', ...wish);
  remove: TasksDesk['remove'] = (...wish) => this.#asked(undefined, 'remove', ...wish);
  analyse: TasksDesk['analyse'] = (...wish) => this.#asked(undefined, 'analyse', ...wish);
  savePrompt: TasksDesk['savePrompt'] = async (prompt) => {
    await this.#asked(undefined, 'savePrompt', prompt);
    const others = this.state.value.prompts.filter(({ name }) => name !== prompt.name);
    this.show({ prompts: [...others, prompt] });
  };
  retry = (): void => this.#note('retry');
  dispose = (): void => this.#note('dispose');

  /** What the query finds, known from `first` to `end` and where it was looked at before. */
  #fill(first: number, end: number): void {
    const { query, list } = this.state.value;
    const found = this.tasks.filter(
      ({ status, name, hostName }) =>
        (query.status === null || status === query.status) &&
        `${name} ${hostName ?? ''}`.toLowerCase().includes(query.search.toLowerCase()),
    );
    const before = first === 0 && end === 0 ? [] : [...list.items.keys()];
    const places = [...before, ...Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)].slice(-KEPT);
    const items = new Map(places.flatMap((place) => (found[place] === undefined ? [] : [[place, found[place]] as const])));
    this.show({ list: { total: found.length, items } });
  }

  #note(...call: readonly unknown[]): void {
    this.calls.push(call);
  }

  async #asked<T>(answer: T, ...call: readonly unknown[]): Promise<T> {
    this.#note(...call);
    const refusal = this.refuseWith;
    this.refuseWith = null;
    await this.answer;
    if (refusal !== null) throw refusal;
    return answer;
  }
}
