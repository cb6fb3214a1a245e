import { z } from 'zod';
import { refused } from './api-error.ts';
import type { VideoRow } from './video-rows.ts';

/** Pieces of videos, as they are asked for and as they can be played. */

export const MOST_SHOTS = 500;

const seconds = z.coerce.number().min(0).max(1e7);
/** Shots are pairs; a third number would be a mistake. */
export const timeline = z.array(z.tuple([seconds, seconds])).describe('[[start, end], …] in seconds of the video');

export interface Shot {
  readonly videoId: string;
  readonly startS: number;
  readonly endS: number;
}

/** What of it lies in the video. Throws `ApiError` that names the field. */
export function clampShot(video: Pick<VideoRow, 'id' | 'length'>, [start, end]: readonly [number, number], field: string): Shot {
  if (end <= start) throw refused(field, `${field}: end must be after start`);
  if (start >= video.length) throw refused(field, `${field}: the video is ${video.length} s long`);
  return { videoId: video.id, startS: start, endS: Math.min(end, video.length) };
}
