import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { TasksDesk, TasksState } from '../../session/tasks.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { everyTask } from './task-hash.ts';

/** The desk of an element that is on the page: made when it comes, let go when it has left, not when it only moves. */

const nothingYet: TasksState = {
  phase: 'idle',
  query: everyTask,
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

export interface DeskLinkTurns {
  readonly connect: () => Promise<TasksDesk>;
  /** It is there and was started. */
  readonly began: (desk: TasksDesk) => void;
  readonly changed: (state: TasksState, before: TasksState) => void;
  readonly failed: (facts: ErrorFacts) => void;
}

export class DeskLink implements ReactiveController {
  desk: TasksDesk | null = null;
  state = nothingYet;
  readonly #host: ReactiveControllerHost & Node;
  readonly #turns: DeskLinkTurns;
  #subscription: { unsubscribe(): void } | null = null;
  /** Only the desk of the last wish is taken. */
  #wish = 0;

  constructor(host: ReactiveControllerHost & Node, turns: DeskLinkTurns) {
    this.#host = host;
    this.#turns = turns;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.desk === null) void this.begin();
  }

  hostDisconnected(): void {
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.leave();
    });
  }

  async begin(): Promise<void> {
    const wish = ++this.#wish;
    try {
      const desk = await this.#turns.connect();
      if (wish !== this.#wish || !this.#host.isConnected) {
        desk.dispose();
        return;
      }
      this.desk = desk;
      this.#subscription = desk.state.subscribe((state) => {
        const before = this.state;
        this.state = state;
        this.#turns.changed(state, before);
        this.#host.requestUpdate();
      });
      desk.start();
      this.#turns.began(desk);
    } catch (cause) {
      if (!(cause instanceof AssistantError)) throw cause;
      this.state = { ...nothingYet, phase: 'error', error: cause.toFacts() };
      this.#turns.failed(cause.toFacts());
    }
    this.#host.requestUpdate();
  }

  leave(): void {
    this.#wish++;
    this.#subscription?.unsubscribe();
    this.#subscription = null;
    this.desk?.dispose();
    this.desk = null;
    this.state = nothingYet;
  }

  again(): void {
    this.leave();
    void this.begin();
    this.#host.requestUpdate();
  }
}
