import { readFileSync, writeFileSync } from 'node:fs';
import { readWav, writeWav } from './wav.ts';

/** Sound files that Chromium plays as its microphone (`--use-file-for-fake-audio-capture`). */

export type Part =
  /** A 16-bit WAV file of any rate. `gain` 1 = as recorded. */
  { readonly wav: string; readonly gain?: number } | { readonly silenceMs: number };

export interface FakeMicrophone {
  /** Where the file is written. */
  readonly path: string;
  /** What is said, in order; the file starts anew with every `getUserMedia`. */
  readonly parts: readonly Part[];
  /**
   * `processed` (default): 48 kHz mono, for pages that ask for echo cancellation and the like. `exact`: 44.1 kHz stereo, the fake
   * device's own format, for pages that switch all processing off and want every sample as it is.
   */
  readonly format?: 'processed' | 'exact';
  /** Begin again at the end instead of staying silent. */
  readonly loop?: boolean;
}

/** Chromium keeps repeating the last 10 ms of a file that does not loop, so it must end in silence. */
const TAIL_MS = 200;

/** Writes the file; returns the switches for Chromium and where each part starts in it (ms). */
export function fakeMicrophone({ path, parts, format = 'processed', loop = false }: FakeMicrophone): {
  readonly args: readonly string[];
  readonly startsMs: readonly number[];
  readonly durationMs: number;
} {
  const rate = format === 'exact' ? 44_100 : 48_000;
  const pieces = parts.map((part) => {
    if ('silenceMs' in part) return new Int16Array(Math.round((part.silenceMs * rate) / 1000));
    const wav = readWav(readFileSync(part.wav));
    return resample(wav.pcm, wav.rate, rate, part.gain ?? 1);
  });
  pieces.push(new Int16Array(Math.round((TAIL_MS * rate) / 1000)));
  const pcm = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  const starts: number[] = [];
  let at = 0;
  for (const piece of pieces) {
    starts.push(at);
    pcm.set(piece, at);
    at += piece.length;
  }
  writeFileSync(path, writeWav({ rate, pcm }, format === 'exact' ? 2 : 1));
  return {
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${path}${loop ? '' : '%noloop'}`,
    ],
    startsMs: starts.slice(0, parts.length).map((start) => (start * 1000) / rate),
    durationMs: (pcm.length * 1000) / rate,
  };
}

const HALF_WIDTH = 24;

/** Windowed-sinc resampling, good to the lower of the two Nyquist rates; for test files only, so plain rather than quick. */
function resample(pcm: Int16Array, from: number, to: number, gain: number): Int16Array {
  const cutoff = Math.min(1, to / from);
  const reach = Math.ceil(HALF_WIDTH / cutoff);
  const out = new Int16Array(Math.round((pcm.length * to) / from));
  for (let index = 0; index < out.length; index++) {
    const centre = (index * from) / to;
    let sum = 0;
    for (let tap = Math.ceil(centre - reach); tap <= centre + reach; tap++) {
      const x = (tap - centre) * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      sum += (pcm[tap] ?? 0) * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / HALF_WIDTH)) * cutoff;
    }
    out[index] = Math.max(-32_768, Math.min(32_767, Math.round(sum * gain)));
  }
  return out;
}
