import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { load } from 'cheerio';
import { fetchDocument } from '../../knowledge/fetch-document.ts';

/** What a broadcast is known by before anything was seen of it: an id of its address, and a name. */

/** 32 hexadecimal digits, always the same for one address. */
export const liveIdOf = (url: string): string => createHash('sha256').update(normal(url)).digest('hex').slice(0, 32);

const normal = (url: string): string => (URL.canParse(url) ? new URL(url).href.replace(/#.*$/s, '') : url.trim());

const MEDIA = /\.(m3u8?|flv|mp4|m4v|m4s|mov|mkv|webm|ts|mp3|aac|m4a|ogg|wav|mpd)$/i;
const LONGEST = 120;

/** True: it may be a page with a title. */
export function isPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, pathname } = new URL(url);
  return /^https?:$/.test(protocol) && !MEDIA.test(pathname);
}

/** What the address itself tells. Of streams the host alone: their paths hold keys. */
export function hostNameOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  if (protocol === 'file:') return clean(basename(decoded(pathname))) || 'a file';
  const place = isPage(url) ? host + decoded(pathname).replace(/\/+$/, '') : host;
  return clean(place) || 'a stream';
}

/** The page's title. Null: it has none, or cannot be had within `timeoutMs`. */
export async function pageTitle(url: string, allowPrivate: boolean, timeoutMs: number): Promise<string | null> {
  try {
    const { text } = await fetchDocument(url, { allowPrivate, timeoutMs });
    const page = load(text);
    const title = clean(page('meta[property="og:title"]').attr('content') ?? '') || clean(page('title').first().text());
    return title === '' ? null : title;
  } catch {
    // Its address is name enough.
    return null;
  }
}

const clean = (text: string): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % stands for itself.
    return text;
  }
}
