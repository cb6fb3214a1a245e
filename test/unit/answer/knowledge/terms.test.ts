import { expect, it } from 'vitest';
import { likeness, readTerms } from '../../../../demo/server/knowledge/terms.ts';

const stems = (text: string) => readTerms(text).map((term) => term.stem);
const like = (a: string, b: string) => {
  const [one] = readTerms(a);
  const [other] = readTerms(b);
  return one === undefined || other === undefined ? 0 : likeness(one, other);
};

it('keeps the words that carry the subject, numbers as digits', () => {
  expect(stems('can you please tell me about the thirty days')).toEqual(['30', 'day']);
});

it('reads phrases and parted verbs as what they mean', () => {
  expect(stems('how do i get my money back')).toContain('refund');
  expect(stems('i want to send the parcel back')).toContain('return');
});

it.each([
  ['delivery', 'shipping', 0.8],
  ['lost', 'lose', 1],
  ['doctor', 'physician', 0.75],
])('%s and %s are alike by %d at least', (a, b, least) => {
  expect(like(a, b)).toBeGreaterThanOrEqual(least);
});

it('never takes contraries for synonyms', () => {
  expect(like('open', 'closed')).toBeLessThan(0.75);
  expect(like('lost', 'found')).toBeLessThan(0.75);
  expect(like('parcel', 'tomato')).toBe(0);
});
