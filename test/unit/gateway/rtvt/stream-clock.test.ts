import { describe, expect, it } from 'vitest';
import { StreamClock } from '../../../../demo/server/rtvt/stream-clock.ts';

const T = 1_713_354_552_000;

describe('StreamClock', () => {
  it('tells when a sample was recorded, within frames too', () => {
    const clock = new StreamClock();
    for (let frame = 0; frame < 10; frame++) clock.mark(frame * 320, T + frame * 20);
    expect(clock.timeOf(0)).toBe(T);
    expect(clock.timeOf(5 * 320 + 160)).toBe(T + 110);
    expect(clock.timeOf(3200)).toBe(T + 200);
  });

  it('follows a clock that jitters or jumps', () => {
    const clock = new StreamClock();
    clock.mark(0, T);
    clock.mark(320, T + 25);
    clock.mark(640, T + 5000);
    expect([0, 320, 480, 640].map((position) => clock.timeOf(position) - T)).toEqual([0, 25, 35, 5000]);
  });

  it('finds the silence that a client did not send, and not the jitter of one that sends in bursts', () => {
    const clock = new StreamClock();
    expect(clock.holeBefore(0, T)).toBe(0);
    clock.mark(0, T);
    // Four frames every 64 ms, all with the same time.
    expect(clock.holeBefore(320, T)).toBe(0);
    clock.mark(960, T);
    expect(clock.holeBefore(1280, T + 64)).toBe(0);
    expect(clock.holeBefore(1280, T + 1020)).toBe(1000);
    expect(clock.holeBefore(1280, T + 3_600_000)).toBe(2500);
  });

  it('forgets what nobody asks about, and still knows the rest', () => {
    const clock = new StreamClock();
    for (let frame = 0; frame < 100; frame++) clock.mark(frame * 320, T + frame * 21);
    clock.forgetBefore(50 * 320 + 10);
    expect(clock.timeOf(50 * 320 + 16)).toBe(T + 50 * 21 + 1);
    expect(clock.timeOf(99 * 320)).toBe(T + 99 * 21);
  });
});
