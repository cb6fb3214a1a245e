import { describe, expect, it } from 'vitest';
import { MediaClock } from '../../../../demo/server/media/recording/media-clock.ts';
import { Segmenter } from '../../../../demo/server/media/recording/segmenter.ts';
import type { SegmenterEvent, WholeSegment } from '../../../../demo/server/media/recording/segmenter.ts';
import type { InitSegment } from '../../../../demo/server/media/fmp4/init-segment.ts';
import { fragmentBytes, fragmentOf, halfSecond } from '../../../support/media-boxes.ts';

const T = 1_790_000_000_000;
const init: InitSegment = {
  bytes: Buffer.from('init'),
  video: {
    ...{ id: 1, kind: 'video', timescale: 12_800, codec: 'avc1.64001f', width: 640, height: 360, sampleRate: null },
    ...{ defaultDuration: 0, defaultFlags: 0 },
  },
  audio: null,
};

/** Half seconds of media, a key frame every second, arriving `lateMs` after their end. */
class Source {
  readonly events: SegmenterEvent[] = [];
  readonly segmenter: Segmenter;
  #names = 0;

  constructor(options: { readonly settleMs?: number; readonly notBeforeMs?: number } = {}) {
    const { settleMs = 1000, notBeforeMs = 0 } = options;
    const name = (): string => `name-${String(this.#names++)}`;
    this.segmenter = new Segmenter({ nextEpoch: 3, nextSequence: 40, notBeforeMs, settleMs, name });
    this.events.push(...this.segmenter.init(init));
  }

  play(fromS: number, toS: number, lateMs: number | ((endS: number) => number), keyFrameS = 1): this {
    for (let startS = fromS; startS < toS; startS += 0.5) {
      const late = typeof lateMs === 'number' ? lateMs : lateMs(startS + 0.5);
      const fragment = fragmentOf(halfSecond(startS, startS % keyFrameS === 0));
      this.events.push(...this.segmenter.fragment(fragment, T + (startS + 0.5) * 1000 + late));
    }
    return this;
  }

  end(): this {
    this.events.push(...this.segmenter.end());
    return this;
  }

  get segments(): readonly WholeSegment[] {
    return this.events.flatMap((event) => (event.type === 'segment' ? [event.segment] : []));
  }

  get epochs(): readonly number[] {
    return this.events.flatMap((event) => (event.type === 'epoch' ? [event.epoch.epoch] : []));
  }
}

describe('segments', () => {
  it('go on by the same clock under another description when the picture changes its size', () => {
    const source = new Source().play(0, 4, 30);
    source.events.push(...source.segmenter.init(init, true));
    const { segments, epochs, events } = source.play(4, 8, 330).end();
    expect(epochs).toEqual([3, 4]);
    const files = events.flatMap((event) => (event.type === 'epoch' ? [event.epoch.file] : []));
    expect(new Set(files).size).toBe(2);
    expect(segments.map(({ startMs, durationMs }) => [startMs - T, durationMs])).toEqual([
      [30, 2000],
      [2030, 2000],
      [4030, 2000],
      [6030, 2000],
    ]);
  });

  it('begin with a key frame, are two seconds long, and count on from what there was', () => {
    const { segments } = new Source().play(0, 7, 30).end();
    expect(segments.map(({ sequence, startMs, durationMs }) => [sequence, startMs - T, durationMs])).toEqual([
      [40, 30, 2000],
      [41, 2030, 2000],
      [42, 4030, 2000],
      [43, 6030, 1000],
    ]);
    expect(segments.every(({ parts }) => parts[0]?.fragment.keyFrame)).toBe(true);
    expect(segments.map(({ epoch }) => epoch)).toEqual([3, 3, 3, 3]);
  });

  it('wait for the key frame when it comes late', () => {
    const { segments } = new Source().play(0, 12, 0, 5).end();
    expect(segments.map(({ durationMs }) => durationMs)).toEqual([5000, 5000, 2000]);
  });

  it('begin at the first key frame only', () => {
    const { segments } = new Source().play(0.5, 4, 0).end();
    expect(segments[0]).toMatchObject({ decodeS: 1, startMs: T + 1000 });
  });

  it('tell their parts at once, as soon as their date is sure', () => {
    const source = new Source().play(0, 1.5, 0);
    expect(source.events).toEqual([]);
    source.play(1.5, 2, 0);
    expect(source.events.map(({ type }) => type)).toEqual(['epoch', 'part', 'part', 'part', 'part']);
    source.play(2, 2.5, 0);
    expect(source.events.slice(5).map(({ type }) => type)).toEqual(['segment', 'part']);
  });

  it('follow each other on the clock, in parts too', () => {
    const { events } = new Source().play(0, 20, (endS) => (endS < 6 ? 100 : 300)).end();
    const parts = events.flatMap((event) => (event.type === 'part' ? [event.part] : []));
    for (const [index, part] of parts.entries()) {
      const before = parts[index - 1];
      if (before === undefined) continue;
      // Corrected by a millisecond a second at most.
      expect(Math.abs(part.startMs - before.startMs - before.durationMs)).toBeLessThanOrEqual(2.001);
    }
  });

  it('are dated by the picture that was taken last, which may be sent before others', () => {
    const source = new Source();
    for (let startS = 0; startS < 5; startS += 0.5) {
      // Five pictures of 100 ms; the second is shown after the last, 700 ms after the beginning.
      const pictures = {
        count: 0,
        duration: 0,
        durations: [1280, 1280, 1280, 1280, 1280],
        shownAfter: [2560, 7680, 0, -1280, 0],
      };
      const bytes = fragmentBytes([{ id: 1, decode: startS * 12_800, ...pictures, keyFrame: startS % 1 === 0 }]);
      source.events.push(...source.segmenter.fragment(fragmentOf(bytes), T + (startS + 0.7) * 1000 + 30));
    }
    expect(source.segments.map(({ startMs, durationMs, lagMs }) => [startMs - T, durationMs, lagMs])).toEqual([
      [30, 2000, 200],
      [2030, 2000, 200],
    ]);
  });

  it('are dated by the picture that had come when they were handed over: the first of the next one', () => {
    const source = new Source();
    for (let startS = 0; startS < 5; startS += 0.5) {
      const pictures = { count: 0, duration: 0, durations: [1280, 1280, 1280, 1280, 1280], shownAfter: [7680, 0, 0, 0, 0] };
      const bytes = fragmentBytes([{ id: 1, decode: startS * 12_800, ...pictures, keyFrame: startS % 1 === 0 }]);
      source.events.push(...source.segmenter.fragment(fragmentOf(bytes), T + (startS + 1.1) * 1000 + 30));
    }
    expect(source.segments.map(({ startMs }) => startMs - T)).toEqual([30, 2030]);
  });

  it('of a source that was away make a new epoch, never before what there is', () => {
    const source = new Source({ notBeforeMs: T + 500 }).play(0, 3, 0).end();
    source.events.push(...source.segmenter.init(init));
    source.play(0, 3, 10_000).end();
    expect(source.epochs).toEqual([3, 4]);
    expect(source.segments.map(({ startMs }) => startMs - T)).toEqual([500, 2498, 10_000, 12_000]);
  });

  it('go on where our own clock is set back by an hour, nearing it slowly, and remember no more than before', () => {
    const source = new Source().play(0, 10, 0);
    source.play(10, 30, -3_600_000).end();
    expect(source.epochs).toEqual([3]);
    const { segments } = source;
    for (const [index, { startMs }] of segments.entries()) {
      const before = segments[index - 1];
      if (before !== undefined) expect(Math.abs(startMs - before.startMs - before.durationMs)).toBeLessThanOrEqual(2.001);
    }
    const clock = new MediaClock({ notBeforeMs: 0, settleMs: 1000 });
    for (let second = 0; second < 600; second++)
      clock.arrived(second - 1, second, T + second * 1000 - (second < 300 ? 0 : 86_400_000));
    expect(clock.arrivals).toBeLessThan(13);
  });

  it('jump with the source’s own clock', () => {
    const source = new Source().play(0, 4, 0).play(100, 104, -96_000).end();
    expect(source.epochs).toEqual([3, 4]);
    expect(source.segments.map(({ startMs, decodeS }) => [startMs - T, decodeS])).toEqual([
      [0, 0],
      [2000, 2],
      [4000, 100],
      [6000, 102],
    ]);
  });

  it('are anchored anew where time is missing, without a key frame’s worth being lost', () => {
    const source = new Source().play(0, 6, 0).play(6, 12, 5000).end();
    expect(source.epochs).toEqual([3, 4]);
    const kept = source.segments.reduce((sum, { durationMs }) => sum + durationMs, 0);
    expect(kept).toBe(12_000);
    const last = source.segments.at(-1);
    expect((last?.startMs ?? 0) + (last?.durationMs ?? 0)).toBe(T + 17_000);
  });

  it('stay where they are when what was held up comes all the same', () => {
    // Cut off for eight seconds, then everything at once: what a tab sends later.
    const source = new Source({ settleMs: 10_000 })
      .play(0, 6, 0)
      .play(6, 14, (endS) => (14 - endS) * 1000)
      .play(14, 30, 0)
      .end();
    expect(source.epochs).toEqual([3]);
    const last = source.segments.at(-1);
    expect(Math.abs((last?.startMs ?? 0) + (last?.durationMs ?? 0) - T - 30_000)).toBeLessThan(1);
  });
});

describe('the clock of a source', () => {
  const clock = (): MediaClock => new MediaClock({ notBeforeMs: 0, settleMs: 1000 });

  it('believes who arrives soonest', () => {
    const source = clock();
    for (const [endS, lateMs] of [
      [0.5, 400],
      [1, 40],
      [1.5, 250],
    ] as const)
      source.arrived(endS - 0.5, endS, T + endS * 1000 + lateMs);
    expect(source.offsetMs).toBe(T + 40);
  });

  it('follows a source that runs 800 ppm fast to a few milliseconds', () => {
    const source = clock();
    let worst = 0;
    for (let endS = 0.5; endS < 600; endS += 0.5) {
      // Its seconds are shorter than ours; arrivals jitter by up to 80 ms.
      const trueMs = T + (endS * 1000) / 1.0008;
      source.arrived(endS - 0.5, endS, trueMs + 40 + ((endS * 2 * 37) % 80));
      if (endS === 2) source.freeze();
      if (endS % 2 === 0) source.slew(2);
      // What the first two seconds did not know is made up for at 0.2 ms a second.
      if (endS > 300) worst = Math.max(worst, Math.abs(source.offsetMs + endS * 1000 - trueMs - 40));
    }
    expect(worst).toBeLessThan(15);
  });

  it('does not move by a single late arrival', () => {
    const source = clock();
    source.arrived(0, 0.5, T + 500);
    source.freeze();
    source.arrived(0.5, 1, T + 1900);
    source.slew(1);
    expect(source.offsetMs).toBe(T);
  });
});
