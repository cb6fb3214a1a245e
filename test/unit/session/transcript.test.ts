import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/session/state.ts';
import {
  append,
  caption,
  cutAt,
  history,
  place,
  reveal,
  typed,
  unanswered,
  withoutInterim,
  type Transcript,
} from '../../../src/session/transcript.ts';

const ids = (list: Transcript): string[] => list.map(({ id }) => id);
const say = (list: Transcript, itemId: string, role: 'user' | 'assistant', text: string, final = true): Transcript =>
  caption(list, { itemId, role, text, edit: 'replace', final }, 0);

describe('the transcript', () => {
  it('is in the server’s order, whatever comes first (complaints row 20)', () => {
    const events = [
      (list: Transcript) => place(list, 'u1', 'user', null, 0),
      (list: Transcript) => place(list, 'a1', 'assistant', 'u1', 0),
      (list: Transcript) => place(list, 'u2', 'user', 'a1', 0),
      (list: Transcript) => say(list, 'u1', 'user', 'one'),
      (list: Transcript) => say(list, 'a1', 'assistant', 'two'),
      (list: Transcript) => say(list, 'u2', 'user', 'three'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (order) => {
        // Places are told in order; their words may come at any time.
        const places = [0, 1, 2];
        const told = order.map((index) => (index < 3 ? (places.shift() ?? 0) : index));
        const list = told.reduce<Transcript>((before, index) => events[index]?.(before) ?? before, []);
        expect(ids(list)).toEqual(['u1', 'a1', 'u2']);
        expect(list.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
      }),
    );
  });

  it('keeps a step with a tool between the question and the answer that needed it', () => {
    const asked = say([], 'u1', 'user', 'What is in my basket?');
    const tool: Entry = { ...typed('call', 'basket', [], 0), role: 'tool' };
    const told = place(place(append(asked, tool), 'a1', 'assistant', 'u1', 0), 'a1', 'assistant', 'u1', 0);
    expect(ids(told)).toEqual(['u1', 'call', 'a1']);
  });

  it('shows no more than was heard, and never takes back', () => {
    const list = say([], 'a', 'assistant', 'We open at nine.', false);
    expect(reveal(list, 'a', 7)[0]?.revealed).toBe(7);
    expect(reveal(reveal(list, 'a', 7), 'a', 3)[0]?.revealed).toBe(7);
    expect(reveal(list, 'a', Infinity)[0]?.revealed).toBe(16);
  });

  it('cuts an answer at the last whole word heard, and late words do not grow it again', () => {
    const cut = cutAt(say([], 'a', 'assistant', 'We open at nine.', false), 'a', 9);
    expect(cut[0]).toMatchObject({ text: 'We open', status: 'interrupted', revealed: 7 });
    expect(say(cut, 'a', 'assistant', 'We open at nine.')[0]?.text).toBe('We open');
  });

  it('forgets half heard speech of the user when the connection is lost, and keeps half answers', () => {
    const list = say(say(say([], 'u1', 'user', 'yes'), 'a1', 'assistant', 'Well', false), 'u2', 'user', 'and', false);
    expect(withoutInterim(list).map(({ id, status }) => [id, status])).toEqual([
      ['u1', 'final'],
      ['a1', 'interrupted'],
    ]);
  });

  it('tells a new connection what was said, but not what will be sent again', () => {
    const list = append(say(say([], 'u1', 'user', 'hello'), 'a1', 'assistant', 'Hi!'), typed('m1', 'and now?', [], 0));
    expect(history(list, new Set(['m1']))).toEqual([
      { id: 'u1', role: 'user', text: 'hello' },
      { id: 'a1', role: 'assistant', text: 'Hi!' },
    ]);
    expect(unanswered(list, new Set(['m1']))).toBe(false);
    expect(unanswered(list, new Set())).toBe(true);
    expect(unanswered(say([], 'a1', 'assistant', 'Hi!'), new Set())).toBe(false);
  });

  it('holds 500 lines at most', () => {
    let list: readonly Entry[] = [];
    for (let index = 0; index < 600; index += 1) list = append(list, typed(String(index), 'x', [], 0));
    expect(list).toHaveLength(500);
    expect(list[0]?.id).toBe('100');
  });
});
