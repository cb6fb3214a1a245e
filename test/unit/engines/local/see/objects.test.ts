import { expect, it } from 'vitest';
import { things } from '../../../../../demo/server/engines/local/see/objects.ts';

const CLASSES = 90;
/** Scores of one box: class number → score. */
function row(scores: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: CLASSES }, (_, index) => scores[index + 1] ?? 0.01);
}
const CAT = 17;
const DOG = 18;
const PERSON = 1;
const UNUSED = 12;

it('names the best class of each box, with edges, best first', () => {
  const scores = [row({ [CAT]: 0.7, [DOG]: 0.6 }), row({ [PERSON]: 0.9 })].flat();
  const boxes = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
  expect(things(scores, boxes, CLASSES)).toEqual([
    { name: 'person', score: 0.9, top: 0.5, left: 0.6, bottom: 0.7, right: 0.8 },
    { name: 'cat', score: 0.7, top: 0.1, left: 0.2, bottom: 0.3, right: 0.4 },
  ]);
});

it('leaves out what is unsure or has no name', () => {
  const scores = [row({ [CAT]: 0.49 }), row({ [UNUSED]: 0.9 }), row({ [PERSON]: 0.41 })].flat();
  expect(things(scores, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], CLASSES).map(({ name }) => name)).toEqual(['person']);
});

it('takes boxes over each other for one thing, of one kind sooner than of two', () => {
  const scores = [row({ [CAT]: 0.9 }), row({ [CAT]: 0.8 }), row({ [DOG]: 0.7 }), row({ [DOG]: 0.6 })].flat();
  // The second cat is three quarters of the first; the first dog is the first cat; the second dog lies apart.
  const boxes = [0, 0, 1, 1, 0, 0, 1, 0.75, 0, 0, 1, 0.95, 0, 2, 1, 3];
  expect(things(scores, boxes, CLASSES).map(({ name, score }) => [name, score])).toEqual([
    ['cat', 0.9],
    ['dog', 0.6],
  ]);
});
