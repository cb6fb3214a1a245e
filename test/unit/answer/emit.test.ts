import { expect, it } from 'vitest';
import { emit, type Reply } from '../../../demo/server/engines/local/answer/emit.ts';

const reply: Reply = {
  sentences: ['You have thirty days.', 'Keep the receipt.'],
  citation: { url: '/returns', title: 'Returns' },
  calls: [],
};

it('tells sentences, the page, and an end that counts four characters a token', () => {
  expect([...emit(reply, 40, null)]).toEqual([
    { type: 'text', text: 'You have thirty days.' },
    { type: 'text', text: ' Keep the receipt.' },
    { type: 'citation', url: '/returns', title: 'Returns' },
    { type: 'end', inputTokens: 10, outputTokens: 10, cut: false },
  ]);
});

it('is cut at a word when the limit is reached, and says so', () => {
  expect([...emit(reply, 0, 4)]).toEqual([
    { type: 'text', text: 'You have thirty' },
    { type: 'citation', url: '/returns', title: 'Returns' },
    { type: 'end', inputTokens: 0, outputTokens: 4, cut: true },
  ]);
});

it('hands calls over as JSON', () => {
  const parts = [...emit({ sentences: [], citation: null, calls: [{ name: 'book', arguments: { guests: 2 } }] }, 0, null)];
  expect(parts[0]).toEqual({ type: 'tool-call', name: 'book', arguments: '{"guests":2}' });
});
