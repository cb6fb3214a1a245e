import { expect, it } from 'vitest';
import { emit, type Reply } from '../../../demo/server/engines/local/answer/emit.ts';

const reply: Reply = {
  sentences: ['You have thirty days.', 'Keep the receipt.'],
  citation: { url: '/returns', title: 'Returns' },
  calls: [],
};

it('tells sentences, the page, and an end that counts four characters a token', () => {
  expect([...emit(reply, 40, null)]).toEqual([
    { type: 'text', text: 'You have thirty days.', language: 'en' },
    { type: 'text', text: ' Keep the receipt.', language: 'en' },
    { type: 'citation', url: '/returns', title: 'Returns' },
    { type: 'end', inputTokens: 10, outputTokens: 10, cut: false },
  ]);
});

it('is cut at a word when the limit is reached, and says so', () => {
  expect([...emit(reply, 0, 4)]).toEqual([
    { type: 'text', text: 'You have thirty', language: 'en' },
    { type: 'citation', url: '/returns', title: 'Returns' },
    { type: 'end', inputTokens: 0, outputTokens: 4, cut: true },
  ]);
});

it('says of no words of others what language they are in, nor of what is plainly not English', () => {
  const [given] = [...emit({ ...reply, asGiven: true }, 0, null)];
  expect(given).toEqual({ type: 'text', text: 'You have thirty days.' });
  const [quoted] = [...emit({ ...reply, sentences: ['¿Dónde está la tienda y qué hay para mí?'] }, 0, null)];
  expect(quoted).not.toHaveProperty('language');
});

it('hands calls over as JSON', () => {
  const parts = [...emit({ sentences: [], citation: null, calls: [{ name: 'book', arguments: { guests: 2 } }] }, 0, null)];
  expect(parts[0]).toEqual({ type: 'tool-call', name: 'book', arguments: '{"guests":2}' });
});
