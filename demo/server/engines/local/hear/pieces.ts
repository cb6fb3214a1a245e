/** Cuts an utterance where it is quietest into pieces that a recogniser of short windows can take. */

/** Moonshine was trained on windows of at most 30 s and is at its best well below; its cost grows faster than the length. */
const LONGEST_S = 16;
/** A cut is looked for in the last part of the longest piece. */
const EARLIEST_S = 8;
const QUIET_WINDOW_S = 0.2;
const STEP_S = 0.02;

/**
 * Pieces of at most 16 s, without a gap, as views. A growing utterance is always cut at the same places, because a cut depends on the
 * 16 s from the cut before alone.
 */
export function pieces(pcm: Int16Array, rate: number): readonly Int16Array[] {
  const longest = LONGEST_S * rate;
  const all: Int16Array[] = [];
  let from = 0;
  while (pcm.length - from > longest) {
    const cut = from + quietest(pcm.subarray(from, from + longest), rate);
    all.push(pcm.subarray(from, cut));
    from = cut;
  }
  all.push(pcm.subarray(from));
  return all;
}

/** Middle of the quietest fifth of a second. */
function quietest(pcm: Int16Array, rate: number): number {
  const window = Math.round(QUIET_WINDOW_S * rate);
  const step = Math.round(STEP_S * rate);
  let best = pcm.length - window;
  let least = Infinity;
  for (let from = EARLIEST_S * rate; from + window <= pcm.length; from += step) {
    let energy = 0;
    for (let index = from; index < from + window; index++) energy += (pcm[index] as number) ** 2;
    if (energy >= least) continue;
    least = energy;
    best = from;
  }
  return best + (window >> 1);
}
