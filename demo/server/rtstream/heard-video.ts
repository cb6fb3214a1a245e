import { lastValueFrom, tap } from 'rxjs';
import type { Engines } from '../engines/engine.ts';
import type { SoundPiece } from '../media/media-stream.ts';
import { json } from '../store/json.ts';
import type { Database } from '../store/tables.ts';
import { transcribeRecording } from './transcript/transcribe.ts';
import type { FinalLine } from './transcript/transcript-event.ts';

/** What is said in a video, written down as fast as the engines hear; or what its stream's transcript has told already. */

export interface HeardVideoParts {
  readonly database: Database;
  readonly engines: Engines;
  /** 16 kHz mono of the whole video, ms from its beginning. */
  sound(videoId: string, signal: AbortSignal): Promise<AsyncIterable<SoundPiece>>;
  /** An engine failed and is asked again. */
  readonly failed: (cause: unknown) => void;
}

export interface HeardVideoWish {
  readonly videoId: string;
  /** BCP 47, several with commas, or `auto`; null = English. */
  readonly language: string | null;
  /** Hears it again although its words are known. */
  readonly force: boolean;
  /** 0–100 */
  readonly progress: (percentage: number) => void;
}

export async function heardVideo(parts: HeardVideoParts, wish: HeardVideoWish): Promise<void> {
  const { database } = parts;
  const { videoId } = wish;
  const { spoken_index: state, length } = await database
    .selectFrom('videos')
    .select(['spoken_index', 'length'])
    .where('id', '=', videoId)
    .executeTakeFirstOrThrow();
  if (state === 'ready' && !wish.force) return;
  const become = (spoken_index: typeof state): Promise<unknown> =>
    database.updateTable('videos').set({ spoken_index }).where('id', '=', videoId).execute();
  await become('processing');
  const stop = new AbortController();
  try {
    const lines = await hear(parts, wish, length * 1000, stop.signal);
    // All at once: a reader finds the old words or the new ones, never half of them.
    await database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('video_lines').where('video_id', '=', videoId).execute();
      for (const { startMs, endMs, text, language, words } of lines) {
        const values = { video_id: videoId, start_ms: startMs, end_ms: endMs, text, language };
        await transaction
          .insertInto('video_lines')
          .values({ ...values, words: json(words), translations: json({}) })
          .execute();
      }
    });
    await become('ready');
  } catch (cause) {
    await become('failed');
    throw cause;
  } finally {
    stop.abort();
  }
}

async function hear(
  { engines, sound, failed }: HeardVideoParts,
  { videoId, language, progress }: HeardVideoWish,
  lengthMs: number,
  signal: AbortSignal,
): Promise<readonly FinalLine[]> {
  const lines: FinalLine[] = [];
  const deps = { engines, language, onFailure: failed };
  const events$ = transcribeRecording(await sound(videoId, signal), deps).pipe(
    tap((event) => {
      if (event.type === 'final') lines.push(event);
      if (event.type === 'heard') progress(Math.min(99, (100 * event.toMs) / Math.max(1, lengthMs)));
    }),
  );
  await lastValueFrom(events$, { defaultValue: null });
  return lines;
}
