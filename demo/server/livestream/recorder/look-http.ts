import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { checkOutsideUrl, outsideLookup } from '../../http/outside-url.ts';
import { isPlaylist, readPlaylist, sightOfBytes, sightOfPlaylist } from './sight.ts';
import type { Sight } from './sight.ts';

/** A look at an HTTP address: one request, two for a playlist of playlists, of which the beginning is read. */

const MAX_REDIRECTS = 5;
const MOST_PLAYLIST_BYTES = 4_000_000;
/** A transport stream shows itself by its second packet. */
const FIRST_BYTES = 600;
/** A page of playlists that name one another leads nowhere. */
const MAX_PLAYLISTS = 3;

export async function lookHttp(url: string, allowPrivate: boolean, signal: AbortSignal, depth = 0): Promise<Sight> {
  const response = await follow(url, allowPrivate, signal);
  try {
    const status = response.statusCode ?? 0;
    if (status !== 200 && status !== 206) return { kind: 'absent', why: `it answers ${String(status)}` };
    const contentType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const said = Number(response.headers['content-length']);
    const length = response.headers['content-length'] === undefined || !Number.isFinite(said) ? null : said;
    const bytes = await firstBytes(response, /mpegurl/.test(contentType));
    const text = bytes.toString('utf8');
    if (!isPlaylist(text)) return sightOfBytes(bytes, contentType, length);
    const playlist = readPlaylist(text);
    if (playlist.kind === 'media') return sightOfPlaylist(playlist);
    const base = response.url ?? url;
    if (depth >= MAX_PLAYLISTS || !URL.canParse(playlist.first, base))
      return { kind: 'unresolved', why: 'its playlists name one another' };
    return await lookHttp(new URL(playlist.first, base).href, allowPrivate, signal, depth + 1);
  } finally {
    response.destroy();
  }
}

/** The answer after redirects, with the URL that it came from as `url`. */
async function follow(url: string, allowPrivate: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  let at = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const checked = await checkOutsideUrl('url', at, { allowPrivate, schemes: ['http', 'https'] });
    const response = await open(checked, allowPrivate, signal);
    const { location } = response.headers;
    response.url = checked.href;
    if ((response.statusCode ?? 0) < 300 || (response.statusCode ?? 0) >= 400 || location === undefined) return response;
    response.destroy();
    if (!URL.canParse(location, checked.href)) throw new Error('it redirects to what is no address');
    at = new URL(location, checked.href).href;
  }
  throw new Error(`it redirects more than ${String(MAX_REDIRECTS)} times`);
}

function open(url: URL, allowPrivate: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // Looked up again when connecting, so that a name cannot change its address in between.
    const lookup = outsideLookup('url', allowPrivate);
    const headers = { accept: '*/*', 'user-agent': 'viva-voce' };
    send(url, { signal, lookup, agent: false, headers }, resolve).once('error', reject).end();
  });
}

/** A playlist whole, of everything else what shows its kind. */
async function firstBytes(response: IncomingMessage, playlist: boolean): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  let wanted = playlist ? MOST_PLAYLIST_BYTES : FIRST_BYTES;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.byteLength;
    // Servers that say nothing of kinds.
    if (pieces.length === 1 && isPlaylist(piece.subarray(0, 64).toString('utf8'))) wanted = MOST_PLAYLIST_BYTES;
    if (size >= wanted) break;
  }
  return Buffer.concat(pieces);
}
