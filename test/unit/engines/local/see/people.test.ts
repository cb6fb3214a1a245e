import { describe, expect, it } from 'vitest';
import { distinct, inside, overlap, type Box } from '../../../../../demo/server/engines/local/see/boxes.ts';
import { countPeople } from '../../../../../demo/server/engines/local/see/people.ts';

const box = (left: number, top: number, right: number, bottom: number, score = 0.5): Box => ({ left, top, right, bottom, score });

describe('boxes', () => {
  it('share what they share', () => {
    expect(overlap(box(0, 0, 1, 1), box(0, 0, 1, 1))).toBe(1);
    expect(overlap(box(0, 0, 1, 1), box(0.5, 0, 1.5, 1))).toBeCloseTo(1 / 3);
    expect(overlap(box(0, 0, 1, 1), box(1, 0, 2, 1))).toBe(0);
    expect(inside(box(0.2, 0.2, 0.4, 0.4), box(0, 0, 1, 1))).toBe(1);
    expect(inside(box(0, 0, 1, 1), box(0.5, 0, 1, 1))).toBe(0.5);
  });

  it('of a heap leave the best', () => {
    const [good, better, apart] = [box(0, 0, 1, 1, 0.6), box(0.05, 0, 1.05, 1, 0.8), box(3, 0, 4, 1, 0.5)];
    expect(distinct([good, better, apart], 0.5)).toEqual([better, apart]);
  });
});

describe('people', () => {
  it('are counted once with their faces, and surer for them', () => {
    const counted = countPeople([box(0, 0, 0.5, 1, 0.6)], [box(0.2, 0.1, 0.3, 0.2, 0.8)]);
    expect(counted.count).toBe(1);
    expect(counted.confidence).toBeCloseTo(1 - 0.4 * 0.2);
  });

  it('whose body is not seen count by a face that is sure enough', () => {
    expect(countPeople([], [box(0, 0, 0.1, 0.1, 0.9)])).toEqual({ count: 1, confidence: 0.9 });
    expect(countPeople([], [box(0, 0, 0.1, 0.1, 0.6)])).toMatchObject({ count: 0 });
    expect(countPeople([box(0, 0, 0.5, 1, 0.7)], [box(0.6, 0, 0.7, 0.1, 0.9)])).toEqual({ count: 2, confidence: 0.8 });
  });

  it('who are not there are not sure to be away', () => {
    expect(countPeople([], []).confidence).toBeLessThan(1);
  });
});
