import { expect, it } from 'vitest';
import { CallQueue } from '../../../../demo/server/engines/local/call-queue.ts';

function call(name: string, droppable = false) {
  return {
    name,
    droppable,
    dropped: false,
    drop(): void {
      this.dropped = true;
    },
  };
}

it('gives ordinary calls first, each kind in its order, droppable ones only where they may go', () => {
  const queue = new CallQueue<ReturnType<typeof call>>(8);
  for (const each of [call('i1', true), call('n1'), call('i2', true), call('n2')]) expect(queue.offer(each)).toBe(true);
  expect([queue.take(false), queue.take(false), queue.take(false)].map((each) => each?.name)).toEqual(['n1', 'n2', undefined]);
  expect([queue.take(true), queue.take(true), queue.take(true)].map((each) => each?.name)).toEqual(['i1', 'i2', undefined]);
});

it('when full drops the oldest droppable call for an ordinary one and refuses the rest', () => {
  const queue = new CallQueue<ReturnType<typeof call>>(2);
  const [first, second, third] = [call('i1', true), call('i2', true), call('n1')];
  queue.offer(first);
  queue.offer(second);
  expect(queue.offer(call('i3', true))).toBe(false);
  expect(queue.offer(third)).toBe(true);
  expect([first.dropped, second.dropped]).toEqual([true, false]);
  expect(queue.offer(call('n2'))).toBe(true);
  expect(second.dropped).toBe(true);
  expect(queue.offer(call('n3'))).toBe(false);
  expect(queue.length).toBe(2);
});

it('gives up a call that left, and all of them at once', () => {
  const queue = new CallQueue<ReturnType<typeof call>>(4);
  const [first, second] = [call('n1'), call('i1', true)];
  queue.offer(first);
  queue.offer(second);
  expect(queue.remove(first)).toBe(true);
  expect(queue.remove(first)).toBe(false);
  expect(queue.drain()).toEqual([second]);
  expect(queue.length).toBe(0);
});
