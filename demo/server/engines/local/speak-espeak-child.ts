import type { SpokenChunk } from '../engine.ts';
import { serveChild, type ChildContext } from './child.ts';
import type { Clause } from './speak/clauses.ts';
import { Espeak } from './speak/espeak.ts';
import { int16 } from './speak/int16.ts';
import { trimmed } from './speak/trim.ts';

/** The process that runs espeak-ng (GPL-3), which is why it is a process of its own and nothing else. */

export interface EspeakArguments {
  readonly clauses: readonly Clause[];
  /** Of espeak-ng, with a variant. */
  readonly voice: string;
  readonly speed: number;
}

/** Its own default. */
const WORDS_PER_MINUTE = 175;
/** Brings it to the loudness of the English voices. */
const GAIN = 0.9;

serveChild(async ({ weights }: { readonly weights: string }) => {
  const espeak = await Espeak.open(weights);

  async function* speak({ clauses, voice, speed }: EspeakArguments, { signal }: ChildContext): AsyncGenerator<SpokenChunk> {
    for (const { text, pauseMs } of clauses) {
      if (signal.aborted) return;
      const { samples, rate } = await espeak.speak(text, { voice, wordsPerMinute: WORDS_PER_MINUTE * speed });
      yield { pcm: int16(trimmed(samples, rate), GAIN, Math.round((pauseMs * rate) / 1000 / speed)), rate };
    }
  }

  return { speak };
});
