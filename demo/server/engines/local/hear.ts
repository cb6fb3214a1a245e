import { EngineFailedError, type Heard, type Hearing } from '../engine.ts';
import { childPool, type ChildPool } from './child-pool.ts';
import type { HearArguments } from './hear-child.ts';

/** Speech to text here: Moonshine tiny, English. */

export interface LocalHearOptions {
  /** Folder of the weights. */
  readonly weights: string;
  readonly log: (line: string) => void;
}

const LANGUAGE = 'en';

export function localHearing(options: LocalHearOptions): Hearing {
  // Two decodings at once on two cores; one of the two is kept for final transcripts.
  const pool = childPool(new URL('./hear-child.ts', import.meta.url), {
    name: 'hear',
    data: { weights: options.weights },
    concurrency: 2,
    reserved: 1,
    queueLimit: 32,
    timeoutMs: 30_000,
    log: options.log,
  });
  return new LocalHearing(pool);
}

class LocalHearing implements Hearing {
  readonly name = 'moonshine-tiny (local)';
  readonly languages = [LANGUAGE];
  readonly #pool: ChildPool;

  constructor(pool: ChildPool) {
    this.#pool = pool;
  }

  async warm(): Promise<void> {
    await this.#pool.warm();
  }

  /**
   * `prompt` has no effect: Moonshine takes none. Another language than English is refused, because Moonshine answers it with confident
   * English nonsense.
   */
  async transcribe(pcm: Int16Array, options: Parameters<Hearing['transcribe']>[1]): Promise<Heard> {
    const language = options.language?.toLowerCase().split('-')[0] ?? LANGUAGE;
    if (language !== LANGUAGE)
      throw new EngineFailedError(`hear: ${options.language ?? ''} is not heard by ${this.name}, only ${LANGUAGE}`);
    const text = await this.#pool.call<string>('transcribe', { pcm } satisfies HearArguments, {
      signal: options.signal,
      priority: options.interim === true ? 'interim' : 'normal',
    });
    return { text, language: LANGUAGE };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
