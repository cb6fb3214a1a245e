import { expect, it } from 'vitest';
import { settled } from '../../../src/session/settled.ts';
import { entry } from '../../support/fake-assistant.ts';

it('ends an answer where its sound ended, and drops one that was not heard', () => {
  const list = [
    entry('assistant', 'We open at nine.', { status: 'interim', revealed: 9 }),
    entry('assistant', 'All of it came.', { status: 'final', revealed: 8 }),
    entry('assistant', 'Nobody heard this.', { status: 'interim', revealed: 0 }),
    entry('assistant', 'Written, half', { status: 'interim' }),
  ];
  expect(settled(list).map(({ text, revealed, status }) => [text, revealed, status])).toEqual([
    ['We open', 7, 'interrupted'],
    ['All of', 6, 'interrupted'],
    ['Written, half', 13, 'interrupted'],
  ]);
});

it('keeps what the user was saying as it stands, and tells of a step that has no end', () => {
  const list = [
    entry('user', 'And on', { status: 'interim' }),
    entry('user', '', { status: 'interim' }),
    entry('tool', 'open_hours', { status: 'interim' }),
  ];
  expect(settled(list).map(({ text, status }) => [text, status])).toEqual([
    ['And on', 'final'],
    ['open_hours', 'interrupted'],
  ]);
});

it('leaves alone what is done', () => {
  const list = [
    entry('user', 'Hello'),
    entry('assistant', 'Good day', {}),
    entry('assistant', 'We', { status: 'interrupted' }),
    entry('user', '', { status: 'failed' }),
  ];
  expect(settled(list)).toEqual(list);
});
