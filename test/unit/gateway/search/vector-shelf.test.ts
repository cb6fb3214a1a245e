import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../demo/server/rtstream/search/parts.ts';
import { toBytes } from '../../../../demo/server/rtstream/search/vector-bytes.ts';
import { VectorShelf } from '../../../../demo/server/rtstream/search/vector-shelf.ts';
import { noise } from '../../../support/signals.ts';

const DIMENSIONS = 64;
const of = (streamId: string | null, indexId: string | null = null, videoId: string | null = null) => ({
  collectionId: 'c',
  streamId,
  videoId,
  indexId,
  source: indexId === null ? 'transcript' : 'scene',
});
const next = noise(11);
const vector = (): Float32Array => Float32Array.from({ length: DIMENSIONS }, () => next());
const cosine = (a: Float32Array, b: Float32Array): number => {
  const product = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
};

describe('VectorShelf', () => {
  it('finds the nearest of thousands, over its blocks, with cosines near the exact ones', async () => {
    const shelf = new VectorShelf(DIMENSIONS);
    const all = Array.from({ length: 9000 }, vector);
    all.forEach((one, id) => shelf.add(id, of('a'), toBytes(one)));
    const query = vector();
    const exact = all.map((one, id) => ({ id, cosine: cosine(query, one) })).sort((a, b) => b.cosine - a.cosine);
    const near = await shelf.nearest(query, { of: 'streams' }, 20, null);
    expect(near).toHaveLength(20);
    expect(near[0]?.id).toBe(exact[0]?.id);
    for (const [at, { id, cosine: told }] of near.entries()) {
      expect(Math.abs(told - cosine(query, all[id] ?? query))).toBeLessThan(0.01);
      expect(Math.abs(told - (exact[at]?.cosine ?? 0))).toBeLessThan(0.01);
    }
  });

  it('keeps to what is asked for', async () => {
    const shelf = new VectorShelf(DIMENSIONS);
    const one = vector();
    const bytes = toBytes(one);
    shelf.add(1, of('a'), bytes);
    shelf.add(2, of('b'), bytes);
    shelf.add(3, of('a', 'ix'), bytes);
    shelf.add(4, of(null, null, 'm'), bytes);
    const ids = async (scope: Parameters<VectorShelf['nearest']>[1], only: ReadonlySet<number> | null = null) =>
      (await shelf.nearest(one, scope, 10, only)).map(({ id }) => id).sort();
    expect(await ids({ of: 'streams' })).toEqual([1, 2, 3]);
    expect(await ids({ of: 'videos' })).toEqual([4]);
    expect(await ids({ of: 'streams', streamId: 'a' })).toEqual([1, 3]);
    expect(await ids({ of: 'streams', streamId: 'a', indexId: 'ix' })).toEqual([3]);
    expect(await ids({ of: 'streams', source: 'transcript' })).toEqual([1, 2]);
    expect(await ids({ of: 'streams', collectionId: 'unknown' })).toEqual([]);
    expect(await ids({ of: 'streams' }, new Set([2]))).toEqual([2]);
    shelf.forget(1);
    expect(await ids({ of: 'streams' })).toEqual([2, 3]);
  });

  it('knows a passage by its nearest part, once', async () => {
    const shelf = new VectorShelf(DIMENSIONS);
    const [a, b] = [vector(), vector()];
    shelf.add(7, of('a'), Int8Array.from([...toBytes(a), ...toBytes(b)]));
    for (const query of [a, b]) {
      const near = await shelf.nearest(query, { of: 'streams' }, 5, null);
      expect(near.map(({ id }) => id)).toEqual([7]);
      expect(near[0]?.cosine).toBeGreaterThan(0.99);
    }
  });

  it('is looked through in slices, so that others get their turn', async () => {
    const shelf = new VectorShelf(DIMENSIONS);
    const bytes = toBytes(vector());
    for (let id = 0; id < 20_000; id++) shelf.add(id, of('a'), bytes);
    let turns = 0;
    const turn = setInterval(() => turns++, 0);
    let yielded = 0;
    const count = (): void => {
      yielded++;
      handle = setImmediate(count);
    };
    let handle = setImmediate(count);
    await shelf.nearest(vector(), { of: 'streams' }, 5, null);
    clearInterval(turn);
    clearImmediate(handle);
    expect(yielded).toBeGreaterThanOrEqual(4);
  });
});

describe('partsOf', () => {
  it('are a few sentences each, the shown text first, and not too many', () => {
    expect(partsOf('Hello there.', '')).toEqual(['Hello there.']);
    const parts = partsOf('A document.', Array.from({ length: 200 }, (_, at) => `Line ${String(at)} of the screen.`).join('\n'));
    expect(parts).toHaveLength(6);
    expect(parts[0]).toMatch(/^A document\. Line 0/);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(280);
    expect(partsOf('', '')).toEqual(['']);
  });

  it('say nothing twice', () => {
    expect(partsOf('A cat.', 'A cat.\nobjects: cat')).toEqual(['A cat. objects: cat']);
  });
});
