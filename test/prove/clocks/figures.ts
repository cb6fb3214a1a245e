import { speechEdges } from '../../engines/laid.ts';
import type { Laid } from '../../engines/laid.ts';
import type { Clip } from '../../engines/here.ts';
import type { SeenCaption, SeenPicture } from './page.ts';

/** What was really said and when, and how far what was seen is from it. Pure. */

/** A sentence as it was in the sound; by the energy of the recording, not by any recogniser. */
export interface Said {
  readonly clip: Clip;
  /** Unix ms at which its voice begins and ends. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Everything that was said from the beginning to `untilMs`, what was laid being repeated. */
export function saidUntil(clips: readonly Clip[], { pcm, starts }: Laid, beganMs: number, untilMs: number): readonly Said[] {
  const roundMs = pcm.length / 16;
  const edges = clips.map((clip) => speechEdges(clip.pcm));
  const said: Said[] = [];
  for (let from = beganMs; from < untilMs; from += roundMs) {
    clips.forEach((clip, index) => {
      const { startMs = 0, endMs = 0 } = edges[index] ?? {};
      const at = from + (starts[index] ?? 0);
      if (at + endMs < untilMs) said.push({ clip, startMs: at + startMs, endMs: at + endMs });
    });
  }
  return said;
}

/** Lines that belong to a sentence, by their times. */
export const linesOf = <T extends { readonly startMs: number; readonly endMs: number }>(
  { startMs, endMs }: Said,
  lines: readonly T[],
): readonly T[] =>
  lines.filter((line) => (line.startMs + line.endMs) / 2 > startMs - 300 && (line.startMs + line.endMs) / 2 < endMs + 300);

/** Of this caption belongs to that sentence, ms. */
const NEAR_MS = 1_500;

/** By sentence: when its caption was first seen, and when all of it, ms of the picture's own barcode behind the sound. */
export function captionOffsets(said: readonly Said[], captions: readonly SeenCaption[]) {
  const first: number[] = [];
  const whole: number[] = [];
  /** By the caption's own time, whenever it was seen. */
  const dated: number[] = [];
  let missed = 0;
  for (const sentence of said) {
    const own = captions.filter(({ startMs }) => Math.abs(startMs - sentence.startMs) < NEAR_MS);
    const [shown] = own;
    if (shown === undefined) {
      missed += 1;
      continue;
    }
    const last = own.findLast(({ final }) => final);
    dated.push((last ?? shown).startMs - sentence.startMs);
    if (shown.takenMs !== null) first.push(shown.takenMs - sentence.startMs);
    if (last !== undefined && last.takenMs !== null) whole.push(last.takenMs - sentence.endMs);
  }
  return { first, whole, dated, missed };
}

/** How far the player's clock is from the barcode of what it shows; the first pictures of a source may stand until the second. */
export const clockErrors = (pictures: readonly SeenPicture[]): readonly number[] =>
  pictures.slice(25).map(({ dateMs, takenMs }) => dateMs - takenMs);

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
}

export const spread = (values: readonly number[]): string =>
  values.length === 0
    ? '–'
    : `${percentile(values, 0.5).toFixed(0)} / ${percentile(values, 0.95).toFixed(0)} (${String(values.length)})`;
