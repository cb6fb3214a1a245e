import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Frame } from '../../media/media-stream.ts';
import { fingerprint } from '../../rtstream/visual/fingerprint.ts';
import { DistinctFrames } from './distinct-frames.ts';
import type { StepRun } from './step-run.ts';
import { frameName, type Joined, type KeptFrames, type TaskFiles } from './task-files.ts';

/** The pictures of a recording that show something new, as numbered PNGs. */

/** A frame that is read costs half a second, and somebody has to look through them. */
const MOST_FRAMES = 400;

/** Pictures of a part, one every so many ms, from its beginning. */
export type PartFrames = (file: string, everyMs: number, signal: AbortSignal) => AsyncIterable<Frame>;

/** A slide is on for seconds; of long recordings fewer are looked at. */
const samplingMs = (durationMs: number): number => (durationMs > 3_600_000 ? 2000 : 1000);

export async function takeFrames(joined: Joined, framesOf: PartFrames, files: TaskFiles, run: StepRun): Promise<KeptFrames> {
  const folder = await files.newFrames();
  const distinct = new DistinctFrames<Uint8Array>();
  let kept: { readonly filename: string; readonly atMs: number }[] = [];
  let seen = 0;
  const keep = async (found: ReturnType<typeof distinct.push>): Promise<void> => {
    for (const { picture, atMs } of found) {
      const filename = `at-${String(Math.round(atMs))}.png`;
      // Slides have few colours; as many as a photograph's would be four times the bytes.
      await sharp(picture).png({ palette: true, colours: 128, dither: 0, effort: 1 }).toFile(join(folder, filename));
      kept.push({ filename, atMs: Math.round(atMs) });
    }
  };
  for (const part of joined.parts.filter(({ durationMs }) => durationMs > 0)) {
    for await (const frame of framesOf(part.file, samplingMs(joined.durationMs), run.signal)) {
      run.signal.throwIfAborted();
      seen++;
      const atMs = part.atMs + frame.atMs;
      await keep(distinct.push({ picture: frame.jpeg, atMs, print: await fingerprint(frame.jpeg) }));
      run.progress((100 * atMs) / Math.max(1, joined.durationMs));
    }
  }
  await keep(distinct.finish());
  const found = kept.length;
  if (found > MOST_FRAMES) {
    const fewer = thinned(kept, MOST_FRAMES);
    for (const { filename } of kept.filter((frame) => !fewer.includes(frame))) await rm(join(folder, filename));
    kept = fewer;
  }
  const frames: KeptFrames['frames'] = [];
  for (const [index, { filename, atMs }] of kept.entries()) {
    const name = frameName(index + 1);
    await rename(join(folder, filename), join(folder, name));
    frames.push({ filename: name, atMs });
  }
  const list = { seen, frames };
  await files.placeFrames(folder, list);
  const left = found > frames.length ? `; ${String(found - frames.length)} more were left out` : '';
  await run.say(
    'INFO',
    `${String(frames.length)} frames kept of ${String(seen)}; ${String(seen - found)} showed nothing new${left}`,
  );
  return list;
}

/** `count` of them: those that follow the one before soonest go. Pure. */
export function thinned<T extends { readonly atMs: number }>(frames: readonly T[], count: number): T[] {
  const gaps = frames.map(({ atMs }, index) => ({ index, gap: index === 0 ? Infinity : atMs - (frames[index - 1]?.atMs ?? 0) }));
  const stay = new Set(
    gaps
      .sort((a, b) => b.gap - a.gap)
      .slice(0, count)
      .map(({ index }) => index),
  );
  return frames.filter((_, index) => stay.has(index));
}
