import { describe, expect, it } from 'vitest';
import { completeness, silenceToWaitMs } from '../../../../demo/server/realtime/end-of-thought.ts';

describe('completeness', () => {
  it.each([
    'What are your opening hours?',
    'I would like to return my order.',
    'yes',
    'No, thanks!',
    'how do I reset my password',
  ])('whole: %s', (text) => expect(completeness(text)).toBe('complete'));

  it.each([
    'I would like to',
    'Can you tell me the',
    'my order number is,',
    'So I was thinking um',
    'It broke because',
    'Well...',
  ])('open: %s', (text) => expect(completeness(text)).toBe('open'));

  it.each(['', 'blue shoes', 'Order.'])('unsure: "%s"', (text) => expect(completeness(text)).toBe('unsure'));

  it('a question may end on a preposition', () => {
    expect(completeness('What is it for?')).toBe('complete');
    expect(completeness('Where does that come from?')).toBe('complete');
  });
});

describe('silenceToWaitMs', () => {
  it('waits 8, 4 and 2 s at most, by eagerness', () => {
    expect(['low', 'medium', 'high'].map((eagerness) => silenceToWaitMs(null, eagerness as 'low'))).toEqual([8000, 4000, 2000]);
    expect(silenceToWaitMs('and then', 'auto')).toBe(4000);
  });

  it('a whole sentence is waited for less than an open one, and less the more eager', () => {
    for (const eagerness of ['low', 'medium', 'high'] as const) {
      expect(silenceToWaitMs('What time is it?', eagerness)).toBeLessThan(silenceToWaitMs('blue shoes', eagerness));
    }
    expect(silenceToWaitMs('What time is it?', 'high')).toBeLessThan(silenceToWaitMs('What time is it?', 'low'));
  });
});
