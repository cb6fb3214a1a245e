import type { FromChild, ToChild } from './child-messages.ts';

/** The child's side of a pool: serves methods over the IPC channel and exits when the channel closes. */

export interface ChildContext {
  /** Aborted when the caller gave up; native work cannot stop, loops should. */
  readonly signal: AbortSignal;
}

/** A method answers with one value, or with an AsyncIterable when it was called by `stream`. */
export type ChildMethod = (args: never, context: ChildContext) => unknown;

export type ChildMethods = Readonly<Record<string, ChildMethod>>;

/**
 * Serves `methods`, or what a set-up function makes of the pool's `data`. Ready is told when the set-up is done. Never returns control to
 * a parent that is gone: no orphan survives its gateway.
 */
export function serveChild(methods: ChildMethods | ((data: never) => ChildMethods | Promise<ChildMethods>)): void {
  if (process.send === undefined) throw new Error('this file is started by a child pool');
  const running = new Map<number, Running>();
  let served: ChildMethods | null = null;

  // The terminal sends SIGINT to the whole group; it is the parent that decides when its engines end.
  process.on('SIGINT', ignore);
  process.on('SIGTERM', ignore);
  process.once('disconnect', () => process.exit(0));
  process.on('message', (message: ToChild) => {
    switch (message.type) {
      case 'start':
        void setUp(message.data);
        break;
      case 'call':
        void answer(message);
        break;
      case 'more':
        running.get(message.id)?.grant();
        break;
      case 'cancel':
        running.get(message.id)?.cancel();
        break;
    }
  });

  async function setUp(data: unknown): Promise<void> {
    try {
      served = typeof methods === 'function' ? await methods(data as never) : methods;
      tell({ type: 'ready' });
    } catch (error) {
      process.send?.({ type: 'broken', message: messageOf(error) } satisfies FromChild, () => process.exit(1));
    }
  }

  async function answer(call: Extract<ToChild, { type: 'call' }>): Promise<void> {
    const run = new Running(call.credit ?? 0);
    running.set(call.id, run);
    try {
      const method = served?.[call.method];
      if (method === undefined) throw new Error(`no such method: ${call.method}`);
      const outcome: unknown = await method(call.args as never, { signal: run.signal });
      if (call.credit === null) {
        tell({ type: 'result', id: call.id, value: outcome });
        return;
      }
      if (!isAsyncIterable(outcome)) throw new Error(`${call.method} does not stream`);
      for await (const part of outcome) {
        await run.credit();
        if (run.signal.aborted) break;
        tell({ type: 'part', id: call.id, part });
      }
      tell({ type: 'result', id: call.id, value: undefined });
    } catch (error) {
      tell({ type: 'error', id: call.id, message: messageOf(error) });
    } finally {
      running.delete(call.id);
    }
  }
}

/** One call under way: its signal, and how many parts may still be sent. */
class Running {
  readonly #controller = new AbortController();
  #credit: number;
  #wake: () => void = ignore;

  constructor(credit: number) {
    this.#credit = credit;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Resolves when a part may be sent, or when the call is cancelled. */
  async credit(): Promise<void> {
    if (this.#credit <= 0 && !this.signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#credit--;
  }

  grant(): void {
    this.#credit++;
    this.#wake();
  }

  cancel(): void {
    this.#controller.abort();
    this.#wake();
  }
}

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function ignore(): void {
  // Deliberately nothing: see the callers.
}
