import type { WordTime } from '../../store/tables.ts';

/** What transcription of a stream tells; times are Unix ms on the stream's clock. */

export type TranscriptEvent =
  /** A sentence as it grows; the next event with this `line` replaces it. */
  | {
      readonly type: 'interim';
      readonly line: string;
      readonly text: string;
      readonly language: string;
      readonly startMs: number;
      readonly endMs: number;
    }
  | {
      readonly type: 'final';
      readonly line: string;
      readonly text: string;
      readonly language: string;
      readonly startMs: number;
      readonly endMs: number;
      readonly words: readonly WordTime[];
    }
  /** Of a final line. */
  | { readonly type: 'translation'; readonly line: string; readonly language: string; readonly text: string };

export type FinalLine = Extract<TranscriptEvent, { type: 'final' }>;
