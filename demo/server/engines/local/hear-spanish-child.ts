import { serveChild, type ChildContext } from './child.ts';
import { believable } from './hear/believable.ts';
import { GrowingUtterances, type ConfidentWord } from './hear/growing.ts';
import { speechSeconds } from './hear/speech-seconds.ts';
import { Vosk } from './hear/vosk.ts';

/** The process that runs Vosk's Spanish. */

export interface SpanishArguments {
  /** 16 kHz mono. */
  readonly pcm: Int16Array;
  readonly interim: boolean;
}

export interface SpanishHeard {
  readonly text: string;
  readonly words: readonly ConfidentWord[];
  /** How long there was sound of speech, with its pauses left out. */
  readonly speechSeconds: number;
}

const RATE = 16_000;
/** Streams that may be speaking at a time without the work being done twice. */
const MOST_OPEN = 16;

serveChild(({ library, model }: { readonly library: string; readonly model: string }) => {
  const vosk = new Vosk({ library, model });
  const utterances = new GrowingUtterances(() => vosk.open(), MOST_OPEN);
  return {
    transcribe: async ({ pcm, interim }: SpanishArguments, { signal }: ChildContext): Promise<SpanishHeard> => {
      const samples = Float32Array.from(pcm, (sample) => sample / 32_768);
      // Nothing is heard in silence, and the same limits hold as for the other recogniser.
      if (believable('x', samples, RATE) === '') return { text: '', words: [], speechSeconds: 0 };
      const words = await utterances.hear(pcm, !interim, () => !signal.aborted);
      const text = believable(words.map(({ word }) => word).join(' '), samples, RATE);
      return { text: sentenceCase(text), words, speechSeconds: speechSeconds(pcm, RATE) };
    },
  };
});

/** It writes no capitals; a line of its own begins with one. */
const sentenceCase = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('es'));
