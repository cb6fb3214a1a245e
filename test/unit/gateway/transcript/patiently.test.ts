import { expect, it, vi } from 'vitest';
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

/** Pauses are made nothing. */
const pause = (_: number, __: undefined, { signal: left }: { readonly signal: AbortSignal }): Promise<void> =>
  left.aborted ? Promise.reject(new Error('left')) : Promise.resolve();

it('waits for a busy engine however long it takes', async () => {
  expect(await patiently(after(busy), signal, pause)).toBe(31);
});

it('survives an engine that dies three times, and gives up work that kills it four times', async () => {
  expect(await patiently(after(failed(3)), signal, pause)).toBe(4);
  await expect(patiently(after(failed(4)), signal, pause)).rejects.toThrow('died');
});

it('does not repeat what cannot succeed', async () => {
  const work = vi.fn(() => Promise.reject(new RangeError('no such pair')));
  await expect(patiently(work, signal, pause)).rejects.toThrow('no such pair');
  expect(work).toHaveBeenCalledOnce();
});

it('is given up when nobody waits any more', async () => {
  const controller = new AbortController();
  const work = (): Promise<never> => {
    controller.abort();
    return Promise.reject(new EngineBusyError('busy'));
  };
  await expect(patiently(work, controller.signal, pause)).rejects.toThrow('busy');
});
