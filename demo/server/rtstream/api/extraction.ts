import { z } from 'zod';
import { refused } from './api-error.ts';
import { optional } from './fields.ts';
import { followingFrames } from './sample-rate.ts';

/** How a v1 index cuts its stream: words, sentences or seconds of speech; seconds and frames of pictures (spec §2). */

const SEGMENTERS = ['word', 'sentence', 'time'] as const;
const LONGEST_S = 3600;
const MOST_FRAMES = 100;
/** What Python's SDK takes where nothing is said. */
const DEFAULT_WORDS = 10;
const DEFAULT_WINDOW_S = 10;

const whole = z.coerce.number().int();
const audioConfig = z.object({
  segmenter: optional(z.enum(SEGMENTERS)),
  segmentation_value: optional(whole.min(1).max(10_000)),
});
const visualConfig = z.object({
  time: optional(z.coerce.number().min(0.5).max(LONGEST_S)),
  frame_count: optional(whole.min(1).max(MOST_FRAMES)),
});

/** `time_based` is Node's name of `time`; Node sends none at all without a batch. */
export const extractionType = optional(z.enum(['transcript', 'time', 'time_based']));

export interface Extraction {
  readonly kind: 'audio' | 'visual';
  readonly type: 'transcript' | 'time';
  readonly config: Readonly<Record<string, string | number>>;
}

/** `sampleRate`: frames a minute of the stream. Throws `ApiError` that names the field. */
export function extractionOf(
  type: z.output<typeof extractionType>,
  config: Readonly<Record<string, unknown>> | undefined,
  sampleRate: number,
): Extraction {
  if (type === 'transcript') {
    const { segmenter = 'word', segmentation_value } = checked(audioConfig, config);
    return {
      kind: 'audio',
      type,
      config: { segmenter, segmentation_value: segmentation_value ?? (segmenter === 'word' ? DEFAULT_WORDS : DEFAULT_WINDOW_S) },
    };
  }
  const { time = DEFAULT_WINDOW_S, frame_count } = checked(visualConfig, config);
  return {
    kind: 'visual',
    type: 'time',
    config: frame_count === undefined ? followingFrames(time, sampleRate) : { time, frame_count },
  };
}

function checked<T extends z.ZodType>(schema: T, config: Readonly<Record<string, unknown>> | undefined): z.output<T> {
  const parsed = schema.safeParse(config ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = ['extraction_config', ...(issue?.path ?? [])].map(String).join('.');
  throw refused(field, `${field}: ${issue?.message ?? 'not usable'}`);
}
