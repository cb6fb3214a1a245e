import { describe, expect, test } from 'vitest';
import { landing } from '../../../src/pipelines/alert-landing.ts';
import { markersOn } from '../../../src/pipelines/alert-markers.ts';
import { AlertStore, MOST_ALERTS, type Alert } from '../../../src/pipelines/alert-store.ts';
import { advance, dismiss, hold, nextToastMs, noToasts, offer } from '../../../src/pipelines/alert-toasts.ts';

const alert = (id: string, startMs: number, more: Partial<Alert> = {}): Alert => ({
  id,
  label: 'gate',
  text: '',
  severity: 'info',
  confidence: 0.9,
  startMs,
  endMs: startMs,
  arrivedMs: startMs + 500,
  ...more,
});

describe('the store', () => {
  test('each alert once, in the order of its time, whatever order they come in', () => {
    const store = new AlertStore();
    expect([alert('b', 2_000), alert('a', 1_000), alert('b', 9_000), alert('x', NaN)].map((each) => store.add(each))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(store.list.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('labels are muted, alerts acknowledged, and both no longer count', () => {
    const store = new AlertStore();
    store.add(alert('a', 1_000));
    store.add(alert('b', 2_000, { label: 'door' }));
    store.add(alert('c', 3_000, { label: 'door' }));
    expect(store.labels).toEqual([
      { label: 'door', count: 2 },
      { label: 'gate', count: 1 },
    ]);
    store.mute('door', true);
    expect(store.unread).toBe(1);
    store.acknowledge('a');
    store.acknowledge('nobody');
    expect(store.unread).toBe(0);
    store.mute('door', false);
    expect(store.unread).toBe(2);
    store.acknowledgeAll();
    expect(store.unread).toBe(0);
  });

  test('the nearest before and after, without the muted ones', () => {
    const store = new AlertStore();
    store.add(alert('a', 1_000));
    store.add(alert('b', 2_000, { label: 'door' }));
    store.add(alert('c', 3_000));
    store.mute('door', true);
    expect(store.neighbour(1_500, 1)?.id).toBe('c');
    expect(store.neighbour(2_500, -1)?.id).toBe('a');
    expect(store.neighbour(1_000, -1)).toBeNull();
    expect(store.between(1_000, 3_000).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(store.between(3_000, 1_000)).toEqual([]);
  });

  test('5 000 are kept, and one that was let go does not come back', () => {
    const store = new AlertStore();
    for (let index = 0; index <= MOST_ALERTS; index++) store.add(alert(String(index), index));
    expect(store.list.length).toBeLessThanOrEqual(MOST_ALERTS);
    expect(store.list[0]?.id).not.toBe('0');
    expect(store.add(alert('0', 0))).toBe(false);
  });
});

describe('when one pops up', () => {
  const now = 100_000;
  const fresh = (startMs: number, more: Partial<Alert> = {}) => alert('a', startMs, { arrivedMs: now, ...more });

  test('live: when the picture is there; late or critical ones at once', () => {
    expect(landing(fresh(now - 2_000), now - 5_000, true, false)).toBe('later');
    expect(landing(fresh(now - 8_000), now - 5_000, true, false)).toBe('now');
    expect(landing(fresh(now - 2_000, { severity: 'critical' }), now - 5_000, true, false)).toBe('now');
    expect(landing(fresh(now - 2_000), now - 60_000, true, false)).toBe('now');
  });

  test('elsewhere than live, and without a picture: at once', () => {
    expect(landing(fresh(now - 2_000), now - 5_000, false, false)).toBe('now');
    expect(landing(fresh(now - 2_000), null, true, false)).toBe('now');
  });

  test('of a recording, or long after: never by itself', () => {
    expect(landing(fresh(now - 2_000), now, false, true)).toBe('never');
    expect(landing(fresh(now - 90_000), now, true, false)).toBe('never');
  });
});

describe('toasts', () => {
  const shown = (queue: typeof noToasts) => queue.shown.map((toast) => toast.alert.id);

  test('one after the other, the worst first; critical ones do not wait', () => {
    let queue = offer(noToasts, alert('a', 0), 0);
    queue = offer(queue, alert('b', 0), 100);
    queue = offer(queue, alert('w', 0, { severity: 'warning' }), 200);
    expect(shown(queue)).toEqual(['a']);
    expect(nextToastMs(queue)).toBe(1_200);
    queue = offer(queue, alert('c', 0, { severity: 'critical' }), 300);
    expect(shown(queue)).toEqual(['a', 'c']);
    queue = advance(queue, 1_500);
    expect(shown(queue)).toEqual(['a', 'c', 'w']);
    // Full: what is no worse waits; what is worse takes the least one's place.
    expect(shown(advance(queue, 2_800))).toEqual(['a', 'c', 'w']);
    expect(shown(offer(queue, alert('d', 0, { severity: 'critical' }), 2_900))).toEqual(['c', 'w', 'd']);
    expect(shown(advance(queue, 6_000))).toEqual(['c', 'w', 'b']);
  });

  test('the same one is not shown twice; dismissed, it makes room', () => {
    let queue = offer(noToasts, alert('a', 0), 0);
    expect(offer(queue, alert('a', 0), 10)).toBe(queue);
    queue = offer(queue, alert('b', 0), 20);
    queue = dismiss(queue, 'a', 1_300);
    expect(shown(queue)).toEqual(['b']);
  });

  test('while held nothing leaves, and afterwards everything has as long as it had', () => {
    let queue = hold(offer(noToasts, alert('a', 0), 0), true, 5_000);
    expect(shown(advance(queue, 60_000))).toEqual(['a']);
    expect(nextToastMs(queue)).toBeNull();
    queue = hold(queue, false, 60_000);
    expect(nextToastMs(queue)).toBe(61_000);
    expect(shown(advance(queue, 61_000))).toEqual([]);
  });

  test('a flood: few wait, the others are counted on the next one', () => {
    let queue = noToasts;
    for (let index = 0; index < 100; index++) queue = offer(queue, alert(`a${index}`, 0), index);
    expect(queue.waiting).toHaveLength(20);
    queue = advance(queue, 1_200);
    expect(queue.shown.at(-1)?.more).toBe(79);
  });
});

test('marks: one for each place, in the colour of the worst, none for muted labels', () => {
  const store = new AlertStore();
  store.add(alert('a', 100));
  store.add(alert('b', 101, { severity: 'critical' }));
  store.add(alert('c', 900, { label: 'door' }));
  store.add(alert('d', 5_000));
  const along = (ms: number) => (ms > 1_000 ? null : ms / 1_000);
  expect(markersOn(store, 0, 1_000, 10, along)).toMatchObject([
    { at: 0.101, severity: 'critical', count: 2, alert: { id: 'b' } },
    { at: 0.9, count: 1 },
  ]);
  store.mute('door', true);
  expect(markersOn(store, 0, 1_000, 10, along)).toHaveLength(1);
  for (let index = 0; index < 3_000; index++) store.add(alert(`m${index}`, index / 3));
  expect(markersOn(store, 0, 1_000, 120, along).length).toBeLessThanOrEqual(120);
});
