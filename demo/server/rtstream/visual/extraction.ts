/** How a visual index cuts a stream: windows of so many seconds with so many frames. */

export interface Extraction {
  /** ms */
  readonly windowMs: number;
  readonly frameCount: number;
}

/** `field` cannot be what it is. */
class ExtractionError extends Error {
  override readonly name = 'ExtractionError';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const WINDOW_S = 10;
const LONGEST_S = 3600;
const MOST_FRAMES = 60;
/** Frames a second; more is no longer looking but playing. */
const FASTEST = 10;

/**
 * Of `{time, frame_count}` (numbers or digits; absent: 10 s, and frames by the stream's `sampleRate`, frames a minute). Throws
 * ExtractionError that names the field.
 */
export function extractionOf(config: Readonly<Record<string, unknown>> | null, sampleRate = 30): Extraction {
  const time = numberOf(config, 'time') ?? WINDOW_S;
  if (!(time >= 0.5 && time <= LONGEST_S)) throw new ExtractionError('time', `time must be 0.5 to ${LONGEST_S} seconds`);
  const most = Math.min(MOST_FRAMES, Math.floor(time * FASTEST));
  const sampled = Math.min(most, Math.max(1, Math.round((sampleRate / 60) * time)));
  const frameCount = numberOf(config, 'frame_count') ?? sampled;
  if (!Number.isInteger(frameCount) || frameCount < 1 || frameCount > most)
    throw new ExtractionError('frame_count', `frame_count must be a whole number from 1 to ${most} for windows of ${time} s`);
  return { windowMs: time * 1000, frameCount };
}

function numberOf(config: Readonly<Record<string, unknown>> | null, field: string): number | null {
  const value = config?.[field];
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new ExtractionError(field, `${field} must be a number`);
}
