import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Database } from '../../store/tables.ts';
import type { EpochFacts, Segment } from '../recording.ts';
import { captionsOf } from './captions.ts';
import type { SpokenLine } from './captions.ts';
import { captionsPlaylist, masterPlaylist } from './master.ts';
import { durationOf } from './timeline.ts';
import { readAbout, writeAbout } from './video-about.ts';
import type { VideoAbout } from './video-about.ts';
import { CAPTIONED_FILE, masterFile } from './video-index.ts';
import type { Videos } from './videos.ts';
import { vtt } from './vtt.ts';

/** A video's captions in its folder, and the master playlist that names them; written anew when a video is heard again. */

export interface CaptionedVideo {
  readonly folder: string;
  /** Name that the folder has or will have. */
  readonly name: string;
  readonly segments: readonly Segment[];
  readonly epochs: readonly EpochFacts[];
  readonly lines: readonly SpokenLine[];
}

/** Answers what there is now. */
export async function writeCaptions({ folder, name, segments, epochs, lines }: CaptionedVideo): Promise<VideoAbout['captions']> {
  const captions = captionsOf(lines);
  const durationMs = durationOf(segments);
  // Captions and the picture are tied by where the first segment begins on its own clock.
  const decodeS = segments[0]?.decodeS ?? 0;
  const write = async (file: string, text: string): Promise<void> => {
    const beside = join(folder, `.${crypto.randomUUID()}`);
    await writeFile(beside, text);
    await rename(beside, join(folder, file));
  };
  for (const { language, cues } of captions) {
    await write(`captions-${language}.vtt`, vtt(cues, decodeS));
    await write(`captions-${language}.m3u8`, captionsPlaylist(`captions-${language}.vtt`, durationMs));
  }
  await write(masterFile(null), masterPlaylist(`../files/${name}/`, segments, epochs, captions));
  return captions.map(({ language, name: title, original }) => ({
    ...{ language, name: title, original },
    file: `captions-${language}.vtt`,
  }));
}

/** From the lines that the database has of it now. */
export async function refreshCaptions(database: Database, videos: Videos, videoId: string): Promise<void> {
  const [folder, { segments, epochs }] = await Promise.all([videos.folder(videoId), videos.index(videoId)]);
  const rows = await database.selectFrom('video_lines').selectAll().where('video_id', '=', videoId).orderBy('start_ms').execute();
  const lines = rows.map(({ start_ms: startMs, end_ms: endMs, text, language, words, translations }) => ({
    ...{ startMs, endMs, text, language, words, translations },
  }));
  const captions = await writeCaptions({ folder, name: basename(folder), segments, epochs, lines });
  await writeAbout(folder, { ...(await readAbout(folder)), captions });
  // It carries the old ones.
  await rm(join(folder, CAPTIONED_FILE), { force: true });
}
