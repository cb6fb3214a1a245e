import fc from 'fast-check';
import { from, toArray, lastValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../../demo/server/media/media-stream.ts';
import { Backlog, type WaitingWindow } from '../../../../demo/server/rtstream/visual/backlog.ts';
import { extractionOf } from '../../../../demo/server/rtstream/visual/extraction.ts';
import { tierPlan } from '../../../../demo/server/rtstream/visual/tiers.ts';
import { inWindows, type FrameWindow } from '../../../../demo/server/rtstream/visual/windows.ts';

const at = (atMs: number): Frame => ({ atMs, jpeg: new Uint8Array(), width: 1, height: 1 });
const cut = (times: readonly number[], windowMs = 2000, frameCount = 5): Promise<readonly FrameWindow[]> =>
  lastValueFrom(inWindows(from(times.map(at)), { windowMs, frameCount }).pipe(toArray()));
const shown = (windows: readonly FrameWindow[]): unknown =>
  windows.map(({ startMs, endMs, frames }) => [startMs, endMs, frames.length]);

describe('windows', () => {
  it('of 2 s with 5 frames hold exactly those, on the stream’s clock', async () => {
    const times = Array.from({ length: 15 }, (_, index) => 1000 + index * 400);
    expect(shown(await cut(times))).toEqual([
      [1000, 3000, 5],
      [3000, 5000, 5],
      [5000, 7000, 5],
    ]);
  });

  it('bear frames that are early or late, keep their clock over an absence, and tell the last one at the end', async () => {
    expect(shown(await cut([0, 403, 797, 1205, 1590, 2002, 2398, 9010, 9400]))).toEqual([
      [0, 2000, 5],
      [2000, 4000, 2],
      [8000, 10000, 2],
    ]);
  });

  it('are told once, as soon as they are whole', async () => {
    expect(shown(await cut([0, 400, 800, 1200, 1600, 1610, 1700]))).toEqual([[0, 2000, 5]]);
  });

  it('hold every frame that has a place, once, in order, whatever the clock does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -3000, max: 20_000 }), { maxLength: 60 }), async (times) => {
        const windows = await cut(times);
        const held = windows.flatMap(({ frames }) => frames);
        expect(new Set(held).size).toBe(held.length);
        for (const [index, window] of windows.entries()) {
          expect(window.frames.length).toBeLessThanOrEqual(5);
          if (index > 0) expect(window.startMs).toBeGreaterThanOrEqual(windows[index - 1]!.endMs);
        }
      }),
    );
  });
});

describe('the backlog of a slow engine', () => {
  const window = (number: number): FrameWindow => ({
    startMs: number * 2000,
    endMs: (number + 1) * 2000,
    frames: [0, 1, 2, 3, 4].map((place) => at(number * 2000 + place * 400)),
  });

  it('thins the older windows, keeps the newest whole, and lets none go without a word', () => {
    const backlog = new Backlog();
    for (let number = 0; number < 40; number++) backlog.push(window(number));
    const all: WaitingWindow[] = [];
    for (let next = backlog.shift(); next !== undefined; next = backlog.shift()) all.push(next);
    expect(all.map(({ thinned, frames, windows }) => [thinned, frames.length, windows])).toEqual([
      ['unread', 0, 33],
      ...Array.from({ length: 4 }, () => ['key-frame', 1, 1]),
      ...Array.from({ length: 3 }, () => [null, 5, 1]),
    ]);
    expect(all.map(({ came }) => came).reduce((a, b) => a + b)).toBe(200);
    for (const [index, next] of all.entries()) if (index > 0) expect(next.startMs).toBe(all[index - 1]!.endMs);
  });

  it('gives up last what shows another scene', () => {
    const backlog = new Backlog();
    for (let number = 0; number < 16; number++) backlog.push(window(number), number % 4 === 1);
    const all: WaitingWindow[] = [];
    for (let next = backlog.shift(); next !== undefined; next = backlog.shift()) all.push(next);
    expect(all.map(({ thinned, startMs, windows }) => [thinned, startMs / 2000, windows])).toEqual([
      ...[
        ['unread', 0, 1],
        ['key-frame', 1, 1],
        ['unread', 2, 3],
        ['key-frame', 5, 1],
        ['unread', 6, 3],
        ['key-frame', 9, 1],
      ],
      ...[
        ['unread', 10, 2],
        ['key-frame', 12, 1],
        [null, 13, 1],
        [null, 14, 1],
        [null, 15, 1],
      ],
    ]);
  });

  it('is bounded and whole for any order of coming and going', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('comes', 'another', 'goes'), { maxLength: 120 }), (steps) => {
        const backlog = new Backlog();
        let pushed = 0;
        let taken = 0;
        for (const step of steps) {
          if (step !== 'goes') backlog.push(window(pushed++), step === 'another');
          else taken += backlog.shift()?.windows ?? 0;
          expect(backlog.length).toBeLessThanOrEqual(17);
        }
        for (let next = backlog.shift(); next !== undefined; next = backlog.shift()) taken += next.windows;
        expect(taken).toBe(pushed);
      }),
    );
  });
});

describe('what is asked of an index', () => {
  it.each([
    [{ time: 2, frame_count: 5 }, 30, { windowMs: 2000, frameCount: 5 }],
    [{ time: '5', frame_count: '2' }, 30, { windowMs: 5000, frameCount: 2 }],
    [null, 30, { windowMs: 10_000, frameCount: 5 }],
    [{ time: 20 }, 6, { windowMs: 20_000, frameCount: 2 }],
    [{ time: 2 }, 30, { windowMs: 2000, frameCount: 1 }],
  ])('%j at %i frames a minute is %j', (config, sampleRate, expected) => {
    expect(extractionOf(config, sampleRate)).toEqual(expected);
  });

  it.each([
    [{ time: 0 }, 'time'],
    [{ time: 'soon' }, 'time'],
    [{ time: 2, frame_count: 0 }, 'frame_count'],
    [{ time: 2, frame_count: 2.5 }, 'frame_count'],
    [{ time: 2, frame_count: 100 }, 'frame_count'],
  ])('%j is refused by name', (config, field) => {
    expect(() => extractionOf(config)).toThrow(expect.objectContaining({ name: 'ExtractionError', field }) as Error);
  });

  it('has one of four tiers', () => {
    expect([null, '', 'mini', 'basic', 'pro', 'ultra'].map((name) => tierPlan(name).tier)).toEqual([
      'basic',
      'basic',
      'mini',
      'basic',
      'pro',
      'ultra',
    ]);
    expect(() => tierPlan('mega')).toThrow('model_name must be one of mini, basic, pro, ultra, not "mega"');
    expect(() => tierPlan('mega')).toThrow(expect.objectContaining({ name: 'UnknownTierError', field: 'model_name' }) as Error);
  });
});
