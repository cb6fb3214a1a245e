import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import { Observable } from 'rxjs';
import { withoutCredentials } from './redact.ts';

/** One run of ffmpeg as a cold Observable: subscribing starts it, unsubscribing ends it surely. */

export type FfmpegEvent =
  /** What it made. */
  | { readonly type: 'output'; readonly bytes: Buffer }
  /** A line on its standard error, without credentials. */
  | { readonly type: 'said'; readonly line: string }
  /** The last event. `code`: null = ended by a signal or never started; `lastWords`: what it said last, for people. */
  | { readonly type: 'ended'; readonly code: number | null; readonly lastWords: string };

export interface FfmpegRun {
  readonly program: string;
  readonly args: readonly string[];
  /** Is given standard input, once it is open. Who writes heeds `drain` and outlives `error`. */
  readonly feed?: (stdin: Writable) => void;
  /** Added to a small environment of its own: ffmpeg gets no keys. */
  readonly env?: Readonly<Record<string, string>>;
  /** Hidden wherever they appear in what it says. */
  readonly secrets?: readonly string[];
  /** When aborted, it is asked to finish: what it still makes is told before `ended`. */
  readonly finish?: AbortSignal;
}

const LAST_LINES = 2;
const LINE_CHARS = 500;
/** How long it may take to leave when it is asked to. */
const LEAVE_MS = 2000;

/** Completes after `ended`; never errors. */
export function runFfmpeg({ program, args, feed, env = {}, secrets = [], finish }: FfmpegRun): Observable<FfmpegEvent> {
  return new Observable((subscriber) => {
    const child = spawn(program, args, {
      stdio: [feed === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', LC_ALL: 'C', ...env },
    });
    const lastWords: string[] = [];
    child.stdout?.on('data', (bytes: Buffer) => subscriber.next({ type: 'output', bytes }));
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on('line', (text) => {
        const line = withoutCredentials(text, secrets).slice(0, LINE_CHARS);
        const words = plainWords(line);
        if (words !== '' && words !== lastWords.at(-1)) lastWords.push(words);
        if (lastWords.length > LAST_LINES) lastWords.shift();
        subscriber.next({ type: 'said', line });
      });
    }
    let over = false;
    const end = (code: number | null, words: string): void => {
      if (over) return;
      over = true;
      subscriber.next({ type: 'ended', code, lastWords: words });
      subscriber.complete();
    };
    child.once('error', (error) => end(null, withoutCredentials(error.message, secrets)));
    // 'close', not 'exit': what it made and said is read to its end first.
    child.once('close', (code) => end(code, lastWords.join(' · ')));
    if (child.stdin !== null && feed !== undefined) feed(child.stdin);
    const leave = (): void => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS);
      child.once('exit', () => clearTimeout(late));
    };
    const finishNow = (): void => {
      // The end of what it reads is the gentlest way to say so.
      if (child.stdin !== null) child.stdin.end();
      else leave();
    };
    finish?.addEventListener('abort', finishNow, { once: true });
    if (finish?.aborted === true) finishNow();
    return () => {
      over = true;
      finish?.removeEventListener('abort', finishNow);
      child.stdin?.destroy();
      leave();
    };
  });
}

/** A line for people: without where in ffmpeg it comes from; nothing of its sums. */
export function plainWords(line: string): string {
  if (
    /^\s|^(frame=|size=|video:|Last message repeated|Stream mapping|Press \[q\]|Input #|Output #|Exiting normally|\[\w+ @ 0x[0-9a-f]+\] Qavg)/.test(
      line,
    )
  )
    return '';
  return line.replace(/^\[[^\]]+ @ 0x[0-9a-f]+\] /, '').trim();
}
