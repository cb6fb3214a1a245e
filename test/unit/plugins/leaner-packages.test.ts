import { observeOn, queueScheduler, Subject, Subscription, take, timer, type SchedulerLike } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { leanPart } from '../../../demo/plugins/leaner-packages.ts';

/** What the embed build puts in the place of rxjs's schedulers keeps their contract. */

function lean(file: string, name: string): SchedulerLike {
  const body = (leanPart(`/node_modules/rxjs/dist/esm/internal/${file}`) ?? '')
    .replace(/^\s*import .*$/gm, '')
    .replaceAll('export const', 'const');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the file's own text, with its one import given
  return (new Function('Subscription', `${body}; return ${name};`) as (given: typeof Subscription) => SchedulerLike)(
    Subscription,
  );
}

afterEach(() => {
  vi.useRealTimers();
});

describe('asyncScheduler', () => {
  it('runs once, or again and again, until it is let go of', () => {
    vi.useFakeTimers();
    const scheduler = lean('scheduler/async.js', 'asyncScheduler');
    const heard: string[] = [];
    timer(10, scheduler).subscribe({ next: () => heard.push('once'), complete: () => heard.push('done') });
    timer(20, 5, scheduler)
      .pipe(take(3))
      .subscribe((count) => heard.push(String(count)));
    const dropped = timer(15, scheduler).subscribe(() => heard.push('dropped'));
    vi.advanceTimersByTime(12);
    expect(heard).toEqual(['once', 'done']);
    dropped.unsubscribe();
    vi.advanceTimersByTime(100);
    expect(heard).toEqual(['once', 'done', '0', '1', '2']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe.each([
  ['rxjs', () => queueScheduler],
  ['lean', () => lean('scheduler/queue.js', 'queueScheduler')],
])('queueScheduler, %s', (_whose, make) => {
  it('delivers what is said while something is delivered behind it', () => {
    const subject = new Subject<number>();
    const heard: string[] = [];
    subject.pipe(observeOn(make())).subscribe((value) => {
      heard.push(`begin ${value}`);
      if (value < 3) subject.next(value + 1);
      heard.push(`end ${value}`);
    });
    subject.next(1);
    expect(heard).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
  });

  it('forgets what waits for a subscription that is gone', () => {
    const scheduler = make();
    const heard: number[] = [];
    scheduler.schedule(() => {
      scheduler.schedule(() => heard.push(1)).unsubscribe();
      scheduler.schedule(() => heard.push(2));
    });
    expect(heard).toEqual([2]);
  });

  it('is free again after a task that throws, which it tells', () => {
    const scheduler = make();
    const heard: number[] = [];
    expect(() =>
      scheduler.schedule(() => {
        scheduler.schedule(() => heard.push(1));
        throw new Error('no');
      }),
    ).toThrow('no');
    scheduler.schedule(() => heard.push(2));
    expect(heard).toEqual([2]);
  });
});
