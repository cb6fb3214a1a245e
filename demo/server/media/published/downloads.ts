import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Media } from '../media-stream.ts';
import { clipOf } from './clip.ts';
import { compiledParts } from './compiled.ts';
import type { Captions } from './captions.ts';
import { writeMp4 } from './mp4.ts';
import { PublishedError } from './published-error.ts';
import { closed } from './retimed.ts';
import type { Piece } from './retimed.ts';
import { durationOf } from './timeline.ts';
import type { OwnStream } from './urls.ts';
import { readAbout } from './video-about.ts';
import { CAPTIONED_FILE } from './video-index.ts';
import type { Videos } from './videos.ts';

/** MP4 files of what can be played, each made at its first use and kept: a video's beside it, others until room is needed. */

export interface Mp4File {
  /** Absolute */
  readonly folder: string;
  readonly file: string;
}

export interface DownloadOptions {
  /** A video's captions as text tracks in the file. */
  readonly captions?: boolean;
  readonly progress?: (percentage: number) => void;
}

export interface Downloads {
  /** Throws `PublishedError`: nothing is there, or it is live. Who asks while it is made waits for the same file. */
  file(stream: OwnStream, options?: DownloadOptions): Promise<Mp4File>;
  /** Stops what is being made. */
  close(): void;
}

export interface DownloadsOptions {
  readonly ffmpeg: string | null;
  readonly media: Pick<Media, 'recording'>;
  readonly videos: Videos;
  readonly dataDir: string;
  /** That clips and compiled streams may take, bytes. Default 4 GiB; the longest unused go first. */
  readonly keptBytes?: number;
}

interface Plan extends Mp4File {
  readonly pieces: readonly Piece[];
  readonly skipMs: number;
  readonly durationMs: number;
  readonly captions: readonly (Pick<Captions, 'language' | 'name' | 'original'> & { readonly file: string })[];
}

const KEPT_BYTES = 4 * 2 ** 30;

export function createDownloads({ ffmpeg, media, videos, dataDir, keptBytes = KEPT_BYTES }: DownloadsOptions): Downloads {
  const folder = join(dataDir, 'downloads');
  const making = new Map<string, Promise<void>>();
  const closing = new AbortController();

  const plan = async (stream: OwnStream, captions: boolean): Promise<Plan> => {
    switch (stream.kind) {
      case 'live':
        throw new PublishedError('not-found', 'A live stream is no file; ask for a range of it.');
      case 'video': {
        const [own, { segments }] = await Promise.all([
          videos.folder(stream.videoId),
          videos.index(stream.videoId, stream.rendition),
        ]);
        const texts = captions && stream.rendition === null ? (await readAbout(own)).captions : [];
        const file = texts.length > 0 ? CAPTIONED_FILE : `video${stream.rendition === null ? '' : `.${stream.rendition}`}.mp4`;
        const pieces = closed([{ folder: own, segments }]);
        return { folder: own, file, pieces, skipMs: 0, durationMs: durationOf(segments), captions: texts };
      }
      case 'clip': {
        const recording = media.recording(stream.streamId);
        const { segments, skipMs, durationMs } = clipOf(recording, stream);
        const pieces = closed([{ folder: recording.folder, segments }]);
        return { folder, file: named(stream, pieces), pieces, skipMs, durationMs, captions: [] };
      }
      case 'compiled': {
        const parts = await compiledParts(stream.shots, videos);
        const pieces = closed(parts);
        const skipMs = parts[0]?.skipMs ?? 0;
        const durationMs = durationOf(parts.flatMap(({ segments }) => segments)) - skipMs;
        return { folder, file: named(stream, pieces), pieces, skipMs, durationMs, captions: [] };
      }
    }
  };

  const make = async (planned: Plan, progress: DownloadOptions['progress']): Promise<void> => {
    if (ffmpeg === null) throw new PublishedError('no-ffmpeg', 'Files cannot be made here: there is no ffmpeg.');
    await mkdir(planned.folder, { recursive: true });
    const captions = planned.captions.map((track) => ({ ...track, file: join(planned.folder, track.file) }));
    await writeMp4({
      ffmpeg,
      ...planned,
      captions,
      output: join(planned.folder, planned.file),
      signal: closing.signal,
      ...(progress === undefined ? {} : { progress }),
    });
    if (planned.folder === folder) await makeRoom(folder, planned.file, keptBytes);
  };

  return {
    file: async (stream, { captions = false, progress } = {}) => {
      const planned = await plan(stream, captions);
      const path = join(planned.folder, planned.file);
      const now = new Date();
      const there = await utimes(path, now, now).then(
        () => true,
        () => false,
      );
      if (there) return planned;
      const begun = making.get(path) ?? make(planned, progress).finally(() => making.delete(path));
      making.set(path, begun);
      await begun;
      return planned;
    },
    close: () => closing.abort(new PublishedError('failed', 'The gateway is closing.')),
  };
}

/** The same range has other segments while it is being recorded. */
function named(stream: OwnStream, pieces: readonly Piece[]): string {
  const files = pieces.map(({ segment }) => segment.file);
  return `${createHash('sha256')
    .update(JSON.stringify([stream, files]))
    .digest('base64url')
    .slice(0, 32)}.mp4`;
}

/** Deletes the files that were not asked for the longest, `keep` apart. */
async function makeRoom(folder: string, keep: string, keptBytes: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mp4') && !name.startsWith('.'));
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return { name, size, mtimeMs };
    }),
  );
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  for (const { name, size } of files.sort((one, other) => one.mtimeMs - other.mtimeMs)) {
    if (bytes <= keptBytes) return;
    if (name === keep) continue;
    await rm(join(folder, name), { force: true });
    bytes -= size;
  }
}
