import { expect, it } from 'vitest';
import { readHead } from '../../../../demo/server/engines/local/answer/tools/head.ts';

it.each([
  ['book a table', 'command'],
  ['please could you book a table', 'request'],
  ['can somebody call me back', 'request'],
  ["i'd like to book a table", 'wish'],
  ['can i book a table', 'may-i'],
  ['where is my order', 'question'],
  ['how do i book a table', 'how-to'],
  ['what happens if i cancel', 'supposed'],
  ["don't cancel my order", 'denied'],
  ['i do not want a table', 'denied'],
  ['i booked a table yesterday', 'statement'],
  ['why is it so cold', 'why'],
  ['a table for four', 'fragment'],
])('%s is a %s', (said, form) => {
  expect(readHead(said).form).toBe(form);
});
