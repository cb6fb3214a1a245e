import type { Seeing } from '../engines/engine.ts';
import type { Frame } from '../media/media-stream.ts';
import { json } from '../store/json.ts';
import type { Database } from '../store/tables.ts';
import { analyseVideo, samplingMs } from './visual/analyse.ts';
import type { Analysis } from './visual/analyse.ts';

/** What is seen in a video, by a prompt: told whole, and its scenes kept. */

export interface LookedVideoParts {
  readonly database: Database;
  readonly see: Seeing;
  /** One every so many ms, ms from its beginning. */
  frames(videoId: string, everyMs: number, signal: AbortSignal): Promise<AsyncIterable<Frame>>;
}

export interface LookedVideoWish {
  readonly videoId: string;
  /** What its scenes are kept under. */
  readonly indexId: string;
  readonly prompt: string;
  readonly tier: string;
  /** 0–100 */
  readonly progress: (percentage: number) => void;
}

export async function lookedVideo({ database, see, frames }: LookedVideoParts, wish: LookedVideoWish): Promise<Analysis> {
  const { videoId, indexId, prompt, tier, progress } = wish;
  const { length } = await database.selectFrom('videos').select('length').where('id', '=', videoId).executeTakeFirstOrThrow();
  const lengthMs = length * 1000;
  const stop = new AbortController();
  try {
    const pictures = await frames(videoId, samplingMs(lengthMs), stop.signal);
    const about = { prompt, tier, lengthMs, progress, signal: stop.signal };
    const { scenes, analysis } = await analyseVideo(about, pictures, { see });
    if (scenes.length === 0) return analysis;
    const rows = scenes.map(({ startMs, endMs, text, data, metadata }) => ({
      ...{ video_id: videoId, index_id: indexId, start_ms: startMs, end_ms: endMs, text },
      ...{ data: json(data), metadata: json(metadata) },
    }));
    await database.insertInto('video_scenes').values(rows).execute();
    return analysis;
  } finally {
    stop.abort();
  }
}
