import { asyncScheduler, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/pipelines/usage-connection.ts';
import { interpreterConnection, type Counted } from '../../../src/pipelines/usage-interpreter.ts';
import { marbles } from '../../support/marbles.ts';

/** What was judged while so many ms went by; `at` says what is known at a ms. */
function judgedBy(at: (nowMs: number) => Partial<Counted>, forMs: number): readonly Connection[] {
  const all: Connection[] = [];
  marbles(({ expectObservable }) => {
    const now = () => ({ roundTripMs: null, lost: false, underruns: 0, framesDropped: 0, ...at(asyncScheduler.now()) });
    const subscription = interpreterConnection(now).subscribe((each) => all.push(each));
    timer(forMs).subscribe(() => subscription.unsubscribe());
    expectObservable(timer(forMs)).toBe(`${forMs}ms (a|)`, { a: 0 });
  });
  return all;
}

describe('the connection of an interpreter', () => {
  it('is silent until frames were acknowledged, then tells their round trip and how it varies', () => {
    const all = judgedBy((nowMs) => ({ roundTripMs: nowMs < 5_000 ? null : nowMs < 10_000 ? 40 : 72 }), 10_500);
    expect(all).toEqual([
      { roundTripMs: 40, jitterMs: null, quality: 'good' },
      { roundTripMs: 40, jitterMs: 32, quality: 'good' },
    ]);
  });

  it('is poor while it is lost and when much was not sent, and good again half a minute later', () => {
    const all = judgedBy((nowMs) => ({ roundTripMs: 40, lost: nowMs === 5_000, framesDropped: nowMs < 10_000 ? 0 : 40 }), 40_500);
    expect(all.map(({ quality }) => quality)).toEqual([
      ...['good', 'poor', 'poor', 'poor', 'poor', 'poor', 'poor', 'good', 'good'],
    ]);
  });
});
