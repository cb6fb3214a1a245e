import { describe, expect, it } from 'vitest';
import { AudioRing } from '../../../../src/protocols/rtvt/audio-ring.ts';
import { Lag } from '../../../../src/protocols/rtvt/lag.ts';

const filled = (frames: number): AudioRing => {
  const ring = new AudioRing();
  for (let number = 0; number < frames; number++) ring.push(new Uint8Array(640).fill(number % 256), number * 20);
  return ring;
};

describe('the ring', () => {
  it('gives frames back as they came', () => {
    const ring = filled(3);
    expect([ring.backlog, ring.bytes(2)[639], ring.ms(2)]).toEqual([3, 2, 40]);
  });

  it('goes back to what was not acknowledged, in whatever order the rest was', () => {
    const ring = filled(6);
    for (let number = 0; number < 5; number++) ring.advance();
    for (const number of [0, 2, 4, 1]) ring.take(number);
    expect(ring.takenThrough).toBe(3);
    expect(ring.rewind(Infinity)).toBe(60);
    expect(ring.next).toBe(3);
    expect(ring.backlog).toBe(3);
  });

  it('goes back further where it is told to, and needs those acknowledged again', () => {
    const ring = filled(6);
    for (let number = 0; number < 6; number++) {
      ring.advance();
      ring.take(number);
    }
    expect(ring.rewind(40)).toBe(40);
    expect([ring.next, ring.takenThrough]).toEqual([2, 2]);
    ring.take(5);
    expect(ring.takenThrough).toBe(2);
  });

  it('keeps 30 s, and tells what had to go unsent', () => {
    const ring = filled(1500);
    expect(ring.push(new Uint8Array(640), 30_000)).toBe(true);
    expect(ring.next).toBe(1);
    for (let number = 1; number < 1501; number++) ring.advance();
    expect(ring.push(new Uint8Array(640), 30_020)).toBe(false);
    expect(ring.rewind(0)).toBe(40);
  });

  it('does not mind acknowledgements of what it has not', () => {
    const ring = filled(2);
    for (const number of [-1, 0, 7]) ring.take(number);
    expect(ring.takenThrough).toBe(0);
  });
});

describe('lag', () => {
  it('has a limit while the wire moves', () => {
    const lag = new Lag();
    lag.moved(0, 0);
    expect(lag.tooMuch(100, 249)).toBe(false);
    expect(lag.tooMuch(100, 250)).toBe(true);
  });

  it('has none while nothing moves, and a higher one while what was kept goes up', () => {
    const lag = new Lag();
    expect(lag.tooMuch(0, 1000)).toBe(false);
    lag.moved(0, 0);
    expect(lag.tooMuch(3000, 1000)).toBe(false);
    lag.moved(5000, 400);
    expect(lag.tooMuch(5000, 649)).toBe(false);
    expect(lag.tooMuch(5000, 650)).toBe(true);
    lag.moved(5100, 100);
    expect(lag.tooMuch(5100, 350)).toBe(true);
  });
});
