import type { Segment } from '../recording.ts';
import type { LivePart, LiveSegment, LiveSnapshot } from './live-window.ts';

/** Live playlists as text: RFC 8216bis (low latency), and what hls.js wants of it. */

/** hls.js stalls without a hint, and Safari asks for the hinted part ahead: it is always there while more may come. */
export function livePlaylist(snapshot: LiveSnapshot): string {
  const { segments, open, hint, targetS, partTargetS, ended } = snapshot;
  const first = segments[0] ?? open;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${String(targetS)}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${(partTargetS * 3).toFixed(3)},HOLD-BACK=${String(targetS * 3)}`,
    `#EXT-X-PART-INF:PART-TARGET=${partTargetS.toFixed(3)}`,
    `#EXT-X-MEDIA-SEQUENCE:${String(first?.sequence ?? 0)}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${String(first?.epoch ?? 0)}`,
  ];
  const withPartsFrom = partsFrom(segments, targetS);
  let before: { readonly epoch: number; readonly init: string } | null = null;
  const begin = (next: { readonly epoch: number; readonly init: string }): void => {
    if (before !== null && before.epoch !== next.epoch) lines.push('#EXT-X-DISCONTINUITY');
    if (before === null || before.init !== next.init) lines.push(`#EXT-X-MAP:URI="${next.init}"`);
    before = next;
  };
  for (const [index, segment] of segments.entries()) {
    begin(segment);
    if (index >= withPartsFrom && segment.parts !== undefined)
      lines.push(dateLine(segment), ...segment.parts.map(partLine), fileLines(segment));
    else lines.push(wholeLines(segment));
  }
  if (ended) return `${[...lines, '#EXT-X-ENDLIST'].join('\n')}\n`;
  if (open !== null) {
    begin(open);
    lines.push(dateLine(open), ...open.parts.map(partLine));
  }
  if (hint !== null) lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${hint}"`);
  return `${lines.join('\n')}\n`;
}

/** A date is of what is shown first (RFC 8216 §4.3.2.6), which is not always what is sent first. */
const dateLine = ({ startMs, lagMs = 0 }: Pick<Segment, 'startMs' | 'lagMs'>): string =>
  `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(startMs + lagMs)).toISOString()}`;

const fileLines = ({ durationMs, file }: Segment): string => `#EXTINF:${(durationMs / 1000).toFixed(5)},\n${file}`;

/** Two hours are written anew for every part; what is on the disk does not change. */
const known = new WeakMap<Segment, string>();

function wholeLines(segment: Segment): string {
  const lines = known.get(segment) ?? `${dateLine(segment)}\n${fileLines(segment)}`;
  known.set(segment, lines);
  return lines;
}

const partLine = ({ durationMs, keyFrame, uri }: LivePart): string =>
  `#EXT-X-PART:DURATION=${(durationMs / 1000).toFixed(5)},URI="${uri}"${keyFrame ? ',INDEPENDENT=YES' : ''}`;

/** Parts are told for the last three target durations. */
function partsFrom(segments: readonly LiveSegment[], targetS: number): number {
  let fromEndS = 0;
  for (let index = segments.length - 1; index >= 0; index--) {
    fromEndS += (segments[index]?.durationMs ?? 0) / 1000;
    if (fromEndS > targetS * 3) return index + 1;
  }
  return 0;
}

/** The playlist that tells the codecs, which the other cannot. `variant`: URI of the other. */
export function masterPlaylist(
  { codecs, width, height }: { readonly codecs: string; readonly width: number | null; readonly height: number | null },
  bitsPerSecond: number,
  variant: string,
): string {
  const facts = [`BANDWIDTH=${String(Math.max(100_000, Math.ceil(bitsPerSecond * 1.5)))}`];
  if (codecs !== '') facts.push(`CODECS="${codecs}"`);
  if (width !== null && height !== null) facts.push(`RESOLUTION=${String(width)}x${String(height)}`);
  return `#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:${facts.join(',')}\n${variant}\n`;
}

/** Whether what a blocking reload asks for is there: part `part` of segment `sequence`, or the whole segment (RFC 8216bis §6.2.5.2). */
export function isThere({ segments, open, ended }: LiveSnapshot, sequence: number, part: number | null): boolean {
  if (ended) return true;
  const last = segments.at(-1)?.sequence ?? -1;
  if (sequence <= last) return true;
  if (open === null || open.sequence < sequence) return false;
  return part !== null && open.parts.length > part;
}
