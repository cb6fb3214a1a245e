import { describe, expect, it } from 'vitest';
import { voicedStretches } from '../../../../demo/server/rtstream/transcript/voiced.ts';
import { estimatedWords } from '../../../../demo/server/rtstream/transcript/word-times.ts';
import { silence, speech } from '../../../support/fake-engines.ts';
import { noise } from '../../../support/signals.ts';

const RATE = 16_000;
const joined = (...parts: readonly Int16Array[]): Int16Array => Int16Array.from(parts.flatMap((part) => [...part]));

describe('voicedStretches', () => {
  it('are where it is loud, apart by real gaps, clicks left out', () => {
    const pcm = joined(
      silence(200),
      speech(0, 500),
      silence(40),
      speech(0, 300),
      silence(300),
      speech(0, 400),
      silence(200),
      speech(0, 15),
      silence(100),
    );
    expect(voicedStretches(pcm, RATE)).toEqual([
      { startMs: 200, endMs: 1040 },
      { startMs: 1340, endMs: 1740 },
    ]);
  });

  it('are found in noise, and are everything where nothing stands out', () => {
    const next = noise(3);
    const noisy = joined(silence(300), speech(0, 700), silence(300)).map((sample) => sample + Math.round(100 * next()));
    expect(voicedStretches(noisy, RATE)).toEqual([{ startMs: 300, endMs: 1000 }]);
    expect(voicedStretches(silence(1000), RATE)).toEqual([{ startMs: 0, endMs: 1000 }]);
    expect(voicedStretches(new Int16Array(0), RATE)).toEqual([{ startMs: 0, endMs: 0 }]);
  });
});

describe('estimatedWords', () => {
  const starts = (text: string, stretches: readonly { readonly startMs: number; readonly endMs: number }[]) =>
    estimatedWords(text, stretches).map(({ startMs, endMs }) => [startMs, endMs]);

  it('share the voiced time by their length', () => {
    const [short, long] = starts('a extraordinarily', [{ startMs: 1000, endMs: 2000 }]);
    expect(short?.[0]).toBe(1000);
    expect(long?.[1]).toBe(2000);
    expect((long?.[1] ?? 0) - (long?.[0] ?? 0)).toBeGreaterThan(3 * ((short?.[1] ?? 0) - (short?.[0] ?? 0)));
  });

  it('have their pauses between them, behind punctuation where there is some near', () => {
    const stretches = [
      { startMs: 0, endMs: 1000 },
      { startMs: 1600, endMs: 2600 },
    ];
    expect(starts('one two, three four', stretches)[1]?.[1]).toBe(1000);
    expect(starts('one two, three four', stretches)[2]?.[0]).toBe(1600);
    // By length alone the pause would be before "three".
    const uneven = [
      { startMs: 0, endMs: 1140 },
      { startMs: 1740, endMs: 2600 },
    ];
    expect(starts('one two three four', uneven)[1]?.[1]).toBe(1140);
    expect(starts('one two three, four', uneven)[2]?.[1]).toBe(1140);
  });

  it('never overlap, never stand still, and stay within', () => {
    const stretches = Array.from({ length: 6 }, (_, index) => ({ startMs: index * 1000, endMs: index * 1000 + 700 }));
    const words = estimatedWords(
      'It was, as I said before, the best of times; it was the worst of all the times there ever were.',
      stretches,
    );
    for (const [index, { startMs, endMs }] of words.entries()) {
      expect(endMs).toBeGreaterThan(startMs);
      expect(startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? 0);
    }
    expect([words[0]?.startMs, words.at(-1)?.endMs]).toEqual([0, 5700]);
  });

  it('are none without words or sound', () => {
    expect(estimatedWords('', [{ startMs: 0, endMs: 1 }])).toEqual([]);
    expect(estimatedWords('word', [])).toEqual([]);
  });
});
