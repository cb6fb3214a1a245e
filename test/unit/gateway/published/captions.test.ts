import { describe, expect, it } from 'vitest';
import { captionsOf } from '../../../../demo/server/media/published/captions.ts';
import type { SpokenLine } from '../../../../demo/server/media/published/captions.ts';
import { cueText, vtt, vttTime } from '../../../../demo/server/media/published/vtt.ts';

const line = (text: string, startMs: number, endMs: number, change: Partial<SpokenLine> = {}): SpokenLine => ({
  ...{ text, startMs, endMs, language: 'en', words: [], translations: {} },
  ...change,
});
const LONG =
  'The oldest vine in this glasshouse still bears fruit every autumn although nobody has pruned it since the year in which the heating failed.';
const rowsOf = (text: string): readonly string[] => text.split('\n');

describe('captions', () => {
  it('every language that is there has a track, the spoken one first', () => {
    const tracks = captionsOf([
      line('Hello.', 0, 1000, { translations: { fr: 'Bonjour.', es: 'Hola.' } }),
      line('Goodbye.', 2000, 3000, { translations: { es: 'Adiós.' } }),
      line('Hasta luego.', 4000, 5000, { language: 'es', translations: { en: 'See you.' } }),
    ]);
    expect(tracks.map(({ language, original, cues }) => [language, original, cues.map(({ text }) => text)])).toEqual([
      ['en', true, ['Hello.', 'Goodbye.', 'See you.']],
      ['es', true, ['Hola.', 'Adiós.', 'Hasta luego.']],
      ['fr', false, ['Bonjour.']],
    ]);
    expect(tracks.map(({ name }) => name)).toEqual(['English', 'español', 'français']);
  });

  it('a long sentence is cues of two rows of 42 characters, one after the other, over all its time', () => {
    const [{ cues } = { cues: [] }] = captionsOf([line(LONG, 1000, 9000)]);
    expect(cues.length).toBe(2);
    for (const { text } of cues) {
      expect(rowsOf(text).length).toBeLessThanOrEqual(2);
      for (const row of rowsOf(text)) expect(row.length).toBeLessThanOrEqual(42);
    }
    expect(cues.map(({ text }) => text.replaceAll('\n', ' ')).join(' ')).toBe(LONG);
    expect([cues[0]?.startMs, cues.at(-1)?.endMs]).toEqual([1000, 9000]);
    expect(cues[0]?.endMs).toBe(cues[1]?.startMs);
  });

  it('where words have times, a cue begins with its first word', () => {
    const words = LONG.split(' ').map((text, index) => ({ text, startMs: index * 100, endMs: index * 100 + 90 }));
    const [{ cues } = { cues: [] }] = captionsOf([line(LONG, 0, 2500, { words })]);
    const spoken = cues[0]?.text.replaceAll('\n', ' ').split(' ').length ?? 0;
    expect(cues[1]?.startMs).toBe(spoken * 100);
  });

  it('text without spaces is parted between characters', () => {
    const text = '温室のいちばん古いぶどうの木は今でも毎年秋に実をつけますが誰も剪定をしていませんし暖房も壊れたままです';
    const [{ cues } = { cues: [] }] = captionsOf([line(text, 0, 6000, { language: 'ja' })]);
    expect(cues.map((cue) => cue.text.replaceAll('\n', '')).join('')).toBe(text);
    for (const cue of cues) for (const row of rowsOf(cue.text)) expect(row.length).toBeLessThanOrEqual(21);
  });

  it('a short word stands long enough to be read, but not over the next one', () => {
    const [{ cues } = { cues: [] }] = captionsOf([line('Yes.', 0, 100), line('No.', 500, 600)]);
    expect(cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 500],
      [500, 1350],
    ]);
  });

  it('what is no language tag names no file', () => {
    expect(captionsOf([line('x', 0, 1, { language: '../../etc' })])).toEqual([]);
  });
});

describe('WebVTT', () => {
  it('is tied to the media’s clock, which wraps after 26 hours', () => {
    expect(vtt([{ startMs: 500, endMs: 1500, text: 'Hi' }], 122)).toBe(
      'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:10980000,LOCAL:00:00:00.000\n\n00:00:00.500 --> 00:00:01.500\nHi\n',
    );
    expect(vtt([], 2 ** 33 / 90_000 + 1)).toContain('MPEGTS:90000,');
    expect(vtt([], null)).toBe('WEBVTT\n');
  });

  it.each([
    [0, '00:00:00.000'],
    [999.6, '00:00:01.000'],
    [3_661_001, '01:01:01.001'],
    [360_000_000, '100:00:00.000'],
  ])('%d ms is %s', (ms, text) => {
    expect(vttTime(ms)).toBe(text);
  });

  it('no text becomes markup, a cue of its own, or an end', () => {
    expect(cueText('a <b> & c\n\n00:00:01.000 --> 00:00:02.000\nx')).toBe(
      'a &lt;b&gt; &amp; c\n00:00:01.000 --&gt; 00:00:02.000\nx',
    );
  });
});
