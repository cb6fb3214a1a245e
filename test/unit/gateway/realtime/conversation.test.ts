import { describe, expect, it } from 'vitest';
import { Conversation } from '../../../../demo/server/realtime/conversation.ts';
import type { Item } from '../../../../demo/server/realtime/items.ts';

const text = (id: string, words = 'x'): Item => ({
  type: 'message',
  id,
  role: 'user',
  status: 'completed',
  content: [{ type: 'input_text', text: words }],
});

const sound = (id: string, samples: number): Item => ({
  type: 'message',
  id,
  role: 'user',
  status: 'completed',
  content: [
    {
      type: 'input_audio',
      transcript: 'words',
      sound: { pcm: new Int16Array(samples), format: { type: 'audio/pcm', rate: 16000 } },
    },
  ],
});

const ids = (conversation: Conversation): string[] => conversation.items.map((item) => item.id);

describe('Conversation', () => {
  it('appends, puts to the front, and puts after a given item', () => {
    const conversation = new Conversation({ items: 10, bytes: 1e6 });
    expect(conversation.insert(text('b'))).toBeNull();
    expect(conversation.insert(text('a'), 'root')).toBeNull();
    expect(conversation.insert(text('c'))).toBe('b');
    expect(conversation.insert(text('ab'), 'a')).toBe('a');
    expect(ids(conversation)).toEqual(['a', 'ab', 'b', 'c']);
  });

  it('refuses an unknown neighbour, a taken id, and more than it can hold', () => {
    const conversation = new Conversation({ items: 2, bytes: 1e6 });
    conversation.insert(text('a'));
    expect(() => conversation.insert(text('b'), 'nobody')).toThrow(
      expect.objectContaining({ code: 'item_not_found', param: 'previous_item_id' }),
    );
    expect(() => conversation.insert(text('a'))).toThrow(expect.objectContaining({ code: 'item_id_taken' }));
    conversation.insert(text('b'));
    expect(() => conversation.insert(text('c'))).toThrow(expect.objectContaining({ code: 'conversation_full' }));
  });

  it('lets old sound go before it refuses anything', () => {
    const conversation = new Conversation({ items: 10, bytes: 10_000 });
    conversation.insert(sound('old', 4000));
    conversation.insert(sound('new', 4000));
    expect(conversation.get('old')).toMatchObject({ content: [{ transcript: 'words', sound: null }] });
    expect(conversation.get('new')).toMatchObject({ content: [{ sound: { pcm: expect.any(Int16Array) as Int16Array } }] });
  });

  it('changes its version with every change, and forgets what was deleted', () => {
    const conversation = new Conversation({ items: 10, bytes: 1e6 });
    const versions = [conversation.version];
    conversation.insert(text('a'));
    versions.push(conversation.version);
    conversation.replace(text('a', 'other'));
    versions.push(conversation.version);
    conversation.delete('a');
    versions.push(conversation.version);
    expect(new Set(versions).size).toBe(4);
    conversation.replace(text('a'));
    expect(ids(conversation)).toEqual([]);
    expect(() => conversation.delete('a')).toThrow(expect.objectContaining({ code: 'item_not_found' }));
  });
});
