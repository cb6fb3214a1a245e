/** HLS media playlists (RFC 8216) of fragmented MP4 for what is over: exact durations, a date where the clock begins anew. */

export interface PlaylistEntry {
  readonly uri: string;
  /** Of its initialisation segment. */
  readonly map: string;
  /** ms */
  readonly durationMs: number;
  /** Unix ms of what is shown first; null = this has no date. */
  readonly startMs: number | null;
  /** Does not follow the entry before: another epoch, a gap, another video. */
  readonly cut: boolean;
  /** Of the file; absent = all of it. */
  readonly range?: { readonly offset: number; readonly bytes: number };
}

const seconds = (ms: number): string => String(Number((ms / 1000).toFixed(6)));

/** What players work out may be beside the stream's clock by so much, ms: half a frame. */
const DRIFT_MS = 20;

/**
 * `startOffsetMs`: where playing begins, exactly, after the first entry's beginning. Dates stand at the first entry, after each cut, and
 * where the source's clock has drifted: players work out the rest, and a day's playlist is a third of the size.
 */
export function mediaPlaylist(entries: readonly PlaylistEntry[], startOffsetMs = 0): string {
  const longestMs = entries.reduce((longest, { durationMs }) => Math.max(longest, durationMs), 0);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(longestMs / 1000))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ];
  if (startOffsetMs > 0) lines.push(`#EXT-X-START:TIME-OFFSET=${seconds(startOffsetMs)},PRECISE=YES`);
  let map: string | null = null;
  let expectedMs = NaN;
  // Most durations are the one before: writing numbers is most of the work of a long playlist.
  let [knownMs, known] = [NaN, ''];
  entries.forEach((entry, index) => {
    const begins = index === 0 || entry.cut;
    if (begins && index > 0) lines.push('#EXT-X-DISCONTINUITY');
    if (entry.map !== map) lines.push(`#EXT-X-MAP:URI="${entry.map}"`);
    map = entry.map;
    if (entry.startMs !== null && (begins || Math.abs(entry.startMs - expectedMs) > DRIFT_MS)) {
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(entry.startMs).toISOString()}`);
      expectedMs = entry.startMs;
    }
    expectedMs += entry.durationMs;
    if (entry.durationMs !== knownMs) [knownMs, known] = [entry.durationMs, `#EXTINF:${seconds(entry.durationMs)},`];
    lines.push(known);
    if (entry.range !== undefined) lines.push(`#EXT-X-BYTERANGE:${entry.range.bytes}@${entry.range.offset}`);
    lines.push(entry.uri);
  });
  lines.push('#EXT-X-ENDLIST', '');
  return lines.join('\n');
}
