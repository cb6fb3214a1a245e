import { html, render } from 'lit';
import { expect, test } from 'vitest';
import { each } from '../../../src/elements/each.ts';

/** Lists that keep their nodes by key, and leave nothing behind. */

const list = (items: readonly string[], into: HTMLElement) =>
  render(
    html`<ul>
      ${each(
        items,
        (item) => item,
        (item, index) => html`<li>${index} ${item}</li>`,
      )}
    </ul>`,
    into,
  );
const texts = (from: HTMLElement) => [...from.querySelectorAll('li')].map(({ textContent }) => textContent);

test('items keep their nodes wherever they go, and come in the order told', () => {
  const box = document.createElement('div');
  list(['a', 'b', 'c', 'd'], box);
  const [a, b, c, d] = box.querySelectorAll('li');
  list(['d', 'x', 'b', 'a'], box);
  expect(texts(box)).toEqual(['0 d', '1 x', '2 b', '3 a']);
  const after = [...box.querySelectorAll('li')];
  expect([after[0], after[2], after[3]]).toEqual([d, b, a]);
  expect(c?.isConnected).toBe(false);
  list([], box);
  expect(texts(box)).toEqual([]);
  list(['a', 'a'], box);
  expect(texts(box)).toEqual(['1 a']);
});

test('after thousands have come and gone there are as many nodes as before', () => {
  const box = document.createElement('div');
  const nodes = () => {
    const walk = document.createNodeIterator(box);
    let count = 0;
    while (walk.nextNode() !== null) count += 1;
    return count;
  };
  list(['0', '1', '2'], box);
  const before = nodes();
  for (let index = 0; index < 2_000; index++) list([index, index + 1, index + 2].map(String), box);
  expect(nodes()).toBe(before);
});
