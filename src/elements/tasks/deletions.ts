import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What somebody wants deleted, while it can still be kept: nothing is asked of the service before its time is up. */

export interface Deletion {
  readonly taskId: string;
  readonly name: string;
  /** Whole seconds that are left. */
  readonly left: number;
}

const SECOND_MS = 1_000;

export class Deletions implements ReactiveController {
  /** Somebody is at the button that keeps it: no time passes. */
  held = false;
  readonly #host: ReactiveControllerHost;
  readonly #seconds: () => number;
  readonly #remove: (taskId: string) => void;
  readonly #waiting = new Map<string, Deletion>();
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, seconds: () => number, remove: (taskId: string) => void) {
    this.#host = host;
    this.#seconds = seconds;
    this.#remove = remove;
    host.addController(this);
  }

  /** Who leaves the page deletes nothing. */
  hostDisconnected(): void {
    this.#waiting.clear();
    this.#stopClock();
    this.held = false;
  }

  get all(): readonly Deletion[] {
    return [...this.#waiting.values()];
  }

  has(taskId: string): boolean {
    return this.#waiting.has(taskId);
  }

  ask(taskId: string, name: string): void {
    if (this.#waiting.has(taskId)) return;
    this.#waiting.set(taskId, { taskId, name, left: Math.max(1, Math.round(this.#seconds()) || 1) });
    this.#clock ??= setInterval(this.#tick, SECOND_MS);
    this.#host.requestUpdate();
  }

  keep(taskId: string): void {
    this.#waiting.delete(taskId);
    this.#settle();
  }

  now(taskId: string): void {
    if (this.#waiting.delete(taskId)) this.#remove(taskId);
    this.#settle();
  }

  readonly #tick = (): void => {
    if (this.held) return;
    for (const each of this.#waiting.values()) {
      if (each.left <= 1) this.now(each.taskId);
      else this.#waiting.set(each.taskId, { ...each, left: each.left - 1 });
    }
    this.#settle();
  };

  #settle(): void {
    if (this.#waiting.size === 0) {
      this.#stopClock();
      this.held = false;
    }
    this.#host.requestUpdate();
  }

  #stopClock(): void {
    clearInterval(this.#clock);
    this.#clock = undefined;
  }
}
