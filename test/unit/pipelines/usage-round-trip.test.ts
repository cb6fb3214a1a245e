import { asyncScheduler, concat, defer, finalize, NEVER, throwError, timer, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { roundTrips, type RoundTrip } from '../../../src/pipelines/usage-round-trip.ts';
import { marbles } from '../../support/marbles.ts';

const asking = { everyMs: 5_000, patienceMs: 3_000, now: () => asyncScheduler.now() };

/** Answers that take so long each; null = none comes, 'refused' = it fails. */
function server(...takes: readonly (number | null | 'refused')[]) {
  const counts = { asked: 0, open: 0 };
  const ask$: Observable<unknown> = defer(() => {
    const take = takes[counts.asked] ?? null;
    counts.asked += 1;
    counts.open += 1;
    const answer$ = take === 'refused' ? throwError(() => new TypeError('offline')) : take === null ? NEVER : timer(take);
    return answer$.pipe(finalize(() => (counts.open -= 1)));
  });
  return { ask$, counts };
}

/** What was told while so many ms went by. */
function told(ask$: Observable<unknown>, forMs: number): readonly RoundTrip[] {
  const all: RoundTrip[] = [];
  marbles(({ expectObservable }) => {
    const subscription = roundTrips(asking)(ask$).subscribe((each) => all.push(each));
    timer(forMs).subscribe(() => subscription.unsubscribe());
    expectObservable(timer(forMs)).toBe(`${forMs}ms (a|)`, { a: 0 });
  });
  return all;
}

describe('round trip', () => {
  it('is the median of the last answers', () => {
    const all = told(server(100, 300, 120).ask$, 10_500);
    expect(all.map(({ p50Ms }) => p50Ms)).toEqual([100, 100, 120]);
  });

  it('jitter moves by a sixteenth of each difference', () => {
    const all = told(server(100, 132, 132, 100).ask$, 15_500);
    expect(all.map(({ jitterMs }) => jitterMs)).toEqual([null, 32, 30, 30 + (32 - 30) / 16]);
  });

  it('an answer that does not come in time, and one that fails, are lost; the next one counts again', () => {
    const all = told(server(50, null, 'refused', 50).ask$, 15_500);
    expect(all.map(({ lost }) => lost)).toEqual([false, true, true, false]);
    expect(all.at(-1)).toEqual({ p50Ms: 50, jitterMs: 0, lost: false });
  });

  it('an answer that begins and does not end is one, then lost, and holds up nothing', () => {
    const ask$ = concat(timer(20), NEVER);
    expect(told(ask$, 5_500).map(({ p50Ms, lost }) => [p50Ms, lost])).toEqual([
      [20, false],
      [20, true],
      [20, false],
    ]);
  });

  it('forgets answers of long ago', () => {
    const takes = [...Array.from({ length: 11 }, () => 1000), ...Array.from({ length: 11 }, () => 10)];
    expect(told(server(...takes).ask$, 21 * 5_000 + 100).at(-1)?.p50Ms).toBe(10);
  });

  it('asks at once, one at a time, and gives up what is open when nobody listens any more', () => {
    const { ask$, counts } = server(null, 2_000);
    told(ask$, 6_000);
    expect(counts).toEqual({ asked: 2, open: 0 });
  });
});
