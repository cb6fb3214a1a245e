import { describe, expect, it } from 'vitest';
import { ECHO_RATE, ECHO_REACH_MS, echoOf, echoVerdict, knownSound, thinned } from '../../../src/pipelines/usage-echo.ts';

const LENGTH = 5_461;
const REACH = (ECHO_REACH_MS * ECHO_RATE) / 1000;
const sound = knownSound(3);
/** Listens from 1.5 s of the sound on. */
const BEGIN = 12_000;
const played = sound.slice(BEGIN - REACH, BEGIN + LENGTH);

/** A fixed sequence of unrelated sound, RMS `level`. */
function noise(level: number, seed: number): Float32Array {
  let word = seed;
  return Float32Array.from({ length: LENGTH }, () => {
    word = (Math.imul(word, 1_103_515_245) + 12_345) >>> 0;
    return (word / 2 ** 31 - 1) * Math.sqrt(3) * level;
  });
}

/** What a microphone hears in a room with these ways: delay in ms → gain. */
function heardBy(ways: Readonly<Record<number, number>>, room: number): Float32Array {
  const background = noise(room, 4711);
  return background.map((sample, at) => {
    const echoes = Object.entries(ways).map(([delay, gain]) => gain * sound[BEGIN + at - (Number(delay) * ECHO_RATE) / 1000]!);
    return sample + echoes.reduce((sum, each) => sum + each, 0);
  });
}

describe('echo', () => {
  it('tells level, likeness and way of one clear echo', () => {
    const { levelDb, correlation, delayMs } = echoOf(played, heardBy({ 120: 0.1 }, 0.0001));
    expect(levelDb).toBeCloseTo(-20, 0);
    expect(correlation).toBeGreaterThan(0.95);
    expect(delayMs).toBe(120);
  });

  it('adds up what the walls throw back', () => {
    const { levelDb, delayMs } = echoOf(played, heardBy({ 80: 0.1, 85: 0.1, 97: 0.1, 110: 0.1 }, 0.001));
    expect(levelDb).toBeGreaterThan(-15.5);
    expect(levelDb).toBeLessThan(-12.5);
    expect(delayMs).toBeGreaterThanOrEqual(80);
  });

  it('finds a faint one in the noise of a room', () => {
    const { levelDb, delayMs } = echoOf(played, heardBy({ 200: 0.02 }, 0.01));
    expect(levelDb).toBeGreaterThan(-37);
    expect(levelDb).toBeLessThan(-31);
    expect(delayMs).toBe(200);
  });

  it.each([0.0005, 0.02, 0.3])('a room that hears nothing of it has none, however loud it is (%f)', (room) => {
    expect(echoOf(played, noise(room, 99)).levelDb).toBeNull();
  });

  it('a dead microphone has none', () => {
    expect(echoOf(played, new Float32Array(LENGTH))).toMatchObject({ levelDb: null, correlation: 0 });
  });

  it('somebody who talks meanwhile is no echo', () => {
    const talk = Float32Array.from({ length: LENGTH }, (_, at) => 0.2 * Math.sin(at / 9) * Math.sin(at / 700));
    expect(echoOf(played, talk).levelDb).toBeNull();
  });

  it('the microphone’s rate makes no difference', () => {
    for (const rate of [44_100, 48_000]) {
      const fast = Float32Array.from({ length: Math.floor((LENGTH * rate) / ECHO_RATE) }, (_, at) => {
        return 0.1 * sound[BEGIN - 800 + Math.floor((at * ECHO_RATE) / rate)]!;
      });
      const { levelDb, delayMs } = echoOf(played.slice(0, REACH + thinned(fast, rate).length), thinned(fast, rate));
      expect(Math.abs((levelDb ?? 0) + 20)).toBeLessThan(2);
      expect(delayMs).toBeCloseTo(100, 0);
    }
  });
});

describe('verdict', () => {
  const echo = (levelDb: number | null, delayMs = 100) => ({ levelDb, correlation: 0.5, delayMs });

  it('the loudest counts, but for the first, from before a canceller has settled', () => {
    expect(echoVerdict([echo(-5), echo(-30), echo(-10)])).toEqual({ verdict: 'strong', levelDb: -10 });
    expect(echoVerdict([echo(-5), echo(null), echo(-30, 104)])).toEqual({ verdict: 'some', levelDb: -30 });
    expect(echoVerdict([echo(-5), echo(-45), echo(null)])).toEqual({ verdict: 'none', levelDb: -45 });
    expect(echoVerdict([echo(-5), echo(null), echo(null)])).toEqual({ verdict: 'none', levelDb: null });
  });

  it('what takes another way each time is no echo', () => {
    expect(echoVerdict([echo(-5, 40), echo(-8, 300), echo(-9, 520)])).toEqual({ verdict: 'none', levelDb: null });
  });
});

it('the known sound is within bounds, the same each time, and swells', () => {
  expect(Math.max(...sound.map(Math.abs))).toBeLessThanOrEqual(1);
  expect(knownSound(3)).toEqual(sound);
  const power = (from: number): number => sound.slice(from, from + 200).reduce((sum, sample) => sum + sample ** 2, 0);
  expect(power(12_900)).toBeGreaterThan(10 * power(12_000 - 100));
});
