import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CaptionStore,
  languagesOf,
  lineOf,
  MOST_CAPTIONS,
  shownUntilMs,
  textIn,
} from '../../../src/pipelines/playback-captions.ts';

const caption = (id: string, startMs: number, endMs: number, text = id, final = true) => ({
  id,
  startMs,
  endMs,
  text,
  final,
  language: 'en',
});
const ids = (store: CaptionStore, dateMs: number) => store.at(dateMs).map(({ id }) => id);

describe('captions land at their time', () => {
  test('whatever order they come in', () => {
    const store = new CaptionStore();
    store.add(caption('c', 6_000, 8_000), 1);
    store.add(caption('a', 0, 2_000), 2);
    store.add(caption('b', 3_000, 5_000), 3);
    expect(store.list.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(ids(store, 3_000)).toEqual(['b']);
    expect(ids(store, 4_999)).toEqual(['b']);
    expect(ids(store, 5_000)).toEqual([]);
  });

  test('interim words are replaced in place, and never undo final ones', () => {
    const store = new CaptionStore();
    store.add(caption('a', 0, 500, 'The', false), 1);
    expect(store.add(caption('a', 0, 900, 'The gate', false), 2)).toBe(true);
    store.add(caption('a', 0, 1_500, 'The gate opens.'), 3);
    expect(store.add(caption('a', 0, 1_200, 'The gate op', false), 4)).toBe(false);
    expect(store.list).toHaveLength(1);
    expect(store.list[0]?.original?.text).toBe('The gate opens.');
    expect(store.add(caption('a', 0, 1_500, 'The gate opens.'), 5)).toBe(false);
    // A correction moves it to where it belongs.
    store.add(caption('b', 2_000, 3_000), 6);
    store.add(caption('a', 4_000, 5_000, 'The gates open.'), 7);
    expect(store.list.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(ids(store, 1_000)).toEqual([]);
  });

  test('a translation joins its sentence, also when it was here before it', () => {
    const store = new CaptionStore();
    store.translate({ id: 'a', language: 'es', text: 'Se abre.' }, 1);
    expect(store.list).toHaveLength(0);
    store.add(caption('a', 0, 2_000, 'It opens.'), 2);
    store.translate({ id: 'a', language: 'fr', text: 'Il s’ouvre.' }, 3);
    store.translate({ id: 'a', language: 'es', text: 'Se abre ya.' }, 4);
    const [known] = store.list;
    expect(languagesOf(store.list)).toEqual(['en', 'fr', 'es']);
    expect(textIn(known!, 'es-MX')?.text).toBe('Se abre ya.');
    expect(lineOf(known!, 'es').translation?.text).toBe('Se abre ya.');
    expect(lineOf(known!, 'de').translation).toBeNull();
    expect(lineOf(known!, 'es', -1_000)).toMatchObject({ startMs: 1_000, endMs: 3_000, at: 0 });
  });

  test('a caption shorter than an eye is seen as long as an eye needs', () => {
    const store = new CaptionStore();
    store.add(caption('a', 1_000, 1_100), 1);
    expect(ids(store, 1_700)).toEqual(['a']);
    expect(ids(store, 1_850)).toEqual([]);
    expect(store.nextBoundary(1_100)).toBe(1_850);
  });

  test('what cannot be a time is refused', () => {
    const store = new CaptionStore();
    expect(store.add(caption('a', NaN, 1), 1)).toBe(false);
    expect(store.add(caption('b', 0, Infinity), 1)).toBe(false);
    expect(store.list).toHaveLength(0);
  });

  test('50 000 are kept, the newest', () => {
    const store = new CaptionStore();
    for (let index = 0; index < MOST_CAPTIONS + 10; index++)
      store.add(caption(String(index), index * 1_000, index * 1_000 + 900), null);
    expect(store.list.length).toBeLessThanOrEqual(MOST_CAPTIONS);
    expect(store.list.at(-1)?.id).toBe(String(MOST_CAPTIONS + 9));
    expect(store.get('0')).toBeUndefined();
    expect(ids(store, (MOST_CAPTIONS + 9) * 1_000)).toEqual([String(MOST_CAPTIONS + 9)]);
  });

  test('finding by time and by boundary says the same as looking at every one', () => {
    const cue = fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      start: fc.integer({ min: 0, max: 60_000 }),
      length: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.array(cue, { maxLength: 60 }), fc.integer({ min: -1_000, max: 90_000 }), (cues, dateMs) => {
        const store = new CaptionStore();
        for (const { id, start, length } of cues) store.add(caption(`c${id}`, start, start + length), 1);
        const all = store.list;
        expect([...all].sort((one, other) => one.startMs - other.startMs)).toEqual(all);
        const expected = all.filter((each) => each.startMs <= dateMs && shownUntilMs(each) > dateMs);
        expect(store.at(dateMs, 99)).toEqual(expected);
        const boundaries = all.flatMap((each) => [each.startMs, shownUntilMs(each)]).filter((ms) => ms > dateMs);
        const next = store.nextBoundary(dateMs);
        expect(next).toBe(boundaries.length === 0 ? null : Math.min(...boundaries.filter((ms) => ms >= Math.min(...boundaries))));
      }),
      { numRuns: 200 },
    );
  });
});
