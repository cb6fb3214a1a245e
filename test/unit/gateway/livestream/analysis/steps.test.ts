import { describe, expect, it } from 'vitest';
import { EngineBusyError } from '../../../../../demo/server/engines/engine.ts';
import { DistinctFrames } from '../../../../../demo/server/livestream/analysis/distinct-frames.ts';
import {
  AnalysisFailure,
  inWords,
  stepAfter,
  stepToBegin,
  verdictOn,
  waitMs,
} from '../../../../../demo/server/livestream/analysis/job.ts';
import { clock, hasMore } from '../../../../../demo/server/livestream/analysis/join-parts.ts';
import { cleaned } from '../../../../../demo/server/livestream/analysis/read-frames.ts';
import { chineseShare, unheardOf } from '../../../../../demo/server/livestream/analysis/spoken-language.ts';
import { thinned } from '../../../../../demo/server/livestream/analysis/take-frames.ts';
import { isTaskId } from '../../../../../demo/server/livestream/analysis/task-files.ts';

describe('a job', () => {
  it('goes on where its outcomes end', () => {
    const there = (...steps: Parameters<typeof stepToBegin>[0][]) => new Set(steps);
    expect(stepToBegin('join', there())).toBe('join');
    expect(stepToBegin('read', there('join', 'frames'))).toBe('read');
    expect(stepToBegin('read', there('join'))).toBe('frames');
    expect(stepToBegin('hear', there('join', 'read'))).toBe('hear');
    expect(stepToBegin('hear', there('read'))).toBe('join');
    expect(stepToBegin('summarise', there('read'))).toBe('summarise');
    expect(stepToBegin('summarise', there('join', 'frames'))).toBe('read');
    expect([stepAfter('join'), stepAfter('summarise')]).toEqual(['frames', null]);
  });

  it('is tried again later and later, six times; not where that changes nothing', () => {
    expect([1, 2, 3, 4, 5].map(waitMs)).toEqual([2000, 8000, 32_000, 128_000, 300_000]);
    expect(verdictOn(new EngineBusyError('see: too many'), 1)).toEqual({
      type: 'again',
      inMs: 2000,
      why: 'an engine is busy: see: too many',
    });
    expect(verdictOn(new Error('away'), 6)).toEqual({ type: 'failed', why: 'away (tried 6 times)' });
    expect(verdictOn(new AnalysisFailure('Nothing was recorded.'), 1)).toEqual({ type: 'failed', why: 'Nothing was recorded.' });
    const refused = new Error('answer failed', { cause: Object.assign(new Error('no such key'), { status: 401 }) });
    expect(verdictOn(refused, 1).type).toBe('failed');
    expect(verdictOn(Object.assign(new Error('overloaded'), { status: 503 }), 1).type).toBe('again');
    expect(inWords(new Error('rtmp://user:secret@host/x is away'))).toBe('rtmp://host/x is away');
    expect(inWords(new Error("ENOENT: no such file or directory, open '/data/x/joined.json'"))).toBe(
      "ENOENT: no such file or directory, open 'the file'",
    );
    expect(inWords(new Error('file:/data/1.mp4: Invalid data'))).toBe('the file: Invalid data');
  });

  it('tells more that was recorded from what retention left', () => {
    const part = (startMs: number, endMs: number) => ({ file: '/x', startMs, endMs });
    const joined = { parts: [part(0, 10), part(20, 30)].map((one) => ({ ...one, atMs: 0, durationMs: 10 })), durationMs: 20 };
    expect(hasMore(joined, [part(0, 10), part(20, 30)])).toBe(false);
    expect(hasMore(joined, [part(20, 30)])).toBe(false);
    expect(hasMore(joined, [])).toBe(false);
    expect(hasMore(joined, [part(20, 30), part(40, 50)])).toBe(true);
  });

  it('has a folder of its id alone', () => {
    expect(isTaskId('0e0a4f4e-6cf0-4bb1-8a4d-2f9d6d1b8a11')).toBe(true);
    for (const id of ['', '..', '../../etc', '0e0a4f4e-6cf0-4bb1-8a4d-2f9d6d1b8a11/..']) expect(isTaskId(id)).toBe(false);
    expect([clock(0), clock(725_400), clock(36_000_000)]).toEqual(['00:00:00', '00:12:05', '10:00:00']);
  });
});

/** A picture of which `from`–`to` of the cells are black. */
const print = (from: number, to: number) => ({
  cells: Uint8Array.from({ length: 96 * 54 }, (_, cell) => (cell >= from && cell < to ? 0 : 255)),
  hash: new Uint8Array(32),
});
const SLIDE = { a: print(0, 1800), b: print(2500, 4500), c: print(3500, 5184) };

function kept(pictures: readonly (readonly [string, ReturnType<typeof print>])[], everyMs = 1000) {
  const distinct = new DistinctFrames<string>();
  const found = pictures.flatMap(([picture, is], index) => distinct.push({ picture, atMs: index * everyMs, print: is }));
  return [...found, ...distinct.finish()].map(({ picture, atMs }) => [picture, atMs]);
}

describe('distinct frames', () => {
  it('are one of each slide, as of its first moment, whatever comes back', () => {
    const { a, b, c } = SLIDE;
    expect(kept([a, a, a, b, b, b, a, a, a, c, c].map((is, index) => [String(index), is] as const))).toEqual([
      ['1', 0],
      ['4', 3000],
      ['10', 9000],
    ]);
  });

  it('show what a slide had grown to before the next', () => {
    const grown = print(0, 1900);
    expect(kept([SLIDE.a, SLIDE.a, SLIDE.a, grown, SLIDE.b, SLIDE.b].map((is, index) => [String(index), is] as const))).toEqual([
      ['1', 0],
      ['3', 3000],
      ['5', 4000],
    ]);
  });

  it('of what never rests are few', () => {
    const restless = Array.from({ length: 600 }, (_, index) => [String(index), print(index * 8, index * 8 + 400)] as const);
    const found = kept(restless);
    expect(found.length).toBeGreaterThan(5);
    expect(found.length).toBeLessThan(60);
  });

  it('are none of none, and the only one of one', () => {
    expect(kept([])).toEqual([]);
    expect(kept([['0', SLIDE.a]])).toEqual([['0', 0]]);
  });

  it('are thinned where they follow each other soonest', () => {
    const frames = [0, 1000, 1100, 5000, 5050, 9000].map((atMs) => ({ atMs }));
    expect(thinned(frames, 4).map(({ atMs }) => atMs)).toEqual([0, 1000, 5000, 9000]);
  });
});

describe('what is read', () => {
  it('is cleaned of what is no text', () => {
    expect(cleaned(['  Aurora   prices ', '| —', '', 'Aurora\u0000 Standard', 'Aurora Standard', '«» 北风汽车 |'])).toBe(
      'Aurora prices\nAurora Standard\n北风汽车',
    );
  });

  it('tells whether the speech can be heard here', () => {
    const of = (content: string) => ({ title: '', total_frames: 1, data: [{ frame_number: 1, filename: '', content }] });
    const chinese = '北风汽车秋季新品发布会全新纯电动轿车极光续航里程与充电速度';
    expect(unheardOf(of(chinese), ['en', 'es'])).toBe('chinese');
    expect(unheardOf(of(chinese), ['en', 'zh'])).toBe('nothing');
    expect(unheardOf(of(`${chinese} The new Aurora electric saloon and all of its prices`), ['en'])).toBe('some-chinese');
    expect(unheardOf(of('The new Aurora electric saloon and all of its prices on one slide today'), ['en'])).toBe('nothing');
    expect(chineseShare('北风')).toBeNull();
  });
});
