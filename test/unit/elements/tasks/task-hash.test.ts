import { describe, expect, test } from 'vitest';
import { hashOf, placeOf, startingPlace, type TaskPlace } from '../../../../src/elements/tasks/task-hash.ts';

/** What is looked at survives the page's address, and what others keep there survives too. */

const place: TaskPlace = {
  task: 'a1b2',
  view: 'log',
  query: { status: 'failed', search: 'blüte & co #1', sortBy: 'start_time', order: 'asc' },
  row: 4321,
};

describe('what is looked at, in the address', () => {
  test('comes back as it was', () => {
    expect(placeOf(hashOf('', place))).toEqual(place);
  });

  test('what goes without saying is not said', () => {
    expect(hashOf('', startingPlace)).toBe('');
    expect(hashOf('', { ...startingPlace, task: 'x' })).toBe('#task=x');
  });

  test('what others keep there stays', () => {
    expect(hashOf('#desk=tasks&task=old&task-row=9', { ...startingPlace, task: 'new' })).toBe('#desk=tasks&task=new');
    expect(hashOf('#desk=tasks&task=old', startingPlace)).toBe('#desk=tasks');
  });

  test('a place on the page says nothing about tasks, and gives way', () => {
    expect(placeOf('#main')).toBeNull();
    expect(hashOf('#main', { ...startingPlace, task: 'x' })).toBe('#task=x');
    expect(placeOf('')).toEqual(startingPlace);
  });

  test.each([
    '#task=&task-view=admin&task-status=gone',
    '#task-sort=drop%20table&task-order=up',
    '#task-row=-1',
    '#task-row=1.5',
    '#task-row=1e99',
    '#task-row=NaN',
    `#task=${'x'.repeat(101)}`,
  ])('what makes no sense is left out: %s', (hash) => {
    expect(placeOf(hash)).toEqual(startingPlace);
  });

  test('a search is cut to what is searched for', () => {
    expect(placeOf(`#task-search=${'a'.repeat(300)}`)?.query.search).toHaveLength(200);
  });
});
