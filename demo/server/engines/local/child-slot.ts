import { EngineFailedError } from '../engine.ts';
import type { FromChild } from './child-messages.ts';
import { ForkedChild } from './forked-child.ts';

/** One place in a pool: its child, the calls under way in it, and when a dead child may come back. */

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: unknown;
  readonly credit: number | null;
  startedIn(slot: ChildSlot): void;
  part(part: unknown): void;
  result(value: unknown): void;
  fail(error: unknown): void;
}

export interface ChildSlotOptions {
  readonly name: string;
  readonly data: unknown;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly startTimeoutMs: number;
  /** Whether a child that died starts again at once, not only at the next call. */
  readonly restart: boolean;
  log(line: string): void;
  /** A place became free or the child went: the pool looks again. */
  changed(): void;
  startFailed(error: Error): void;
}

/** First restart is immediate, then 250 ms doubling to 30 s while starts or first calls keep failing. */
const BACKOFF_FIRST_MS = 250;
const BACKOFF_LAST_MS = 30_000;

interface UnderWay {
  readonly call: Call;
  /** Parts the child may still send. */
  credit: number;
  timer: NodeJS.Timeout | undefined;
}

export class ChildSlot {
  readonly #script: URL;
  readonly #options: ChildSlotOptions;
  readonly #underWay = new Map<number, UnderWay>();
  #child: ForkedChild | null = null;
  #ready = false;
  #starting: PromiseWithSettle | null = null;
  #failures = 0;
  #backoff: NodeJS.Timeout | undefined;
  #asleep = false;
  #closed = false;

  constructor(script: URL, options: ChildSlotOptions) {
    this.#script = script;
    this.#options = options;
  }

  /** Places for further calls now. */
  get free(): number {
    return this.#ready ? this.#options.concurrency - this.#underWay.size : 0;
  }

  get idle(): boolean {
    return this.#ready && this.#underWay.size === 0;
  }

  /** Down, and not to be started before its backoff ends. */
  get resting(): boolean {
    return this.#backoff !== undefined;
  }

  /** Resolves when the child is set up. */
  start(): Promise<void> {
    if (this.#closed) return Promise.reject(new EngineFailedError(`${this.#options.name}: the engine is closed`));
    if (this.#ready) return Promise.resolve();
    if (this.#starting === null) this.#fork();
    return this.#starting?.promise ?? Promise.resolve();
  }

  /** Starts a child that is down, unless it has to wait. */
  wake(): void {
    if (this.#child === null && !this.resting && !this.#closed) this.#fork();
  }

  run(call: Call): void {
    const underWay: UnderWay = { call, credit: call.credit ?? 1, timer: undefined };
    this.#underWay.set(call.id, underWay);
    call.startedIn(this);
    this.#watch(underWay);
    this.#child?.send({ type: 'call', id: call.id, method: call.method, args: call.args, credit: call.credit });
  }

  more(id: number): void {
    const underWay = this.#underWay.get(id);
    if (underWay === undefined) return;
    underWay.credit++;
    this.#watch(underWay);
    this.#child?.send({ type: 'more', id });
  }

  /** The place stays taken until the child says that it has ended: native work cannot be stopped. */
  cancel(id: number): void {
    this.#child?.send({ type: 'cancel', id });
  }

  /** Ends an idle child; the next call starts another. */
  sleep(): void {
    if (!this.idle) return;
    this.#ready = false;
    this.#asleep = true;
    void this.#child?.stop();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#backoff);
    this.#failAll(new EngineFailedError(`${this.#options.name}: the engine is closed`));
    await this.#child?.stop();
  }

  #fork(): void {
    this.#starting = withSettle();
    const timer = setTimeout(() => this.#child?.kill(), this.#options.startTimeoutMs);
    this.#child = new ForkedChild(this.#script, this.#options.data, {
      message: (message) => {
        if (message.type === 'ready') clearTimeout(timer);
        this.#hear(message);
      },
      gone: (why) => {
        clearTimeout(timer);
        this.#gone(why);
      },
    });
  }

  #hear(message: FromChild): void {
    if (message.type === 'ready') {
      this.#ready = true;
      this.#starting?.resolve();
      this.#starting = null;
      this.#options.changed();
    } else if (message.type === 'broken') {
      this.#startFailed(message.message);
    } else {
      this.#answered(message);
    }
  }

  #answered(message: Extract<FromChild, { id: number }>): void {
    const underWay = this.#underWay.get(message.id);
    if (underWay === undefined) return;
    if (message.type === 'part') {
      underWay.credit--;
      this.#watch(underWay);
      underWay.call.part(message.part);
      return;
    }
    this.#failures = 0;
    clearTimeout(underWay.timer);
    this.#underWay.delete(message.id);
    if (message.type === 'result') underWay.call.result(message.value);
    else underWay.call.fail(new EngineFailedError(`${this.#options.name}: ${message.message}`));
    this.#options.changed();
  }

  /** Time runs only while it is the child's turn. */
  #watch(underWay: UnderWay): void {
    clearTimeout(underWay.timer);
    if (underWay.credit <= 0) return;
    underWay.timer = setTimeout(() => {
      this.#options.log(`${this.#options.name}: no answer for ${String(this.#options.timeoutMs)} ms, the child is killed`);
      underWay.call.fail(new EngineFailedError(`${this.#options.name}: no answer in time`));
      this.#child?.kill();
    }, this.#options.timeoutMs);
    underWay.timer.unref();
  }

  #gone(why: string): void {
    this.#child = null;
    this.#ready = false;
    this.#startFailed(why);
    this.#failAll(new EngineFailedError(`${this.#options.name}: the engine stopped (${why})`));
    if (this.#closed) return;
    if (!this.#asleep) {
      this.#options.log(`${this.#options.name}: the child is gone (${why})`);
      this.#scheduleRestart();
    }
    this.#asleep = false;
    this.#options.changed();
  }

  #startFailed(why: string): void {
    if (this.#starting === null) return;
    const error = new EngineFailedError(`${this.#options.name}: the engine did not start (${why})`);
    this.#starting.reject(error);
    this.#starting = null;
    this.#options.startFailed(error);
  }

  #scheduleRestart(): void {
    const failures = this.#failures++;
    if (failures === 0) {
      if (this.#options.restart) this.wake();
      return;
    }
    this.#backoff = setTimeout(
      () => {
        this.#backoff = undefined;
        if (this.#options.restart) this.wake();
        this.#options.changed();
      },
      Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** (failures - 1)),
    );
    this.#backoff.unref();
  }

  #failAll(error: Error): void {
    for (const underWay of this.#underWay.values()) {
      clearTimeout(underWay.timer);
      underWay.call.fail(error);
    }
    this.#underWay.clear();
  }
}

interface PromiseWithSettle {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

function withSettle(): PromiseWithSettle {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // A start that nobody waits for must not count as an unhandled rejection: startFailed tells it.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
