import { list, number, object, requiredText, text } from '../rtstream/codec-fields.ts';
import { required } from './codec-tasks.ts';

/** What is made of a task and for it: prompts, log, manuscript, frames, playback, progress (spec §Routes 10–14 and the gateway's own). */

export interface PromptFacts {
  readonly name: string;
  /** Markdown */
  readonly content: string;
}

export interface ManuscriptFrame {
  /** From 1. */
  readonly number: number;
  readonly filename: string;
  /** What is written on it. */
  readonly text: string;
  /** ms of the recording; null = not told. */
  readonly atMs: number | null;
}

export interface ManuscriptFacts {
  readonly title: string;
  readonly frames: readonly ManuscriptFrame[];
}

export interface FramePicture {
  /** From 1. */
  readonly number: number;
  readonly filename: string;
  readonly atMs: number | null;
  /** http(s) */
  readonly url: string;
}

/** Null = not now. */
export interface PlaybackFacts {
  readonly liveUrl: string | null;
  readonly recordedUrl: string | null;
}

export interface ProgressFacts {
  /** `join`, `frames`, `read`, `hear`, `summarise` */
  readonly step: string;
  /** 0–100 of the step */
  readonly percentage: number;
}

/** Characters of a log; the service keeps 5000 lines. */
const MOST_LOG = 20_000_000;

export const readPrompt = (value: unknown): PromptFacts => {
  const told = required(value, 'prompt');
  return { name: requiredText(told['name'], 'name'), content: text(told['content']) ?? '' };
};

/** Lines, oldest first. */
export function readLog(value: unknown): readonly string[] {
  const { log_content: content } = required(value, 'log');
  return typeof content === 'string'
    ? content
        .slice(-MOST_LOG)
        .split(/\r?\n/)
        .filter((line) => line !== '')
    : [];
}

export function readManuscript(value: unknown): ManuscriptFacts {
  const told = required(value, 'manuscript');
  const frames = list(told['data']).map((one, at): ManuscriptFrame => {
    const frame = object(one);
    return {
      number: number(frame['frame_number']) ?? at + 1,
      filename: text(frame['filename']) ?? '',
      text: text(frame['content']) ?? '',
      atMs: number(frame['at_ms']),
    };
  });
  return { title: text(told['title']) ?? '', frames };
}

/** Those without an address are left out. `base`: what theirs may be relative to. */
export const readFrames = (value: unknown, base: string): readonly FramePicture[] =>
  list(required(value, 'frames')['items']).flatMap((one) => {
    const frame = object(one);
    const url = webUrl(frame['url'], base);
    const at = number(frame['frame_number']);
    return url === null || at === null
      ? []
      : [{ number: at, filename: text(frame['filename']) ?? '', atMs: number(frame['at_ms']), url }];
  });

export const readPlayback = (value: unknown, base: string): PlaybackFacts => {
  const told = required(value, 'playback');
  return { liveUrl: webUrl(told['live_url'], base), recordedUrl: webUrl(told['recorded_url'], base) };
};

/** Null: nothing is under way. */
export function readProgress(value: unknown): ProgressFacts | null {
  const told = required(value, 'progress');
  const step = text(told['step']);
  const percentage = number(told['percentage']);
  return step === null ? null : { step, percentage: Math.min(100, Math.max(0, percentage ?? 0)) };
}

/** Null for what is no address that a page may open. */
function webUrl(value: unknown, base: string): string | null {
  const address = text(value);
  if (address === null || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
