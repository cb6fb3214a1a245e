import { describe, expect, test } from 'vitest';
import { asContext, fromKept, toKept } from '../../../../src/elements/chat/kept.ts';
import { suggestionsIn } from '../../../../src/elements/chat/suggested.ts';
import { isShown, together } from '../../../../src/elements/chat/written.ts';
import { entry } from '../../../support/fake-assistant.ts';

/** A conversation in a browser's storage, and out of it, whatever has become of it there. */

describe('what is kept', () => {
  test('whole lines go in and come out as they were, without pictures', () => {
    const said = [
      entry('user', 'How long?', { images: ['data:image/jpeg;base64,AAAA'], at: 5 }),
      entry('assistant', 'Thirty', { status: 'interrupted', citations: [{ url: '/returns', title: 'Returns' }], at: 9 }),
      entry('user', 'And', { status: 'interim' }),
      entry('user', '', { status: 'failed' }),
    ];
    const [question, answer] = said;
    expect(fromKept(toKept(said))).toEqual([{ ...question, images: [] }, answer]);
  });

  test('the newest lines that fit stay', () => {
    const said = Array.from({ length: 1000 }, (_, index) => entry('user', `${index} ${'x'.repeat(200)}`));
    const kept = toKept(said);
    expect(kept.length).toBeLessThanOrEqual(64_000);
    const lines = fromKept(kept);
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.at(-1)?.text).toMatch(/^999 /);
    expect(lines[0]?.text).toMatch(new RegExp(`^${1000 - lines.length} `));
  });

  test('one line that is larger than all there may be is left out', () => {
    expect(toKept([entry('user', 'x'.repeat(70_000))])).toBe('[]');
  });

  test.each([
    null,
    '',
    'not JSON',
    '{}',
    '[1, null, "a", {}]',
    '[{"id":"a","role":"root","text":"x","at":1}]',
    '[{"id":1,"role":"user","text":"x","at":1}]',
    '[{"id":"a","role":"user","text":"x"}]',
    '[{"id":"a","role":"user","text":7,"at":1}]',
    `["${'x'.repeat(70_000)}"]`,
  ])('%j is no conversation', (kept) => {
    expect(fromKept(kept)).toEqual([]);
  });

  test('sources that are none are left out of a line', () => {
    const [line] = fromKept(
      '[{"id":"a","role":"user","text":"x","at":1,"citations":[1,{"url":2},{"url":"/a","title":"A","x":1}]}]',
    );
    expect(line?.citations).toEqual([{ url: '/a', title: 'A' }]);
  });
});

describe('what a new connection is told', () => {
  test('both sides, oldest first, and no steps', () => {
    const told = asContext([entry('user', 'How long?'), entry('tool', 'find_order'), entry('assistant', 'Thirty days.')]);
    expect(told?.split('\n').slice(1)).toEqual(['user: How long?', 'assistant: Thirty days.']);
  });

  test('the newest of much, nothing of nothing', () => {
    const told = asContext(Array.from({ length: 1000 }, (_, index) => entry('user', `${index} ${'x'.repeat(100)}`)));
    expect(told?.length).toBeLessThan(6_200);
    expect(told).toContain('user: 999 ');
    expect(asContext([entry('user', 'half', { status: 'interim' })])).toBeNull();
  });
});

test('one list of before and now: each line once, deleted ones not at all', () => {
  const [one, two, three] = [entry('user', 'one'), entry('assistant', 'two'), entry('user', 'three')] as const;
  expect(together([one, two], [two, three])).toEqual([one, two, three]);
  expect(together([one, two], [three], new Set([one.id, three.id]))).toEqual([two]);
  expect(isShown(entry('assistant', 'not heard yet', { revealed: 0 }))).toBe(false);
  expect(isShown(entry('user', '', { images: ['data:'] }))).toBe(true);
  expect(isShown(entry('user', '', { status: 'failed' }))).toBe(true);
});

test('suggestions are a list of short texts, each once, at most eight', () => {
  expect(suggestionsIn(['a', ' a ', '', 'b'])).toEqual(['a', 'b']);
  expect(suggestionsIn(Array.from({ length: 20 }, (_, index) => `${index}`))).toHaveLength(8);
  expect(suggestionsIn(['x'.repeat(900)])?.[0]).toHaveLength(200);
  for (const value of ['a', { 0: 'a' }, [1], null]) expect(suggestionsIn(value)).toBeNull();
});
