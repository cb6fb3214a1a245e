/** Where in a recording there is voice, by its loudness. Pure. */

export interface Stretch {
  /** ms from the first sample. */
  readonly startMs: number;
  readonly endMs: number;
}

const FRAME_MS = 10;
/** 20 dB below the loud frames is no voice any more. */
const SHARE = 0.1;
/** Which frame is a loud one: this share of all are quieter. */
const LOUD = 0.9;
/** A plosive stops the sound for less than this. ms */
const SHORTEST_GAP_MS = 60;
/** Shorter ones are clicks. ms */
const SHORTEST_VOICE_MS = 30;

/** In order, apart by at least 60 ms; one over everything where nothing stands out. `rate` in Hz. */
export function voicedStretches(pcm: Int16Array, rate: number): readonly Stretch[] {
  const whole = { startMs: 0, endMs: (1000 * pcm.length) / rate };
  const levels = levelsOf(pcm, (rate * FRAME_MS) / 1000);
  const threshold = SHARE * (levels.toSorted((a, b) => a - b)[Math.floor(LOUD * (levels.length - 1))] ?? 0);
  const stretches: { startMs: number; endMs: number }[] = [];
  levels.forEach((level, index) => {
    if (level <= threshold) return;
    const [startMs, endMs] = [index * FRAME_MS, (index + 1) * FRAME_MS];
    const last = stretches.at(-1);
    if (last !== undefined && startMs - last.endMs < SHORTEST_GAP_MS) last.endMs = endMs;
    else stretches.push({ startMs, endMs });
  });
  const voiced = stretches.filter(({ startMs, endMs }) => endMs - startMs >= SHORTEST_VOICE_MS);
  return voiced.length === 0 ? [whole] : voiced;
}

/** Root mean square of each whole frame. */
function levelsOf(pcm: Int16Array, frame: number): readonly number[] {
  return Array.from({ length: Math.floor(pcm.length / frame) }, (_, index) => {
    let sum = 0;
    for (let at = index * frame; at < (index + 1) * frame; at++) sum += (pcm[at] ?? 0) ** 2;
    return Math.sqrt(sum / frame);
  });
}
