/// <reference path="./sherpa-onnx-node.d.ts" />
import { join } from 'node:path';
import sherpa from 'sherpa-onnx-node';
import type { SpokenChunk } from '../engine.ts';
import { serveChild, type ChildContext } from './child.ts';
import type { Clause } from './speak/clauses.ts';
import { trimmed } from './speak/trim.ts';

/** The process that runs Piper. Its library contains espeak-ng (GPL-3), which is why it is a process of its own and nothing else. */

export interface SpeakArguments {
  readonly clauses: readonly Clause[];
  readonly speaker: number;
  readonly gain: number;
  readonly speed: number;
}

serveChild(async ({ weights }: { readonly weights: string }) => {
  const voice = new sherpa.OfflineTts({
    model: {
      vits: {
        model: join(weights, 'model.onnx'),
        tokens: join(weights, 'tokens.txt'),
        dataDir: join(weights, 'espeak-ng-data'),
        noiseScale: 0.667,
        noiseScaleW: 0.8,
        lengthScale: 1,
      },
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
    },
    maxNumSentences: 1,
  });
  let turn: Promise<unknown> = Promise.resolve();

  /** One clause at a time, whoever's it is: a long speech of one does not hold up the first words of another. */
  function generate(text: string, speaker: number, speed: number): Promise<Float32Array> {
    const done = turn.then(
      async () => (await voice.generateAsync({ text, sid: speaker, speed, enableExternalBuffer: false })).samples,
    );
    turn = done.catch(() => undefined);
    return done;
  }

  async function* speak(
    { clauses, speaker, gain, speed }: SpeakArguments,
    { signal }: ChildContext,
  ): AsyncGenerator<SpokenChunk> {
    for (const { text, pauseMs } of clauses) {
      if (signal.aborted) return;
      const samples = trimmed(await generate(text, speaker, speed), voice.sampleRate);
      // Behind the last one too: what comes next is often the next sentence of the same answer.
      const pause = Math.round((pauseMs * voice.sampleRate) / 1000 / speed);
      yield { pcm: int16(samples, gain, pause), rate: voice.sampleRate };
    }
  }

  // The first run allocates and reads the dictionary; let it not be the first answer's.
  await generate('Hello there, how are you?', 0, 1);
  return { speak };
});

/** With `pause` samples of silence behind it. Rounded; what is too loud is bent, not cut. */
function int16(samples: Float32Array, gain: number, pause: number): Int16Array {
  const pcm = new Int16Array(samples.length + pause);
  for (let index = 0; index < samples.length; index++)
    pcm[index] = Math.round(32_767 * limited(gain * (samples[index] as number)));
  return pcm;
}

const KNEE = 0.8;

function limited(sample: number): number {
  const size = Math.abs(sample);
  return size <= KNEE ? sample : Math.sign(sample) * (KNEE + (1 - KNEE) * Math.tanh((size - KNEE) / (1 - KNEE)));
}
