import { EngineFailedError, type Speaking, type SpokenChunk } from '../engine.ts';
import { childPool, type ChildPool } from './child-pool.ts';
import type { SpeakArguments, SpeakData } from './speak-child.ts';
import type { EspeakArguments } from './speak-espeak-child.ts';
import { clauses } from './speak/clauses.ts';
import { ESPEAK_LANGUAGES, espeakVoice } from './speak/languages.ts';
import { plainText } from './speak/plain-text.ts';
import { sentenceClauses } from './speak/sentences.ts';
import { speakable } from './speak/speakable.ts';
import { LOCAL_VOICES, localVoice } from './speak/voices.ts';

/** Text to speech here: English by a Piper voice of 904 speakers, other languages by espeak-ng, which sounds like the machine it is. */

export interface LocalSpeakOptions {
  /** Folder of Piper's weights. */
  readonly weights: string;
  /** Folder of espeak-ng; null = English alone is spoken. */
  readonly espeak?: string | null;
  /** How much the same English words differ each time they are said, 0 (not at all) to 1 (default: as Piper's voices were made). */
  readonly variation?: number;
  readonly log: (line: string) => void;
}

const SLOWEST = 0.25;
const FASTEST = 1.5;
const ESPEAK_IDLE_MS = 600_000;

export function localSpeaking(options: LocalSpeakOptions): Speaking {
  const piper = childPool(new URL('./speak-child.ts', import.meta.url), {
    name: 'speak',
    data: { weights: options.weights, variation: options.variation ?? 1 } satisfies SpeakData,
    // Under way, not at once: the child takes the clauses of all speakers in turn.
    concurrency: 8,
    queueLimit: 32,
    log: options.log,
  });
  const { espeak = null } = options;
  if (espeak === null) return new LocalSpeaking(piper, null);
  const others = childPool(new URL('./speak-espeak-child.ts', import.meta.url), {
    name: 'speak espeak-ng',
    data: { weights: espeak },
    concurrency: 8,
    queueLimit: 32,
    // Starts when it is first asked.
    idleMs: ESPEAK_IDLE_MS,
    log: options.log,
  });
  return new LocalSpeaking(piper, others);
}

class LocalSpeaking implements Speaking {
  readonly name: string;
  readonly languages: readonly string[];
  readonly voices = LOCAL_VOICES.map(({ name }) => ({ name }));
  readonly #piper: ChildPool;
  readonly #espeak: ChildPool | null;

  constructor(piper: ChildPool, espeak: ChildPool | null) {
    this.#piper = piper;
    this.#espeak = espeak;
    this.languages = ['en', ...(espeak === null ? [] : ESPEAK_LANGUAGES)];
    this.name = espeak === null ? 'piper-libritts-r (local)' : 'piper-libritts-r, espeak-ng (local)';
  }

  warm(): Promise<void> {
    return this.#piper.warm();
  }

  /** Throws EngineFailedError for a `language` that is not among `languages`: a voice of another one cannot be understood. */
  speak(text: string, options: Parameters<Speaking['speak']>[1]): AsyncIterable<SpokenChunk> {
    const speed = Math.min(FASTEST, Math.max(SLOWEST, options.speed));
    const { language = 'en', signal } = options;
    if (/^en(-|$)/i.test(language)) {
      const { speaker, gain } = localVoice(options.voice);
      const order: SpeakArguments = { clauses: clauses(speakable(text)), speaker, gain, speed };
      return this.#piper.stream<SpokenChunk>('speak', order, { signal });
    }
    const voice = espeakVoice(language, options.voice);
    if (voice === null || this.#espeak === null)
      throw new EngineFailedError(`speak: ${language} is not spoken by ${this.name}, only ${this.languages.join(', ')}`);
    const order: EspeakArguments = { clauses: sentenceClauses(plainText(text)), voice, speed };
    return this.#espeak.stream<SpokenChunk>('speak', order, { signal });
  }

  async close(): Promise<void> {
    await Promise.all([this.#piper.close(), this.#espeak?.close()]);
  }
}
