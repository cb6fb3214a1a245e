import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Shots of videos as one part of a path: what a compiled stream plays is in its address, and nothing has to be kept. */

export interface Shot {
  readonly videoId: string;
  /** s from the video's beginning */
  readonly startS: number;
  /** s from the video's beginning */
  readonly endS: number;
}

/** An address that was cut or made up must not unfold into more than this. */
const MAX_BYTES = 1024 * 1024;

/** Ids are told once each; times are kept to the millisecond. */
export function encodeShots(shots: readonly Shot[]): string {
  const ids = [...new Set(shots.map(({ videoId }) => videoId))];
  const rows = shots.flatMap(({ videoId, startS, endS }) => [
    ids.indexOf(videoId),
    Math.round(startS * 1000),
    Math.round(endS * 1000),
  ]);
  return deflateRawSync(JSON.stringify([ids, rows])).toString('base64url');
}

/** Null: not made by `encodeShots`. */
export function decodeShots(text: string): readonly Shot[] | null {
  const parsed = unfold(text);
  if (!Array.isArray(parsed)) return null;
  const [ids, rows] = parsed as readonly unknown[];
  if (!Array.isArray(ids) || !Array.isArray(rows) || rows.length === 0 || rows.length % 3 !== 0) return null;
  const shots: Shot[] = [];
  for (let at = 0; at < rows.length; at += 3) {
    const [index, startMs, endMs] = rows.slice(at, at + 3) as readonly unknown[];
    const videoId: unknown = typeof index === 'number' ? ids[index] : undefined;
    if (typeof videoId !== 'string' || typeof startMs !== 'number' || typeof endMs !== 'number') return null;
    shots.push({ videoId, startS: startMs / 1000, endS: endMs / 1000 });
  }
  return shots;
}

function unfold(text: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: MAX_BYTES }).toString()) as unknown;
  } catch {
    return null;
  }
}
