import { basename } from 'node:path';
import type { Segment } from '../recording.ts';
import { SHORTEST_MS } from './clip.ts';
import { trimmed } from './part-segment.ts';
import type { PartSegment, Trim } from './part-segment.ts';
import { mediaPlaylist } from './playlist.ts';
import type { PlaylistEntry } from './playlist.ts';
import { PublishedError } from './published-error.ts';
import type { Shot } from './shots.ts';
import { durationOf, isCut } from './timeline.ts';
import type { Videos } from './videos.ts';

/**
 * Shots of one or several videos one after the other, as a playlist over the videos' own segments; their codecs may differ. The first begins
 * exactly where it was asked for (EXT-X-START), the others at the last key frame before that, and each ends with the fragment that holds its
 * end: nothing is encoded, and nothing that was asked for is missing.
 */

/** Segments nearer than this follow one another. */
const NEAR_S = 0.1;

export interface CompiledPart {
  /** Folder of the video's files, absolute. */
  readonly folder: string;
  readonly videoId: string;
  readonly segments: readonly PartSegment[];
  /** Of its first segment that comes before the shot, ms. */
  readonly skipMs: number;
  /** Of the shot, ms. */
  readonly durationMs: number;
}

/** Throws `PublishedError`: no such video, or a shot that lies outside it. */
export async function compiledParts(
  shots: readonly Shot[],
  videos: Pick<Videos, 'folder' | 'index'>,
  trim: Trim = trimmed,
): Promise<readonly CompiledPart[]> {
  if (shots.length === 0) throw new PublishedError('bad-range', 'There are no shots to play.', { field: 'shots' });
  const parts: CompiledPart[] = [];
  for (const shot of shots) {
    const [folder, { segments }] = await Promise.all([videos.folder(shot.videoId), videos.index(shot.videoId)]);
    const part = { folder, videoId: shot.videoId, ...within(segments, shot) };
    const last = parts.at(-1);
    if (last?.videoId === shot.videoId && last.segments.at(-1) === part.segments[0]) parts[parts.length - 1] = joined(last, part);
    else parts.push(part);
  }
  return Promise.all(parts.map((part) => trimmedPart(part, trim)));
}

/** Two shots that meet within one segment: what was just played is not played again. */
function joined(one: CompiledPart, other: CompiledPart): CompiledPart {
  const segments = [...one.segments, ...other.segments.slice(1)];
  const before = durationOf(one.segments.slice(0, -1));
  return { ...one, segments, durationMs: Math.max(one.durationMs, before + other.skipMs + other.durationMs - one.skipMs) };
}

async function trimmedPart({ segments, skipMs, durationMs, ...part }: CompiledPart, trim: Trim): Promise<CompiledPart> {
  let atMs = 0;
  let begunMs = 0;
  const inside: PartSegment[] = [];
  for (const [index, segment] of segments.entries()) {
    const kept = await trim(part.folder, segment, skipMs - atMs, skipMs + durationMs - atMs);
    if (index === 0) begunMs = kept.startMs - segment.startMs;
    inside.push(kept);
    atMs += segment.durationMs;
  }
  return { ...part, segments: inside, skipMs: skipMs - begunMs, durationMs };
}

/** Its m3u8, to be served one folder below the root. */
export async function compiledPlaylist(
  shots: readonly Shot[],
  videos: Pick<Videos, 'folder' | 'index'>,
  trim: Trim = trimmed,
): Promise<string> {
  const parts = await compiledParts(shots, videos, trim);
  const entries: PlaylistEntry[] = [];
  let lastVideo = '';
  let last: Segment | null = null;
  for (const { folder, videoId, segments } of parts) {
    const at = `../published/files/${basename(folder)}/`;
    for (const segment of segments) {
      const before: Segment | null = lastVideo === videoId ? last : null;
      const cut =
        before === null ||
        isCut(before, segment) ||
        Math.abs(before.decodeS + before.durationMs / 1000 - segment.decodeS) > NEAR_S;
      const { file, init, durationMs, part } = segment;
      const range = part === undefined ? {} : { range: part };
      entries.push({ uri: at + file, map: at + init, durationMs, startMs: null, cut, ...range });
      [lastVideo, last] = [videoId, segment];
    }
  }
  return mediaPlaylist(entries, parts[0]?.skipMs ?? 0);
}

/** What of a video lies in a shot. Throws `PublishedError` `bad-range`. */
export function within(
  segments: readonly Segment[],
  { videoId, startS, endS }: Shot,
): Pick<CompiledPart, 'segments' | 'skipMs' | 'durationMs'> {
  const startMs = startS * 1000;
  // Clients cut times to whole seconds: both may lie in one.
  const endMs = endS === startS ? startMs + SHORTEST_MS : endS * 1000;
  if (!(endMs > startMs) || startMs < 0)
    throw new PublishedError('bad-range', 'A shot must end after it begins.', { field: 'shots' });
  let atMs = 0;
  let skipMs = 0;
  const inside: Segment[] = [];
  for (const segment of segments) {
    const nextMs = atMs + segment.durationMs;
    if (nextMs > startMs && atMs < endMs) {
      if (inside.length === 0) skipMs = Math.max(0, startMs - atMs);
      inside.push(segment);
    }
    atMs = nextMs;
  }
  if (inside.length === 0) {
    const length = (atMs / 1000).toFixed(3);
    throw new PublishedError('bad-range', `${videoId} is ${length} s long; a shot begins at ${String(startS)} s.`, {
      field: 'shots',
    });
  }
  return { segments: inside, skipMs, durationMs: Math.min(endMs, atMs) - startMs };
}
