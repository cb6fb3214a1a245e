import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { EpochFacts, Segment } from '../recording.ts';
import { alike, closed, firstFragment, initOf, retime } from './retimed.ts';
import type { Piece } from './retimed.ts';
import { fragmentedInput, runFfmpeg } from './run-ffmpeg.ts';
import { vtt } from './vtt.ts';
import type { Cue } from './vtt.ts';

/** Small pictures of a video on sheets, and where on them each moment is: only the key frames that are shown are decoded. */

export interface Sheets {
  /** The longer side of a picture, px. */
  readonly width: number;
  readonly height: number;
}

export interface Thumbnail {
  /** ms from the video's beginning */
  readonly atMs: number;
  readonly rgb: Uint8Array;
}

const WIDTH = 160;
const COLUMNS = 10;
const ON_A_SHEET = 100;
const MOST = 1000;
const LONGEST_GAP_MS = 10_000;
const SHORTEST_GAP_MS = 2000;
const POSTER_WIDTH = 640;
/** Frames of one fragment are nearer to each other than this, and key frames of two segments are not. */
const APART_S = 0.6;

/** One every 2–10 s, a hundred for the usual, a thousand at most. */
export const spacing = (durationMs: number): number =>
  Math.max(Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, durationMs / ON_A_SHEET)), durationMs / MOST);

/** The pieces whose first picture is shown. */
export function shown(pieces: readonly Piece[], everyMs: number): readonly Piece[] {
  let atMs = 0;
  let dueMs = 0;
  return pieces.filter(({ segment }) => {
    const endMs = atMs + segment.durationMs;
    atMs = endMs;
    if (endMs <= dueMs) return false;
    while (dueMs < endMs) dueMs += everyMs;
    return true;
  });
}

/** Everything as wide as `WIDTH`, in the shape of the first picture. */
export function sizeOf(epochs: readonly EpochFacts[]): Sheets | null {
  const facts = epochs.find(({ width, height }) => width !== null && height !== null && width > 0 && height > 0);
  if (facts?.width == null || facts.height == null) return null;
  const tall = facts.height > facts.width;
  const ratio = tall ? facts.width / facts.height : facts.height / facts.width;
  const other = Math.max(2, Math.round((WIDTH * ratio) / 2) * 2);
  return tall ? { width: other, height: WIDTH } : { width: WIDTH, height: other };
}

/** Where each picture is shown, until the next. */
export function thumbnailCues(times: readonly number[], durationMs: number, { width, height }: Sheets): readonly Cue[] {
  return times.map((atMs, index) => {
    const place = index % ON_A_SHEET;
    const [x, y] = [(place % COLUMNS) * width, Math.floor(place / COLUMNS) * height];
    const file = sheetFile(Math.floor(index / ON_A_SHEET));
    const endMs = times[index + 1] ?? durationMs;
    return { startMs: index === 0 ? 0 : atMs, endMs, text: `${file}#xywh=${x},${y},${width},${height}` };
  });
}

const sheetFile = (sheet: number): string => `thumbnails-${sheet + 1}.jpg`;

export interface ThumbnailsWish {
  readonly ffmpeg: string;
  /** Where the segments lie and the pictures go. */
  readonly folder: string;
  readonly segments: readonly Segment[];
  readonly epochs: readonly EpochFacts[];
  readonly durationMs: number;
  readonly progress?: (percentage: number) => void;
  readonly signal?: AbortSignal;
}

/** Writes `thumbnails.vtt`, its sheets and `poster.jpg`. False: there is no picture. */
export async function writeThumbnails(wish: ThumbnailsWish): Promise<boolean> {
  const { folder, segments, epochs, durationMs, progress } = wish;
  const size = sizeOf(epochs);
  if (size === null) return false;
  const withPicture = new Set(epochs.filter(({ hasVideo }) => hasVideo).map(({ epoch }) => epoch));
  const pieces = closed([{ folder, segments }]).filter(({ segment }) => withPicture.has(segment.epoch));
  const chosen = shown(pieces, spacing(durationMs));
  const groups = await alike(chosen);
  const pictures: Thumbnail[] = [];
  for (const group of groups) {
    pictures.push(...(await decoded(wish, group, size)));
    progress?.((90 * pictures.length) / chosen.length);
  }
  if (pictures.length === 0) return false;
  const cues = thumbnailCues(
    pictures.map(({ atMs }) => atMs),
    durationMs,
    size,
  );
  await writeFile(join(folder, 'thumbnails.vtt'), vtt(cues, null));
  for (let sheet = 0; sheet * ON_A_SHEET < pictures.length; sheet++) {
    await writeSheet(join(folder, sheetFile(sheet)), pictures.slice(sheet * ON_A_SHEET, (sheet + 1) * ON_A_SHEET), size);
  }
  await writePoster(wish, chosen);
  return true;
}

async function decoded(
  { ffmpeg, folder, durationMs, signal }: ThumbnailsWish,
  group: readonly Piece[],
  size: Sheets,
): Promise<Thumbnail[]> {
  const { width, height } = size;
  const filter = [
    `select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,${APART_S})`,
    `scale=${width}:${height}:force_original_aspect_ratio=decrease`,
    `pad=${width}:${height}:-1:-1`,
    'showinfo',
  ];
  const times: number[] = [];
  const bytes: Uint8Array[] = [];
  await runFfmpeg({
    ffmpeg,
    cwd: folder,
    durationMs,
    inputs: [beginnings(group)],
    args: [
      ...['-copyts', '-skip_frame', 'nokey', ...fragmentedInput(0)],
      ...['-an', '-vf', filter.join(','), '-vsync', 'passthrough', '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
    ],
    log: (line) => {
      const time = /Parsed_showinfo.* pts_time:\s*(-?[\d.]+)/.exec(line)?.[1];
      if (time !== undefined) times.push(Number(time) * 1000);
    },
    consume: async (output) => {
      for await (const chunk of output) bytes.push(chunk);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  const all = Buffer.concat(bytes);
  const one = width * height * 3;
  const count = Math.min(times.length, Math.floor(all.byteLength / one));
  return Array.from({ length: count }, (_, index) => ({
    atMs: Math.max(0, times[index] ?? 0),
    rgb: all.subarray(index * one, (index + 1) * one),
  }));
}

async function* beginnings(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  let path = '';
  let facts = null;
  for (const { folder, segment, shiftS } of pieces) {
    const own = join(folder, segment.init);
    if (facts === null || own !== path) {
      const init = await readFile(own);
      if (facts === null) yield init;
      facts = initOf(init);
      path = own;
    }
    yield retime(firstFragment(await readFile(join(folder, segment.file))), facts, shiftS);
  }
}

async function writeSheet(path: string, pictures: readonly Thumbnail[], { width, height }: Sheets): Promise<void> {
  const columns = Math.min(COLUMNS, pictures.length);
  const rows = Math.ceil(pictures.length / COLUMNS);
  const sheet = Buffer.alloc(columns * width * rows * height * 3);
  const line = width * 3;
  pictures.forEach(({ rgb }, index) => {
    const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
    for (let y = 0; y < height; y++) {
      sheet.set(rgb.subarray(y * line, (y + 1) * line), ((row * height + y) * columns + column) * line);
    }
  });
  await sharp(sheet, { raw: { width: columns * width, height: rows * height, channels: 3 } })
    .jpeg({ quality: 70 })
    .toFile(path);
}

/** From a little after the beginning: streams often begin black. */
async function writePoster({ ffmpeg, folder, signal }: ThumbnailsWish, chosen: readonly Piece[]): Promise<void> {
  const piece = chosen[Math.min(chosen.length - 1, Math.ceil(chosen.length / 10))];
  if (piece === undefined) return;
  await runFfmpeg({
    ffmpeg,
    cwd: folder,
    durationMs: 0,
    inputs: [beginnings([piece])],
    args: [
      ...[...fragmentedInput(0), '-frames:v', '1', '-vf', `scale=${POSTER_WIDTH}:-2`],
      ...['-q:v', '4', '-f', 'image2', '-update', '1', 'poster.jpg'],
    ],
    ...(signal === undefined ? {} : { signal }),
  });
}
