import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clipCaptions } from '../media/published/clip-captions.ts';
import { clipPlaylist } from '../media/published/clip.ts';
import { compiledPlaylist } from '../media/published/compiled.ts';
import type { Downloads } from '../media/published/downloads.ts';
import { PublishedError } from '../media/published/published-error.ts';
import { streamOf } from '../media/published/urls.ts';
import type { OwnStream, SignedUrls } from '../media/published/urls.ts';
import { masterFile } from '../media/published/video-index.ts';
import type { Videos } from '../media/published/videos.ts';
import type { Media } from '../media/media-stream.ts';
import type { Database } from '../store/tables.ts';
import { PLAYLIST, sendText } from './playlist-reply.ts';
import { sendPublishedRefusal } from './published-refusal.ts';

/**
 * What was recorded, for any page and any player: playlists and files by addresses that carry their own authority. To be mounted outside the
 * limit on requests a minute: a player asks for a segment every second or two.
 */

export interface PublishedRoutesOptions {
  readonly urls: SignedUrls;
  readonly media: Pick<Media, 'recording'>;
  readonly videos: Videos;
  readonly downloads: Downloads;
  readonly database: Database;
}

interface Named {
  readonly stream: string;
  readonly folder: string;
  readonly file: string;
  readonly '*': string;
}
type Request = FastifyRequest<{
  Params: Named;
  Querystring: { readonly s?: string; readonly name?: string; readonly captions?: string };
}>;

const FILE_NAME = /^[\w-][\w.-]*$/;
/** Of a recording; what else lies in its folder has names that can be guessed. */
const SEGMENT_NAME = /^[\w-]{16,64}\.(?:m4s|mp4)$/;
const STREAM_ID = /^(?:rts|ls)-[\w-]+$/;
/** Sent compressed: a day's playlist has a megabyte. */
const TEXTS: Readonly<Record<string, string>> = { m3u8: PLAYLIST, vtt: 'text/vtt; charset=utf-8', json: 'application/json' };
const FOREVER = { maxAge: '365d', immutable: true } as const;

const notFound = (): PublishedError => new PublishedError('not-found', 'There is nothing here.');

export function publishedRoutes(
  app: FastifyInstance,
  { urls, media, videos, downloads, database }: PublishedRoutesOptions,
): void {
  /** Throws for a path that was not signed here. */
  const admit = (path: string, request: Request): void => {
    if (!urls.verifies(path, request.query.s))
      throw new PublishedError('not-signed', 'This address was not made by this gateway.');
  };

  const playlistOf = async (stream: OwnStream): Promise<string> => {
    switch (stream.kind) {
      case 'clip':
        return clipPlaylist(media.recording(stream.streamId), stream);
      case 'video':
        return readFile(join(await videos.folder(stream.videoId), masterFile(stream.rendition)), 'utf8');
      case 'compiled':
        return compiledPlaylist(stream.shots, videos);
      case 'live':
        throw notFound();
    }
  };

  /** A playlist, or the same as one file. */
  const play = async (path: string, request: Request, reply: FastifyReply): Promise<void> => {
    admit(path, request);
    const stream = streamOf(path.replace(/\.mp4$/, '.m3u8'));
    if (stream === null) throw notFound();
    if (path.endsWith('.m3u8')) {
      await sendText(request, reply, PLAYLIST, await playlistOf(stream));
      return;
    }
    const { folder, file } = await downloads.file(stream, { captions: request.query.captions === '1' });
    void reply.header('content-disposition', attachment(request.query.name ?? ''));
    await reply.sendFile(file, folder, { cacheControl: false });
  };

  const subtitle = async (stream: string, [file, range, language]: RegExpExecArray, request: Request, reply: FastifyReply) => {
    admit(`/manifests/${stream}/${file}`, request);
    const clip = streamOf(`/manifests/${stream}/${range}.m3u8`);
    const tracks = clip?.kind === 'clip' ? await clipCaptions({ media, database }, clip) : [];
    const track = tracks.find((one) => one.language === language);
    if (track === undefined) throw notFound();
    await sendText(request, reply, 'text/vtt; charset=utf-8', track.text);
  };

  const send = async (reply: FastifyReply, folder: string, file: string): Promise<void> => {
    if (!FILE_NAME.test(file)) throw notFound();
    await reply.sendFile(file, folder, FOREVER);
  };

  void app.register(async (scope) => {
    await scope.register(fastifyStatic, { serve: false, root: videos.root, dotfiles: 'deny' });
    scope.setErrorHandler((cause, request, reply) => sendPublishedRefusal(request, reply, cause));
    scope.addHook('onSend', async (_request, reply) => {
      // The signature is the permission; what players ask for needs no preflight.
      void reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
      void reply.header('access-control-expose-headers', 'content-length, content-range, content-disposition');
    });

    scope.get('/manifests/:stream/:file', async (request: Request, reply) => {
      const { stream, file } = request.params;
      if (!STREAM_ID.test(stream)) throw notFound();
      const captions = /^([\d-]{33})\.([A-Za-z0-9-]+)\.vtt$/.exec(file);
      if (captions !== null) await subtitle(stream, captions, request, reply);
      else if (/\.(m3u8|mp4)$/.test(file) && /^\d{16}-/.test(file)) await play(`/manifests/${stream}/${file}`, request, reply);
      else if (SEGMENT_NAME.test(file)) await send(reply, media.recording(stream).folder, file);
      else throw notFound();
      return reply;
    });
    scope.get('/published/manifests/:file', async (request: Request, reply) => {
      await play(`/published/manifests/${request.params.file}`, request, reply);
      return reply;
    });
    scope.get('/published/thumbnails/:file', async (request: Request, reply) => {
      const { file } = request.params;
      admit(`/published/thumbnails/${file}`, request);
      await send(reply, await videos.folder(file.replace(/\.jpg$/, '')), 'poster.jpg');
      return reply;
    });
    scope.get('/published/files/:folder/:file', async (request: Request, reply) => {
      const { folder, file } = request.params;
      if (!/^[\w-]{22}$/.test(folder) || !FILE_NAME.test(file)) throw notFound();
      const type = TEXTS[file.split('.').at(-1) ?? ''];
      if (type === undefined) {
        await send(reply, join(videos.root, folder), file);
      } else {
        // Captions may be heard anew.
        await sendText(request, reply, type, await readFile(join(videos.root, folder, file), 'utf8'));
      }
      return reply;
    });
    // As long as its shots: no parameter may be.
    scope.get('/compiled/*', async (request: Request, reply) => {
      await play(`/compiled/${request.params['*']}`, request, reply);
      return reply;
    });
  });
}

/** RFC 6266, for a name in any script. */
function attachment(wish: string): string {
  const plain = wish
    .replace(/[\p{Cc}/\\]/gu, ' ')
    .trim()
    .replace(/(\.mp4)+$/i, '')
    .slice(0, 200);
  const name = `${plain === '' ? 'video' : plain}.mp4`;
  const ascii = name.replace(/[^\x20-\x7e]|["%]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`;
}

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
