import { createHash } from 'node:crypto';
import type { Database } from '../../store/tables.ts';
import type { Media } from '../media-stream.ts';
import type { Segment } from '../recording.ts';
import { clipRange } from './clip.ts';
import { linkSegments } from './linked.ts';
import { publish } from './new-video.ts';
import { PublishedError } from './published-error.ts';
import { wordsOf } from './stream-words.ts';

/** A stopped stream's recording as a permanent video: its segments get a second name, and what was heard and seen goes along. */

export interface ExportDeps {
  readonly database: Database;
  readonly dataDir: string;
  readonly ffmpeg: string | null;
  readonly media: Pick<Media, 'recording'>;
  /** Resolves when every line and scene up to now is stored. */
  readonly settled?: (streamId: string) => Promise<void>;
}

export interface ExportWish {
  readonly streamId: string;
  /** Default: `<stream's name> - Recording`. */
  readonly name?: string | null;
  /** Unix ms; default everything that is there. */
  readonly range?: { readonly startMs: number; readonly endMs: number };
  /** 0–100 */
  readonly progress?: (percentage: number) => void;
  readonly signal?: AbortSignal;
}

const EVER = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

/**
 * Answers the video's id; the same one again for the same recording. Rejects with `PublishedError`: `not-found`, `still-running`,
 * `not-stored`, `nothing-recorded`, `bad-range`; or with the signal's reason.
 */
export async function exportStream(deps: ExportDeps, wish: ExportWish): Promise<string> {
  const { database, media } = deps;
  const { streamId, progress, signal } = wish;
  const stream = await database.selectFrom('streams').selectAll().where('id', '=', streamId).executeTakeFirst();
  if (stream === undefined) throw new PublishedError('not-found', `There is no stream ${streamId}.`, { field: 'id' });
  if (!stream.store) throw new PublishedError('not-stored', 'Nothing of this stream is kept: it was connected with store=false.');
  if (stream.status === 'connected')
    throw new PublishedError('still-running', 'The stream is running; stop it before exporting it.');
  const { startMs, endMs } = wish.range === undefined ? EVER : clipRange(wish.range);
  const recording = media.recording(streamId);
  const segments = recording.window(startMs, endMs);
  if (segments.length === 0) throw new PublishedError('nothing-recorded', 'Nothing is recorded of this stream.');
  const key = recordingKey(streamId, segments);
  const known = await existing(database, key);
  if (known !== null) {
    progress?.(100);
    return known;
  }
  await deps.settled?.(streamId);
  return publish(
    {
      collectionId: stream.collection_id,
      streamId,
      name: wish.name == null || wish.name.trim() === '' ? `${stream.name} - Recording` : wish.name,
      key,
      fill: async (folder, filled) => {
        const there = await linkSegments(recording.folder, folder, segments, {
          progress: filled,
          ...(signal === undefined ? {} : { signal }),
        });
        const numbers = [...new Set(there.map(({ epoch }) => epoch))];
        return { segments: there, epochs: numbers.map((epoch) => recording.epoch(epoch)).filter((facts) => facts !== null) };
      },
      words: (spans) => wordsOf(database, [streamId], spans),
    },
    { ...deps, ...(progress === undefined ? {} : { progress }), ...(signal === undefined ? {} : { signal }) },
  );
}

/** Which recording it is, whatever is said about it. */
export const recordingKey = (owner: string, segments: readonly Segment[]): string =>
  createHash('sha256')
    .update(JSON.stringify([owner, segments.map(({ file }) => file)]))
    .digest('base64url');

/** The video that was made of the same; null = none. */
export async function existing(database: Database, key: string): Promise<string | null> {
  const row = await database.selectFrom('videos').select('id').where('recording_key', '=', key).executeTakeFirst();
  return row?.id ?? null;
}
