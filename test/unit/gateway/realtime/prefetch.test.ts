import { describe, expect, it } from 'vitest';
import { prefetch } from '../../../../demo/server/realtime/prefetch.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

const counting = (made: number[], count = 10) =>
  (async function* () {
    try {
      for (let i = 0; i < count; i++) {
        made.push(i);
        yield { i };
      }
    } finally {
      made.push(-1);
      await Promise.resolve();
    }
  })();

describe('prefetch', () => {
  it('runs ahead as far as its bound and no further', async () => {
    const made: number[] = [];
    const ahead = prefetch(counting(made), { limit: 3, weigh: () => 1 });
    await settle();
    expect(made).toEqual([0, 1, 2]);
    await ahead.next();
    await settle();
    expect(made).toEqual([0, 1, 2, 3]);
  });

  it('gives everything in order, then ends', async () => {
    const got: number[] = [];
    for await (const { i } of prefetch(counting([], 5), { limit: 2, weigh: () => 1 })) got.push(i);
    expect(got).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives what was there before a failure, then the failure', async () => {
    const failing = (async function* () {
      yield { i: 1 };
      await Promise.resolve();
      throw new Error('broken');
    })();
    const ahead = prefetch(failing, { limit: 9, weigh: () => 1 });
    await settle();
    expect(await ahead.next()).toEqual({ done: false, value: { i: 1 } });
    await expect(ahead.next()).rejects.toThrow('broken');
  });

  it('closes its source when it is given up, and lets a waiting reader go', async () => {
    const made: number[] = [];
    const ahead = prefetch(counting(made), { limit: 2, weigh: () => 1 });
    await settle();
    await ahead.return?.();
    await settle();
    expect(made.at(-1)).toBe(-1);
    expect(await ahead.next()).toMatchObject({ done: true });
  });
});
