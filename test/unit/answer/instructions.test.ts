import { describe, expect, it } from 'vitest';
import { readInstructions } from '../../../demo/server/engines/local/answer/instructions.ts';

describe('instructions', () => {
  it('give a name, a role, a tone, limits, words for doubt and greeting, and facts', () => {
    expect(
      readInstructions(
        'You are Fern, the friendly garden assistant of Northwind. Answer in at most two sentences. Never mention prices or competitors. ' +
          'If you are unsure, say "Please ask our staff." Greet the user with "Welcome! How can I help?" Our shop opens at nine.',
      ),
    ).toMatchObject({
      name: 'Fern',
      role: 'the garden assistant of Northwind',
      tone: 'friendly',
      maxSentences: 2,
      never: ['prices', 'competitors'],
      unsure: 'Please ask our staff.',
      greeting: 'Welcome! How can I help?',
      facts: ['Our shop opens at nine.'],
      limits: [],
    });
  });

  it.each([
    ['Reply in one sentence.', { maxSentences: 1 }],
    ['Keep answers under twenty words.', { maxWords: 20 }],
    ['Be brief.', { tone: 'brief' }],
    ['Use a formal tone.', { tone: 'formal' }],
    ['Your name is Max.', { name: 'Max' }],
    ['Call the user Captain.', { addressee: 'Captain' }],
    ['Only talk about opening hours and tickets.', { only: ['opening hours', 'tickets'] }],
    ['Do not talk about anything other than gardening.', { only: ['gardening'] }],
    ["Don't discuss politics.", { never: ['politics'] }],
    ['End every answer with "Anything else?"', { closing: 'Anything else?' }],
    ['If asked about refunds, say: please write to us.', { scripts: [{ when: 'refunds', say: 'Please write to us.' }] }],
    ['Say exactly "The test works."', { verbatim: 'The test works.' }],
    ['You are Fern. Say exactly "The test works."', { name: 'Fern', verbatim: 'The test works.' }],
    ['Say exactly "The test works." Call yourself "Max".', { name: 'Max', verbatim: 'The test works.' }],
    ['你是一个友好的助手', { tone: 'friendly' }],
  ])('%s', (text, expected) => {
    const policy = readInstructions(text);
    expect(policy).toMatchObject(expected);
    expect(policy.limits).toEqual([]);
  });

  it.each([
    ['Say exactly this and nothing else: "Are you there? It ends in 20 seconds."', 'Are you there? It ends in 20 seconds.'],
    ['Say exactly the following sentence, word for word, and nothing else: “Are you there?”', 'Are you there?'],
    ['Say only this text, in the language it is written in: "¿Sigue ahí? Se borra."', '¿Sigue ahí? Se borra.'],
    ['Say exactly: "まだいますか？画面は消えます。"', 'まだいますか？画面は消えます。'],
    ['Say exactly the following, and nothing else:\nAre you there? It ends.', 'Are you there? It ends.'],
    ['Repeat the following text verbatim: "He said "hello" to me."', 'He said "hello" to me.'],
    ["Say exactly 'It's five o'clock.'", "It's five o'clock."],
    ['Repeat exactly one two three.', 'one two three.'],
    ['Say "yes" and then say "no".', null],
    ['Speak clearly: our guests are old.', null],
    ['Read the text about opening hours.', null],
  ])('%s is said as it stands', (text, verbatim) => {
    expect(readInstructions(text).verbatim).toBe(verbatim);
  });

  it.each([
    ['Speak only Spanish.', /Spanish/],
    ["Answer in the user's own language.", /languages/],
    ['Talk like a pirate.', /style/],
    ['Always call a function when you can.', /tools/],
    ['Write every answer as a haiku.', /does not know how to follow/],
    ['常に日本語で答えてください。', /English only/],
  ])('%s is told as a limit', (text, told) => {
    expect(readInstructions(text).limits.join(' ')).toMatch(told);
  });

  it.each([
    'You are a helpful assistant.',
    'Never make things up.',
    'Answer in English.',
    'Help users with their questions.',
    '',
  ])('%s is no limit', (text) => {
    expect(readInstructions(text).limits).toEqual([]);
  });

  it('takes no fact of a shop for a wish about the voice', () => {
    expect(readInstructions('Our short tours start at ten.')).toMatchObject({
      tone: 'neutral',
      facts: ['Our short tours start at ten.'],
    });
  });
});
