import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { counted } from '../counted.ts';
import { noTasks, type LivestreamTask, type TaskQuery, type TasksDesk, type TasksState } from '../../session/tasks.ts';
import { fill } from '../strings.ts';
import { VivaErrorEvent } from '../events.ts';
import { Work } from '../streams/work.ts';
import type { TaskAct } from '../task-detail/task-head.ts';
import { Deletions } from './deletions.ts';
import { DeskLink } from '../desk-link.ts';
import { newsSentence, type TaskNews } from './news-sentence.ts';
import { PlaceInHash } from './place-in-hash.ts';
import { SpokenNews } from './spoken-news.ts';
import { VivaTaskChangeEvent, VivaTaskSelectEvent } from './task-events.ts';
import { everyTask, sameQuery, startingPlace, type TaskPlace, type TaskView } from './task-hash.ts';
import type { TaskWords } from './task-strings.ts';

/** What somebody does with the tasks by hand: where they are, what they asked for, what is about to be deleted. */

/** Typing is over when nothing was typed so long; scrolling too, ms. */
const SETTLED_MS = 250;

export interface Bench extends ReactiveControllerHost, HTMLElement {
  readonly words: TaskWords;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly nohash: boolean;
  readonly undoSeconds: number;
  openDesk(): Promise<TasksDesk>;
  /** The list shall show this row. */
  toRow(row: number): void;
  /** What was looked at is not any more. */
  focusList(): void;
  /** Another task is looked at. */
  focusDetail(): void;
}

export class Workbench implements ReactiveController {
  place: TaskPlace = startingPlace;
  readonly link: DeskLink<TasksState, TasksDesk>;
  readonly work: Work;
  readonly news: SpokenNews<TaskNews>;
  readonly deletions: Deletions;
  readonly #bench: Bench;
  readonly #hash: PlaceInHash;
  /** Those of which the service was asked to delete them. */
  readonly #removing = new Set<string>();
  /** Somebody waits to hear how many are found. */
  #finding = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(bench: Bench) {
    this.#bench = bench;
    bench.addController(this);
    const failed = (facts: ConstructorParameters<typeof VivaErrorEvent>[0]): void => {
      bench.dispatchEvent(new VivaErrorEvent(facts));
    };
    this.work = new Work(bench, failed);
    this.news = new SpokenNews(bench, (news) => newsSentence(news, bench.words));
    this.deletions = new Deletions(
      bench,
      () => bench.undoSeconds,
      (taskId) => this.#remove(taskId),
    );
    this.#hash = new PlaceInHash(
      bench,
      () => !bench.nohash,
      (place) => this.go(place, null),
    );
    this.link = new DeskLink(bench, noTasks, {
      connect: () => bench.openDesk(),
      began: (desk) => this.#began(desk),
      changed: (state, before) => this.#changed(state, before),
      failed,
    });
  }

  hostConnected(): void {
    this.place = this.#hash.read();
  }

  hostDisconnected(): void {
    clearTimeout(this.#settling);
  }

  get state(): TasksState {
    return this.link.state;
  }

  get leaving(): ReadonlyMap<string, 'soon' | 'now'> {
    const soon = this.deletions.all.map(({ taskId }) => [taskId, 'soon'] as const);
    return new Map([...[...this.#removing].map((taskId) => [taskId, 'now'] as const), ...soon]);
  }

  /** `how`: null where the page's address says so already. */
  go(place: TaskPlace, how: 'push' | 'replace' | null): void {
    const before = this.place;
    this.place = place;
    if (how !== null) this.#hash.write(place, how);
    const { desk } = this.link;
    if (!sameQuery(place.query, before.query)) desk?.find(place.query);
    if (how === null && place.row !== before.row) this.#bench.toRow(place.row);
    if (place.task !== before.task) {
      desk?.select(place.task);
      this.#bench.dispatchEvent(new VivaTaskSelectEvent(place.task));
    }
    this.#bench.requestUpdate();
  }

  choose(task: string | null): void {
    this.go({ ...this.place, task, view: task === null ? this.place.view : startingPlace.view }, 'push');
    if (task === null) this.#bench.focusList();
    else this.#bench.focusDetail();
  }

  view(view: TaskView): void {
    this.go({ ...this.place, view }, 'push');
  }

  find(change: Partial<TaskQuery>, how: 'push' | 'replace' = 'push'): void {
    this.go({ ...this.place, query: { ...this.place.query, ...change }, row: 0 }, how);
    this.#finding = true;
    this.#bench.toRow(0);
  }

  findAll(): void {
    const { sortBy, order } = this.place.query;
    this.find({ ...everyTask, sortBy, order });
  }

  typed(search: string): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.find({ search: search.trim() }, 'replace'), SETTLED_MS);
  }

  look(first: number, end: number, row: number): void {
    this.link.desk?.look(first, end);
    if (row !== this.place.row) this.go({ ...this.place, row }, 'replace');
  }

  act(act: TaskAct, { id, name }: Pick<LivestreamTask, 'id' | 'name'>): void {
    const { desk } = this.link;
    const { words } = this.#bench;
    if (act === 'back') this.choose(null);
    else if (act === 'delete') {
      this.deletions.ask(id, name);
      this.news.now(fill(words.taskDeleteSoon, { name }));
    } else if (act === 'keep') {
      this.deletions.keep(id);
      this.news.now(fill(words.taskKept, { name }));
    } else if (act === 'analyse') void this.work.run(`analyse ${id}`, async () => desk?.analyse(id));
    else if (act !== 'print') void this.work.run(`${act} ${id}`, async () => desk?.listen(id, act === 'listen'));
  }

  /** What was asked of this task and is not answered yet. */
  busy(id: string): ReadonlySet<TaskAct> {
    return new Set([
      ...(['listen', 'stop', 'analyse'] as const).filter((act) => this.work.busy(`${act} ${id}`)),
      ...(this.#removing.has(id) ? (['delete'] as const) : []),
    ]);
  }

  #began(desk: TasksDesk): void {
    if (!sameQuery(this.place.query, desk.state.value.query)) desk.find(this.place.query);
    if (this.place.task !== null) desk.select(this.place.task);
    if (this.place.row > 0) this.#bench.toRow(this.place.row);
  }

  #changed({ phase, list, news }: TasksState, before: TasksState): void {
    if (this.#finding && phase === 'ready' && before.phase !== 'ready') {
      const { words } = this.#bench;
      this.#finding = false;
      this.news.now(counted(words, 'tasksFound', list.total));
    }
    if (news === null || news === before.news) return;
    this.news.add(news);
    this.#bench.dispatchEvent(new VivaTaskChangeEvent(news.taskId, news.name, news.status));
    if (news.status !== 'deleted') return;
    this.deletions.keep(news.taskId);
    if (news.taskId !== this.place.task) return;
    this.go({ ...this.place, task: null }, 'replace');
    this.#bench.focusList();
  }

  #remove(taskId: string): void {
    this.#removing.add(taskId);
    void this.work
      .run(`remove ${taskId}`, async () => this.link.desk?.remove(taskId))
      .then(() => {
        this.#removing.delete(taskId);
        this.#bench.requestUpdate();
      });
  }
}
