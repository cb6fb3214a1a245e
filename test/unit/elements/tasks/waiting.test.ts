import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deletions } from '../../../../src/elements/tasks/deletions.ts';
import { SpokenNews } from '../../../../src/elements/tasks/spoken-news.ts';

/** What waits: deletions that can still be undone, and news that are gathered before they are told. */

const host: ReactiveControllerHost = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a deletion', () => {
  const waiting = (seconds = 10) => {
    const removed: string[] = [];
    const deletions = new Deletions(
      host,
      () => seconds,
      (id) => removed.push(id),
    );
    deletions.ask('a', 'A');
    return { removed, deletions };
  };

  test('is asked of the service when its time is up, once', () => {
    const { removed, deletions } = waiting();
    vi.advanceTimersByTime(9_999);
    expect(removed).toEqual([]);
    expect(deletions.all).toEqual([{ taskId: 'a', name: 'A', left: 1 }]);
    vi.advanceTimersByTime(60_000);
    expect(removed).toEqual(['a']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is undone is never asked', () => {
    const { removed, deletions } = waiting();
    vi.advanceTimersByTime(9_000);
    deletions.keep('a');
    vi.advanceTimersByTime(60_000);
    expect(removed).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits while somebody is at its button', () => {
    const { removed, deletions } = waiting(2);
    deletions.held = true;
    vi.advanceTimersByTime(60_000);
    expect(removed).toEqual([]);
    deletions.held = false;
    vi.advanceTimersByTime(2_000);
    expect(removed).toEqual(['a']);
  });

  test('asked for twice is one, each of several has its own time', () => {
    const { removed, deletions } = waiting(5);
    vi.advanceTimersByTime(2_000);
    deletions.ask('a', 'A');
    deletions.ask('b', 'B');
    vi.advanceTimersByTime(3_000);
    expect(removed).toEqual(['a']);
    deletions.now('b');
    expect(removed).toEqual(['a', 'b']);
  });

  test('is forgotten when its element leaves', () => {
    const { removed, deletions } = waiting();
    deletions.hostDisconnected();
    vi.advanceTimersByTime(60_000);
    expect(removed).toEqual([]);
    expect(deletions.has('a')).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('takes a time that makes no sense as a second', () => {
    expect(waiting(NaN).deletions.all[0]?.left).toBe(1);
    expect(waiting(-3).deletions.all[0]?.left).toBe(1);
  });
});

describe('news', () => {
  const told = () => {
    const sentences: string[] = [];
    const news = new SpokenNews<number>(host, (all) => {
      sentences.push(all.join(' '));
      return all.join(' ');
    });
    return { sentences, news };
  };

  test('of a burst are one sentence', () => {
    const { sentences, news } = told();
    for (let each = 0; each < 5; each++) {
      news.add(each);
      vi.advanceTimersByTime(100);
    }
    expect(sentences).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(sentences).toEqual(['0 1 2 3 4']);
    expect(news.sentence).toBe('0 1 2 3 4');
  });

  test('keep apart, however many come', () => {
    const { sentences, news } = told();
    for (let each = 0; each < 100; each++) {
      news.add(each);
      vi.advanceTimersByTime(200);
    }
    expect(sentences).toHaveLength(4);
  });

  test('are forgotten when their element leaves', () => {
    const { sentences, news } = told();
    news.add(1);
    news.hostDisconnected();
    vi.advanceTimersByTime(10_000);
    expect(sentences).toEqual([]);
  });
});
