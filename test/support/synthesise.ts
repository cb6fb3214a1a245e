import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Speaking } from '../../demo/server/engines/engine.ts';
import { localHearing } from '../../demo/server/engines/local/hear.ts';
import { localSpeaking } from '../../demo/server/engines/local/speak.ts';
import { moonshine, piper } from '../../demo/server/engines/weights-table.ts';
import { ensureWeights } from '../../demo/server/engines/weights.ts';
import { resampleWhole } from '../../demo/server/realtime/audio/resampler.ts';
import { writeWav } from './wav.ts';

/** A mouth and an ear of the tests' own: speaks questions into WAV files, and writes down what a recording says. */
export interface MouthAndEar {
  /** Writes a WAV file and returns how long it is, ms. */
  say(text: string, path: string, voice?: string): Promise<number>;
  /** The words in these samples (−1…1). */
  hear(samples: Float32Array, rate: number): Promise<string>;
  close(): Promise<void>;
}

const log = (): void => undefined;

export async function mouthAndEar(): Promise<MouthAndEar> {
  const models = process.env['MODELS_DIR'] ?? join(homedir(), '.cache', 'viva-voce');
  const [ears, mouth] = await ensureWeights(models, [moonshine, piper]);
  const hearing = localHearing({ weights: ears ?? '', log });
  // Without chance: a word that is said unclearly once in ten runs would be a test that fails once in ten.
  const speaking = localSpeaking({ weights: mouth ?? '', variation: 0, log });
  await Promise.all([hearing.warm(), speaking.warm()]);
  return {
    say: async (text, path, voice = 'ash') => {
      const { pcm, rate } = await spoken(speaking, text, voice);
      writeFileSync(path, writeWav({ rate, pcm }));
      return (pcm.length * 1000) / rate;
    },
    hear: async (samples, rate) => {
      const pcm = Int16Array.from(samples, (value) => Math.round(value * 32_767));
      const { text } = await hearing.transcribe(resampleWhole(pcm, rate, 16_000), { signal: new AbortController().signal });
      return text;
    },
    close: async () => {
      await Promise.all([hearing.close(), speaking.close()]);
    },
  };
}

async function spoken(
  speaking: Speaking,
  text: string,
  voice: string,
): Promise<{ readonly pcm: Int16Array; readonly rate: number }> {
  const pieces: Int16Array[] = [];
  let rate = 24_000;
  for await (const chunk of speaking.speak(text, { voice, speed: 1, signal: new AbortController().signal })) {
    pieces.push(chunk.pcm);
    rate = chunk.rate;
  }
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  return { pcm, rate };
}
