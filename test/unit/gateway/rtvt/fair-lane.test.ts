import { describe, expect, it, vi } from 'vitest';
import { EngineBusyError } from '../../../../demo/server/engines/engine.ts';
import { FairLane } from '../../../../demo/server/rtvt/fair-lane.ts';

const never = new AbortController().signal;

/** A lane whose work is done when the test says so. */
function laneOf(slots: number, interimSlots = 1) {
  const lane = new FairLane({ slots, interimSlots, waitingPerStream: 100 });
  const started: string[] = [];
  const finish: (() => void)[] = [];
  const ask = (connection: object, stream: object, name: string, interim = false, signal = never): Promise<string> =>
    lane.run({ connection, stream }, { interim, soundMs: 1000 }, signal, () => {
      started.push(name);
      return new Promise((resolve) => finish.push(() => resolve(name)));
    });
  const next = async (): Promise<void> => {
    finish.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lane, started, ask, next };
}

describe('FairLane', () => {
  it('lets connections take turns, and the streams of one within it', async () => {
    const { started, ask, next } = laneOf(1);
    const [many, one] = [{}, {}];
    const streams = [{}, {}];
    const asked = [
      ask(many, streams[0] ?? {}, 'first'),
      ...[0, 1, 2].map((n) => ask(many, streams[0] ?? {}, `a${n}`)),
      ...[0, 1].map((n) => ask(many, streams[1] ?? {}, `b${n}`)),
      ask(one, {}, 'lonely'),
    ];
    for (let i = 0; i < 7; i++) await next();
    await Promise.all(asked);
    expect(started).toEqual(['first', 'a0', 'lonely', 'b0', 'a1', 'b1', 'a2']);
  });

  it('takes finals before interims, and keeps slots that interims cannot have', async () => {
    const { started, ask, next } = laneOf(2, 1);
    const connection = {};
    const asked = ['i1', 'i2'].map((name) => ask(connection, {}, name, true));
    expect(started).toEqual(['i1']);
    asked.push(ask(connection, {}, 'f1'), ask(connection, {}, 'f2'));
    expect(started).toEqual(['i1', 'f1']);
    await next();
    expect(started).toEqual(['i1', 'f1', 'f2']);
    for (let i = 0; i < 3; i++) await next();
    await Promise.all(asked);
    expect(started.at(-1)).toBe('i2');
  });

  it('holds no more of one stream than it may, and one interim', async () => {
    const lane = new FairLane({ slots: 1, interimSlots: 1, waitingPerStream: 2 });
    const turn = { connection: {}, stream: {} };
    const ask = (interim: boolean): Promise<void> => lane.run(turn, { interim }, never, () => new Promise(() => undefined));
    const failures: unknown[] = [];
    for (const interim of [false, false, false, false, true, true]) ask(interim).catch((cause: unknown) => failures.push(cause));
    await new Promise((resolve) => setImmediate(resolve));
    expect(failures).toHaveLength(2);
    expect(failures.every((cause) => cause instanceof EngineBusyError)).toBe(true);
  });

  it('gives up interims that waited until they were stale', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { started, ask, next } = laneOf(1);
      const asked = ask({}, {}, 'long');
      const stale = ask({}, {}, 'stale', true);
      const gone = expect(stale).rejects.toThrow(EngineBusyError);
      vi.advanceTimersByTime(2000);
      await next();
      await gone;
      expect(await asked).toBe('long');
      expect(started).toEqual(['long']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('forgets what was given up while it waited, and goes on after failures', async () => {
    const { lane, started, ask, next } = laneOf(1);
    const first = ask({}, {}, 'first');
    const abort = new AbortController();
    const left = ask({}, {}, 'left', false, abort.signal);
    abort.abort(new Error('hung up'));
    await expect(left).rejects.toThrow('hung up');
    const broken = lane.run({ connection: {}, stream: {} }, { interim: false }, never, () => Promise.reject(new Error('broke')));
    const failure = expect(broken).rejects.toThrow('broke');
    const last = ask({}, {}, 'last');
    await next();
    await failure;
    await next();
    await Promise.all([first, last]);
    expect(started).toEqual(['first', 'last']);
  });
});
