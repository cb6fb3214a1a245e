import { describe, expect, it } from 'vitest';
import { segmentingOf, Windows } from '../../../../demo/server/rtstream/audio/windows.ts';
import type { SpokenWindow } from '../../../../demo/server/rtstream/audio/windows.ts';
import { line } from './lines.ts';

const texts = (windows: readonly SpokenWindow[]): readonly string[] =>
  windows.map(({ words }) => words.map(({ text }) => text).join(' '));

describe('windows of words', () => {
  it('hold exactly as many, whatever sentences they come in, and the rest at the end', () => {
    const windows = new Windows({ by: 'word', value: 50 });
    const all: SpokenWindow[] = [];
    let word = 0;
    // 7 × 31 words = 217.
    for (let sentence = 0; sentence < 7; sentence++) {
      const said = Array.from({ length: 31 }, () => `w${String(word++)}`).join(' ');
      all.push(...windows.push(line(said, sentence * 10_000, sentence * 10_000 + 9000)));
    }
    expect(all.map(({ words }) => words.length)).toEqual([50, 50, 50, 50]);
    all.push(...windows.finish());
    expect(all.map(({ words }) => words.length)).toEqual([50, 50, 50, 50, 17]);
    expect(texts(all).join(' ')).toBe(Array.from({ length: 217 }, (_, index) => `w${String(index)}`).join(' '));
  });

  it('come several at once from one long sentence, each from its first word to its last', () => {
    const windows = new Windows({ by: 'word', value: 2 });
    const whole = windows.push(line('a b c d e', 0, 1000));
    expect(texts(whole)).toEqual(['a b', 'c d']);
    expect(whole.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 400],
      [400, 800],
    ]);
    expect(texts(windows.finish())).toEqual(['e']);
    expect(windows.finish()).toEqual([]);
  });

  it('tell their words by sentence', () => {
    const windows = new Windows({ by: 'word', value: 4 });
    windows.push(line('one two.', 0, 400));
    const [window] = windows.push(line('three four five.', 1000, 1600));
    expect(window?.sentences).toEqual(['one two.', 'three four']);
  });
});

describe('windows of sentences', () => {
  it('hold exactly as many, and the rest at the end', () => {
    const windows = new Windows({ by: 'sentence', value: 5 });
    const all = Array.from({ length: 12 }, (_, at) =>
      windows.push(line(`sentence ${String(at)}.`, at * 1000, at * 1000 + 600)),
    ).flat();
    all.push(...windows.finish());
    expect(all.map(({ sentences }) => sentences.length)).toEqual([5, 5, 2]);
    expect(all.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 4600],
      [5000, 9600],
      [10_000, 11_600],
    ]);
  });
});

describe('windows of time', () => {
  it('are exact on the clock of the stream, words by when they begin, and left out where nothing was said', () => {
    const windows = new Windows({ by: 'time', value: 30 });
    expect(windows.push({ type: 'heard', toMs: 1_000_000 })).toEqual([]);
    // The third second word begins in the second window.
    windows.push(line('a b c d', 1_028_000, 1_032_000));
    expect(windows.push({ type: 'heard', toMs: 1_029_999 })).toEqual([]);
    const [first] = windows.push({ type: 'heard', toMs: 1_031_000 });
    expect([first?.startMs, first?.endMs, texts(first === undefined ? [] : [first])]).toEqual([1_000_000, 1_030_000, ['a b']]);
    const [second] = windows.push({ type: 'heard', toMs: 1_100_000 });
    expect([second?.startMs, second?.endMs, texts(second === undefined ? [] : [second])]).toEqual([
      1_030_000,
      1_060_000,
      ['c d'],
    ]);
    windows.push(line('later', 1_185_000, 1_185_500));
    expect(windows.push({ type: 'heard', toMs: 1_240_000 }).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1_180_000, 1_210_000],
    ]);
  });

  it('end where listening ended when they are cut short, and tell what came late', () => {
    const windows = new Windows({ by: 'time', value: 10 });
    windows.push({ type: 'heard', toMs: 0 });
    windows.push({ type: 'heard', toMs: 25_000 });
    windows.push(line('late', 4000, 4500));
    windows.push(line('last', 23_000, 24_000));
    windows.push({ type: 'heard', toMs: 26_000 });
    expect(windows.finish().map(({ startMs, endMs }) => [startMs, endMs])).toEqual([[20_000, 26_000]]);
  });

  it('say nothing at the end when nothing was said', () => {
    const windows = new Windows({ by: 'time', value: 10 });
    windows.push({ type: 'heard', toMs: 5000 });
    expect(windows.finish()).toEqual([]);
  });
});

it('ignores what is not final', () => {
  const windows = new Windows({ by: 'word', value: 1 });
  expect(windows.push({ type: 'interim', line: 'x', text: 'a b', language: 'en', startMs: 0, endMs: 1 })).toEqual([]);
  expect(windows.push({ type: 'translation', line: 'x', text: 'a b', language: 'es' })).toEqual([]);
  expect(windows.finish()).toEqual([]);
});

describe('segmentingOf', () => {
  it('reads numbers and strings, and has defaults', () => {
    expect(segmentingOf({ segmenter: 'sentence', segmentation_value: '3' })).toEqual({ by: 'sentence', value: 3 });
    expect(segmentingOf({ type: 'time', value: 30 })).toEqual({ by: 'time', value: 30 });
    expect(segmentingOf({})).toEqual({ by: 'word', value: 50 });
    expect(segmentingOf({ segmenter: 'word', segmentation_value: -1 })).toEqual({ by: 'word', value: 50 });
    expect(segmentingOf({ segmenter: 'time', segmentation_value: 1e9 })).toEqual({ by: 'time', value: 3600 });
  });
});
