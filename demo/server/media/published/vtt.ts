/** WebVTT as players read it: escaped text, times to the millisecond, and the tie to the media's own clock. */

export interface Cue {
  /** ms from the video's beginning */
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

const MPEG_HZ = 90_000;
/** MPEG timestamps have 33 bits. */
const WRAP = 2 ** 33;

/**
 * `decodeS`: where the first segment begins on its own media clock. Without this line players take the file's times for media times and
 * show nothing, or everything too early. Null: a file of metadata, not of a stream.
 */
export function vtt(cues: readonly Cue[], decodeS: number | null): string {
  const head = ['WEBVTT'];
  if (decodeS !== null) {
    head.push(`X-TIMESTAMP-MAP=MPEGTS:${Math.round(decodeS * MPEG_HZ) % WRAP},LOCAL:00:00:00.000`);
  }
  const blocks = cues.map(({ startMs, endMs, text }) => `${vttTime(startMs)} --> ${vttTime(endMs)}\n${text}`);
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`;
}

/** `hh:mm:ss.ttt` */
export function vttTime(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const part = (value: number, length = 2): string => String(value).padStart(length, '0');
  return `${part(Math.floor(whole / 3_600_000))}:${part(Math.floor(whole / 60_000) % 60)}:${part(Math.floor(whole / 1000) % 60)}.${part(whole % 1000, 3)}`;
}

/** Speech and words from the screen hold anything: no markup, no arrow and no empty line may come of it. */
export const cueText = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
