import type { ChannelFrame } from './frame.ts';

/** A frame as text, never larger than readers take (Python's library closes at 1 MiB; spec §4). */

const MOST_BYTES = 256 * 1024;
const MOST_TEXT = 20_000;

/** Throws for what JSON cannot hold. */
export function frameBody(frame: ChannelFrame): string {
  const body = JSON.stringify(frame);
  if (Buffer.byteLength(body) <= MOST_BYTES) return body;
  const shortened = JSON.stringify({ ...frame, data: { ...shorter(frame.data), truncated: true } });
  if (Buffer.byteLength(shortened) <= MOST_BYTES) return shortened;
  const { start, end } = frame.data;
  return JSON.stringify({ ...frame, data: { start, end, truncated: true } });
}

/** Long texts are cut, long lists and objects left out. */
function shorter(data: ChannelFrame['data']): Record<string, unknown> {
  const kept = Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === 'string') return [[key, value.slice(0, MOST_TEXT)]];
    return typeof value === 'object' && value !== null && JSON.stringify(value).length > MOST_TEXT ? [] : [[key, value]];
  });
  return Object.fromEntries(kept);
}

/** What goes out: the body with its number and the gateway's clock. */
export const frameText = (body: string, seq: number, nowMs: number, replayed = false): string =>
  `${body.slice(0, -1)},"seq":${seq},"server_now":${nowMs}${replayed ? ',"replayed":true' : ''}}`;
