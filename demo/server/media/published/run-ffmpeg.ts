import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PublishedError } from './published-error.ts';

/** One run of ffmpeg over what is fed to it, with progress; aborting kills it. */

export interface FfmpegRun {
  /** Path of the program. */
  readonly ffmpeg: string;
  /** Without those about progress and logging. Input n is taken by `fragmentedInput(n)`. */
  readonly args: readonly string[];
  readonly inputs: readonly AsyncIterable<Uint8Array>[];
  /** Where relative paths lie. */
  readonly cwd: string;
  /** Of what comes out, for progress, ms. */
  readonly durationMs: number;
  /** 0–100 */
  readonly progress?: (percentage: number) => void;
  readonly signal?: AbortSignal;
  /** Takes what it writes to `pipe:1`. */
  readonly consume?: (output: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Takes each line that it logs; its level is then `info`. */
  readonly log?: (line: string) => void;
}

const STANDARD = 3;
const KEPT_WORDS = 2000;

/** Number of the pipe that input `index` comes from. */
const inputPipe = (index: number): number => STANDARD + 1 + index;

/**
 * Fragmented MP4 from that pipe. Beside other inputs ffmpeg looks at a pipe every 10 ms and takes what is queued: by its own default
 * eight packets, which is slower than a film of two streams plays.
 */
export const fragmentedInput = (index: number): readonly string[] => [
  ...['-thread_queue_size', '4096', '-f', 'mp4', '-i', `pipe:${inputPipe(index)}`],
];

/** Rejects with `PublishedError` `failed` and ffmpeg's words, or with the signal's reason. */
export async function runFfmpeg(run: FfmpegRun): Promise<void> {
  run.signal?.throwIfAborted();
  const level = run.log === undefined ? 'error' : 'info';
  const args = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', level, '-progress', `pipe:${STANDARD}`, '-y', ...run.args];
  const child = spawn(run.ffmpeg, args, {
    cwd: run.cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...run.inputs.map(() => 'pipe' as const)],
  });
  let words = '';
  let line = '';
  const said = (text: string): void => {
    words = (words + text).slice(-KEPT_WORDS);
    if (run.log === undefined) return;
    const lines = (line + text).split('\n');
    line = lines.pop() ?? '';
    lines.forEach(run.log);
  };
  const [, stdout, stderr, progress, ...feeds] = child.stdio;
  const consumed = stdout instanceof Readable ? (run.consume ?? drain)(stdout as AsyncIterable<Uint8Array>) : null;
  stderr?.on('data', (bytes: Buffer) => said(bytes.toString()));
  progress?.on('data', (bytes: Buffer) => {
    const us = /out_time_us=(\d+)/.exec(bytes.toString())?.[1];
    if (us !== undefined && run.durationMs > 0) run.progress?.(Math.min(99, Number(us) / 10 / run.durationMs));
  });
  const kill = (): void => void child.kill('SIGKILL');
  run.signal?.addEventListener('abort', kill);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => reject(new PublishedError('no-ffmpeg', 'ffmpeg cannot be run here.', { cause })));
    child.once('close', resolve);
  });
  const fed = run.inputs.map((input, index) => {
    const feed = feeds[index];
    if (!(feed instanceof Writable)) return Promise.resolve();
    return pipeline(Readable.from(input), feed).catch((cause: unknown) => {
      // It closes a pipe when it has read enough, or when it is killed; its exit code tells which.
      if (!CLOSED.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    });
  });
  try {
    const [code] = await Promise.all([ended, consumed, ...fed]);
    run.signal?.throwIfAborted();
    if (code !== 0) throw new PublishedError('failed', 'The film could not be made.', { cause: new Error(words.trim()) });
  } finally {
    run.signal?.removeEventListener('abort', kill);
    kill();
  }
  run.progress?.(100);
}

const drain = async (output: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const _ of output);
};

const CLOSED = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);
