import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaptionTrack } from './master.ts';

/** What lies in a video's folder beside its segments; names are relative to it. */

export interface VideoAbout {
  readonly captions: readonly (CaptionTrack & { readonly file: string })[];
  /** WebVTT of pictures; null = there is no picture. */
  readonly thumbnails: string | null;
  readonly poster: string | null;
  /** WebVTT; null = there is nothing to tell apart. */
  readonly chapters: string | null;
}

const FILE = 'about.json';

export const writeAbout = (folder: string, about: VideoAbout): Promise<void> =>
  writeFile(join(folder, FILE), JSON.stringify(about));

export const readAbout = async (folder: string): Promise<VideoAbout> =>
  JSON.parse(await readFile(join(folder, FILE), 'utf8')) as VideoAbout;
