import { EngineBusyError } from '../engine.ts';
import type { Call, ChildSlot } from './child-slot.ts';

/** One call of a pool from its order to its end, told exactly once. */

export interface CallOptions {
  readonly signal: AbortSignal;
  /** `interim`: may be dropped (EngineBusyError) in favour of normal calls, which go first. Default `normal`. */
  readonly priority?: 'normal' | 'interim';
}

export interface Order {
  readonly method: string;
  readonly args: unknown;
  readonly credit: number | null;
  readonly options: CallOptions;
  part(part: unknown): void;
  result(value: unknown): void;
  fail(error: unknown): void;
}

export class QueuedCall implements Call {
  readonly id: number;
  readonly droppable: boolean;
  readonly #order: Order;
  readonly #name: string;
  readonly #leaveQueue: (call: QueuedCall) => boolean;
  #slot: ChildSlot | null = null;
  #settled = false;

  constructor(id: number, order: Order, leaveQueue: (call: QueuedCall) => boolean, name: string) {
    this.id = id;
    this.droppable = order.options.priority === 'interim';
    this.#order = order;
    this.#name = name;
    this.#leaveQueue = leaveQueue;
    order.options.signal.addEventListener('abort', this.#aborted, { once: true });
  }

  get method(): string {
    return this.#order.method;
  }

  get args(): unknown {
    return this.#order.args;
  }

  get credit(): number | null {
    return this.#order.credit;
  }

  startedIn(slot: ChildSlot): void {
    this.#slot = slot;
  }

  drop(): void {
    this.fail(new EngineBusyError(`${this.#name}: dropped for a call that matters more`));
  }

  more(): void {
    if (!this.#settled) this.#slot?.more(this.id);
  }

  /** The caller no longer wants it. */
  giveUp(reason: unknown): void {
    if (this.#settled) return;
    if (!this.#leaveQueue(this)) this.#slot?.cancel(this.id);
    this.fail(reason);
  }

  part(part: unknown): void {
    if (!this.#settled) this.#order.part(part);
  }

  result(value: unknown): void {
    if (this.#settle()) this.#order.result(value);
  }

  fail(error: unknown): void {
    if (this.#settle()) this.#order.fail(error);
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#order.options.signal.removeEventListener('abort', this.#aborted);
    return true;
  }

  readonly #aborted = (): void => this.giveUp(this.#order.options.signal.reason);
}
