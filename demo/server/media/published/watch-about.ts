import { basename } from 'node:path';
import type { Database } from '../../store/tables.ts';
import type { Media } from '../media-stream.ts';
import { clipCaptions } from './clip-captions.ts';
import { clipOf } from './clip.ts';
import { compiledParts } from './compiled.ts';
import { PublishedError } from './published-error.ts';
import type { SignedUrls } from './urls.ts';
import { readAbout } from './video-about.ts';
import type { Videos } from './videos.ts';

/** What a player page has to know of the stream it shows. */

export interface WatchAbout {
  readonly kind: 'live' | 'clip' | 'video' | 'compiled';
  readonly title: string;
  readonly description: string;
  readonly src: string;
  readonly poster: string | null;
  /** WebVTT */
  readonly captions: readonly { readonly language: string; readonly name: string; readonly src: string }[];
  /** The playlist names them itself. */
  readonly captionsInside: boolean;
  readonly thumbnails: string | null;
  readonly chapters: string | null;
  /** One file of it; null = it is live. */
  readonly download: string | null;
  /** Whose captions and alerts can be followed; null = nobody's. */
  readonly streamId: string | null;
  /** Unix ms of its beginning, where it has one. */
  readonly startMs: number | null;
}

export interface WatchQuestion {
  /** Before every address in the answer. */
  readonly base: string;
  /** The stream's address. */
  readonly v: string;
  /** Words beside it, believed only with their signature. */
  readonly title: string;
  readonly description: string;
  readonly a: string | undefined;
}

export interface WatchDeps {
  readonly urls: SignedUrls;
  readonly media: Pick<Media, 'recording'>;
  readonly videos: Videos;
  readonly database: Database;
}

/** Throws `PublishedError`, in words for whoever opened the page. */
export async function watchAbout(deps: WatchDeps, { base, v, title, description, a }: WatchQuestion): Promise<WatchAbout> {
  const { urls, media, videos, database } = deps;
  const stream = urls.read(v);
  if (stream === null) {
    throw new PublishedError('not-signed', 'This address is not one of this gateway’s streams, or it was changed on its way.', {
      field: 'v',
    });
  }
  const believed = urls.verifiesAbout(v, { title, description }, a);
  const told = (own: string, ownDescription = '') => ({
    title: believed && title !== '' ? title : own,
    description: believed && description !== '' ? description : ownDescription,
  });
  const common = {
    ...{
      kind: stream.kind,
      poster: null,
      captions: [],
      captionsInside: false,
      thumbnails: null,
      chapters: null,
      streamId: null,
      startMs: null,
    },
    download: urls.download(base, v),
  };
  switch (stream.kind) {
    case 'live': {
      const row = await rowOf(database, stream.streamId);
      return { ...common, ...told(row), src: urls.live(base, stream.streamId), streamId: stream.streamId };
    }
    case 'clip': {
      const { streamId, startMs, endMs } = stream;
      const row = await rowOf(database, streamId);
      clipOf(media.recording(streamId), stream);
      const captions = (await clipCaptions(deps, stream)).map(({ language, name }) => ({
        ...{ language, name },
        src: urls.clipCaptions(base, streamId, startMs, endMs, language),
      }));
      return { ...common, ...told(row), src: urls.clip(base, streamId, startMs, endMs), captions, startMs };
    }
    case 'video': {
      const { videoId, rendition } = stream;
      const row = await database.selectFrom('videos').selectAll().where('id', '=', videoId).executeTakeFirst();
      if (row === undefined) throw new PublishedError('not-found', 'This video is not here any more.', { field: 'v' });
      const folder = await videos.folder(videoId);
      const about = await readAbout(folder);
      const file = (name: string): string => `${base}/published/files/${basename(folder)}/${name}`;
      const maybe = (name: string | null): string | null => (name === null ? null : file(name));
      return {
        ...{ ...common, ...told(row.name, row.description), startMs: row.start_ms },
        src: rendition === null ? urls.video(base, videoId) : urls.subtitled(base, videoId, rendition),
        captions: about.captions.map((track) => ({ language: track.language, name: track.name, src: file(track.file) })),
        // What is in the picture already is not shown over it.
        captionsInside: true,
        poster: maybe(about.poster),
        thumbnails: maybe(about.thumbnails),
        chapters: maybe(about.chapters),
      };
    }
    case 'compiled': {
      await compiledParts(stream.shots, videos);
      const count = stream.shots.length;
      return { ...common, ...told(count === 1 ? 'One shot' : `${count} shots`), src: urls.compiled(base, stream.shots) };
    }
  }
}

async function rowOf(database: Database, streamId: string): Promise<string> {
  const row = await database.selectFrom('streams').select('name').where('id', '=', streamId).executeTakeFirst();
  if (row === undefined) throw new PublishedError('not-found', 'This stream is not here any more.', { field: 'v' });
  return row.name;
}
