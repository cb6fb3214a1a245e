import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportCaptions } from '../../../src/pipelines/caption-export.ts';
import { CaptionStore } from '../../../src/pipelines/playback-captions.ts';
import { chaptersIn, spanAt, thumbnailsIn } from '../../../src/pipelines/playback-chapters.ts';
import { elapsedClock, fragmentClock } from '../../../src/pipelines/playback-clock.ts';
import { putFiles } from '../../../src/pipelines/playback-files.ts';
import { filesIn } from '../../../src/pipelines/playback-rendition.ts';
import { parseVtt, vttOffsetS, vttTime } from '../../../src/pipelines/playback-vtt.ts';

describe('reading', () => {
  test('cues with and without names, hours, settings, notes, styles, tags and entities', () => {
    const { cues, unread } = parseVtt(
      '\uFEFFWEBVTT - a title\r\nKind: captions\r\n\r\nNOTE\r\nnot --> shown\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nfirst\r\n00:01.500 --> 00:03.000 line:0 align:start\r\n<v Ana>Tom &amp; <i>Jerry</i>&nbsp;&lt;3\r\nand more\r\n\r\n100:00:00.000 --> 100:00:01.000\r\nlate\r\n',
    );
    expect(cues).toHaveLength(2);
    expect(cues[0]).toMatchObject({ id: 'first', startMs: 1_500, endMs: 3_000 });
    expect(cues[0]?.texts).toEqual([{ language: '', text: 'Tom & Jerry <3 and more' }]);
    expect(cues[1]?.startMs).toBe(360_000_000);
    expect(unread).toBe(0);
  });

  test('what cannot be read is counted and the rest is there', () => {
    expect(parseVtt('hello\n\n00:01.000 --> 00:02.000\nx')).toMatchObject({ cues: [], unread: 1 });
    const { cues, unread } = parseVtt(
      'WEBVTT\n\n00:05.000 --> 00:02.000\nbackwards\n\nnonsense\n\n00:01.000 --> 00:02.000\nright',
    );
    expect(cues.map(({ texts }) => texts[0]?.text)).toEqual(['right']);
    expect(unread).toBe(2);
    expect([vttTime('1:2'), vttTime('00:61.000'), vttTime('01:02,003')]).toEqual([null, null, 62_003]);
  });

  test('two languages in one cue, as our own files have them', () => {
    const line = {
      id: 'a',
      stream: 's',
      startMs: 1_000,
      endMs: 3_000,
      at: 1_000,
      original: { text: 'It opens & closes.', language: 'en', final: true },
      translation: { text: 'Se abre y se cierra.', language: 'es', final: true },
    };
    const [cue] = parseVtt(exportCaptions([line], 'vtt')).cues;
    expect(cue?.texts).toEqual([
      { language: 'en', text: 'It opens & closes.' },
      { language: 'es', text: 'Se abre y se cierra.' },
    ]);
  });

  test('no text makes it fail', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => void parseVtt(`WEBVTT\n\n${text}`)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', 'lang', ' en', '&', '#x0;', '-->', '\n', '\n\n', '00:01.000', 'a'), { maxLength: 40 }),
        (parts) => void parseVtt(`WEBVTT\n\n${parts.join('')}`),
      ),
    );
  });
});

describe('where a rendition’s clock begins', () => {
  const map = (header: string) => parseVtt(`WEBVTT\n${header}\n\n00:01.000 --> 00:02.000\nx`);

  test('by X-TIMESTAMP-MAP; without one by MPEG-2 time itself', () => {
    // A recording that begins at 122 s of MPEG-2 time: the map cancels it.
    expect(vttOffsetS(map('X-TIMESTAMP-MAP=MPEGTS:10980000,LOCAL:00:00:00.000'), 122)).toBeCloseTo(0);
    expect(vttOffsetS(map('X-TIMESTAMP-MAP=LOCAL:00:00:10.000,MPEGTS:900000'), 0)).toBeCloseTo(0);
    expect(vttOffsetS(map(''), 122)).toBe(-122);
  });

  test('33 bits that began anew in between', () => {
    const turn = 2 ** 33;
    expect(vttOffsetS(map(`X-TIMESTAMP-MAP=MPEGTS:${(90_000 * 5) % turn},LOCAL:00:00:00.000`), turn / 90_000)).toBeCloseTo(5);
  });
});

describe('files in the store', () => {
  const en = parseVtt('WEBVTT\n\n00:00.000 --> 00:02.000\nIt opens.\n\n00:06.000 --> 00:08.000\nIt closes.');
  const es = parseVtt('WEBVTT\n\n00:00.010 --> 00:02.000\nSe abre.\n\n00:03.000 --> 00:04.000\nNada.');

  test('cues that begin together are one sentence; by the picture’s clock, over its gap', () => {
    const store = new CaptionStore();
    const began = Date.parse('2026-03-01T09:00:00Z');
    const clock = fragmentClock([
      { startS: 0, durationS: 6, dateMs: began },
      { startS: 6, durationS: 6, dateMs: began + 16_000 },
    ]);
    const files = [
      { file: en, language: 'en', rendition: false },
      { file: es, language: 'es', rendition: false },
    ];
    store.add({ id: 'told', text: 'By the stream.', language: 'en', final: true, startMs: began, endMs: began + 1 }, 1);
    putFiles(store, files, clock, 0);
    expect(
      store.list.map(({ startMs, original, translations }) => [startMs - began, original?.text, translations[0]?.text]),
    ).toEqual([
      [0, 'By the stream.', undefined],
      [0, 'It opens.', 'Se abre.'],
      [3_000, undefined, 'Nada.'],
      [16_000, 'It closes.', undefined],
    ]);
    putFiles(store, files, elapsedClock(12), 0);
    expect(store.list).toHaveLength(4);
    expect(store.list[0]?.startMs).toBe(0);
  });

  test('segments that repeat a cue across their border tell it once', () => {
    const store = new CaptionStore();
    const files = [en, en].map((file) => ({ file, language: 'en', rendition: true }));
    putFiles(store, files, elapsedClock(12), 0);
    expect(store.list.map(({ original }) => original?.text)).toEqual(['It opens.', 'It closes.']);
  });
});

test('chapters and pictures', () => {
  expect(chaptersIn(parseVtt('WEBVTT\n\n00:06.000 --> 00:12.000\nDeparture\n\n00:00.000 --> 00:06.000\n<b>Arrival</b>'))).toEqual(
    [
      { startS: 0, endS: 6, title: 'Arrival' },
      { startS: 6, endS: 12, title: 'Departure' },
    ],
  );
  const pictures = thumbnailsIn(
    parseVtt(
      'WEBVTT\n\n00:00.000 --> 00:02.000\nsprite.jpg?x=1#xywh=128,72,128,72\n\n00:02.000 --> 00:04.000\nwhole.jpg\n\n00:04.000 --> 00:05.000\njavascript:alert(1)',
    ),
    'https://a.test/v/t.vtt',
  );
  expect(pictures).toEqual([
    { startS: 0, endS: 2, url: 'https://a.test/v/sprite.jpg?x=1', part: { x: 128, y: 72, width: 128, height: 72 } },
    { startS: 2, endS: 4, url: 'https://a.test/v/whole.jpg', part: null },
  ]);
  expect(spanAt(pictures, 3.9)?.url).toContain('whole');
  expect([spanAt(pictures, 4), spanAt(pictures, -1)]).toEqual([null, null]);
});

test('the files of a rendition', () => {
  expect(filesIn('#EXTM3U\n#EXTINF:6,\nen-0.vtt\r\n\n#EXTINF:6,\n../b/en-1.vtt?k=1\n', 'https://a.test/x/en.m3u8')).toEqual([
    'https://a.test/x/en-0.vtt',
    'https://a.test/b/en-1.vtt?k=1',
  ]);
  expect(filesIn('WEBVTT\n', 'https://a.test/en.vtt')).toBeNull();
});
