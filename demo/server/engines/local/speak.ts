import type { Speaking, SpokenChunk } from '../engine.ts';
import { childPool, type ChildPool } from './child-pool.ts';
import type { SpeakArguments } from './speak-child.ts';
import { clauses } from './speak/clauses.ts';
import { speakable } from './speak/speakable.ts';
import { LOCAL_VOICES, localVoice } from './speak/voices.ts';

/** Text to speech here: a Piper voice of 904 speakers, English. */

export interface LocalSpeakOptions {
  /** Folder of the weights. */
  readonly weights: string;
  readonly log: (line: string) => void;
}

const SLOWEST = 0.25;
const FASTEST = 1.5;

export function localSpeaking(options: LocalSpeakOptions): Speaking {
  const pool = childPool(new URL('./speak-child.ts', import.meta.url), {
    name: 'speak',
    data: { weights: options.weights },
    // Under way, not at once: the child takes the clauses of all speakers in turn.
    concurrency: 8,
    queueLimit: 32,
    log: options.log,
  });
  return new LocalSpeaking(pool);
}

class LocalSpeaking implements Speaking {
  readonly name = 'piper-libritts-r (local)';
  readonly voices = LOCAL_VOICES.map(({ name }) => ({ name }));
  readonly #pool: ChildPool;

  constructor(pool: ChildPool) {
    this.#pool = pool;
  }

  warm(): Promise<void> {
    return this.#pool.warm();
  }

  speak(text: string, options: Parameters<Speaking['speak']>[1]): AsyncIterable<SpokenChunk> {
    const { speaker, gain } = localVoice(options.voice);
    const speed = Math.min(FASTEST, Math.max(SLOWEST, options.speed));
    const order: SpeakArguments = { clauses: clauses(speakable(text)), speaker, gain, speed };
    return this.#pool.stream<SpokenChunk>('speak', order, { signal: options.signal });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
