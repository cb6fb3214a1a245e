/// <reference path="./sherpa-onnx-node.d.ts" />
import { join } from 'node:path';
import sherpa from 'sherpa-onnx-node';
import type { SpokenChunk } from '../engine.ts';
import { serveChild, type ChildContext } from './child.ts';
import type { Clause } from './speak/clauses.ts';
import { int16 } from './speak/int16.ts';
import { RecentClauses } from './speak/recent-clauses.ts';
import { trimmed } from './speak/trim.ts';

/** The process that runs Piper. Its library contains espeak-ng (GPL-3), which is why it is a process of its own and nothing else. */

export interface SpeakArguments {
  readonly clauses: readonly Clause[];
  readonly speaker: number;
  readonly gain: number;
  readonly speed: number;
}

/** Five minutes of speech, 13 MB. */
const RECENT_SAMPLES = 300 * 22_050;

export interface SpeakData {
  readonly weights: string;
  /** As `LocalSpeakOptions.variation`. */
  readonly variation: number;
}

/** Piper's own: how much chance there is in a voice's sound and in its rhythm. */
const CHANCE = { sound: 0.667, rhythm: 0.8 };
/** sherpa-onnx takes 0 for "not said" and puts its default there. */
const NONE = 1e-6;

serveChild(async ({ weights, variation }: SpeakData) => {
  const voice = new sherpa.OfflineTts({
    model: {
      vits: {
        model: join(weights, 'model.onnx'),
        tokens: join(weights, 'tokens.txt'),
        dataDir: join(weights, 'espeak-ng-data'),
        noiseScale: Math.max(NONE, CHANCE.sound * variation),
        noiseScaleW: Math.max(NONE, CHANCE.rhythm * variation),
        lengthScale: 1,
      },
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
    },
    maxNumSentences: 1,
  });
  const recent = new RecentClauses(RECENT_SAMPLES);
  let turn: Promise<unknown> = Promise.resolve();

  /** One clause at a time, whoever's it is: a long speech of one does not hold up the first words of another. Null = no longer wanted. */
  function generate(text: string, speaker: number, speed: number, signal: AbortSignal): Promise<Float32Array | null> {
    const done = turn.then(async () => {
      if (signal.aborted) return null;
      return (await voice.generateAsync({ text, sid: speaker, speed, enableExternalBuffer: false })).samples;
    });
    // The failure is the caller's; the next one's turn comes all the same.
    turn = done.catch(() => undefined);
    return done;
  }

  async function* speak(
    { clauses, speaker, gain, speed }: SpeakArguments,
    { signal }: ChildContext,
  ): AsyncGenerator<SpokenChunk> {
    for (const { text, pauseMs } of clauses) {
      if (signal.aborted) return;
      const key = `${String(speaker)} ${String(speed)} ${text}`;
      let pcm = recent.get(key);
      if (pcm === undefined) {
        const samples = await generate(text, speaker, speed, signal);
        if (samples === null) return;
        // Silence behind the last one too: what comes next is often the next sentence of the same answer.
        const pause = Math.round((pauseMs * voice.sampleRate) / 1000 / speed);
        pcm = int16(trimmed(samples, voice.sampleRate), gain, pause);
        recent.set(key, pcm);
      }
      yield { pcm, rate: voice.sampleRate };
    }
  }

  // The first run allocates and reads the dictionary; let it not be the first answer's.
  await generate('Hello there, how are you?', 0, 1, new AbortController().signal);
  return { speak };
});
