import { describe, expect, it } from 'vitest';
import type { TaskQuery } from '../../src/session/tasks.ts';
import {
  listOf,
  lookedAt,
  lookedPages,
  nothingListed,
  PAGE,
  unknownPages,
  withoutOthers,
  withPage,
  withStatus,
} from '../../src/task-list.ts';
import type { Listing, StatusChange } from '../../src/task-list.ts';
import { fakeTask, taskId } from '../support/fake-tasks.ts';

const ALL: TaskQuery = { status: null, search: '', sortBy: 'created_at', order: 'desc' };
const page = (number: number, total: number, changes = {}) => ({
  total,
  items: Array.from({ length: Math.max(0, Math.min(PAGE, total - number * PAGE)) }, (_, at) =>
    fakeTask(number * PAGE + at, changes),
  ),
});
const read = (total: number, pages: readonly number[], listing: Listing = nothingListed(ALL)): Listing =>
  pages.reduce((so, number) => withPage(so, number, page(number, total)), listing);
const change = (place: number, status: StatusChange['status'], more: Partial<StatusChange> = {}): StatusChange => ({
  ...{ taskId: taskId(place), status, name: `Launch ${place}`, hostName: `Host ${place}`, updatedMs: fakeTask(0).updatedMs + 1 },
  ...more,
});

describe('what is looked at', () => {
  it('is asked for by pages, and no more than once', () => {
    const first = nothingListed(ALL);
    expect(unknownPages(first)).toEqual([0]);
    const far = lookedAt(read(10_000, [0]), 5180, 5210);
    expect(lookedPages(far)).toEqual([51, 52]);
    expect(unknownPages(withPage(far, 51, page(51, 10_000)))).toEqual([52]);
  });

  it('beyond the end is the end', () => {
    expect(lookedPages(lookedAt(read(250, [0]), 900, 930))).toEqual([2]);
    expect(lookedPages(lookedAt(read(0, [0]), 0, 30))).toEqual([0]);
    expect(unknownPages(lookedAt(read(0, [0]), 0, 30))).toEqual([]);
  });

  it('is never more than a few pages at once', () => {
    expect(lookedPages(lookedAt(read(10_000, [0]), 0, 1e9))).toHaveLength(5);
  });
});

describe('what is known', () => {
  it('is shown by place', () => {
    const { total, items } = listOf(read(250, [0, 2]));
    expect([total, items.size, items.get(0)?.id, items.get(249)?.id, items.has(150)]).toEqual([
      250,
      150,
      taskId(0),
      taskId(249),
      false,
    ]);
  });

  it('is at most a thousand, those near what is looked at', () => {
    let listing = nothingListed(ALL);
    for (let number = 0; number < 40; number++) {
      listing = withPage(lookedAt(listing, number * PAGE, number * PAGE + 30), number, page(number, 10_000));
    }
    const places = [...listOf(listing).items.keys()];
    expect([places.length, Math.min(...places), Math.max(...places)]).toEqual([1000, 3000, 3999]);
  });

  it('with large covers is less, but never less than what is looked at', () => {
    const image = `data:image/png;base64,${'A'.repeat(150_000)}`;
    let listing = nothingListed(ALL);
    for (let number = 0; number < 5; number++) {
      listing = withPage(lookedAt(listing, number * PAGE, number * PAGE + 30), number, page(number, 10_000, { image }));
    }
    expect([...listing.pages.keys()]).toEqual([4, 3]);
  });

  it('ends where the list has become shorter', () => {
    expect([...withPage(read(250, [0, 1, 2]), 0, page(0, 120)).pages.keys()].sort()).toEqual([0, 1]);
  });

  it('is only what is looked at when something moved', () => {
    expect([...withoutOthers(lookedAt(read(10_000, [0, 1, 2]), 120, 130)).pages.keys()]).toEqual([1]);
  });
});

describe('a status that is told', () => {
  it('changes its row, and moves nothing', () => {
    const { listing, moved } = withStatus(read(250, [0]), change(7, 'recording', { name: 'Renamed' }));
    expect(listOf(listing).items.get(7)).toMatchObject({ status: 'recording', name: 'Renamed' });
    expect(moved).toBe(false);
  });

  it('older than what was read changes nothing', () => {
    const { listing } = withStatus(read(250, [0]), change(0, 'recording', { updatedMs: 5 }));
    expect(listOf(listing).items.get(0)?.status).toBe('completed');
  });

  it('counts for a page that was asked for before and answered after', () => {
    const { listing } = withStatus(nothingListed(ALL), change(7, 'recording'));
    expect(listOf(read(250, [0], listing)).items.get(7)?.status).toBe('recording');
  });

  it.each([
    ['leaves what is found', { status: 'listening' as const }, 1, 'recording', true],
    ['enters it', { status: 'recording' as const }, 900, 'recording', true],
    ['stays in it', { status: 'listening' as const }, 1, 'listening', false],
    ['may have been in it, further on', { status: 'listening' as const }, 900, 'failed', true],
    ['decides the order', { sortBy: 'status' as const }, 900, 'failed', true],
  ] as const)('that %s', (_name, query, place, status, moved) => {
    const listing = read(250, [0], nothingListed({ ...ALL, ...query }));
    expect(withStatus(listing, change(place, status)).moved).toBe(moved);
  });

  it('is remembered for a while, not for ever', () => {
    let listing = nothingListed(ALL);
    for (let place = 0; place < 3000; place++) listing = withStatus(listing, change(place, 'failed')).listing;
    expect(listing.changes.size).toBe(1000);
  });
});
