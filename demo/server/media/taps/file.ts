import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { withoutCredentials } from '../ffmpeg/redact.ts';
import type { Frame, SoundPiece } from '../media-stream.ts';
import { PictureStream, pictureOutput } from './picture-stream.ts';
import { SOUND_RATE } from './sound-clock.ts';

/** The sound and the pictures of a finished file, as fast as whoever asks takes them. `atMs`: ms from the file's beginning. */

export interface FileRange {
  /** s from the beginning; default 0. */
  readonly startS?: number;
  /** s; default: the end. */
  readonly endS?: number;
  readonly signal?: AbortSignal;
}

/** ffmpeg could not read it; the message is its own last words. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

/** Samples that are handed over at once. */
const PIECE_SAMPLES = SOUND_RATE / 2;
const MAX_WIDTH = 1280;

/**
 * 16 kHz mono. `path`: a video or sound file, or an HLS playlist of files beside it. Nothing where it has no sound. Throws
 * UnreadableFileError.
 */
export async function* soundOfFile(program: string, path: string, range: FileRange = {}): AsyncGenerator<SoundPiece> {
  // Silence up to where its sound begins, so that samples count from the beginning of the file as its pictures do.
  const output = ['-vn', '-map', '0:a:0?', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', String(SOUND_RATE)];
  const child = decode(program, path, range, [...output, '-f', 's16le', 'pipe:1'], 'error');
  const words = lastWords(child);
  let samples = 0;
  let held: Buffer = Buffer.alloc(0);
  let cut = true;
  const piece = (bytes: Buffer): SoundPiece => {
    const pcm = new Int16Array(bytes.length >> 1);
    for (let index = 0; index < pcm.length; index++) pcm[index] = bytes.readInt16LE(index * 2);
    const atMs = (range.startS ?? 0) * 1000 + (samples * 1000) / SOUND_RATE;
    samples += pcm.length;
    const made = { atMs, pcm, cut };
    cut = false;
    return made;
  };
  try {
    for await (const bytes of child.stdout as AsyncIterable<Buffer>) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      while (held.length >= PIECE_SAMPLES * 2) {
        yield piece(held.subarray(0, PIECE_SAMPLES * 2));
        held = held.subarray(PIECE_SAMPLES * 2);
      }
    }
    if (held.length >= 2) yield piece(held);
    await ended(child, words, /does not contain any stream|matches no streams/);
  } finally {
    child.kill('SIGKILL');
  }
}

/** The first picture of every `everyMs`. Nothing where it has no picture. Throws UnreadableFileError. */
export async function* framesOfFile(
  program: string,
  path: string,
  everyMs: number,
  range: FileRange & { readonly maxWidth?: number } = {},
): AsyncGenerator<Frame> {
  const output = pictureOutput({ everyMs, maxWidth: range.maxWidth ?? MAX_WIDTH });
  const child = decode(program, path, range, output, 'info');
  const pictures = new PictureStream();
  const ready: Frame[] = [];
  const words = lastWords(child, (line) => {
    take(pictures.line(line));
  });
  const take = (found: ReturnType<PictureStream['line']>): void => {
    for (const { atS, ...picture } of found) ready.push({ atMs: (range.startS ?? 0) * 1000 + atS * 1000, ...picture });
  };
  try {
    for await (const bytes of child.stdout as AsyncIterable<Buffer>) {
      take(pictures.bytes(bytes));
      for (let frame = ready.shift(); frame !== undefined; frame = ready.shift()) yield frame;
    }
    await ended(child, words, /matches no streams/);
    // The lines about the last ones may come after them.
    for (const frame of ready) yield frame;
  } finally {
    child.kill('SIGKILL');
  }
}

type Decoding = ChildProcessByStdio<null, Readable, Readable>;

function decode(program: string, path: string, range: FileRange, output: readonly string[], level: 'error' | 'info'): Decoding {
  const { startS = 0, endS, signal } = range;
  const args = ['-hide_banner', '-nostats', '-nostdin', '-loglevel', level, '-protocol_whitelist', 'file,crypto,data'];
  if (startS > 0) args.push('-ss', String(startS));
  if (endS !== undefined) args.push('-t', String(Math.max(0, endS - startS)));
  return spawn(program, [...args, '-i', `file:${path}`, ...output], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', LC_ALL: 'C' },
    ...(signal === undefined ? {} : { signal }),
  });
}

function lastWords(child: Decoding, hear: (line: string) => void = () => undefined): string[] {
  const words: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    hear(line);
    words.push(withoutCredentials(line.trim()));
    if (words.length > 3) words.shift();
  });
  return words;
}

/** `nothing`: what it says when there is no such track, which is no failure. */
async function ended(child: Decoding, words: readonly string[], nothing: RegExp): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  if (child.exitCode === 0 || words.some((line) => nothing.test(line))) return;
  throw new UnreadableFileError(words.length === 0 ? `ffmpeg ended with ${String(child.exitCode)}` : words.join(' · '));
}
