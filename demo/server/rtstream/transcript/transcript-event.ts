import type { WordTime } from '../../store/stream-tables.ts';

/** What transcription of a stream tells; times are Unix ms on the stream's clock. */

export type TranscriptEvent =
  /** A sentence as it grows; the next event with this `line` replaces it. Empty: it was noise, what was shown of it goes. */
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
  | { readonly type: 'translation'; readonly line: string; readonly language: string; readonly text: string }
  /** Every final that begins before `toMs` has been told: windows of time up to there are whole. Neither stored nor shown. */
  | { readonly type: 'heard'; readonly toMs: number };

export type FinalLine = Extract<TranscriptEvent, { type: 'final' }>;
