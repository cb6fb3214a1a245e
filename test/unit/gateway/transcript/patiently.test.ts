import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EngineBusyError, EngineFailedError } from '../../../../demo/server/engines/engine.ts';
import { patiently } from '../../../../demo/server/rtstream/transcript/patiently.ts';

const after = (failures: readonly Error[]) => {
  let calls = 0;
  const work = (): Promise<number> => {
    const failure = failures[calls++];
    return failure === undefined ? Promise.resolve(calls) : Promise.reject(failure);
  };
  return work;
};
const { signal } = new AbortController();
const busy = Array.from({ length: 30 }, () => new EngineBusyError('busy'));
const failed = (count: number) => Array.from({ length: count }, () => new EngineFailedError('died'));

// The promises of node:timers/promises do not know fake timers; pauses are made nothing instead.
vi.mock('node:timers/promises', () => ({
  setTimeout: (_: number, __: unknown, { signal: left }: { signal: AbortSignal }) =>
    left.aborted ? Promise.reject(new Error('left')) : Promise.resolve(),
}));
beforeEach(() => vi.clearAllMocks());
afterEach(() => vi.restoreAllMocks());

it('waits for a busy engine however long it takes', async () => {
  expect(await patiently(after(busy), signal)).toBe(31);
});

it('survives an engine that dies three times, and gives up work that kills it four times', async () => {
  expect(await patiently(after(failed(3)), signal)).toBe(4);
  await expect(patiently(after(failed(4)), signal)).rejects.toThrow('died');
});

it('does not repeat what cannot succeed', async () => {
  const work = vi.fn(() => Promise.reject(new RangeError('no such pair')));
  await expect(patiently(work, signal)).rejects.toThrow('no such pair');
  expect(work).toHaveBeenCalledOnce();
});

it('is given up when nobody waits any more', async () => {
  const controller = new AbortController();
  const work = (): Promise<never> => {
    controller.abort();
    return Promise.reject(new EngineBusyError('busy'));
  };
  await expect(patiently(work, controller.signal)).rejects.toThrow('busy');
});
