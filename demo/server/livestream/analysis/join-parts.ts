import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { withoutCredentials } from '../../media/ffmpeg/redact.ts';
import type { RecordedPart } from '../recorder/recorder.ts';
import { AnalysisFailure } from './job.ts';
import type { StepRun } from './step-run.ts';
import type { Joined } from './task-files.ts';

/** Recorded parts as one timeline: each is measured, none is copied; gaps between them are left out. */

/** Shorter ones are what a lost connection leaves. ms */
const LEAST_MS = 200;

/** Measures a part; rejects with what the program said of it. */
export type Measure = (file: string, signal: AbortSignal) => Promise<number>;

/** Throws `AnalysisFailure` where nothing was recorded that can be read. */
export async function joinParts(parts: readonly RecordedPart[], measure: Measure, run: StepRun): Promise<Joined> {
  if (parts.length === 0) throw new AnalysisFailure('Nothing was recorded of this broadcast.');
  await run.say('INFO', `Joining ${counted(parts.length, 'recorded part')}`);
  const joined: Joined['parts'] = [];
  let atMs = 0;
  let why = '';
  for (const [index, { file, startMs, endMs }] of parts.entries()) {
    run.progress((100 * index) / parts.length);
    let durationMs = 0;
    try {
      durationMs = await measure(file, run.signal);
    } catch (cause) {
      run.signal.throwIfAborted();
      why = cause instanceof Error ? cause.message : String(cause);
      await run.say('WARNING', `Part ${String(index + 1)} is left out, it cannot be read: ${why}`);
    }
    if (durationMs < LEAST_MS) durationMs = 0;
    joined.push({ file, startMs, endMs, atMs, durationMs });
    atMs += durationMs;
  }
  if (atMs === 0) throw new AnalysisFailure(`Nothing of the recording can be read${why === '' ? '.' : `: ${why}`}`);
  await run.say('INFO', `The recording is ${clock(atMs)} long`);
  return { parts: joined, durationMs: atMs };
}

/** Was something recorded after what was joined? Less than then is what retention left: what was made of the rest is kept. */
export function hasMore(joined: Joined, parts: readonly RecordedPart[]): boolean {
  const endMs = Math.max(...joined.parts.map((part) => part.endMs));
  return parts.some((part) => part.endMs > endMs);
}

export const counted = (count: number, thing: string): string => `${String(count)} ${thing}${count === 1 ? '' : 's'}`;

/** `00:12:05` */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((value) => String(value).padStart(2, '0'))
    .join(':');
}

/** Length of a file or playlist in ms, by running through it without decoding. Rejects with ffmpeg's words. */
export const measureWith =
  (program: string): Measure =>
  async (file, signal) => {
    const args = ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'error', '-protocol_whitelist', 'file,crypto,data'];
    args.push('-i', `file:${file}`, '-map', '0:V?', '-map', '0:a?', '-c', 'copy', '-progress', 'pipe:1', '-f', 'null', '-');
    const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', LC_ALL: 'C' };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, signal });
    let told = '';
    let words = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (told = (told + text).slice(-4000)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-500)));
    const [code] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    const last = told
      .match(/out_time_us=(\d+)/g)
      ?.at(-1)
      ?.slice('out_time_us='.length);
    if (last !== undefined) return Number(last) / 1000;
    throw new Error(
      withoutCredentials(words.trim()).replaceAll(`file:${file}`, 'the file') || `ffmpeg ended with ${String(code)}`,
    );
  };
