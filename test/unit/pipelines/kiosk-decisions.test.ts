import { describe, expect, it } from 'vitest';
import { burnInShift } from '../../../src/pipelines/kiosk-burn-in.ts';
import { roomOf } from '../../../src/pipelines/kiosk-calibration.ts';
import { inCorner, isGesture, tapped } from '../../../src/pipelines/kiosk-corner.ts';
import { kept } from '../../../src/pipelines/kiosk-health.ts';
import { type KioskWishes, readKiosk } from '../../../src/pipelines/kiosk-options.ts';
import { isLocked, isPin, noTries, tried, triesLeft } from '../../../src/pipelines/kiosk-pin.ts';
import { hasMoved, restMs } from '../../../src/pipelines/kiosk-presence.ts';
import { mayReload, reloadReason, timePassed } from '../../../src/pipelines/kiosk-reload.ts';

/** What a kiosk decides without a clock of its own. */

const nothing: KioskWishes = {
  idleTimeoutMs: null,
  idleCountdownMs: null,
  watchdogMs: null,
  heartbeatMs: null,
  heartbeatUrl: null,
  recycle: null,
  controls: null,
  duplex: null,
  presence: null,
};
const read = (wishes: Partial<KioskWishes>) => readKiosk({ ...nothing, ...wishes }, 'https://kiosk.example/hall/');

describe('options', () => {
  it('have defaults that give time and listen', () => {
    const { options, faults } = read({});
    expect(options).toMatchObject({ timeoutMs: 60_000, countdownMs: 20_000, heartbeatMs: 30_000, recycleAt: null });
    expect([...options.presence]).toEqual(['touch', 'voice']);
    expect(faults).toEqual([]);
  });

  it('are read', () => {
    const { options } = read({ recycle: '03:30', heartbeatUrl: '../health', presence: 'camera  touch', idleTimeoutMs: 90_000 });
    expect(options).toMatchObject({ recycleAt: 210, heartbeatUrl: 'https://kiosk.example/health', timeoutMs: 90_000 });
    expect([...options.presence]).toEqual(['touch', 'camera']);
  });

  it.each<[string, Partial<KioskWishes>]>([
    ['idle-countdown-ms', { idleCountdownMs: 19_999 }],
    ['idle-timeout-ms', { idleTimeoutMs: Number.NaN }],
    ['watchdog-ms', { watchdogMs: 10 }],
    ['heartbeat-ms', { heartbeatMs: -1 }],
    ['heartbeat-url', { heartbeatUrl: 'https://[' }],
    ['recycle', { recycle: '24:00' }],
    ['presence', { presence: 'touch smell' }],
    ['controls', { controls: 'top' }],
    ['duplex', { duplex: 'both' }],
  ])('that cannot be meant are named: %s', (field, wishes) => {
    const { options, faults } = read(wishes);
    expect(faults.map((fault) => [fault.code, fault.field])).toEqual([['bad-option', field]]);
    expect(options.countdownMs).toBeGreaterThanOrEqual(20_000);
  });
});

describe('a PIN', () => {
  const wrong = (count: number, now = 0) =>
    Array.from({ length: count }).reduce<typeof noTries>((tries) => tried(tries, false, now), noTries);

  it('is digits, four at least', () => {
    expect(['1234', '123456789012'].every(isPin)).toBe(true);
    expect(['123', '12345678901234', 'abcd', ''].some(isPin)).toBe(false);
  });

  it('is locked after five wrong tries, for twice as long each time', () => {
    expect(triesLeft(wrong(4))).toBe(1);
    const locked = wrong(5);
    expect(locked.lockedUntil).toBe(30_000);
    expect(isLocked(locked, 29_999)).toBe(true);
    expect(tried(locked, true, 29_999)).toBe(locked);
    const again = Array.from({ length: 5 }).reduce<typeof noTries>((tries) => tried(tries, false, 30_000), locked);
    expect(again.lockedUntil - 30_000).toBe(60_000);
    expect(tried(again, true, 100_000)).toEqual(noTries);
  });
});

describe('the keeper’s gesture', () => {
  it('is five taps in the corner within three seconds, and none elsewhere', () => {
    const taps = (times: readonly (number | null)[]) => times.reduce<readonly number[]>(tapped, []);
    expect(isGesture(taps([0, 500, 1000, 1500, 2000]))).toBe(true);
    expect(isGesture(taps([0, 1000, 2000, 3000, 4000]))).toBe(false);
    expect(isGesture(taps([0, 500, null, 1000, 1500]))).toBe(false);
    expect([inCorner(10, 10), inCorner(10, 96), inCorner(300, 10)]).toEqual([true, false, false]);
  });
});

describe('loading the page anew', () => {
  const well = { uptimeMs: 3_600_000, heapBytes: 50e6, heapLimitBytes: 4e9, stalled: false, recycle: false };

  it('has a reason or is left alone', () => {
    expect(reloadReason(well)).toBeNull();
    expect(reloadReason({ ...well, stalled: true })).toBe('stalled');
    expect(reloadReason({ ...well, heapBytes: 3e9 })).toBe('heap');
    expect(reloadReason({ ...well, heapBytes: null, heapLimitBytes: null })).toBeNull();
    expect(reloadReason({ ...well, uptimeMs: 8 * 86_400_000 })).toBe('uptime');
  });

  it('happens less and less often while it does not help, and a day without it starts over', () => {
    const minute = 60_000;
    expect(mayReload([], 0)).toBe(true);
    expect(mayReload([0], 9 * minute)).toBe(false);
    expect(mayReload([0], 10 * minute)).toBe(true);
    expect(mayReload([0, 10 * minute], 29 * minute)).toBe(false);
    expect(mayReload([0, 10 * minute, 30 * minute], 70 * minute)).toBe(true);
    expect(mayReload([0, 1, 2, 3, 4, 5, 6, 7], 25 * 60 * minute)).toBe(true);
  });

  it('comes at a time of day that has passed since the page was loaded', () => {
    const at = (hours: number, minutes: number, day = 20) => new Date(2026, 10, day, hours, minutes).getTime();
    expect(timePassed(210, at(2, 0), at(3, 29))).toBe(false);
    expect(timePassed(210, at(2, 0), at(3, 30))).toBe(true);
    expect(timePassed(210, at(4, 0), at(23, 0))).toBe(false);
    expect(timePassed(210, at(4, 0), at(3, 31, 21))).toBe(true);
    expect(timePassed(1430, at(23, 0), at(0, 10, 21))).toBe(true);
  });
});

describe('a room', () => {
  const level = (db: number) => 10 ** (db / 20);
  const of = (db: number) => roomOf(Array.from({ length: 100 }, () => level(db)));

  it('that is quiet keeps the usual threshold, a loud one gets a higher one, too loud a one none', () => {
    expect(of(-70)).toMatchObject({ noiseDb: -70, threshold: 0.5, softestDb: -50 });
    expect(of(-40)?.threshold).toBeGreaterThan(0.6);
    expect(of(-40)?.softestDb).toBe(-32);
    expect(of(-20)?.threshold).toBeNull();
    expect(roomOf([0.1, 0.1])).toBeNull();
  });
});

describe('presence', () => {
  it('by voice rests after visits that came to nothing, longer each time', () => {
    expect([0, 2, 3, 4, 5].map(restMs)).toEqual([0, 0, 30_000, 60_000, 120_000]);
    expect(restMs(50)).toBe(900_000);
  });

  it('by camera needs a part of the picture to change, not a grain and not all of it', () => {
    const scene = (changed: number) => Uint8Array.from({ length: 100 }, (_each, index) => (index < changed ? 200 : 100));
    expect([1, 10, 60, 100].map((changed) => hasMoved(scene(0), scene(changed)))).toEqual([false, true, true, false]);
    expect(
      hasMoved(
        scene(0),
        scene(0).map((point) => point + 5),
      ),
    ).toBe(false);
  });
});

it('what stands still moves within its reach and comes round only after long', () => {
  const moves = Array.from({ length: 204 }, (_each, step) => burnInShift(step));
  expect(Math.max(...moves.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]))).toBeLessThanOrEqual(24);
  expect(new Set(moves.map(({ x, y }) => `${x} ${y}`)).size).toBeGreaterThan(100);
});

it('what is kept of the past never grows beyond its size', () => {
  const list = Array.from({ length: 500 }).reduce<readonly number[]>((all, _each, index) => kept(all, index, 50), []);
  expect(list).toHaveLength(50);
  expect(list.at(-1)).toBe(499);
});
