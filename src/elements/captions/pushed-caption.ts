import { addSentence, type CaptionLine } from '../../pipelines/caption-lines.ts';

/** One sentence, or what is known of it, that a page adds by itself. */
export interface PushedCaption {
  /** The same for every state of the sentence, and for its translation. */
  readonly id: string;
  /** The whole sentence so far. */
  readonly text: string;
  /** BCP 47 */
  readonly language?: string;
  /** Default `original`. */
  readonly side?: 'original' | 'translation';
  /** No more changes come; default true. */
  readonly final?: boolean;
  /** ms since the first caption; default: now. */
  readonly startMs?: number;
  readonly endMs?: number | null;
}

const PUSHED = 'page';

/** `lines` with what the page has to say; `beganMs` and `nowMs` since the epoch: when the first caption came, and now. */
export function withPushed(
  lines: readonly CaptionLine[],
  caption: PushedCaption,
  beganMs: number,
  nowMs: number,
): readonly CaptionLine[] {
  const { id: task, text, language = '', side = 'original', final = true, endMs = null } = caption;
  const known = lines.find(({ id }) => id === `${PUSHED.length}:${PUSHED}:${task}`);
  const { startMs = known?.startMs ?? nowMs - beganMs } = caption;
  return addSentence(lines, { type: 'sentence', stream: PUSHED, task, side, language, text, final, startMs, endMs }, beganMs);
}
