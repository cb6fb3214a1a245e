import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MediaUrls } from '../urls.ts';
import { decodeShots, encodeShots } from './shots.ts';
import type { Shot } from './shots.ts';

/**
 * Addresses that carry their own authority: `?s=` signs the path, so that who was given one clip reaches no other times. What a playlist
 * names beside it (segments, captions, pictures) has random names and needs no signature.
 */

/** One of this gateway's own streams, as its address tells. */
export type OwnStream =
  | { readonly kind: 'live'; readonly streamId: string }
  /** Unix ms */
  | { readonly kind: 'clip'; readonly streamId: string; readonly startMs: number; readonly endMs: number }
  /** `rendition`: with captions burnt in; null = as it was recorded. */
  | { readonly kind: 'video'; readonly videoId: string; readonly rendition: string | null }
  | { readonly kind: 'compiled'; readonly shots: readonly Shot[] };

export interface About {
  readonly title?: string;
  readonly description?: string;
}

export interface SignedUrls extends MediaUrls {
  /** A video with captions burnt in: `/published/manifests/<m-id>.<rendition>.m3u8`. */
  subtitled(base: string, videoId: string, rendition: string): string;
  /** WebVTT of a clip in one language: `/manifests/<rts-id>/<start µs>-<end µs>.<language>.vtt`. */
  clipCaptions(base: string, streamId: string, startMs: number, endMs: number, language: string): string;
  /** A picture of a video: `/published/thumbnails/<m-id>.jpg`. */
  thumbnail(base: string, videoId: string): string;
  /** The same stream as one MP4 file. Null: not an address of a stream here, or of a live one. */
  download(base: string, streamUrl: string, name?: string): string | null;
  /** True when `signature` was made here for this path (without its query). */
  verifies(path: string, signature: string | undefined): boolean;
  /** What an address of ours plays; null when it is not ours, or its signature is wrong. Its host is not looked at. */
  read(streamUrl: string): OwnStream | null;
  /** True when the words beside `v=` in a player's address were put there by this gateway. */
  verifiesAbout(streamUrl: string, about: About, signature: string | undefined): boolean;
}

const MICROSECONDS = 1000;
const SIGNATURE_LENGTH = 22;

const PATTERNS = {
  live: /\/live\/(?<streamId>[\w-]+)\/index\.m3u8$/,
  clip: /\/manifests\/(?<streamId>(?:rts|ls)-[\w-]+)\/(?<start>\d{16})-(?<end>\d{16})\.m3u8$/,
  video: /\/published\/manifests\/(?<videoId>m-[\w-]+)(?:\.(?<rendition>[\w-]+))?\.m3u8$/,
  compiled: /\/compiled\/(?<shots>[\w-]+)\.m3u8$/,
} as const;

/** What the path of a playlist plays. Null: no such path. */
export function streamOf(path: string): OwnStream | null {
  const found = (kind: keyof typeof PATTERNS) => PATTERNS[kind].exec(path)?.groups;
  const live = found('live');
  if (live !== undefined) return { kind: 'live', streamId: live['streamId'] ?? '' };
  const video = found('video');
  if (video !== undefined) return { kind: 'video', videoId: video['videoId'] ?? '', rendition: video['rendition'] ?? null };
  const clip = found('clip');
  if (clip !== undefined) {
    const [startMs, endMs] = [Number(clip['start']) / MICROSECONDS, Number(clip['end']) / MICROSECONDS];
    return { kind: 'clip', streamId: clip['streamId'] ?? '', startMs, endMs };
  }
  const shots = decodeShots(found('compiled')?.['shots'] ?? '');
  return shots === null ? null : { kind: 'compiled', shots };
}

/** The path as it was signed: a proxy or an alias may have put folders before it. */
const signedPart = (path: string): string => {
  const starts = Object.values(PATTERNS).flatMap((pattern) => pattern.exec(path)?.index ?? []);
  return starts.length === 0 ? path : path.slice(Math.min(...starts));
};

const microseconds = (ms: number): string => String(Math.max(0, Math.round(ms * MICROSECONDS))).padStart(16, '0');

/** `key`: kept by the gateway; whoever has it can make addresses. */
export function createMediaUrls(key: Uint8Array | string): SignedUrls {
  // A key of its own, so that nothing else that is signed with the gateway's key can be passed off as an address.
  const own = createHmac('sha256', key).update('viva-voce media addresses').digest();
  const mac = (text: string): string => createHmac('sha256', own).update(text).digest('base64url').slice(0, SIGNATURE_LENGTH);
  const equal = (text: string, signature: string | undefined): boolean => {
    const [right, given] = [Buffer.from(mac(text)), Buffer.from(signature ?? '')];
    return right.length === given.length && timingSafeEqual(right, given);
  };
  const signed = (base: string, path: string): string => `${base}${path}?s=${mac(path)}`;
  const aboutText = (streamUrl: string, { title, description }: About): string =>
    JSON.stringify(['about', signedPart(pathOf(streamUrl)?.path ?? ''), title ?? '', description ?? '']);

  const urls: SignedUrls = {
    live: (base, streamId) => signed(base, `/live/${streamId}/index.m3u8`),
    clip: (base, streamId, startMs, endMs) =>
      signed(base, `/manifests/${streamId}/${microseconds(startMs)}-${microseconds(endMs)}.m3u8`),
    clipCaptions: (base, streamId, startMs, endMs, language) =>
      signed(base, `/manifests/${streamId}/${microseconds(startMs)}-${microseconds(endMs)}.${language}.vtt`),
    video: (base, videoId) => signed(base, `/published/manifests/${videoId}.m3u8`),
    subtitled: (base, videoId, rendition) => signed(base, `/published/manifests/${videoId}.${rendition}.m3u8`),
    thumbnail: (base, videoId) => signed(base, `/published/thumbnails/${videoId}.jpg`),
    compiled: (base, shots) => signed(base, `/compiled/${encodeShots(shots)}.m3u8`),
    player: (base, streamUrl, about = {}) => {
      const query = new URLSearchParams({ v: streamUrl });
      const { title = '', description = '' } = about;
      if (title !== '') query.set('title', title);
      if (description !== '') query.set('description', description);
      if (title !== '' || description !== '') query.set('a', mac(aboutText(streamUrl, about)));
      return `${base}/watch?${query}`;
    },
    download: (base, streamUrl, name) => {
      const stream = urls.read(streamUrl);
      if (stream === null || stream.kind === 'live') return null;
      const path = signedPart(pathOf(streamUrl)?.path ?? '').replace(/\.m3u8$/, '.mp4');
      return `${signed(base, path)}${name === undefined || name === '' ? '' : `&name=${encodeURIComponent(name)}`}`;
    },
    verifies: equal,
    read: (streamUrl) => {
      const asked = pathOf(streamUrl);
      if (asked === null) return null;
      const path = signedPart(asked.path);
      return equal(path, asked.signature) ? streamOf(path) : null;
    },
    verifiesAbout: (streamUrl, about, signature) => equal(aboutText(streamUrl, about), signature),
  };
  return urls;
}

function pathOf(url: string): { readonly path: string; readonly signature: string | undefined } | null {
  if (!URL.canParse(url, 'http://gateway')) return null;
  const { pathname, searchParams } = new URL(url, 'http://gateway');
  return { path: pathname, signature: searchParams.get('s') ?? undefined };
}
