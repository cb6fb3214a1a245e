import { expect, it } from 'vitest';
import { ClockOffset } from '../../../../demo/server/capture/clock.ts';

it('the page’s clock is told by the ping with the shortest round trip, over all connections', () => {
  const clock = new ClockOffset();
  clock.sample(1000, 500, 1004);
  expect(clock.offsetMs).toBe(502);
  // A connection later, on a busy machine.
  clock.sample(9000, 8520, 9060);
  expect(clock.offsetMs).toBe(502);
});

it('a page whose clock was set since is believed at once', () => {
  const clock = new ClockOffset(77);
  expect(clock.offsetMs).toBe(77);
  clock.sample(1000, 500, 1004);
  clock.sample(9000, 2000, 9060);
  expect(clock.offsetMs).toBe(7030);
});

it('an answer from before its question is none', () => {
  const clock = new ClockOffset();
  clock.sample(1000, 500, 990);
  expect(clock.offsetMs).toBeNull();
});
