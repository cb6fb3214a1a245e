import { z } from 'zod';
import type { EpochFacts, Segment } from '../recording.ts';

/** `index.jsonl`, one line for each thing that was finished; a line that was torn by a crash is passed over. */

export interface EpochLine extends EpochFacts {
  /** File of its initialisation segment. */
  readonly init: string;
}

const FILE = /^[\w-]{1,64}\.(m4s|mp4)$/;

const epochSchema = z.object({
  epoch: z.number().int().nonnegative(),
  init: z.string().regex(FILE),
  codecs: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  hasAudio: z.boolean(),
  hasVideo: z.boolean(),
});

/** Short names: there are forty thousand of these in a day. */
const segmentSchema = z.object({
  n: z.number().int().nonnegative(),
  e: z.number().int().nonnegative(),
  f: z.string().regex(FILE),
  t: z.number(),
  d: z.number().nonnegative(),
  b: z.number().int().nonnegative(),
  m: z.number(),
  l: z.number().optional(),
});

export interface IndexContent {
  readonly epochs: readonly EpochLine[];
  readonly segments: readonly Segment[];
  /** Lines that could not be read. */
  readonly torn: number;
  /** It ends with a line break: what is appended next begins a line of its own. */
  readonly whole: boolean;
}

export const epochLine = (epoch: EpochLine): string => `${JSON.stringify(epoch)}\n`;

export const segmentLine = ({ sequence, epoch, file, startMs, durationMs, bytes, decodeS, lagMs }: Segment): string =>
  `${JSON.stringify({ n: sequence, e: epoch, f: file, t: round(startMs), d: round(durationMs), b: bytes, m: decodeS, l: lagMs })}\n`;

/** µs are enough. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;

export function parseIndex(text: string): IndexContent {
  const epochs = new Map<number, EpochLine>();
  const segments: Segment[] = [];
  let torn = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const value = json(line);
    const epoch = epochSchema.safeParse(value);
    if (epoch.success) {
      epochs.set(epoch.data.epoch, epoch.data);
      continue;
    }
    const segment = segmentSchema.safeParse(value);
    const of = segment.success ? epochs.get(segment.data.e) : undefined;
    if (!segment.success || of === undefined) {
      torn++;
      continue;
    }
    const { n, e, f, t, d, b, m, l } = segment.data;
    const times = { startMs: t, durationMs: d, decodeS: m, ...(l === undefined ? {} : { lagMs: l }) };
    segments.push({ sequence: n, epoch: e, file: f, init: of.init, bytes: b, ...times });
  }
  return { epochs: [...epochs.values()], segments, torn, whole: text === '' || text.endsWith('\n') };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Torn: counted by who asked.
    return null;
  }
}
