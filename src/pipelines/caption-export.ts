import { cues, plain, type Cue, type TimedTexts } from './caption-cues.ts';
import { type CaptionLine, type CaptionText, speechOrder } from './caption-lines.ts';

/** Caption lines written out as a file: plain text, JSON, SubRip or WebVTT. */

export type CaptionFormat = 'txt' | 'json' | 'srt' | 'vtt';

/** Which of the two languages goes into the file. */
export type CaptionSides = 'original' | 'translation' | 'both';

export const captionFormats: readonly CaptionFormat[] = ['txt', 'json', 'srt', 'vtt'];

export const captionMimeTypes: Readonly<Record<CaptionFormat, string>> = {
  txt: 'text/plain;charset=utf-8',
  json: 'application/json',
  srt: 'application/x-subrip;charset=utf-8',
  vtt: 'text/vtt;charset=utf-8',
};

/** How long a sentence without an end stays, ms: as long as 17 characters a second take to read, within these. */
const READ_MS = 60;
const SHORTEST_MS = 850;
const LONGEST_MS = 7_000;

/** When the earliest stream began, ms since the epoch; 0 without lines. */
export const captionsBegan = (lines: readonly CaptionLine[]): number =>
  lines.length === 0 ? 0 : Math.min(...lines.map(({ at, startMs }) => at - startMs));

/** The file's whole text. Lines that have none of the wanted languages are left out; words not final yet are in it as they stand. */
export function exportCaptions(lines: readonly CaptionLine[], format: CaptionFormat, sides: CaptionSides = 'both'): string {
  if (format === 'json') return json(lines, sides);
  const sentences = timed(lines, sides);
  switch (format) {
    case 'txt':
      return sentences.map(paragraph).join('');
    case 'srt':
      return sentences.flatMap(cues).map(subRip).join('');
    case 'vtt':
      return `WEBVTT\n\n${sentences.flatMap(cues).map(webVtt).join('')}`;
  }
}

const wanted = ({ original, translation }: CaptionLine, sides: CaptionSides): readonly CaptionText[] =>
  (sides === 'both' ? [original, translation] : [sides === 'original' ? original : translation]).filter(
    (text): text is CaptionText => text !== null && plain(text.text) !== '',
  );

function timed(lines: readonly CaptionLine[], sides: CaptionSides): readonly TimedTexts[] {
  const began = captionsBegan(lines);
  return [...lines].sort(speechOrder).flatMap((line) => {
    const texts = wanted(line, sides);
    if (texts.length === 0) return [];
    const fromMs = Math.max(0, Math.round(line.at - began));
    const readMs = Math.max(...texts.map(({ text }) => text.length)) * READ_MS;
    const lengthMs =
      line.endMs === null ? Math.min(LONGEST_MS, Math.max(SHORTEST_MS, readMs)) : Math.round(line.endMs - line.startMs);
    return [{ fromMs, toMs: fromMs + Math.max(1, lengthMs), texts }];
  });
}

function json(lines: readonly CaptionLine[], sides: CaptionSides): string {
  const told = [...lines].sort(speechOrder).filter((line) => wanted(line, sides).length > 0);
  return `${JSON.stringify(
    {
      began: new Date(captionsBegan(lines)).toISOString(),
      lines: told.map(({ original, translation, at, ...line }) => ({
        ...line,
        at: new Date(at).toISOString(),
        ...(sides === 'translation' ? {} : { original }),
        ...(sides === 'original' ? {} : { translation }),
      })),
    },
    null,
    2,
  )}\n`;
}

function paragraph({ fromMs, texts }: TimedTexts): string {
  const time = `[${clock(fromMs, '.').slice(0, 8)}] `;
  return texts.map(({ text }, index) => `${index === 0 ? time : ' '.repeat(time.length)}${plain(text)}\n`).join('');
}

const subRip = ({ fromMs, toMs, blocks }: Cue, index: number): string =>
  `${index + 1}\n${clock(fromMs, ',')} --> ${clock(toMs, ',')}\n${blocks
    .flatMap(({ rows }) => rows.map(subRipText))
    .join('\n')}\n\n`;

/** SubRip has no way to escape: what a player could take for an arrow, a tag or an override is written with other signs. */
const subRipText = (text: string): string =>
  text.replaceAll('-->', '→').replaceAll('<', '‹').replaceAll('>', '›').replaceAll('{', '(').replaceAll('}', ')');

const webVtt = ({ fromMs, toMs, blocks }: Cue, index: number): string =>
  `${index + 1}\n${clock(fromMs, '.')} --> ${clock(toMs, '.')}\n${blocks
    .flatMap(({ language, rows }) => rows.map((row) => languageSpan(language, webVttText(row))))
    .join('\n')}\n\n`;

/** WebVTT §3.5: the language span; only what can be a BCP 47 tag goes into it. */
const languageSpan = (language: string, text: string): string =>
  /^[A-Za-z0-9-]{1,35}$/.test(language) ? `<lang ${language}>${text}</lang>` : text;

/** WebVTT §3.1: these three are the characters that mean something in a cue. */
const webVttText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `hh:mm:ss.mmm`; hours grow beyond two digits when they must. */
function clock(totalMs: number, separator: string): string {
  const digits = (value: number, length: number) => String(Math.floor(value)).padStart(length, '0');
  return `${digits(totalMs / 3_600_000, 2)}:${digits((totalMs / 60_000) % 60, 2)}:${digits((totalMs / 1000) % 60, 2)}${separator}${digits(totalMs % 1000, 3)}`;
}
