import { describe, expect, it } from 'vitest';
import type { AnswerTurn } from '../../../demo/server/engines/engine.ts';
import { readConversation } from '../../../demo/server/engines/local/answer/conversation.ts';

const user = (text: string, images: readonly Uint8Array[] = []): AnswerTurn => ({ role: 'user', text, images });
const assistant = (text: string): AnswerTurn => ({ role: 'assistant', text, images: [] });
const picture = new Uint8Array([1]);

describe('a conversation', () => {
  it('asks what was said since the last answer, several messages as one', () => {
    const read = readConversation([user('hello'), assistant('Hi.'), user('when are you open'), user('on sunday')]);
    expect(read.asked).toBe('when are you open on sunday');
    expect(read.before).toEqual([{ asked: 'hello', answered: 'Hi.', called: null }]);
  });

  it('is fresh while the user has said nothing', () => {
    expect(readConversation([])).toMatchObject({ asked: '', fresh: true });
    expect(readConversation([user('hello'), assistant('Hi.')])).toMatchObject({ asked: '', fresh: false });
  });

  it('takes what a page tells of an earlier conversation as that, and not as something to quote', () => {
    const told = 'What was said earlier, for reference:\nuser: Do gift cards run out?\nassistant: Never.\nOr so.\nuser: And now?';
    const read = readConversation([{ role: 'system', text: told, images: [] }, user('what did you say')]);
    expect(read).toMatchObject({ asked: 'what did you say', context: [], fresh: false });
    expect(read.before).toEqual([{ asked: 'Do gift cards run out?', answered: 'Never.\nOr so.', called: null }]);
    const fact = 'The shop sells three things to every user: seeds, pots and soil.';
    expect(readConversation([{ role: 'system', text: fact, images: [] }]).context).toEqual([fact]);
  });

  it('hands over what tools gave until it was told', () => {
    const called: AnswerTurn[] = [
      user('weather in Oslo'),
      { role: 'tool-call', callId: 'a', name: 'get_weather', arguments: '{"city":"Oslo"}' },
      { role: 'tool-result', callId: 'a', output: '{"sunny":true}' },
    ];
    expect(readConversation(called).outcomes).toEqual([
      { name: 'get_weather', arguments: '{"city":"Oslo"}', output: '{"sunny":true}' },
    ]);
    const told = readConversation([...called, assistant('It is sunny.'), user('and in Rome')]);
    expect(told.outcomes).toEqual([]);
    expect(told.before[0]?.called).toEqual({ name: 'get_weather', arguments: { city: 'Oslo' } });
  });

  it('lets go of results that the user did not wait for', () => {
    const read = readConversation([
      user('weather in Oslo'),
      { role: 'tool-call', callId: 'a', name: 'get_weather', arguments: '{}' },
      { role: 'tool-result', callId: 'a', output: '1' },
      user('never mind'),
    ]);
    expect(read.outcomes).toEqual([]);
    expect(read.asked).toContain('never mind');
  });

  it('counts arguments that are no object as none', () => {
    const read = readConversation([
      user('x'),
      { role: 'tool-call', callId: 'a', name: 't', arguments: 'oops' },
      assistant('y'),
      user('z'),
    ]);
    expect(read.before[0]?.called).toEqual({ name: 't', arguments: {} });
  });

  it('tells a picture of this turn from one shown before', () => {
    const now = readConversation([user('what is this', [picture])]);
    expect(now.images).toHaveLength(1);
    const later = readConversation([user('what is this', [picture]), assistant('A cup.'), user('what colour is it')]);
    expect(later.images).toHaveLength(0);
    expect(later.earlierImage).toBe(picture);
  });

  it('keeps what the host page added', () => {
    expect(readConversation([{ role: 'system', text: ' The basket holds a rake. ', images: [] }, user('hi')]).context).toEqual([
      'The basket holds a rake.',
    ]);
  });
});
