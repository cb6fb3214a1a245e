/** The media playlist of a caption rendition (RFC 8216 §4.3): which WebVTT files it names. */

/** So many are read, the newest of a live playlist. */
const MOST_FILES = 5_000;

/** Absolute addresses in order; null = the text is no playlist. */
export function filesIn(playlist: string, url: string): readonly string[] | null {
  if (!playlist.replace(/^\uFEFF/, '').startsWith('#EXTM3U')) return null;
  return playlist
    .split(/\r?\n/)
    .map((row) => row.trim())
    .filter((row) => row !== '' && !row.startsWith('#') && URL.canParse(row, url))
    .map((row) => new URL(row, url).href)
    .slice(-MOST_FILES);
}
