import { describe, expect, it } from 'vitest';
import { limitTurns, MAX_PROMPT_TOKENS, toTurns } from '../../../../demo/server/realtime/prompt-turns.ts';
import type { Item } from '../../../../demo/server/realtime/items.ts';
import type { AnswerTurn } from '../../../../demo/server/engines/engine.ts';

const say = (tokens: number, mark: string): AnswerTurn => ({ role: 'user', text: mark.padEnd(tokens * 4, '.'), images: [] });
const marks = (turns: readonly AnswerTurn[]): string[] =>
  turns.map((turn) => (turn.role === 'user' ? (turn.text[0] ?? '') : turn.role));

describe('toTurns', () => {
  it('gives words of every kind of item, pictures as bytes, and what only the engines heard', () => {
    const picture = Uint8Array.of(1, 2, 3);
    const items: Item[] = [
      { type: 'message', id: 's', role: 'system', status: 'completed', content: [{ type: 'input_text', text: 'A shop.' }] },
      {
        type: 'message',
        id: 'u',
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_audio', transcript: null, sound: null }],
      },
      {
        type: 'message',
        id: 'p',
        role: 'user',
        status: 'completed',
        content: [
          { type: 'input_image', imageUrl: 'data:', detail: 'auto', bytes: picture },
          { type: 'input_text', text: 'What is it?' },
        ],
      },
      { type: 'function_call', id: 'f', status: 'completed', callId: 'c', name: 'look', arguments: '{}' },
      { type: 'function_call_output', id: 'o', status: 'completed', callId: 'c', output: 'done' },
    ];
    expect(toTurns(items, new Map([['u', 'hello']]))).toEqual([
      { role: 'system', text: 'A shop.', images: [] },
      { role: 'user', text: 'hello', images: [] },
      { role: 'user', text: 'What is it?', images: [picture] },
      { role: 'tool-call', callId: 'c', name: 'look', arguments: '{}' },
      { role: 'tool-result', callId: 'c', output: 'done' },
    ]);
  });
});

describe('limitTurns', () => {
  const long = [say(MAX_PROMPT_TOKENS, 'a'), say(100, 'b'), say(100, 'c')];

  it('leaves a conversation alone that fits', () => {
    expect(limitTurns(long.slice(1), 'disabled')).toEqual(long.slice(1));
  });

  it('auto drops the oldest; disabled refuses', () => {
    expect(marks(limitTurns(long, 'auto'))).toEqual(['b', 'c']);
    expect(() => limitTurns(long, 'disabled')).toThrow(expect.objectContaining({ code: 'context_length_exceeded' }));
  });

  it('a retention ratio drops down to its share of the limit that was asked for', () => {
    const turns = [say(40, 'a'), say(40, 'b'), say(40, 'c')];
    const truncation = { type: 'retention_ratio', retention_ratio: 0.5, token_limits: { post_instructions: 100 } } as const;
    expect(marks(limitTurns(turns, truncation))).toEqual(['c']);
    expect(marks(limitTurns(turns, { ...truncation, retention_ratio: 0.9 }))).toEqual(['b', 'c']);
  });

  it('never drops the newest', () => {
    expect(marks(limitTurns([say(MAX_PROMPT_TOKENS * 2, 'z')], 'auto'))).toEqual(['z']);
  });
});
