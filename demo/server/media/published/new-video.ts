import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { json } from '../../store/json.ts';
import type { Database } from '../../store/tables.ts';
import type { EpochFacts, Segment } from '../recording.ts';
import { chapterCues, chaptersOf } from './chapters.ts';
import { entriesOf } from './clip.ts';
import { mediaPlaylist } from './playlist.ts';
import { PublishedError } from './published-error.ts';
import type { StreamWords } from './stream-words.ts';
import { writeThumbnails } from './thumbnails.ts';
import { durationOf, spansOf } from './timeline.ts';
import type { Span } from './timeline.ts';
import { writeAbout } from './video-about.ts';
import { writeVideoIndex } from './video-index.ts';
import { writeCaptions } from './written-captions.ts';
import { vtt } from './vtt.ts';

/** Makes a video visible at once and whole: its folder is filled aside, renamed, and then told to the database in one transaction. */

export interface NewVideo {
  readonly collectionId: string;
  readonly streamId: string | null;
  readonly name: string;
  readonly description?: string;
  /** Of what it is made of; null = never the same again. */
  readonly key: string | null;
  /** Fills the folder; answers what lies there. */
  fill(
    folder: string,
    progress: (percentage: number) => void,
  ): Promise<{ segments: readonly Segment[]; epochs: readonly EpochFacts[] }>;
  words(spans: readonly Span[]): Promise<StreamWords>;
}

export interface NewVideoOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** Null: no pictures are made. */
  readonly ffmpeg: string | null;
  readonly progress?: (percentage: number) => void;
  readonly signal?: AbortSignal;
}

/** Shares of the progress: files, then thumbnails; the rest is done in no time. */
const FILES_PERCENT = 40;
const PICTURES_PERCENT = 55;
const ROWS_AT_ONCE = 500;

/** Answers its id. Rejects with `PublishedError`, what the disk or the database said, or the signal's reason; nothing is left then. */
export async function publish(video: NewVideo, options: NewVideoOptions): Promise<string> {
  const { database, dataDir, ffmpeg, progress, signal } = options;
  const root = join(dataDir, 'videos');
  const name = randomBytes(16).toString('base64url');
  const [unfinished, folder] = [join(root, `.${name}`), join(root, name)];
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  try {
    const { segments, epochs } = await video.fill(unfinished, (percentage) => progress?.((percentage * FILES_PERCENT) / 100));
    if (segments.length === 0) throw new PublishedError('nothing-recorded', 'Nothing of this recording is left.');
    const words = await video.words(spansOf(segments));
    const durationMs = durationOf(segments);
    await writeFile(join(unfinished, 'media.m3u8'), mediaPlaylist(entriesOf(segments)));
    await writeVideoIndex(unfinished, { segments, epochs });
    const captions = await writeCaptions({ folder: unfinished, name, segments, epochs, lines: words.lines });
    const hasPicture =
      ffmpeg !== null &&
      (await writeThumbnails({
        ffmpeg,
        folder: unfinished,
        segments,
        epochs,
        durationMs,
        progress: (percentage) => progress?.(FILES_PERCENT + (percentage * PICTURES_PERCENT) / 100),
        ...(signal === undefined ? {} : { signal }),
      }));
    const chapters = chaptersOf(words.scenes, durationMs);
    if (chapters.length > 0) {
      await writeFile(join(unfinished, 'chapters.vtt'), vtt(chapterCues(chapters), null));
      await writeFile(join(unfinished, 'chapters.json'), JSON.stringify({ chapters }));
    }
    await writeAbout(unfinished, {
      captions,
      thumbnails: hasPicture ? 'thumbnails.vtt' : null,
      poster: hasPicture ? 'poster.jpg' : null,
      chapters: chapters.length > 0 ? 'chapters.vtt' : null,
    });
    signal?.throwIfAborted();
    await rename(unfinished, folder);
    const id = await insert(database, video, { folder, segments, durationMs, words });
    progress?.(100);
    return id;
  } catch (cause) {
    await Promise.all([rm(unfinished, { recursive: true, force: true }), rm(folder, { recursive: true, force: true })]);
    throw cause;
  }
}

interface Filled {
  readonly folder: string;
  readonly segments: readonly Segment[];
  readonly words: StreamWords;
}

async function insert(
  database: Database,
  { collectionId, streamId, name, description = '', key }: NewVideo,
  { folder, segments, durationMs, words }: Filled & { readonly durationMs: number },
): Promise<string> {
  const id = `m-${uuidv7()}`;
  const { lines, scenes, passages } = words;
  const inParts = async <T>(rows: readonly T[], write: (part: T[]) => Promise<unknown>): Promise<void> => {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await write(rows.slice(at, at + ROWS_AT_ONCE));
  };
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('videos')
      .values({
        id,
        collection_id: collectionId,
        stream_id: streamId,
        name,
        description,
        length: durationMs / 1000,
        start_ms: segments[0]?.startMs ?? null,
        folder: join('videos', basename(folder)),
        size: segments.reduce((sum, { bytes }) => sum + bytes, 0),
        recording_key: key,
        spoken_index: passages.some(({ source }) => source === 'transcript') ? 'ready' : 'none',
      })
      .execute();
    await inParts(lines, (part) =>
      transaction
        .insertInto('video_lines')
        .values(
          part.map(({ startMs, endMs, text, language, words: times, translations }) => ({
            ...{ video_id: id, start_ms: startMs, end_ms: endMs, text, language },
            ...{ words: json(times), translations: json(translations) },
          })),
        )
        .execute(),
    );
    await inParts(scenes, (part) =>
      transaction
        .insertInto('video_scenes')
        .values(
          part.map(({ indexId, startMs, endMs, text, data, metadata }) => ({
            ...{ video_id: id, index_id: indexId, start_ms: startMs, end_ms: endMs, text },
            ...{ data: json(data), metadata: json(metadata) },
          })),
        )
        .execute(),
    );
    await inParts(passages, (part) =>
      transaction
        .insertInto('passages')
        .values(
          part.map(({ indexId, source, startMs, endMs, text, embedding, metadata }) => ({
            ...{ collection_id: collectionId, video_id: id, index_id: indexId, source, start_ms: startMs, end_ms: endMs, text },
            ...{ embedding, metadata: json(metadata) },
          })),
        )
        .execute(),
    );
  });
  return id;
}
