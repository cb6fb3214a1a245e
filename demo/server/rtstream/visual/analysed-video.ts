import type { Seeing } from '../../engines/engine.ts';
import type { Frame } from '../../media/media-stream.ts';
import { json } from '../../store/json.ts';
import type { Database } from '../../store/tables.ts';
import { analyseVideo, samplingMs, type Analysis } from './analyse.ts';

/** A published video analysed: its scenes kept as rows, the whole answered. */

export interface AnalysedVideoParts {
  readonly database: Database;
  readonly see: Seeing;
  /** One every `everyMs` of the whole video, ms from its beginning. */
  frames(videoId: string, everyMs: number, signal: AbortSignal): Promise<AsyncIterable<Frame>>;
}

export interface AnalysedVideoWish {
  readonly videoId: string;
  /** Of the analysis, `ana-…`: scenes of an earlier one of that id are replaced. */
  readonly indexId: string;
  readonly prompt: string;
  readonly tier: string;
  /** 0–100 */
  readonly progress: (percentage: number) => void;
}

/** Throws UnknownTierError, and what the video's file throws that cannot be read; nothing is kept then. */
export async function analysedVideo({ database, see, frames }: AnalysedVideoParts, wish: AnalysedVideoWish): Promise<Analysis> {
  const { videoId, indexId, prompt, tier, progress } = wish;
  const { length } = await database.selectFrom('videos').select('length').where('id', '=', videoId).executeTakeFirstOrThrow();
  const lengthMs = length * 1000;
  const stop = new AbortController();
  try {
    const pictures = await frames(videoId, samplingMs(lengthMs), stop.signal);
    const { scenes, analysis } = await analyseVideo({ prompt, tier, lengthMs, progress, signal: stop.signal }, pictures, { see });
    await database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('video_scenes').where('video_id', '=', videoId).where('index_id', '=', indexId).execute();
      for (const { startMs, endMs, text, data, metadata } of scenes) {
        const place = { video_id: videoId, index_id: indexId, start_ms: startMs, end_ms: endMs };
        await transaction
          .insertInto('video_scenes')
          .values({ ...place, text, data: json(data), metadata: json(metadata) })
          .execute();
      }
    });
    return analysis;
  } finally {
    stop.abort();
  }
}
