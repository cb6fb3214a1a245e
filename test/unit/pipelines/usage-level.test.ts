import { concat, interval, map, NEVER, of, take, timer, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { hearing, LISTEN_MS, type Hearing } from '../../../src/pipelines/usage-level.ts';
import { marbles } from '../../support/marbles.ts';

/** What is told of these levels, one every 60 ms and then none. */
function told(levels: readonly number[]): readonly Hearing[] {
  const all: Hearing[] = [];
  const level$: Observable<number> = concat(
    interval(60).pipe(
      take(levels.length),
      map((index) => levels[index]!),
    ),
    NEVER,
  );
  marbles(({ expectObservable }) => {
    hearing(level$).subscribe((each) => all.push(each));
    expectObservable(timer(LISTEN_MS + 1)).toBe(`${LISTEN_MS + 1}ms (a|)`, { a: 0 });
  });
  return all;
}

describe('hearing', () => {
  it('a voice is heard, and stays heard', () => {
    const verdicts = told([0.001, 0.05, 0.06, 0.07, 0.001]).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['waiting', 'waiting', 'waiting', 'heard', 'heard', 'heard']);
  });

  it('a knock is no voice, and neither is a silent room: quiet, when the time is over', () => {
    expect(told([0.5, 0.001, 0.4, 0.001]).at(-1)?.verdict).toBe('quiet');
    expect(told([]).map(({ verdict }) => verdict)).toEqual(['quiet']);
  });

  it('completes after eight seconds', () => {
    marbles(({ expectObservable }) => {
      const quiet: Hearing = { level: 0, verdict: 'quiet' };
      expectObservable(hearing(concat(of(), NEVER))).toBe(`${LISTEN_MS}ms (a|)`, { a: quiet });
    });
  });
});
