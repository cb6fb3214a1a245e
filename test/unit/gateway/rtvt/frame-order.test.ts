import { describe, expect, it } from 'vitest';
import { FrameOrder } from '../../../../demo/server/rtvt/frame-order.ts';

const through = (seqs: readonly number[]): { readonly out: number[]; readonly order: FrameOrder<number> } => {
  const order = new FrameOrder<number>();
  const out = seqs.flatMap((seq) => [...order.push(seq, seq)]);
  return { out, order };
};

describe('FrameOrder', () => {
  it('lets frames in order through at once, from whatever number', () => {
    expect(through([0, 1, 2]).out).toEqual([0, 1, 2]);
    expect(through([1, 2, 3]).out).toEqual([1, 2, 3]);
    expect(through([500, 501]).out).toEqual([500, 501]);
  });

  it('puts overtaken frames right', () => {
    expect(through([0, 3, 2, 1, 4]).out).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves out what comes twice or too late, and counts it', () => {
    const { out, order } = through([0, 1, 1, 0, 2]);
    expect(out).toEqual([0, 1, 2]);
    expect(order.late).toBe(2);
  });

  it('waits for a missing frame no longer than ten others, and counts it', () => {
    const { out, order } = through([0, ...Array.from({ length: 11 }, (_, index) => index + 2)]);
    expect(out).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(order.lost).toBe(1);
  });

  it('holds at most ten frames however the numbers jump', () => {
    const order = new FrameOrder<number>();
    let out = 0;
    for (let i = 0; i < 1000; i++) out += order.push(i * 1000, i).length;
    expect(1000 - out).toBeLessThanOrEqual(10);
  });

  it('gives out what it holds when nothing more is waited for, in order', () => {
    const order = new FrameOrder<number>();
    for (const seq of [0, 3, 2]) order.push(seq, seq);
    expect(order.flush()).toEqual([2, 3]);
    expect(order.push(4, 4)).toEqual([4]);
  });

  it('follows a client that counts anew', () => {
    const { out } = through([5000, 5001, 0, 1]);
    expect(out).toEqual([5000, 5001, 0, 1]);
  });
});
