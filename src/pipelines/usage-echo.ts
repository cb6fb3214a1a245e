/** How much of a known sound comes back through the microphone. */

/** What one stretch of listening showed. */
export interface Echo {
  /** Of what was played, dB: 0 = as loud as it was sent; null = not to be told from the noise of the room. */
  readonly levelDb: number | null;
  /** 0–1, of the microphone with the known sound where both fit best. */
  readonly correlation: number;
  /** From the loudspeaker's queue to the microphone's, ms. */
  readonly delayMs: number;
}

export type EchoVerdict = 'none' | 'some' | 'strong';

/** Hz at which sounds are compared. */
export const ECHO_RATE = 8_000;
/** The longest way that is looked at, loudspeaker's buffer and microphone's included, ms. */
export const ECHO_REACH_MS = 600;
/** RMS of the known sound where it is loudest. */
const LOUDNESS = 0.25;
/** It swells as often as syllables do: what never changes is taken out as noise. */
const SYLLABLES_HZ = 4;
const FADE_S = 0.05;
/** The way comes first, then what walls throw back, samples at `ECHO_RATE`. */
const [EARLY, LATE] = [40, 400];
/** So many times above the chance of unrelated sounds it is no chance. */
const CERTAIN = 6;
/** An echo takes the same way each time; a beep of something else fits anywhere, ms. */
const SAME_WAY_MS = 10;
/** Below the first the assistant's own ear is not disturbed; the second is what that ear is ready for before it has learnt. */
const [FAINT_DB, STRONG_DB] = [-40, -16];

/** Noise that is the same on every call, swelling; `seconds` of it at `ECHO_RATE`, within ±1. */
export function knownSound(seconds: number): Float32Array<ArrayBuffer> {
  const sound = new Float32Array(Math.round(seconds * ECHO_RATE));
  // Xorshift: any fixed sequence would do that nothing in a room repeats.
  let word = 0x2545f491;
  for (let index = 0; index < sound.length; index++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    const at = index / ECHO_RATE;
    const swell = 0.55 - 0.45 * Math.cos(2 * Math.PI * SYLLABLES_HZ * at);
    const edge = Math.min(1, at / FADE_S, (seconds - at) / FADE_S);
    sound[index] = (word / 2 ** 31) * Math.sqrt(3) * LOUDNESS * swell * edge;
  }
  return sound;
}

/** The mean of what falls into each sample of the lower rate. */
export function thinned(sound: Float32Array, rate: number): Float32Array {
  const step = rate / ECHO_RATE;
  const thin = new Float32Array(Math.floor(sound.length / step));
  for (let index = 0; index < thin.length; index++) {
    const [from, to] = [Math.floor(index * step), Math.max(Math.floor(index * step) + 1, Math.floor((index + 1) * step))];
    let sum = 0;
    for (let at = from; at < to; at++) sum += sound[at] ?? 0;
    thin[index] = sum / (to - from);
  }
  return thin;
}

/**
 * `heard` and `played` at `ECHO_RATE`; `played` is longer: it begins `played.length - heard.length` samples before `heard`, which is the longest
 * way that is looked at. Both end at the same moment.
 */
export function echoOf(played: Float32Array, heard: Float32Array): Echo {
  const reach = played.length - heard.length;
  const power = heard.reduce((sum, sample) => sum + sample ** 2, 0);
  const energy = energySums(played);
  const ways = new Float64Array(reach + 1);
  const alike = new Float64Array(reach + 1);
  let best = 0;
  for (let way = 0; way <= reach; way++) {
    let product = 0;
    const from = reach - way;
    for (let at = 0; at < heard.length; at++) product += heard[at]! * played[from + at]!;
    const sent = energy[from + heard.length]! - energy[from]!;
    ways[way] = sent === 0 ? 0 : product / sent;
    alike[way] = sent === 0 || power === 0 ? 0 : Math.abs(product) / Math.sqrt(sent * power);
    if (alike[way]! > alike[best]!) best = way;
  }
  const near = (way: number): boolean => way >= best - EARLY && way <= best + LATE;
  const chance = meanSquare(ways.filter((_, way) => !near(way)));
  const certain = ways[best]! ** 2 > CERTAIN ** 2 * chance && power > 0;
  const back = ways.reduce((sum, tap, way) => (near(way) ? sum + tap ** 2 - chance : sum), 0);
  return {
    levelDb: certain && back > 0 ? 10 * Math.log10(back) : null,
    correlation: alike[best]!,
    delayMs: (best * 1000) / ECHO_RATE,
  };
}

/**
 * The loudest of several looks counts, but for the first, which is from before a canceller has settled. What was seen only once is nothing
 * that was played.
 */
export function echoVerdict(echoes: readonly Echo[]): { readonly verdict: EchoVerdict; readonly levelDb: number | null } {
  const seen = echoes.filter(({ levelDb }) => levelDb !== null);
  const again = ({ delayMs }: Echo): boolean =>
    seen.filter((other) => Math.abs(other.delayMs - delayMs) <= SAME_WAY_MS).length > 1;
  const levels = echoes.slice(1).flatMap((echo) => (echo.levelDb !== null && again(echo) ? [echo.levelDb] : []));
  const levelDb = levels.length === 0 ? null : Math.max(...levels);
  if (levelDb === null || levelDb < FAINT_DB) return { verdict: 'none', levelDb };
  return { verdict: levelDb < STRONG_DB ? 'some' : 'strong', levelDb };
}

/** Energy of what comes before each sample. */
function energySums(sound: Float32Array): Float64Array {
  const sums = new Float64Array(sound.length + 1);
  for (let at = 0; at < sound.length; at++) sums[at + 1] = sums[at]! + sound[at]! ** 2;
  return sums;
}

const meanSquare = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
