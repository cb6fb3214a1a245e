import { expect, it } from 'vitest';
import { clauses } from '../../../../../demo/server/engines/local/speak/clauses.ts';

const texts = (text: string): string[] => clauses(text).map((clause) => clause.text);

it('leaves a short sentence whole', () => {
  expect(clauses('We are open until six.')).toEqual([{ text: 'We are open until six.', pauseMs: 320 }]);
});

it('cuts a long first sentence at its first comma, with a short pause', () => {
  const parts = clauses('Water tomatoes every second day in summer, early in the morning, at the foot of the plant.');
  expect(parts).toEqual([
    { text: 'Water tomatoes every second day in summer,', pauseMs: 130 },
    { text: 'early in the morning, at the foot of the plant.', pauseMs: 320 },
  ]);
});

it('cuts at a joint when there is no comma, without a pause worth the name', () => {
  const [first] = clauses('Your order left the warehouse this morning and will arrive tomorrow before noon.');
  expect(first?.text).toBe('Your order left the warehouse this morning');
  expect(first?.pauseMs).toBeLessThan(50);
});

it('cuts only the first sentence short: later ones have time', () => {
  const later = 'You can return any product within thirty days of purchase as long as it has not been used.';
  expect(texts(`Yes. ${later}`)).toEqual(['Yes.', later]);
});

it('never loses a word or tears off a tail of one or two', () => {
  const long = Array.from({ length: 120 }, (_, index) =>
    index % 9 === 8 ? `word${String(index)},` : index % 7 === 6 ? 'and' : `word${String(index)}`,
  ).join(' ');
  const parts = texts(`${long}.`);
  expect(parts.join(' ')).toBe(`${long}.`);
  for (const part of parts) {
    expect(part.split(' ').length).toBeGreaterThanOrEqual(3);
    expect(part.split(' ').length).toBeLessThanOrEqual(31);
  }
});

it('knows which full stops end nothing', () => {
  expect(texts('Dr. Smith opens at 9 a.m. on Mondays. He waits.')).toEqual([
    'Dr. Smith opens at 9 a.m. on Mondays.',
    'He waits.',
  ]);
});

it('says nothing of nothing', () => {
  expect(clauses('')).toEqual([]);
  expect(clauses(' ... !')).toEqual([]);
});
