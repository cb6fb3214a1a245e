import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Engines } from '../engines/engine.ts';
import type { PublishedVideos } from '../media/published/published.ts';
import { framesOfFile, soundOfFile } from '../media/taps/file.ts';
import type { Database } from '../store/tables.ts';
import type { Published } from './api/deps.ts';
import { heardVideo } from './heard-video.ts';
import { lookedVideo } from './looked-video.ts';
import type { OpenSearch } from './search/open-search.ts';

/** What the API asks of videos, made of the parts that know how. */

export interface PublishedWork {
  readonly published: PublishedVideos;
  readonly database: Database;
  readonly engines: Engines;
  /** ffmpeg; null = there is none. */
  readonly program: string | null;
  readonly search: OpenSearch;
  readonly log: Logger;
}

export function publishedOf({ published, database, engines, program, search, log }: PublishedWork): Published {
  const fileOf = async (videoId: string): Promise<string> => {
    const { folder, file } = await published.downloads.file({ kind: 'video', videoId, rendition: null });
    return join(folder, file);
  };
  const failed = (cause: unknown): void => log.warn({ err: cause }, 'hearing a video was held up');
  return {
    exportStream: async (wish) => {
      const videoId = await published.exportStream(wish);
      search.refresh();
      return videoId;
    },
    transcribe: async (wish) => {
      const parts = {
        ...{ database, engines, failed },
        sound: async (videoId: string, signal: AbortSignal) =>
          soundOfFile(program ?? 'ffmpeg', await fileOf(videoId), { signal }),
      };
      await heardVideo(parts, wish);
      await published.refreshCaptions(wish.videoId);
    },
    burnCaptions: published.burnCaptions,
    analyse: async (wish) => {
      const parts = {
        ...{ database, see: engines.see },
        frames: async (videoId: string, everyMs: number, signal: AbortSignal) =>
          framesOfFile(program ?? 'ffmpeg', await fileOf(videoId), everyMs, { signal }),
      };
      const analysis = await lookedVideo(parts, wish);
      await search.indexVideoScenes(wish.videoId, wish.indexId);
      return analysis;
    },
    thumbnailUrl: published.thumbnailUrl,
    removeFiles: published.removeFiles,
  };
}
