import { readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CaptionTrack } from './master.ts';
import { alike, bytesOf, initOf } from './retimed.ts';
import type { Piece } from './retimed.ts';
import { fragmentedInput, runFfmpeg } from './run-ffmpeg.ts';

/** Segments as one MP4 file that plays before it is loaded whole: copied, or encoded again where their codecs differ. */

export interface Mp4Wish {
  readonly ffmpeg: string;
  readonly pieces: readonly Piece[];
  /** Left out at the beginning, ms: exact, by an edit list over the key frame before it. */
  readonly skipMs: number;
  /** What follows, ms. */
  readonly durationMs: number;
  /** Absolute */
  readonly output: string;
  /** As text tracks. */
  readonly captions?: readonly (CaptionTrack & { readonly file: string })[];
  readonly progress?: (percentage: number) => void;
  readonly signal?: AbortSignal;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(6);

/** Appears under its name only when it is whole. Rejects with `PublishedError`, or with the signal's reason. */
export async function writeMp4(wish: Mp4Wish): Promise<void> {
  const { ffmpeg, output, durationMs, skipMs, captions = [], progress, signal } = wish;
  const groups = await alike(wish.pieces);
  const unfinished = join(dirname(output), `.${crypto.randomUUID()}.mp4`);
  const inputs = groups.flatMap((_, index) => [
    ...(groups.length === 1 && skipMs > 0 ? ['-itsoffset', seconds(-skipMs)] : []),
    ...fragmentedInput(index),
  ]);
  const texts = captions.flatMap(({ file }) => ['-f', 'webvtt', '-i', file]);
  const textMaps = captions.flatMap(({ language, name }, index) => [
    ...['-map', String(groups.length + index), `-metadata:s:s:${index}`, `language=${threeLetters(language)}`],
    ...[`-metadata:s:s:${index}`, `handler_name=${name}`],
  ]);
  const media = groups.length === 1 ? COPIED : await encoded(groups, skipMs);
  const args = [
    ...inputs,
    ...texts,
    ...media,
    ...textMaps,
    ...(captions.length > 0 ? ['-c:s', 'mov_text'] : []),
    ...['-t', seconds(durationMs), '-movflags', '+faststart', '-f', 'mp4', basename(unfinished)],
  ];
  try {
    await runFfmpeg({
      ffmpeg,
      args,
      inputs: groups.map(bytesOf),
      cwd: dirname(output),
      durationMs,
      ...(progress === undefined ? {} : { progress }),
      ...(signal === undefined ? {} : { signal }),
    });
    await rename(unfinished, output);
  } finally {
    await rm(unfinished, { force: true });
  }
}

const COPIED = ['-map', '0:v?', '-map', '0:a?', '-c', 'copy', '-avoid_negative_ts', 'disabled'];

/** Groups of different codecs or sizes as one: the size of the first picture, sound at 48 kHz, silence where there is none. */
async function encoded(groups: readonly (readonly Piece[])[], skipMs: number): Promise<readonly string[]> {
  const facts = await Promise.all(
    groups.map(async ([first]) => (first === undefined ? null : initOf(await readFile(join(first.folder, first.segment.init))))),
  );
  const picture = facts.find((one) => one?.video != null)?.video ?? null;
  const [width, height] = [even(picture?.width), even(picture?.height)];
  const graph: string[] = [];
  const joints: string[] = [];
  groups.forEach((group, index) => {
    const lengthS = group.reduce((sum, { segment }) => sum + segment.durationMs, 0) / 1000;
    if (picture !== null) {
      const source = facts[index]?.video == null ? `color=black:s=${width}x${height}:d=${lengthS}` : `[${index}:v]`;
      const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1`;
      graph.push(`${source}${source.startsWith('[') ? '' : ','}${fit},setsar=1,fps=30,format=yuv420p[v${index}]`);
      joints.push(`[v${index}]`);
    }
    const source = facts[index]?.audio == null ? `anullsrc=r=48000:cl=stereo:d=${lengthS},` : `[${index}:a]`;
    graph.push(
      `${source}aresample=48000:async=1,aformat=channel_layouts=stereo,apad=whole_dur=${lengthS},atrim=0:${lengthS}[a${index}]`,
    );
    joints.push(`[a${index}]`);
  });
  graph.push(
    `${joints.join('')}concat=n=${groups.length}:v=${picture === null ? 0 : 1}:a=1${picture === null ? '' : '[cv]'}[ca]`,
  );
  const trim = `start=${seconds(skipMs)}`;
  if (picture !== null) graph.push(`[cv]trim=${trim},setpts=PTS-STARTPTS[v]`);
  graph.push(`[ca]atrim=${trim},asetpts=PTS-STARTPTS[a]`);
  return [
    ...['-filter_complex', graph.join(';')],
    ...(picture === null ? [] : ['-map', '[v]', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '22']),
    ...['-map', '[a]', '-c:a', 'aac', '-b:a', '128k'],
  ];
}

const even = (length: number | null | undefined): number => Math.max(2, Math.floor((length ?? 0) / 2) * 2);

/** MP4 knows languages by ISO 639-2 alone. */
const THREE_LETTERS: Readonly<Record<string, string>> = {
  ar: 'ara',
  ca: 'cat',
  cs: 'ces',
  da: 'dan',
  de: 'deu',
  el: 'ell',
  en: 'eng',
  es: 'spa',
  fa: 'fas',
  fi: 'fin',
  fr: 'fra',
  gl: 'glg',
  he: 'heb',
  hi: 'hin',
  hu: 'hun',
  id: 'ind',
  it: 'ita',
  ja: 'jpn',
  ko: 'kor',
  nl: 'nld',
  no: 'nor',
  pl: 'pol',
  pt: 'por',
  ro: 'ron',
  ru: 'rus',
  sv: 'swe',
  th: 'tha',
  tr: 'tur',
  uk: 'ukr',
  vi: 'vie',
  zh: 'zho',
};

const threeLetters = (language: string): string => THREE_LETTERS[language.split('-')[0]?.toLowerCase() ?? ''] ?? 'und';
