import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineBusyError, EngineFailedError } from '../../../../demo/server/engines/engine.ts';
import { childPool, type ChildPool, type ChildPoolOptions } from '../../../../demo/server/engines/local/child-pool.ts';

const script = new URL('./pool-child.ts', import.meta.url);
const pools: ChildPool[] = [];
const signal = new AbortController().signal;

function pool(options: Partial<ChildPoolOptions> = {}): ChildPool {
  const made = childPool(script, { name: 'test', data: {}, ...options });
  pools.push(made);
  return made;
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** A busy machine may take its time to start a process. */
const until = (condition: () => boolean | Promise<boolean>): Promise<boolean> =>
  vi.waitUntil(condition, { timeout: 8000, interval: 20 });

async function collect<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((each) => each.close()));
});

describe('a call', () => {
  it('is answered, with typed arrays as they are and the data of the pool', async () => {
    const engine = pool({ data: { greeting: 'good day' } });
    expect(await engine.call('greet', 'Ada', { signal })).toBe('good day Ada');
    expect(await engine.call('sum', new Int16Array([1, 2, -5]).subarray(1), { signal })).toBe(-3);
  });

  it('rejects with EngineFailedError, the words kept, when the method throws or does not exist', async () => {
    const engine = pool();
    await expect(engine.call('throw', 'bad sample rate', { signal })).rejects.toThrow(
      new EngineFailedError('test: bad sample rate'),
    );
    await expect(engine.call('nothing', 0, { signal })).rejects.toThrow('no such method');
  });

  it('rejects at once with the reason of its signal, waiting or under way, and frees the place', async () => {
    const engine = pool();
    const first = new AbortController();
    const second = new AbortController();
    const held = engine.call('hold', 'a', { signal: first.signal });
    const waiting = engine.call('greet', 'b', { signal: second.signal });
    second.abort(new Error('not needed'));
    await expect(waiting).rejects.toThrow('not needed');
    first.abort(new Error('hung up'));
    await expect(held).rejects.toThrow('hung up');
    expect(await engine.call('greet', 'c', { signal })).toBe('hello c');
    await expect(engine.call('greet', 'd', { signal: first.signal })).rejects.toThrow('hung up');
  });

  it('gives the child no secrets', async () => {
    vi.stubEnv('SOME_API_KEY', 'x');
    vi.stubEnv('JWT_SECRET', 'x');
    const names = await pool().call<string[]>('environment', 0, { signal });
    vi.unstubAllEnvs();
    expect(names).toContain('PATH');
    expect(names).not.toContain('SOME_API_KEY');
    expect(names).not.toContain('JWT_SECRET');
  });
});

describe('the queue', () => {
  it('is bounded: one call too many is busy', async () => {
    const engine = pool({ queueLimit: 1 });
    await engine.warm();
    const held = engine.call('hold', 'a', { signal });
    const waiting = engine.call('greet', 'x', { signal });
    await expect(engine.call('greet', 'y', { signal })).rejects.toThrow(EngineBusyError);
    const ended = [held, waiting].map((each) => expect(each).rejects.toThrow('closed'));
    await engine.close();
    await Promise.all(ended);
  });

  it('runs a waiting normal call before a waiting interim one', async () => {
    const engine = pool();
    const order: string[] = [];
    const first = engine.call('greet', '0', { signal });
    const interim = engine.call('greet', '1', { signal, priority: 'interim' }).then(() => order.push('interim'));
    const normal = engine.call('greet', '2', { signal }).then(() => order.push('normal'));
    await Promise.all([first, interim, normal]);
    expect(order).toEqual(['normal', 'interim']);
  });

  it('when full drops the oldest interim call for a normal one, and refuses another interim one', async () => {
    const engine = pool({ queueLimit: 2, concurrency: 2 });
    await engine.warm();
    const held = engine.call('hold', 'a', { signal });
    const alsoHeld = engine.call('hold', 'b', { signal });
    const oldest = engine.call('greet', 'oldest', { signal, priority: 'interim' });
    const newer = engine.call('greet', 'newer', { signal, priority: 'interim' });
    await expect(engine.call('greet', 'late', { signal, priority: 'interim' })).rejects.toThrow(EngineBusyError);
    const normal = engine.call('greet', 'normal', { signal });
    await expect(oldest).rejects.toThrow(EngineBusyError);
    const ended = [held, alsoHeld, newer, normal].map((each) => expect(each).rejects.toThrow('closed'));
    await engine.close();
    await Promise.all(ended);
  });
});

describe('a stream', () => {
  it('gives every part in order', async () => {
    expect(await collect(pool().stream<number>('count', 500, { signal }))).toEqual(
      Array.from({ length: 500 }, (_, index) => index),
    );
  });

  it('holds the child back while nothing is taken', async () => {
    const engine = pool({ concurrency: 2 });
    const parts = engine.stream<number>('count', 100_000, { signal })[Symbol.asyncIterator]();
    await parts.next();
    let before = -1;
    await until(async () => {
      const now = await engine.call<number>('counted', 0, { signal });
      const still = now === before;
      before = now;
      return still;
    });
    expect(before).toBeLessThan(50);
    await parts.return?.();
  });

  it('throws after the parts that came before the failure', async () => {
    const parts: number[] = [];
    const reading = (async () => {
      for await (const part of pool().stream<number>('countThenThrow', 3, { signal })) parts.push(part);
    })();
    await expect(reading).rejects.toThrow('test: no more');
    expect(parts).toEqual([0, 1, 2]);
  });

  it('ends in the child when the consumer leaves or aborts', async () => {
    const engine = pool();
    for await (const part of engine.stream<number>('count', 1e9, { signal })) if (part === 5) break;
    const controller = new AbortController();
    const reading = collect(engine.stream<number>('count', 1e9, { signal: controller.signal }));
    controller.abort(new Error('cut in'));
    await expect(reading).rejects.toThrow('cut in');
    expect(await engine.call('greet', 'again', { signal })).toBe('hello again');
  });
});

describe('a child that dies', () => {
  it('fails the calls under way, keeps the waiting ones, and is there again for the next', async () => {
    const lines: string[] = [];
    const engine = pool({ log: (line) => lines.push(line) });
    const before = await engine.call<number>('pid', 0, { signal });
    const crash = engine.call('crash', 0, { signal });
    const waiting = engine.call<number>('pid', 0, { signal });
    await expect(crash).rejects.toThrow(EngineFailedError);
    expect(await waiting).not.toBe(before);
    expect(lines.join()).toContain('SIGKILL');
  });

  it('tells its last words', async () => {
    await expect(pool().call('exit', 'cannot open model.onnx', { signal })).rejects.toThrow('cannot open model.onnx');
  });

  it('is killed when it gives no answer in time', async () => {
    const engine = pool({ timeoutMs: 1000 });
    await engine.warm();
    await expect(engine.call('hang', 0, { signal })).rejects.toThrow('no answer in time');
    expect(await engine.call('greet', 'again', { signal })).toBe('hello again');
  });

  it('that cannot start fails warm and the waiting calls with the reason, then is busy until its backoff ends', async () => {
    const engine = pool({ data: { breakAtStart: true } });
    const waiting = engine.call('greet', 'x', { signal });
    await Promise.all([
      expect(waiting).rejects.toThrow('the weights are not there'),
      expect(engine.warm()).rejects.toThrow('the weights are not there'),
    ]);
    await until(async () => {
      const error: unknown = await engine.call('greet', 'x', { signal }).catch((reason: unknown) => reason);
      return error instanceof EngineBusyError;
    });
  });
});

describe('ending', () => {
  it('close ends the children and fails what is under way', async () => {
    const engine = pool({ size: 2 });
    await engine.warm();
    const pid = await engine.call<number>('pid', 0, { signal });
    const held = engine.call('hold', 'a', { signal });
    const closing = engine.close();
    await expect(held).rejects.toThrow(EngineFailedError);
    await closing;
    expect(alive(pid)).toBe(false);
    await expect(engine.call('greet', 'x', { signal })).rejects.toThrow('closed');
  });

  it('close kills a child that is stuck in native work', async () => {
    const engine = pool();
    const pid = await engine.call<number>('pid', 0, { signal });
    const stuck = engine.call('hang', 0, { signal });
    await Promise.all([expect(stuck).rejects.toThrow(EngineFailedError), engine.close()]);
    expect(alive(pid)).toBe(false);
  });

  it('an idle child sleeps and wakes at the next call', async () => {
    const engine = pool({ idleMs: 50 });
    const first = await engine.call<number>('pid', 0, { signal });
    await until(() => !alive(first));
    expect(await engine.call<number>('pid', 0, { signal })).not.toBe(first);
  });

  it('leaves no orphan when the parent is killed', async () => {
    const { fork } = await import('node:child_process');
    const parent = fork(new URL('./pool-parent.ts', import.meta.url), [], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const pid = await new Promise<number>((resolve) => parent.once('message', (message) => resolve(Number(message))));
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !alive(pid));
  });
});
