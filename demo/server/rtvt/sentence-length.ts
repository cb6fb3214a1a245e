/** How much silence ends a sentence, by how long it is already: who speaks on and on is cut in shorter and shorter pauses. Pure. */

const PER_MS = 16;
/** What ends a sentence when the client names nothing, ms. */
const DEFAULT_SILENCE_MS = 480;
/** Until here only the silence that was asked for ends it, ms. */
const PATIENT_MS = 8_000;
/** From here on the gap between two words does. ms */
const IMPATIENT_MS = 20_000;
const SHORTEST_PAUSE_MS = 96;
/** Where silence ends nothing (-1), a pause of this length may still cut what has become long. ms */
const CUT_PAUSE_MS = 400;

/** Nobody waits longer for a final. Samples. */
export const LONGEST_SENTENCE = 26_000 * PER_MS;
/** A cut by length is made in the quietest place of this last part. Samples. */
export const CUT_WITHIN = 3_000 * PER_MS;

/** Samples of silence that end a sentence of `length` samples. `silenceMs` as in voiceStart: null = default, -1 = never. */
export function silenceToEnd(silenceMs: number | null, length: number): number {
  const asked = silenceMs ?? DEFAULT_SILENCE_MS;
  if (length <= PATIENT_MS * PER_MS) return asked === -1 ? LONGEST_SENTENCE : asked * PER_MS;
  const from = Math.max(SHORTEST_PAUSE_MS, asked === -1 ? CUT_PAUSE_MS : asked);
  const share = Math.min(1, (length / PER_MS - PATIENT_MS) / (IMPATIENT_MS - PATIENT_MS));
  return Math.round(from + share * (SHORTEST_PAUSE_MS - from)) * PER_MS;
}
