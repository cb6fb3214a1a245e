import { expect, test } from 'vitest';
import { FrozenClock } from '../../../src/audio/frozen.ts';

const looks = (...seen: readonly (readonly [string, number])[]): boolean => {
  const clock = new FrozenClock();
  return seen.map(([state, time]) => clock.look(state, time)).at(-1)!;
};

test('three looks at the same time of a running context', () => {
  expect(looks(['running', 5], ['running', 5], ['running', 5])).toBe(false);
  expect(looks(['running', 5], ['running', 5], ['running', 5], ['running', 5])).toBe(true);
});

test('a step in between, or a suspended context, begins anew', () => {
  expect(looks(['running', 5], ['running', 5], ['running', 6], ['running', 6], ['running', 6])).toBe(false);
  expect(looks(['suspended', 0], ['suspended', 0], ['suspended', 0], ['suspended', 0])).toBe(false);
});
