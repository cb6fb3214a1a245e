/// <reference path="./sherpa-onnx-node.d.ts" />
import { join } from 'node:path';
import sherpa from 'sherpa-onnx-node';
import { serveChild } from './child.ts';
import { believable } from './hear/believable.ts';
import { pieces } from './hear/pieces.ts';
import { RecentTexts } from './hear/recent-texts.ts';

/** The process that runs Moonshine, in the language of its weights. */

export interface HearArguments {
  /** 16 kHz mono. */
  readonly pcm: Int16Array;
}

export interface MoonshineHeard {
  readonly text: string;
  /** Pieces of words it took; words of another language take many. */
  readonly tokens: number;
}

const RATE = 16_000;

serveChild(async ({ weights }: { readonly weights: string }) => {
  const recognizer = new sherpa.OfflineRecognizer({
    featConfig: { sampleRate: RATE, featureDim: 80 },
    modelConfig: {
      moonshine: { encoder: join(weights, 'encoder_model.onnx'), mergedDecoder: join(weights, 'decoder_model_merged.onnx') },
      tokens: join(weights, 'tokens.txt'),
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
    },
  });

  async function decode(samples: Float32Array): Promise<MoonshineHeard> {
    const stream = recognizer.createStream();
    stream.acceptWaveform({ sampleRate: RATE, samples });
    const { text, tokens } = await recognizer.decodeAsync(stream);
    return { text: believable(text, samples, RATE), tokens: tokens.length };
  }

  // The first run allocates; let it not be the first speaker's.
  await decode(new Float32Array(RATE));

  const recent = new RecentTexts<MoonshineHeard>(64);
  return {
    transcribe: async ({ pcm }: HearArguments): Promise<MoonshineHeard> => {
      const heard: MoonshineHeard[] = [];
      const all = pieces(pcm, RATE);
      for (const [index, piece] of all.entries()) {
        // All but the last are heard again with every interim transcript: they no longer change.
        const settled = index < all.length - 1;
        const known = settled ? recent.get(piece) : undefined;
        const part = known ?? (await decode(Float32Array.from(piece, (sample) => sample / 32_768)));
        if (settled) recent.set(piece, part);
        if (part.text !== '') heard.push(part);
      }
      return { text: heard.map(({ text }) => text).join(' '), tokens: heard.reduce((sum, { tokens }) => sum + tokens, 0) };
    },
  };
});
