import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Downloads } from './downloads.ts';
import { entriesOf } from './clip.ts';
import { masterPlaylist } from './master.ts';
import { mediaPlaylist } from './playlist.ts';
import { PublishedError } from './published-error.ts';
import { runFfmpeg } from './run-ffmpeg.ts';
import { segmentedForm, writeSegments } from './segmented.ts';
import { forceStyle } from './subtitle-style.ts';
import { durationOf } from './timeline.ts';
import { readAbout } from './video-about.ts';
import { masterFile, writeVideoIndex } from './video-index.ts';
import type { Videos } from './videos.ts';

/** A second form of a video with its captions drawn into the picture, for where text tracks are not shown. */

export interface BurnWish {
  readonly videoId: string;
  /** BCP 47; default the language that was spoken. */
  readonly language?: string | null;
  readonly style?: Readonly<Record<string, unknown>>;
  /** 0–100 */
  readonly progress?: (percentage: number) => void;
  readonly signal?: AbortSignal;
}

export interface BurnDeps {
  readonly ffmpeg: string | null;
  readonly videos: Videos;
  readonly downloads: Downloads;
}

/**
 * Answers the rendition's name, for `SignedUrls.subtitled`; the same one again for the same words and style. Rejects with `PublishedError`:
 * `no-captions`, `bad-style`, `not-found`; or with the signal's reason.
 */
export async function burnCaptions({ ffmpeg, videos, downloads }: BurnDeps, wish: BurnWish): Promise<string> {
  const { videoId, progress, signal } = wish;
  const style = forceStyle(wish.style ?? {});
  const folder = await videos.folder(videoId);
  const { captions } = await readAbout(folder);
  const track = captions.find(({ language }) => wish.language == null || language === wish.language);
  if (track === undefined) {
    const which = wish.language == null ? '' : ` in ${wish.language}`;
    throw new PublishedError('no-captions', `There are no captions of this video${which}.`);
  }
  if (ffmpeg === null) throw new PublishedError('no-ffmpeg', 'Captions cannot be drawn here: there is no ffmpeg.');
  const words = await readFile(join(folder, track.file), 'utf8');
  const mark = createHash('sha256')
    .update(JSON.stringify([words, style]))
    .digest('hex')
    .slice(0, 12);
  const rendition = `${track.language}-${mark}`;
  if ((await readdir(folder)).includes(masterFile(rendition))) return rendition;
  const { epochs: facts, segments: whole } = await videos.index(videoId);
  if (!facts.some(({ hasVideo }) => hasVideo))
    throw new PublishedError('no-captions', 'There is no picture to draw captions into.');
  const film = await downloads.file({ kind: 'video', videoId, rendition: null });
  const prefix = `${rendition}-`;
  // Another one may be making the same.
  const unfinished = `.${crypto.randomUUID()}.m3u8`;
  try {
    await runFfmpeg({
      ffmpeg,
      cwd: folder,
      inputs: [],
      durationMs: durationOf(whole),
      args: [
        ...['-i', join(film.folder, film.file), '-map', '0:v:0', '-map', '0:a?'],
        ...['-vf', `subtitles=${track.file}${style === '' ? '' : `:force_style='${style}'`}`],
        ...[
          '-c:v',
          'libx264',
          '-preset',
          'ultrafast',
          '-crf',
          '23',
          '-force_key_frames',
          'expr:gte(t,n_forced*2)',
          '-c:a',
          'copy',
        ],
        ...segmentedForm(true),
      ],
      consume: async (output) => {
        const startMs = whole[0]?.startMs ?? 0;
        const { segments, epochs } = await writeSegments(output, { folder, prefix, startMs });
        const media = `${rendition}.m3u8`;
        await writeFile(join(folder, media), mediaPlaylist(entriesOf(segments)));
        await writeVideoIndex(folder, { segments, epochs }, rendition);
        await writeFile(join(folder, unfinished), masterPlaylist(`../files/${basename(folder)}/`, segments, epochs, [], media));
      },
      ...(progress === undefined ? {} : { progress }),
      ...(signal === undefined ? {} : { signal }),
    });
    await rename(join(folder, unfinished), join(folder, masterFile(rendition)));
  } catch (cause) {
    const left = (await readdir(folder)).filter((name) => name.startsWith(prefix) || name === unfinished);
    await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
    throw cause;
  }
  return rendition;
}
