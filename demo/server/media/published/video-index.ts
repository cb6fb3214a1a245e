import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochFacts, Segment } from '../recording.ts';

/** Which segments a video is made of: kept beside them, so that shots of it can be put together without asking anybody. */

export interface VideoIndex {
  /** `startMs` is the clock of the recording it came from. */
  readonly segments: readonly Segment[];
  readonly epochs: readonly EpochFacts[];
}

/** `rendition`: null = as it was recorded. */
const indexFile = (rendition: string | null): string => `index${rendition === null ? '' : `.${rendition}`}.json`;
/** A video as one file with its captions as text tracks. */
export const CAPTIONED_FILE = 'video-captions.mp4';
export const masterFile = (rendition: string | null): string => `master${rendition === null ? '' : `.${rendition}`}.m3u8`;

export const writeVideoIndex = (folder: string, index: VideoIndex, rendition: string | null = null): Promise<void> =>
  writeFile(join(folder, indexFile(rendition)), JSON.stringify(index));

/** Rejects with `ENOENT` where there is no video. */
export const readVideoIndex = async (folder: string, rendition: string | null = null): Promise<VideoIndex> =>
  JSON.parse(await readFile(join(folder, indexFile(rendition)), 'utf8')) as VideoIndex;
