import { describe, expect, it } from 'vitest';
import { Drain, paddingFrames } from '../../../../src/protocols/rtvt/drain.ts';

/** When a stream that was closed at 1 000 ms tells its end, and when nobody needs to listen any more. */

const told = { taken: true, open: false };
const growing = { taken: true, open: true };
const waiting = { taken: false, open: true };

describe('the end of a stream', () => {
  it('is told once all sound was taken and no sentence lacks its final, and listened to for 3 s', () => {
    const drain = new Drain(1_000);
    expect([drain.step(1_000, waiting), drain.step(1_100, growing), drain.step(1_200, told)]).toEqual(['wait', 'wait', 'end']);
    // Until it is answered it is neither told again nor over.
    expect([drain.step(9_000, told), drain.isEnded]).toEqual(['wait', false]);
    drain.ended(9_000);
    expect([drain.isEnded, drain.step(11_999, told), drain.step(12_000, told)]).toEqual([true, 'wait', 'over']);
  });

  it('does not wait longer than 5 s for a final, nor than 30 s for a wire', () => {
    const drain = new Drain(1_000);
    drain.step(2_000, growing);
    expect([drain.step(6_999, growing), drain.step(7_000, growing)]).toEqual(['wait', 'end']);
    expect([new Drain(1_000).step(30_999, waiting), new Drain(1_000).step(31_000, waiting)]).toEqual(['wait', 'over']);
  });

  it('is told anew on another connection, with all the time that a final may take', () => {
    const drain = new Drain(1_000);
    drain.step(2_000, growing);
    drain.step(7_000, growing);
    drain.ended(7_100);
    drain.again();
    expect(drain.isEnded).toBe(false);
    expect([drain.step(11_000, growing), drain.step(15_999, growing), drain.step(16_000, growing)]).toEqual([
      'wait',
      'wait',
      'end',
    ]);
  });

  it('has more silence before it than what ends a sentence', () => {
    expect([undefined, -1, 20, 500, 700, 2_000].map((silenceMs) => paddingFrames(silenceMs) * 20)).toEqual([
      ...[1_000, 1_000, 1_000, 1_000],
      ...[1_200, 2_500],
    ]);
  });
});
