import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rms } from './signals.ts';
import { readWav } from './wav.ts';

/** Recorded speech cut at its pauses, with the moment each phrase begins. */

export interface Phrase {
  /** −1…1, from 50 ms before the onset to 50 ms after the end. */
  readonly sound: Float64Array;
  /** s from the start of `sound`. */
  readonly onset: number;
}

const HOP_MS = 10;
const PAUSE_MS = 70;
const SHORTEST_MS = 250;
const MARGIN_MS = 50;
/** Louder than 20 dB below the loudest hop is speech. */
const SPEECH = 0.1;

/** All 16 kHz WAV files of a folder, −1…1. */
export function readClips(folder: string, rate: number): readonly Float64Array[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .map((name) => {
      const wav = readWav(readFileSync(join(folder, name)));
      if (wav.rate !== rate) throw new Error(`${name} has ${wav.rate} Hz, not ${rate}`);
      return Float64Array.from(wav.pcm, (sample) => sample / 32_768);
    });
}

/** A phrase begins with 30 ms of speech after a pause. */
export function phrasesOf(clip: Float64Array, rate: number): readonly Phrase[] {
  const hop = (rate * HOP_MS) / 1000;
  const levels = Array.from({ length: Math.floor(clip.length / hop) }, (_, index) => rms(clip, index * hop, (index + 1) * hop));
  const loud = Math.max(...levels) * SPEECH;
  const phrases: Phrase[] = [];
  let start = -1;
  let quiet = PAUSE_MS / HOP_MS;
  levels.forEach((_, index) => {
    const speech = levels.slice(index, index + 3).every((level) => level > loud);
    if (start < 0 && speech && quiet >= PAUSE_MS / HOP_MS) start = index;
    quiet = (levels[index] ?? 0) > loud ? 0 : quiet + 1;
    const over = quiet === PAUSE_MS / HOP_MS || index === levels.length - 1;
    if (start < 0 || !over) return;
    const end = index - quiet;
    if ((end - start) * HOP_MS >= SHORTEST_MS) {
      const margin = (rate * MARGIN_MS) / 1000;
      const from = Math.max(0, start * hop - margin);
      phrases.push({ sound: clip.slice(from, Math.min(clip.length, end * hop + margin)), onset: (start * hop - from) / rate });
    }
    start = -1;
  });
  return phrases;
}
