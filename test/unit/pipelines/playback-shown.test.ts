import { describe, expect, test } from 'vitest';
import { CaptionStore } from '../../../src/pipelines/playback-captions.ts';
import { CaptionDelay, shownCaptions, type ShownWish } from '../../../src/pipelines/playback-shown.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const caption = (id: string, fromS: number, toS: number, text = id) => ({
  id,
  startMs: NOON + fromS * 1000,
  endMs: NOON + toS * 1000,
  text,
  final: true,
  language: 'en',
});
const live: ShownWish = { live: true, pace: 'sync', to: null, nowMs: NOON };
const shown = (store: CaptionStore, atS: number, wish: ShownWish) => shownCaptions(store, NOON + atS * 1000, wish);
const words = (store: CaptionStore, atS: number, wish: ShownWish) =>
  shown(store, atS, wish).lines.map(({ original }) => original?.text);

describe('recorded', () => {
  const wish: ShownWish = { ...live, live: false };

  test('pops on and off at its times', () => {
    const store = new CaptionStore();
    store.add(caption('a', 0, 2), null);
    store.add(caption('b', 5, 7), null);
    expect(words(store, 1, wish)).toEqual(['a']);
    expect(shown(store, 1, wish).untilMs).toBe(NOON + 2_000);
    expect(words(store, 3, wish)).toEqual([]);
    expect(shown(store, 3, wish).untilMs).toBe(NOON + 5_000);
    expect(shown(store, 8, wish).untilMs).toBeNull();
  });

  test('a long sentence comes two rows at a time, as long as each takes to say, in both languages', () => {
    const store = new CaptionStore();
    const long =
      'It carries the glass for the east house and two men to fit it, who have come from the coast this morning and go back at night.';
    store.add(caption('a', 0, 8, long), null);
    store.translate(
      { id: 'a', language: 'es', text: 'Lleva el vidrio para la casa este, y dos hombres que vuelven de noche.' },
      null,
    );
    const both = { ...wish, to: 'es' };
    const first = shown(store, 0.1, both);
    const pieces: string[] = [];
    let atMs = NOON;
    for (let turn = 0; turn < 6; turn++) {
      const { lines, untilMs } = shownCaptions(store, atMs, both);
      if (lines[0]?.original != null) pieces.push(lines[0].original.text);
      if (untilMs === null || untilMs >= NOON + 8_000) break;
      atMs = untilMs;
    }
    expect(pieces.length).toBe(2);
    expect(pieces.join(' ')).toBe(long);
    expect(first.lines[0]?.translation?.language).toBe('es');
    expect(first.untilMs).toBeGreaterThan(NOON + 3_000);
    expect(first.untilMs).toBeLessThan(NOON + 6_000);
  });
});

describe('live', () => {
  test('rolls up: the sentence before stays for a while', () => {
    const store = new CaptionStore();
    store.add(caption('a', 0, 2), NOON);
    store.add(caption('b', 2, 4), NOON);
    expect(words(store, 3, live)).toEqual(['a', 'b']);
    const later = { ...live, nowMs: NOON + 60_000 };
    expect(words(store, 5.9, later)).toEqual(['a', 'b']);
    expect(words(store, 6.1, later)).toEqual(['b']);
    expect(words(store, 8.1, later)).toEqual([]);
  });

  test('with the picture: nothing before its time; as early as possible: at once', () => {
    const store = new CaptionStore();
    store.add(caption('a', 5, 7), NOON);
    expect(words(store, 3, live)).toEqual([]);
    expect(shown(store, 3, live).untilMs).toBe(NOON + 5_000);
    expect(words(store, 3, { ...live, pace: 'fast' })).toEqual(['a']);
  });

  test('late by less than 8 s: painted at once and for as long as it takes to read; by more: in the transcript only', () => {
    const store = new CaptionStore();
    store.add(caption('late', 0, 1), NOON + 8_000);
    store.add(caption('too late', -10, -9), NOON + 8_000);
    const now = { ...live, nowMs: NOON + 8_000 };
    const { lines, untilNowMs } = shown(store, 8, now);
    expect(lines.map(({ id }) => id)).toEqual(['late']);
    expect(untilNowMs).toBe(NOON + 10_000);
    expect(words(store, 9.9, { ...live, nowMs: NOON + 9_900 })).toEqual(['late']);
    expect(words(store, 10.1, { ...live, nowMs: NOON + 10_100 })).toEqual([]);
    expect(store.list).toHaveLength(2);
  });

  test('what was said before anybody watched is not new', () => {
    const store = new CaptionStore();
    store.add(caption('old', 0, 1), null);
    expect(words(store, 6, live)).toEqual([]);
  });
});

test('how far behind the picture must be for captions to be in time', () => {
  const delay = new CaptionDelay();
  for (let index = 1; index <= 4; index++) delay.add(1_000);
  expect(delay.neededMs).toBeNull();
  for (let index = 0; index < 16; index++) delay.add(index === 0 ? 9_000 : 2_000);
  delay.add(-5);
  delay.add(NaN);
  // 20 delays: 95 % of them are at most the 19th.
  expect(delay.neededMs).toBe(2_300);
  delay.add(9_000);
  expect(delay.neededMs).toBe(9_300);
});
