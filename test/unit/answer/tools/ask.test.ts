import { expect, it } from 'vitest';
import { askFor } from '../../../../demo/server/engines/local/answer/tools/ask.ts';
import { readSlots } from '../../../../demo/server/engines/local/answer/tools/slots.ts';

it.each([
  ['city', { type: 'string' }, 'Which city?'],
  ['date', { type: 'string', format: 'date' }, 'For what day?'],
  ['time', { type: 'string' }, 'At what time?'],
  ['size', { type: 'string', enum: ['small', 'large'] }, 'Which size would you like: small or large?'],
  ['email', { type: 'string', format: 'email' }, 'What is the e-mail address?'],
  ['order_number', { type: 'string' }, 'What is the order number?'],
  ['party_size', { type: 'integer', description: 'Number of guests' }, 'How many guests?'],
  ['origin', { type: 'string' }, 'From where?'],
  ['due', { type: 'string', format: 'date-time' }, 'On what day and at what time?'],
  ['message', { type: 'string' }, 'What should the message say?'],
])('%s: %j is asked for', (name, schema, question) => {
  const [slot] = readSlots({ type: 'object', properties: { [name]: schema }, required: [name] });
  expect(slot === undefined ? null : askFor(slot)).toBe(question);
});
