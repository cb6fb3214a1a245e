import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, wrapped } from '../../../src/pipelines/caption-cues.ts';
import { captionFormats, exportCaptions, type CaptionSides } from '../../../src/pipelines/caption-export.ts';
import type { CaptionLine } from '../../../src/pipelines/caption-lines.ts';

const BEGAN = Date.UTC(2026, 10, 20, 11, 0);
const line = (startMs: number, endMs: number | null, original: string | null, translation: string | null): CaptionLine => ({
  id: `1:s:${startMs}`,
  stream: 's',
  startMs,
  endMs,
  at: BEGAN + startMs,
  original: original === null ? null : { text: original, language: 'en', final: true },
  translation: translation === null ? null : { text: translation, language: 'es', final: true },
});

const two = [
  line(1_200, 2_700, 'Where is the station?', '¿Dónde está la estación?'),
  line(3_723_004, null, 'Thanks & bye', null),
];

describe('exportCaptions', () => {
  it('writes SubRip', () => {
    expect(exportCaptions(two, 'srt')).toBe(
      '1\n00:00:01,200 --> 00:00:02,700\nWhere is the station?\n¿Dónde está la estación?\n\n' +
        '2\n01:02:03,004 --> 01:02:03,854\nThanks & bye\n\n',
    );
  });

  it('writes WebVTT, each language marked', () => {
    expect(exportCaptions(two, 'vtt')).toBe(
      'WEBVTT\n\n1\n00:00:01.200 --> 00:00:02.700\n<lang en>Where is the station?</lang>\n<lang es>¿Dónde está la estación?</lang>\n\n' +
        '2\n01:02:03.004 --> 01:02:03.854\n<lang en>Thanks &amp; bye</lang>\n\n',
    );
  });

  it('writes plain text', () => {
    expect(exportCaptions(two, 'txt')).toBe(
      '[00:00:01] Where is the station?\n           ¿Dónde está la estación?\n[01:02:03] Thanks & bye\n',
    );
    expect(exportCaptions(two, 'txt', 'translation')).toBe('[00:00:01] ¿Dónde está la estación?\n');
  });

  it('writes JSON', () => {
    expect(JSON.parse(exportCaptions(two, 'json', 'original'))).toEqual({
      began: '2026-11-20T11:00:00.000Z',
      lines: [
        {
          id: '1:s:1200',
          stream: 's',
          startMs: 1_200,
          endMs: 2_700,
          at: '2026-11-20T11:00:01.200Z',
          original: { text: 'Where is the station?', language: 'en', final: true },
        },
        expect.objectContaining({ startMs: 3_723_004, endMs: null }),
      ],
    });
  });

  it('is a whole file without lines', () => {
    expect(captionFormats.map((format) => exportCaptions([], format))).toEqual([
      '',
      '{\n  "began": "1970-01-01T00:00:00.000Z",\n  "lines": []\n}\n',
      '',
      'WEBVTT\n\n',
    ]);
  });

  it('splits a long sentence into cues that follow each other, both languages at once', () => {
    const long = 'The quick brown fox jumps over the lazy dog and then it walks home through the long wet grass of the valley.';
    const file = exportCaptions([line(0, 9_000, long, 'corto pero no tanto como para una sola')], 'srt');
    const times = [...file.matchAll(/(\S+) --> (\S+)/g)].map(([, from, to]) => [from, to]);
    expect(times[0]?.[0]).toBe('00:00:00,000');
    expect(times.at(-1)?.[1]).toBe('00:00:09,000');
    times.slice(1).forEach(([from], index) => expect(from).toBe(times[index]?.[1]));
    expect(times.length).toBe(2);
    expect(file.match(/corto/g)).toHaveLength(1);
  });

  it('lets no text end a cue, open a tag or an override', () => {
    const evil = '00:00:01 --> 00:00:02\n\n3\n<b>x</b> {\\an8}&lt;';
    const vtt = exportCaptions([line(0, 1_000, evil, null)], 'vtt');
    expect(vtt.split('\n').filter((row) => row.includes('-->'))).toEqual(['00:00:00.000 --> 00:00:01.000']);
    expect(vtt).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(vtt).toContain('&amp;lt;');
    const srt = exportCaptions([line(0, 1_000, evil, null)], 'srt');
    expect(srt.split('\n').filter((row) => row.includes('-->'))).toHaveLength(1);
    expect(srt).not.toMatch(/[<{]/);
  });
});

/** Cue blocks of a file as a reader splits them: at empty rows. */
function cueBlocks(file: string): readonly { readonly from: string; readonly to: string; readonly rows: readonly string[] }[] {
  return file
    .replace('WEBVTT\n\n', '')
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [, times = '', ...rows] = block.split('\n');
      const [from = '', to = ''] = times.split(' --> ');
      return { from, to, rows };
    });
}

const anyText = fc.oneof(
  fc.string({ maxLength: 160, unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('-->', '\n', '<i>', '&', '{\\b1}', 'word', '你好', 'سلام', ' ', '\u0000', '\u2028'), { maxLength: 60 })
    .map((parts) => parts.join('')),
);
const anyLines = fc.array(
  fc
    .tuple(fc.nat(400_000_000), fc.option(fc.nat(20_000)), fc.option(anyText), fc.option(anyText))
    .map(([start, length, original, translation]) => line(start, length === null ? null : start + length, original, translation)),
  { maxLength: 8 },
);

describe('whatever is said', () => {
  it.each(['srt', 'vtt'] as const)('%s: every cue has a number, a time that passes and one to two rows a language', (format) => {
    fc.assert(
      fc.property(anyLines, fc.constantFrom<CaptionSides>('original', 'translation', 'both'), (lines, sides) => {
        const blocks = cueBlocks(exportCaptions(lines, format, sides));
        blocks.forEach(({ from, to, rows }) => {
          expect(from).toMatch(/^\d{2,}:[0-5]\d:[0-5]\d[.,]\d{3}$/);
          expect(from.padStart(20) < to.padStart(20)).toBe(true);
          expect(rows.length).toBeGreaterThan(0);
          expect(rows.length).toBeLessThanOrEqual(sides === 'both' ? 4 : 2);
          expect(rows.every((row) => row.trim() !== '' && !row.includes('-->'))).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('no row is wider than 42 columns and no character is lost', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const row = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
        const rows = wrapped(row);
        expect(rows.every((each) => columns(each) <= 42)).toBe(true);
        expect(rows.join('').replaceAll(' ', '')).toBe(row.replaceAll(' ', ''));
      }),
      { numRuns: 500 },
    );
  });

  it('breaks between words, and Chinese at 16 characters', () => {
    expect(wrapped('Please mind the gap between the train and the platform edge.')).toEqual([
      'Please mind the gap between the train and',
      'the platform edge.',
    ]);
    expect(wrapped('请注意列车与站台之间的空隙下车时请先下后上谢谢合作').map((row) => row.length <= 16)).toEqual([true, true]);
  });
});
