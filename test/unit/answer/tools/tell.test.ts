import { expect, it } from 'vitest';
import { tellOutcomes } from '../../../../demo/server/engines/local/answer/tools/tell.ts';

const told = (output: unknown, name = 'get_weather', given = '{}') =>
  tellOutcomes([{ name, arguments: given, output: typeof output === 'string' ? output : JSON.stringify(output) }]).join(' ');

it.each([
  [{ temperature: 21, condition: 'sunny' }, 'The temperature is 21 degrees and the condition is sunny.'],
  [{ error: 'not found' }, 'That did not work: not found.'],
  [{ success: false, message: 'No table is free' }, 'That did not work: no table is free.'],
  [
    { ok: true, confirmation_number: 'AB12', date: '2026-11-27' },
    'Done. The confirmation number is AB12 and the date is Friday 27 November.',
  ],
  [{ data: { balance: 120.5, currency: 'EUR' } }, 'The balance is 120.5 EUR.'],
  ['Your table is booked', 'Your table is booked.'],
  ['', 'Done.'],
  [true, 'Done.'],
  [{ message: 'All tickets are sold.' }, 'All tickets are sold.'],
])('%j → %s', (output, words) => {
  expect(told(output)).toBe(words);
});

it('names what a list holds, a few of many', () => {
  expect(
    told(
      [
        { name: 'Hammer', price: 12 },
        { name: 'Nail', price: 1 },
      ],
      'search_products',
    ),
  ).toBe('I found 2 products: Hammer, price 12 and Nail, price 1.');
  expect(told({ results: ['A', 'B', 'C', 'D', 'E'] })).toBe('I found 5 results: A, B, C, D, and 1 more.');
  expect(told([], 'find_hotels')).toBe('I found no hotels.');
});

it('does not read back what the user gave, nor what is for machines', () => {
  expect(told({ city: 'Oslo', temperature: 3 }, 'get_weather', '{"city":"Oslo"}')).toBe('The temperature is 3 degrees.');
  expect(told({ id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', url: 'https://example.com/x', seats: 4 })).toBe('The seats is 4.');
});
