import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sight } from '../../../../../demo/server/livestream/recorder/sight.ts';
import { watch } from '../../../../../demo/server/livestream/recorder/watch.ts';
import { cutOff, watching } from '../../../../../demo/server/livestream/recorder/watch-state.ts';
import type { RunOutcome, WatchState } from '../../../../../demo/server/livestream/recorder/watch-state.ts';

/** A broadcast that is watched, in virtual time: when it is looked at, recorded, waited for and over. */

const ABSENT: Sight = { kind: 'absent', why: 'it answers 404' };
const RTMP: Sight = { kind: 'live', mark: null, againMs: 0 };
const OVER: Sight = { kind: 'over' };
const FILM: Sight = { kind: 'file' };
const PAGE: Sight = { kind: 'unresolved', why: 'it is a page, and no stream' };
const playlist = (mark: number): Sight => ({ kind: 'live', mark: String(mark), againMs: 1000 });
const lost = (liveMs: number | null = 60_000): RunOutcome => ({ kind: 'lost', why: 'it broke', liveMs, kept: liveMs !== null });
const end: RunOutcome = { kind: 'ended', why: 'it ended', liveMs: 60_000, kept: true };

interface Seen {
  /** s of virtual time, what happened. */
  readonly lines: readonly string[];
  /** Looks so far. */
  readonly looks: number;
  readonly over: Promise<boolean>;
}

/** `sights` by s from the beginning; `runs` one after the other, each as long as it was live. */
function watched(
  sights: (atS: number, look: number) => Sight,
  runs: readonly RunOutcome[],
  begin: WatchState,
  stop = new AbortController(),
): Seen {
  const lines: string[] = [];
  const startMs = Date.now();
  const atS = (): number => (Date.now() - startMs) / 1000;
  const say = (line: string): void => void lines.push(`${atS().toFixed(0)} ${line}`);
  const left = [...runs];
  let looks = 0;
  const over = watch({
    ...{ url: 'x', begin, quietMs: 30_000, signal: stop.signal, random: () => 0.999 },
    look: () => Promise.resolve(sights(atS(), looks++)),
    onBegin: () => say('begins'),
    onNote: ({ level, message }) => say(`${level} ${message}`),
    record: async ({ anew, onLive }) => {
      say(anew ? 'records anew' : 'records');
      const run = left.shift() ?? lost(null);
      if (run.liveMs !== null) onLive();
      await new Promise((resolve) => setTimeout(resolve, run.liveMs ?? 1000));
      return run;
    },
  });
  return {
    ...{ lines, over },
    get looks() {
      return looks;
    },
  };
}

const minutes = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 60_000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a broadcast that is watched', () => {
  it('is looked at ever more rarely, and one line says that it is not on the air', async () => {
    const seen = watched(() => ABSENT, [], watching(false));
    await minutes(60);
    expect(seen.lines).toEqual(['0 INFO Not on the air yet: it answers 404. Listening on.']);
    // Every 15 s in the end, seven times more in the beginning.
    expect(seen.looks).toBeGreaterThan(230);
    expect(seen.looks).toBeLessThan(250);
  });

  it('that is a page is looked at every few minutes, with one line', async () => {
    const seen = watched(() => PAGE, [], watching(false));
    await minutes(600);
    expect(seen.lines).toEqual([
      '0 WARNING Nothing can be recorded from this address: it is a page, and no stream. Listening on.',
    ]);
    expect(seen.looks).toBeLessThan(130);
  });

  it('is recorded when it comes, and over when the playlist ends', async () => {
    const seen = watched((s) => (s < 40 ? ABSENT : s < 100 ? playlist(Math.floor(s)) : OVER), [lost()], watching(false));
    await minutes(3);
    expect(await seen.over).toBe(true);
    // Its end is no loss: nothing is said of waiting.
    expect(seen.lines.slice(1).map((line) => line.replace(/^\d+ /, ''))).toEqual(['records', 'begins']);
  });

  it('whose playlist was there at the first look must be seen to grow', async () => {
    const left = watched(() => playlist(1), [], watching(false));
    const live = watched((s) => playlist(s < 2 ? 1 : 2), [end], watching(false));
    await minutes(10);
    expect(left.lines.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'INFO Its playlist does not grow: nothing is on the air. Listening on.',
    ]);
    expect(live.lines).toEqual(['2 records', '2 begins']);
  });

  it('that comes back within the time is one broadcast', async () => {
    const seen = watched((s) => (s < 60 || (s > 80 && s < 140) ? RTMP : ABSENT), [lost(), lost(65_000)], watching(false));
    await minutes(5);
    expect(await seen.over).toBe(true);
    expect(seen.lines.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      ...['records', 'begins', 'WARNING The source went away: it broke. It is waited for, 30 s.', 'records'],
      ...['INFO The source is back after 21 s.', 'WARNING The source went away: it broke. It is waited for, 30 s.'],
    ]);
  });

  it('is over when it stays away, to the second', async () => {
    const seen = watched((s) => (s < 60 ? RTMP : ABSENT), [lost()], watching(false));
    let overS = NaN;
    void seen.over.then(() => (overS = Date.now() / 1000));
    const beganS = Date.now() / 1000;
    await minutes(5);
    expect(overS - beganS).toBeCloseTo(90, 0);
  });

  it('that flickers is not back: its time runs on', async () => {
    const seen = watched(() => RTMP, [lost(), ...Array<RunOutcome>(40).fill(lost(500))], watching(false));
    let overS = NaN;
    const beganS = Date.now() / 1000;
    void seen.over.then(() => (overS = Date.now() / 1000 - beganS));
    await minutes(5);
    expect(overS).toBeGreaterThan(90);
    expect(overS).toBeLessThan(95);
  });

  it('that was left behind does not hold the end up', async () => {
    // Its server came back with the old playlist.
    const seen = watched((s) => (s < 1 ? ABSENT : s < 61 ? playlist(Math.floor(s)) : playlist(61)), [lost()], watching(false));
    await minutes(3);
    expect(await seen.over).toBe(true);
    expect(seen.lines.filter((line) => line.endsWith('records'))).toHaveLength(1);
  });

  it('cut off by a restart goes on, or is over', async () => {
    const back = watched((s) => (s < 5 ? RTMP : ABSENT), [lost(10_000)], cutOff(true, Date.now()));
    const gone = watched(() => ABSENT, [], cutOff(true, Date.now()));
    const ended = watched(() => OVER, [], cutOff(true, Date.now()));
    await minutes(3);
    expect(await Promise.all([back.over, gone.over, ended.over])).toEqual([true, true, true]);
    // That it is recorded is told again: a gateway that was killed may not have got round to it.
    expect(back.lines.slice(1, 3)).toEqual(['0 begins', '0 INFO The source is back after 0 s.']);
    expect([...gone.lines, ...ended.lines]).toEqual([]);
  });

  it('that is over and recorded is waited for again', async () => {
    const seen = watched(() => OVER, [], watching(true));
    await minutes(60);
    expect(seen.lines).toEqual(['0 INFO What is there is over and is recorded. Waiting for another.']);
  });

  it('that cannot be recorded because of others is tried again, with one line', async () => {
    const busy: RunOutcome = { kind: 'busy', why: '16 streams run already (MAX_STREAMS)', liveMs: null, kept: false };
    const seen = watched(() => RTMP, [busy, busy, busy, end], watching(false));
    await minutes(3);
    expect(await seen.over).toBe(true);
    expect(seen.lines.filter((line) => !line.endsWith('records'))).toEqual([
      '1 WARNING It is on the air and cannot be recorded now: 16 streams run already (MAX_STREAMS). Waiting for a place.',
      expect.stringMatching(/begins$/),
    ]);
  });

  it('stops at once, wherever it is', async () => {
    for (const sight of [ABSENT, RTMP, PAGE]) {
      const stop = new AbortController();
      const seen = watched(() => sight, [lost(1000)], watching(false), stop);
      await vi.advanceTimersByTimeAsync(500);
      stop.abort();
      await vi.advanceTimersByTimeAsync(1000);
      expect(await seen.over).toBe(false);
    }
  });
});

it('a look that is under way when it is stopped begins nothing', async () => {
  const stop = new AbortController();
  const record = vi.fn();
  const over = watch({
    ...{ url: 'x', begin: watching(false), quietMs: 30_000, signal: stop.signal, record },
    ...{ onBegin: () => undefined, onNote: () => undefined },
    look: () => new Promise((resolve) => setTimeout(() => resolve(RTMP), 1000)),
  });
  stop.abort();
  await minutes(1);
  expect([await over, record.mock.calls]).toEqual([false, []]);
});

describe('a film', () => {
  it('is recorded once, to its end', async () => {
    const seen = watched(() => FILM, [end], watching(false));
    await minutes(3);
    expect(await seen.over).toBe(true);
    expect(seen.lines).toEqual(['0 records', '0 begins']);
  });

  it('that was recorded before is recorded in place of that', async () => {
    const seen = watched(() => FILM, [end], watching(true));
    await minutes(3);
    expect(seen.lines).toEqual(['0 records anew', '0 begins']);
  });

  it('in pieces is a film too, unless it was recorded', async () => {
    const seen = watched(() => OVER, [end], watching(false));
    await minutes(3);
    expect(await seen.over).toBe(true);
  });

  it('that breaks off is recorded anew, and what there is of a damaged one counts', async () => {
    const seen = watched(() => FILM, [lost(), lost(), lost(), lost()], watching(false));
    await minutes(10);
    expect(await seen.over).toBe(true);
    expect(seen.lines.filter((line) => line.includes('records')).map((line) => line.replace(/^\d+ /, ''))).toEqual([
      ...['records', 'records anew', 'records anew'],
    ]);
  });
});
