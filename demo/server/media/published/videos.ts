import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../store/tables.ts';
import { PublishedError } from './published-error.ts';
import { readVideoIndex } from './video-index.ts';
import type { VideoIndex } from './video-index.ts';

/** Where videos lie: `<data folder>/videos/<random>`, a name that only playlists of the video tell. */

export interface Videos {
  /** Folder of all of them, absolute. */
  readonly root: string;
  /** Absolute. Throws `PublishedError` `not-found`. */
  folder(videoId: string): Promise<string>;
  /** Throws as `folder`. */
  index(videoId: string, rendition?: string | null): Promise<VideoIndex>;
  /** Deletes the files of a video; its row is somebody else's. */
  remove(videoId: string): Promise<void>;
}

/** A day's index has megabytes; who compiles asks for the same few videos. */
const MOST_KEPT = 8;

export function createVideos(database: Database, dataDir: string): Videos {
  const kept = new Map<string, VideoIndex>();
  const read = async (videoId: string, rendition: string | null): Promise<VideoIndex> => {
    try {
      return await readVideoIndex(await videos.folder(videoId), rendition);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      throw new PublishedError('not-found', `There are no files of the video ${videoId}.`, { cause });
    }
  };
  const videos: Videos = {
    root: join(dataDir, 'videos'),
    folder: async (videoId) => {
      const row = await database.selectFrom('videos').select('folder').where('id', '=', videoId).executeTakeFirst();
      if (row === undefined) throw new PublishedError('not-found', `There is no video ${videoId}.`);
      return join(dataDir, row.folder);
    },
    index: async (videoId, rendition = null) => {
      const key = `${videoId}.${rendition ?? ''}`;
      const index = kept.get(key) ?? (await read(videoId, rendition));
      kept.delete(key);
      kept.set(key, index);
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest);
      return index;
    },
    remove: async (videoId) => {
      for (const key of kept.keys()) if (key.startsWith(`${videoId}.`)) kept.delete(key);
      await rm(await videos.folder(videoId), { recursive: true, force: true });
    },
  };
  return videos;
}
