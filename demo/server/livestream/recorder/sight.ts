/** What a look at a source tells, and what playlists and first bytes mean. Pure. */

export type Sight =
  /**
   * Something comes. `mark`: names the newest piece of its playlist, by which one that has stopped growing is known; null = it is no
   * playlist. `againMs`: when the playlist may have grown.
   */
  | { readonly kind: 'live'; readonly mark: string | null; readonly againMs: number }
  /** A playlist with an end: a broadcast that is over, or a film. */
  | { readonly kind: 'over' }
  /** A film: it has an end and can be fetched whole. */
  | { readonly kind: 'file' }
  /** Something answers that does not let itself be asked: only a try tells. */
  | { readonly kind: 'unsure'; readonly why: string }
  | { readonly kind: 'absent'; readonly why: string }
  /** A page, or whatever else is no stream. */
  | { readonly kind: 'unresolved'; readonly why: string }
  /** It may not be called from here. */
  | { readonly kind: 'refused'; readonly why: string };

export type Playlist =
  /** Names others; the first is looked at. */
  | { readonly kind: 'master'; readonly first: string }
  | { readonly kind: 'media'; readonly ended: boolean; readonly mark: string | null; readonly targetS: number };

export const isPlaylist = (text: string): boolean => /^\uFEFF?\s*#EXTM3U/.test(text);

/** RFC 8216. `mark` null: it names no piece. */
export function readPlaylist(text: string): Playlist {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const pieces = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.some((line) => line.startsWith('#EXT-X-STREAM-INF'))) return { kind: 'master', first: pieces[0] ?? '' };
  const number = (tag: string): number => {
    const found = lines.find((line) => line.startsWith(`#${tag}:`));
    const value = Number(found?.slice(tag.length + 2) ?? 0);
    return Number.isFinite(value) ? value : 0;
  };
  // Parts of the piece that is growing count: it grows.
  const parts = lines.filter((line) => line.startsWith('#EXT-X-PART:')).length;
  const newest = number('EXT-X-MEDIA-SEQUENCE') + pieces.length;
  const mark = pieces.length + parts === 0 ? null : `${String(newest)}.${String(parts)} ${pieces.at(-1) ?? ''}`;
  return { kind: 'media', ended: lines.includes('#EXT-X-ENDLIST'), mark, targetS: number('EXT-X-TARGETDURATION') };
}

const SOONEST_MS = 300;
const LATEST_MS = 3000;

export function sightOfPlaylist({ ended, mark, targetS }: Extract<Playlist, { kind: 'media' }>): Sight {
  if (mark === null) return { kind: 'absent', why: 'its playlist is empty' };
  if (ended) return { kind: 'over' };
  return { kind: 'live', mark, againMs: Math.min(LATEST_MS, Math.max(SOONEST_MS, targetS * 500)) };
}

/** ASCII at a place of the beginning. */
const reads = (bytes: Uint8Array, at: number, word: string): boolean =>
  Buffer.from(bytes.subarray(at, at + word.length)).toString('latin1') === word;

const TS_PACKET = 188;
const LIVE: Sight = { kind: 'live', mark: null, againMs: 0 };
const FILE: Sight = { kind: 'file' };

/** What an HTTP answer or a file begins with. `length`: of the whole, where it is told; what has none goes on for ever. */
export function sightOfBytes(bytes: Uint8Array, contentType: string, length: number | null): Sight {
  const whole = length === null ? LIVE : FILE;
  if (bytes.length === 0) return { kind: 'absent', why: 'nothing comes' };
  if (reads(bytes, 0, 'FLV')) return whole;
  if (reads(bytes, 4, 'ftyp') || reads(bytes, 4, 'styp') || reads(bytes, 4, 'moov')) return whole;
  // EBML: Matroska and WebM.
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return whole;
  if (reads(bytes, 0, 'RIFF') || reads(bytes, 0, 'OggS') || reads(bytes, 0, 'ID3')) return whole;
  if (bytes[0] === 0x47 && bytes[TS_PACKET] === 0x47) return whole;
  if (/^(video|audio)\/(?!.*mpegurl)/.test(contentType)) return whole;
  const shown = contentType === '' ? 'of no known kind' : contentType;
  return { kind: 'unresolved', why: /html/.test(contentType) ? 'it is a page, and no stream' : `it is no stream (${shown})` };
}
