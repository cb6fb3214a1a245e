import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochFacts, Segment } from '../recording.ts';

/** Which segments a video is made of: kept beside them, so that shots of it can be put together without asking anybody. */

export interface VideoIndex {
  /** `startMs` is the clock of the recording it came from. */
  readonly segments: readonly Segment[];
  readonly epochs: readonly EpochFacts[];
}

const FILE = 'index.json';

export const writeVideoIndex = (folder: string, index: VideoIndex): Promise<void> =>
  writeFile(join(folder, FILE), JSON.stringify(index));

/** Rejects with `ENOENT` where there is no video. */
export const readVideoIndex = async (folder: string): Promise<VideoIndex> =>
  JSON.parse(await readFile(join(folder, FILE), 'utf8')) as VideoIndex;
