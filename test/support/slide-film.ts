import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { h264, runFfmpeg, speech } from './media-samples.ts';
import { drawSlide, type Slide } from './slides.ts';
import { writeWav } from './wav.ts';

/** A broadcast of slides with recorded people speaking, as one film. */

export interface SlideFilm {
  readonly path: string;
  /** s */
  readonly seconds: number;
  readonly slides: readonly { readonly slide: Slide; readonly startS: number; readonly endS: number }[];
  /** What is said in it whole. */
  readonly spoken: readonly string[];
  /** s, where the last of those ends. */
  readonly spokenToS: number;
}

export interface SlideFilmWish {
  /** Each slide is on for so long; default 6 s. */
  readonly slideS?: number;
  readonly silent?: boolean;
  /** kbit/s of the picture; default: constant quality 23. */
  readonly kilobits?: number;
}

const RATE = 16_000;
const FPS = 25;

/** MP4 in `folder`, H.264 and AAC, 1280 × 720 at 25 frames/s. */
export async function slideFilm(
  folder: string,
  name: string,
  slides: readonly Slide[],
  wish: SlideFilmWish = {},
): Promise<SlideFilm> {
  const { slideS = 6, silent = false, kilobits } = wish;
  const seconds = slideS * slides.length;
  const beside = join(folder, `${name}.making`);
  await mkdir(beside, { recursive: true });
  const { pcm, spoken } = await speech(seconds, silent);
  await writeFile(join(beside, 'speech.wav'), writeWav({ rate: RATE, pcm }));
  const list: string[] = [];
  for (const [index, slide] of slides.entries()) {
    await writeFile(join(beside, `${String(index)}.png`), await drawSlide(slide));
    list.push(`file '${String(index)}.png'`, `duration ${String(slideS)}`);
  }
  // The last duration is taken only when a picture follows.
  list.push(`file '${String(slides.length - 1)}.png'`);
  await writeFile(join(beside, 'list.txt'), `ffconcat version 1.0\n${list.join('\n')}\n`);
  const quality =
    kilobits === undefined
      ? ['-crf', '23']
      : ['-b:v', `${String(kilobits)}k`, '-maxrate', `${String(kilobits)}k`, '-bufsize', '1M'];
  await runFfmpeg([
    ...['-hide_banner', '-loglevel', 'error', '-y', '-i', join(beside, 'list.txt'), '-i', join(beside, 'speech.wav')],
    ...['-map', '0:v', '-map', '1:a', '-vf', `fps=${String(FPS)}`, ...h264(), ...quality, '-g', String(2 * FPS)],
    ...['-c:a', 'aac', '-b:a', '64k', '-ar', '48000', '-t', String(seconds), join(beside, 'film.mp4')],
  ]);
  const path = join(folder, `${name}.mp4`);
  await rename(join(beside, 'film.mp4'), path);
  await rm(beside, { recursive: true });
  return {
    ...{ path, seconds, spoken: spoken.map(({ text }) => text), spokenToS: spoken.at(-1)?.endS ?? 0 },
    slides: slides.map((slide, index) => ({ slide, startS: index * slideS, endS: (index + 1) * slideS })),
  };
}
