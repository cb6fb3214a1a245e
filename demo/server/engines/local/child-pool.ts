import { EngineBusyError, EngineFailedError } from '../engine.ts';
import { CallQueue } from './call-queue.ts';
import { ChildSlot } from './child-slot.ts';
import { QueuedCall, type CallOptions, type Order } from './queued-call.ts';

/** A pool of forked children that do the heavy work of one engine: bounded queue, abort, time limit, restart, no orphans. */

export interface ChildPoolOptions {
  /** Named in errors, e.g. `hear`. */
  readonly name: string;
  /** Given to the set-up function of `serveChild`; must survive structured clone. */
  readonly data?: unknown;
  /** Processes. Default 1. */
  readonly size?: number;
  /** Calls under way at once in each process. Default 1. */
  readonly concurrency?: number;
  /** Of those, how many interim calls may not take, so that a normal one need not wait for native work that cannot be stopped. Default 0. */
  readonly reserved?: number;
  /** Calls that may wait. Default 16. */
  readonly queueLimit?: number;
  /** A child that gives no sign of a call for so long is killed and restarted, ms. Default 20 000. */
  readonly timeoutMs?: number;
  /** How long the set-up may take, ms. Default 30 000. */
  readonly startTimeoutMs?: number;
  /** Children end after so long without a call and start again at the next one, ms. Default null = never. */
  readonly idleMs?: number | null;
  /** Told of crashes and restarts; never of speech. */
  readonly log?: (line: string) => void;
}

export interface ChildPool {
  /**
   * One result. Rejects with EngineBusyError (queue full, dropped, or the child is not up again yet), EngineFailedError (the method threw,
   * the child died or gave no answer in time), or the signal's reason.
   */
  call<T>(method: string, args: unknown, options: CallOptions): Promise<T>;
  /** Many results, as they come; the child is held back when they are not taken. Starts when it is iterated; same errors. */
  stream<T>(method: string, args: unknown, options: CallOptions): AsyncIterable<T>;
  /** Resolves when every child is set up. Rejects with EngineFailedError, told why. */
  warm(): Promise<void>;
  /** Fails what is under way, ends the children. */
  close(): Promise<void>;
}

/** Parts of a stream that may be under way before the consumer took one. */
const STREAM_CREDIT = 32;

export function childPool(script: URL, options: ChildPoolOptions): ChildPool {
  return new Pool(script, options);
}

class Pool implements ChildPool {
  readonly #name: string;
  readonly #queue: CallQueue<QueuedCall>;
  readonly #slots: readonly ChildSlot[];
  readonly #reserved: number;
  readonly #idleMs: number | null;
  #idleTimer: NodeJS.Timeout | undefined;
  #nextId = 1;
  #closed = false;

  constructor(script: URL, options: ChildPoolOptions) {
    this.#name = options.name;
    this.#reserved = options.reserved ?? 0;
    this.#idleMs = options.idleMs ?? null;
    this.#queue = new CallQueue(options.queueLimit ?? 16);
    this.#slots = Array.from(
      { length: options.size ?? 1 },
      () =>
        new ChildSlot(script, {
          name: options.name,
          data: options.data,
          concurrency: options.concurrency ?? 1,
          timeoutMs: options.timeoutMs ?? 20_000,
          startTimeoutMs: options.startTimeoutMs ?? 30_000,
          restart: this.#idleMs === null,
          log: options.log ?? (() => undefined),
          changed: () => this.#pump(),
          startFailed: (error) => this.#failWaiting(error),
        }),
    );
  }

  async warm(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.start()));
    this.#pump();
  }

  call<T>(method: string, args: unknown, options: CallOptions): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#submit({
        method,
        args,
        credit: null,
        options,
        part: () => undefined,
        result: (value) => resolve(value as T),
        fail: reject,
      });
    });
  }

  async *stream<T>(method: string, args: unknown, options: CallOptions): AsyncGenerator<T, void, undefined> {
    const parts: T[] = [];
    const end: { reached: boolean; failure: { readonly error: unknown } | null } = { reached: false, failure: null };
    let wake = (): void => undefined;
    const call = this.#submit({
      method,
      args,
      credit: STREAM_CREDIT,
      options,
      part: (part) => {
        parts.push(part as T);
        wake();
      },
      result: () => {
        end.reached = true;
        wake();
      },
      fail: (error) => {
        if (options.signal.aborted) parts.length = 0;
        end.failure = { error };
        wake();
      },
    });
    try {
      for (;;) {
        const part = parts.shift();
        if (part !== undefined) {
          call.more();
          yield part;
        } else if (end.failure !== null) {
          throw end.failure.error;
        } else if (end.reached) {
          return;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      call.giveUp(new EngineFailedError(`${this.#name}: the stream was left`));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    this.#failWaiting(new EngineFailedError(`${this.#name}: the engine is closed`));
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }

  #submit(order: Order): QueuedCall {
    const call = new QueuedCall(this.#nextId++, order, (left) => this.#queue.remove(left), this.#name);
    if (order.options.signal.aborted) call.fail(order.options.signal.reason);
    else if (this.#closed) call.fail(new EngineFailedError(`${this.#name}: the engine is closed`));
    else if (this.#queue.offer(call)) this.#pump();
    else call.fail(new EngineBusyError(`${this.#name}: too many calls are waiting`));
    return call;
  }

  #pump(): void {
    clearTimeout(this.#idleTimer);
    for (;;) {
      const free = this.#slots.reduce((most, slot) => (slot.free > most.free ? slot : most));
      if (free.free === 0) break;
      const call = this.#queue.take(free.free > this.#reserved);
      if (call === undefined) break;
      free.run(call);
    }
    if (this.#queue.length > 0) {
      // Only a slot that is down and may start does; the failure of that start fails the waiting calls.
      for (const slot of this.#slots) slot.wake();
      if (this.#slots.every((slot) => slot.resting))
        this.#failWaiting(new EngineBusyError(`${this.#name}: the engine is being restarted`));
    } else if (this.#idleMs !== null && this.#slots.every((slot) => slot.idle)) {
      this.#idleTimer = setTimeout(() => this.#rest(), this.#idleMs);
      this.#idleTimer.unref();
    }
  }

  #rest(): void {
    for (const slot of this.#slots) slot.sleep();
  }

  #failWaiting(error: Error): void {
    for (const call of this.#queue.drain()) call.fail(error);
  }
}
