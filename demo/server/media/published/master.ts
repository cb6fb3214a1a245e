import type { EpochFacts, Segment } from '../recording.ts';

/** The playlist that names a video's picture and captions, with the codecs that players ask about before they load anything. */

export interface CaptionTrack {
  /** BCP 47 */
  readonly language: string;
  /** What people choose it by, in the language itself. */
  readonly name: string;
  /** Told in the language that was spoken. */
  readonly original: boolean;
}

/** Bits a second over the worst segment, and over everything. */
export function bandwidthOf(segments: readonly Segment[]): { readonly peak: number; readonly average: number } {
  let bytes = 0;
  let ms = 0;
  let peak = 0;
  for (const segment of segments) {
    bytes += segment.bytes;
    ms += segment.durationMs;
    if (segment.durationMs > 0) peak = Math.max(peak, (segment.bytes * 8000) / segment.durationMs);
  }
  return { peak: Math.max(1, Math.ceil(peak)), average: ms === 0 ? 1 : Math.max(1, Math.ceil((bytes * 8000) / ms)) };
}

/** `folder`: where the video's files lie, relative to the playlist, with a slash at its end. */
export function masterPlaylist(
  folder: string,
  segments: readonly Segment[],
  epochs: readonly EpochFacts[],
  captions: readonly CaptionTrack[],
  media = 'media.m3u8',
): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
  captions.forEach(({ language, name, original }, index) => {
    const flag = (on: boolean): string => (on ? 'YES' : 'NO');
    lines.push(
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions"' +
        `,NAME="${quoted(name)}",LANGUAGE="${quoted(language)}",DEFAULT=${flag(index === 0)},AUTOSELECT=YES,FORCED=NO` +
        (original ? ',CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog"' : '') +
        `,URI="${folder}captions-${language}.m3u8"`,
    );
  });
  const { peak, average } = bandwidthOf(segments);
  const codecs = [...new Set(epochs.flatMap((epoch) => epoch.codecs.split(',').map((codec) => codec.trim())))];
  const width = Math.max(0, ...epochs.map((epoch) => epoch.width ?? 0));
  const height = Math.max(0, ...epochs.map((epoch) => epoch.height ?? 0));
  lines.push(
    `#EXT-X-STREAM-INF:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average},CODECS="${quoted(codecs.filter((codec) => codec !== '').join(','))}"` +
      (width > 0 && height > 0 ? `,RESOLUTION=${width}x${height}` : '') +
      (captions.length > 0 ? ',SUBTITLES="captions"' : ''),
    `${folder}${media}`,
    '',
  );
  return lines.join('\n');
}

/** One WebVTT file as long as the video. */
export function captionsPlaylist(file: string, durationMs: number): string {
  const whole = Math.max(1, Math.ceil(durationMs / 1000));
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${whole}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${(durationMs / 1000).toFixed(3)},`,
    file,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/** Quoted strings of a playlist hold neither quotation marks nor line ends (RFC 8216 §4.2). */
const quoted = (text: string): string => text.replace(/["\r\n]/g, ' ').trim();
