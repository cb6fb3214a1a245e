import type { MediaHealth, MediaStream } from '../media/media-stream.ts';

/**
 * What really runs, kept like what the tables wish: a stream that is `connected` is taken in, a transcription that is `running` and an
 * index that is `connected` work while their stream runs. Whoever changes a row calls `sync`.
 */
export interface Running {
  /** Makes what runs of this stream equal to its rows. Resolves when it is so; never rejects for what a source does. */
  sync(streamId: string): Promise<void>;
  /** Null: not running. */
  media(streamId: string): MediaStream | null;
  /** How its source does, or why it was given up; null: it does not run, and nothing was wrong. */
  health(streamId: string): MediaHealth | null;
  /** Resolves when every transcript line and scene up to now is stored. */
  settled(streamId: string): Promise<void>;
  close(): Promise<void>;
}
