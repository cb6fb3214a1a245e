import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { drawBarcode, DRAWN } from './media-barcode.ts';
import { readWav, writeWav } from './wav.ts';

/** Films for the tests: recorded speech under a picture that shows its own time. Made once by ffmpeg, kept in the temporary folder. */

/** What the tests run; `ensureFfmpeg` sets it where there is none on the path. */
export const ffmpegPath = (): string => process.env['FFMPEG_PATH'] ?? 'ffmpeg';

export interface Spoken {
  readonly text: string;
  /** s from the beginning */
  readonly startS: number;
  readonly endS: number;
}

export interface Film {
  readonly path: string;
  readonly seconds: number;
  readonly spoken: readonly Spoken[];
  /** 16 kHz mono, what is said in it. */
  readonly pcm: Int16Array;
}

export interface FilmWish {
  /** Default 12; the first sentence ends at 7.6, the second at 11.1. */
  readonly seconds?: number;
  /** Default H.264 and AAC in MP4. */
  readonly kind?: 'h264+aac' | 'h264' | 'aac' | 'vp8+opus' | 'h264+opus' | 'mpeg4+mp3';
  /** Between key frames; default 1. */
  readonly keyFrameS?: number;
  /** Leave out the speech: silence. */
  readonly silent?: boolean;
}

export const FPS = 25;
const RATE = 16_000;
const PAUSE_S = 0.5;
const fixtures = join(import.meta.dirname, '../fixtures/speech');
const folder = join(tmpdir(), 'viva-voce-films-2');

const CODECS: Record<NonNullable<FilmWish['kind']>, { video: string[]; audio: string[]; suffix: string }> = {
  'h264+aac': { video: h264(), audio: ['-c:a', 'aac', '-b:a', '64k', '-ar', '48000'], suffix: 'mp4' },
  h264: { video: h264(), audio: [], suffix: 'mp4' },
  aac: { video: [], audio: ['-c:a', 'aac', '-b:a', '64k', '-ar', '48000'], suffix: 'm4a' },
  'h264+opus': { video: h264(), audio: ['-c:a', 'libopus', '-b:a', '48k'], suffix: 'mkv' },
  'vp8+opus': {
    video: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k'],
    audio: ['-c:a', 'libopus', '-b:a', '48k'],
    suffix: 'webm',
  },
  'mpeg4+mp3': { video: ['-c:v', 'mpeg4', '-b:v', '1M'], audio: ['-c:a', 'libmp3lame', '-b:a', '64k'], suffix: 'avi' },
};

export function h264(): string[] {
  return ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-sc_threshold', '0'];
}

/** Three pictures of four are sent after the one that is shown after them, as many cameras and encoders do. */
export function reordered(): string[] {
  const order = ['-bf', '3', '-b_strategy', '0', '-refs', '2', '-rc-lookahead', '0', '-threads', '2'];
  return ['-c:v', 'libx264', '-preset', 'ultrafast', ...order, '-pix_fmt', 'yuv420p', '-sc_threshold', '0'];
}

/**
 * A film of 640 × 360 px at 25 frames/s. Frame n shows n × 40 ms as a barcode (`readBarcode`); its sound is the fixtures' sentences one
 * after the other, half a second apart, again and again.
 */
export async function film(wish: FilmWish = {}): Promise<Film> {
  const { seconds = 12, kind = 'h264+aac', keyFrameS = 1, silent = false } = wish;
  const { pcm, spoken } = await speech(seconds, silent);
  const { video, audio, suffix } = CODECS[kind];
  const name = `${kind.replace('+', '-')}-${String(seconds)}s-${String(keyFrameS)}s${silent ? '-silent' : ''}`;
  const path = join(folder, `${name}.${suffix}`);
  const made: Film = { path, seconds, spoken, pcm };
  const there = await readFile(path).catch(() => null);
  if (there !== null) return made;
  await mkdir(folder, { recursive: true });
  const mark = `${String(process.pid)}-${Math.random().toString(36).slice(2)}`;
  const wav = join(folder, `${name}-${mark}.wav`);
  await writeFile(wav, writeWav({ rate: RATE, pcm }));
  const beside = join(folder, `${name}-${mark}.${suffix}`);
  const args = ['-hide_banner', '-loglevel', 'error', '-y'];
  if (video.length > 0) args.push(...drawnInput());
  args.push('-i', wav);
  if (video.length > 0) args.push('-map', '0:v', ...enlarged(), ...video, '-g', String(Math.round(keyFrameS * FPS)));
  if (audio.length > 0) args.push('-map', video.length > 0 ? '1:a' : '0:a', ...audio);
  await runFfmpeg([...args, '-t', String(seconds), beside], video.length > 0 ? frames(seconds) : null);
  await rm(wav);
  await rename(beside, path);
  return made;
}

/** Arguments that take pictures of `drawBarcode` on standard input. */
const drawnInput = (): string[] => [
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${String(DRAWN.width)}x${String(DRAWN.height)}`],
  ...['-r', String(FPS), '-i', 'pipe:0'],
];
const enlarged = (): string[] => ['-vf', 'scale=640:360:flags=neighbor'];

function* frames(seconds: number): Generator<Buffer> {
  for (let index = 0; index < seconds * FPS; index++) yield drawBarcode((index * 1000) / FPS);
}

/** `seconds` of the fixtures' sentences, repeated, and where each of them lies (those that fit whole). */
export async function speech(seconds: number, silent = false): Promise<{ pcm: Int16Array; spoken: readonly Spoken[] }> {
  const manifest = JSON.parse(await readFile(join(fixtures, 'manifest.json'), 'utf8')) as { file: string; text: string }[];
  const pcm = new Int16Array(Math.round(seconds * RATE));
  const spoken: Spoken[] = [];
  if (silent) return { pcm, spoken };
  const clips = await Promise.all(
    manifest.map(async ({ file, text }) => ({ text, pcm: readWav(await readFile(join(fixtures, file))).pcm })),
  );
  let at = Math.round(PAUSE_S * RATE);
  for (let index = 0; at < pcm.length; index++) {
    const clip = clips[index % clips.length]!;
    pcm.set(clip.pcm.subarray(0, Math.max(0, pcm.length - at)), at);
    const end = at + clip.pcm.length;
    if (end <= pcm.length) spoken.push({ text: clip.text, startS: at / RATE, endS: end / RATE });
    at = end + Math.round(PAUSE_S * RATE);
  }
  return { pcm, spoken };
}

/** Runs ffmpeg to its end; rejects with its own words. */
export async function runFfmpeg(args: readonly string[], input: Iterable<Buffer> | null = null): Promise<void> {
  const child = spawn(ffmpegPath(), args, { stdio: [input === null ? 'ignore' : 'pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const ended = once(child, 'close') as Promise<[number | null]>;
  if (input !== null && child.stdin !== null) {
    await pipeline(Readable.from(input), child.stdin).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      // It ends early when it has what `-t` asks for.
      if (code !== 'EPIPE' && code !== 'ECONNRESET') throw error;
    });
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}: ${said}`);
}
