import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Logger } from 'pino';
import { burnCaptions } from './burnt-captions.ts';
import type { BurnWish } from './burnt-captions.ts';
import { createDownloads } from './downloads.ts';
import type { Downloads } from './downloads.ts';
import { exportCapture } from './export-capture.ts';
import type { CaptureWish } from './export-capture.ts';
import { exportStream } from './export-stream.ts';
import type { ExportDeps, ExportWish } from './export-stream.ts';
import { PublishedError } from './published-error.ts';
import type { SignedUrls } from './urls.ts';
import { refreshCaptions } from './written-captions.ts';
import { createVideos } from './videos.ts';
import type { Videos } from './videos.ts';

/** Everything that is played after it was recorded; one piece of work of a kind at a time for the same thing. */

export interface PublishedVideos {
  readonly videos: Videos;
  readonly downloads: Downloads;
  /** As `exportStream` of `export-stream.ts`. */
  exportStream(wish: ExportWish): Promise<string>;
  /** As `exportCapture` of `export-capture.ts`. */
  exportCapture(wish: CaptureWish): Promise<string>;
  /** As `burnCaptions` of `burnt-captions.ts`; answers the URL of its playlist, as the caller reaches this gateway. */
  burnCaptions(wish: BurnWish & { readonly base: string }): Promise<string>;
  /** Writes a video's captions anew, from the lines that the database has of it now; to be called when it was heard. */
  refreshCaptions(videoId: string): Promise<void>;
  /** A video without a picture answers 404 there. */
  thumbnailUrl(base: string, videoId: string): string;
  removeFiles(videoId: string): Promise<void>;
  /** Stops exports and what else is being made; nothing half-made is left. */
  close(): Promise<void>;
}

export interface PublishedDeps extends ExportDeps {
  readonly urls: SignedUrls;
  readonly log: Logger;
}

/** Throws away what a killed gateway left half-made, first. */
export async function createPublished(deps: PublishedDeps): Promise<PublishedVideos> {
  const { database, dataDir, ffmpeg, urls } = deps;
  const videos = createVideos(database, dataDir);
  const downloads = createDownloads({ ...deps, videos });
  const closing = new AbortController();
  const working = new Map<string, Promise<unknown>>();
  await tidy(deps, videos.root);

  /** Waits for what is under way under that name, then works. */
  const alone = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = working.get(name) ?? Promise.resolve();
    const done = before.then(work, work).finally(() => {
      if (working.get(name) === done) working.delete(name);
    });
    working.set(name, done);
    return done;
  };
  const signalOf = (own: AbortSignal | undefined): AbortSignal =>
    own === undefined ? closing.signal : AbortSignal.any([own, closing.signal]);

  return {
    videos,
    downloads,
    exportStream: (wish) =>
      alone(`stream ${wish.streamId}`, () => exportStream(deps, { ...wish, signal: signalOf(wish.signal) })),
    exportCapture: (wish) =>
      alone(`capture ${[wish.pictureStreamId, ...wish.soundStreamIds].join()}`, () =>
        exportCapture(deps, { ...wish, signal: signalOf(wish.signal) }),
      ),
    burnCaptions: (wish) =>
      alone(`captions ${wish.videoId}`, async () => {
        const rendition = await burnCaptions({ ffmpeg, videos, downloads }, { ...wish, signal: signalOf(wish.signal) });
        return urls.subtitled(wish.base, wish.videoId, rendition);
      }),
    refreshCaptions: (videoId) => alone(`captions ${videoId}`, () => refreshCaptions(database, videos, videoId)),
    thumbnailUrl: (base, videoId) => urls.thumbnail(base, videoId),
    removeFiles: (videoId) => videos.remove(videoId),
    close: async () => {
      closing.abort(new PublishedError('failed', 'The gateway is closing.'));
      downloads.close();
      await Promise.allSettled(working.values());
    },
  };
}

/** A folder that no row names was never finished. */
async function tidy({ database, dataDir, log }: PublishedDeps, root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const rows = await database.selectFrom('videos').select('folder').execute();
  const known = new Set(rows.map(({ folder }) => basename(folder)));
  const left = (await readdir(root)).filter((name) => !known.has(name));
  if (left.length > 0) log.info({ folders: left.length }, 'unfinished videos are thrown away');
  await Promise.all(left.map((name) => rm(join(root, name), { recursive: true, force: true })));
  for (const folder of [join(dataDir, 'downloads'), ...[...known].map((name) => join(root, name))]) {
    // Absent before the first download, or deleted by hand.
    const names = await readdir(folder).catch(() => []);
    await Promise.all(names.filter((name) => name.startsWith('.')).map((name) => rm(join(folder, name), { force: true })));
  }
}
