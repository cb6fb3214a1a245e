import { beforeEach, expect, it } from 'vitest';
import {
  GrowingUtterances,
  type ConfidentWord,
  type GrowingRecognizer,
} from '../../../../../demo/server/engines/local/hear/growing.ts';

/** A recogniser whose words are the samples it was given: one word a thousand of them. */
let fed: number;
let open: number;

function recognizer(): GrowingRecognizer {
  let samples: number[] | null = null;
  open++;
  const words = (): ConfidentWord[] =>
    Array.from({ length: Math.ceil((samples?.length ?? 0) / 1000) }, (_, index) => ({
      word: String(samples?.[1000 * index]),
      confidence: 1,
      // By the recogniser's own count, which begins with the quiet that comes first.
      startSeconds: 0.3 + index / 16,
      seconds: 0.1,
    }));
  return {
    feed: (block) => {
      // The quiet before the first word is not speech.
      if (samples === null) {
        samples = [];
        return Promise.resolve([]);
      }
      fed += block.length;
      samples.push(...block);
      return Promise.resolve([]);
    },
    pending: words,
    finish: () => {
      const last = words();
      samples = [];
      return Promise.resolve(last);
    },
    close: () => open--,
  };
}

const speech = (seed: number, length: number): Int16Array => Int16Array.from({ length }, (_, at) => seed + Math.floor(at / 1000));
const said = (words: readonly ConfidentWord[]): string => words.map(({ word }) => word).join(' ');

beforeEach(() => {
  fed = 0;
  open = 0;
});

it('works only on what is new, and hears in the end what it hears when asked once', async () => {
  const grown = new GrowingUtterances(recognizer, 4);
  for (let length = 2000; length < 32_000; length += 2000) await grown.hear(speech(5, length), false);
  const final = await grown.hear(speech(5, 32_000), true);
  expect(fed).toBe(32_000 + 4800);
  expect(open).toBe(0);
  expect(final).toEqual(await new GrowingUtterances(recognizer, 4).hear(speech(5, 32_000), true));
});

it('tells when each word begins, counted from the first sample of the utterance', async () => {
  const grown = new GrowingUtterances(recognizer, 4);
  for (const final of [false, true]) {
    const starts = (await grown.hear(speech(5, 4000), final)).map(({ startSeconds }) => startSeconds);
    expect(starts[0]).toBe(0);
    expect(starts[2]).toBeCloseTo(0.125);
  }
});

it('keeps speakers apart, and takes one that only resembles another for a new one', async () => {
  const grown = new GrowingUtterances(recognizer, 4);
  await grown.hear(speech(5, 8000), false);
  await grown.hear(speech(50, 8000), false);
  const changed = speech(5, 12_000);
  changed[10] = 99;
  expect(said(await grown.hear(changed, false))).toMatch(/^5 6/);
  expect(open).toBe(3);
  expect(said(await grown.hear(speech(50, 9600), true))).toMatch(/^50 51 52/);
});

it('closes the one that was longest not heard of when there are too many', async () => {
  const grown = new GrowingUtterances(recognizer, 2);
  for (const seed of [100, 200, 300, 400]) await grown.hear(speech(seed, 4000), false);
  expect(open).toBe(2);
});

it('stops between blocks when nobody wants it, and goes on later', async () => {
  const grown = new GrowingUtterances(recognizer, 2);
  let asked = 0;
  await grown.hear(speech(5, 16_000), true, () => asked++ < 3);
  expect(fed).toBeLessThan(16_000);
  expect(said(await grown.hear(speech(5, 16_000), true))).toMatch(/^5 6 7/);
  expect(fed).toBe(16_000 + 4800);
});

it('closes what failed', async () => {
  const grown = new GrowingUtterances(() => ({ ...recognizer(), feed: () => Promise.reject(new Error('broken')) }), 2);
  await expect(grown.hear(speech(5, 4000), true)).rejects.toThrow('broken');
  expect(open).toBe(0);
});
