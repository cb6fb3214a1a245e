import type { SeeDepth, Seeing, Sighting } from '../engine.ts';
import { childPool, type ChildPool } from './child-pool.ts';
import type { LookOrder, ReadOrder, SeeData } from './see-child.ts';

/** Looking at pictures here: Tesseract for text, coco-ssd and BlazeFace for things and people, colours by name. */

export interface LocalSeeOptions {
  /** Folders of the weights. */
  readonly weights: SeeData;
  readonly log: (line: string) => void;
}

/** Pictures are rare and the process is large (half a gigabyte): it starts at the first and ends when none came for so long. */
const IDLE_MS = 120_000;
/** The deepest look takes seconds, and several times that on a machine that is busy. */
const TIMEOUT_MS = 120_000;

export function localSeeing(options: LocalSeeOptions): Seeing {
  const pool = childPool(new URL('./see-child.ts', import.meta.url), {
    name: 'see',
    data: options.weights,
    queueLimit: 8,
    idleMs: IDLE_MS,
    timeoutMs: TIMEOUT_MS,
    log: options.log,
  });
  return new LocalSeeing(pool);
}

class LocalSeeing implements Seeing {
  readonly name = 'tesseract + coco-ssd + blazeface (local)';
  readonly #pool: ChildPool;

  constructor(pool: ChildPool) {
    this.#pool = pool;
  }

  /** Nothing to do: see IDLE_MS. */
  warm(): Promise<void> {
    return Promise.resolve();
  }

  look(
    image: Uint8Array,
    options: { readonly signal: AbortSignal; readonly depth?: SeeDepth; readonly background?: boolean },
  ): Promise<Sighting> {
    const order: LookOrder = { image, depth: options.depth ?? null };
    const priority = options.background === true ? 'interim' : 'normal';
    return this.#pool.call<Sighting>('look', order, { signal: options.signal, priority });
  }

  read(
    image: Uint8Array,
    options: { readonly languages: readonly string[]; readonly signal: AbortSignal; readonly background?: boolean },
  ): Promise<Sighting['text']> {
    const order: ReadOrder = { image, languages: options.languages };
    const priority = options.background === true ? 'interim' : 'normal';
    return this.#pool.call<Sighting['text']>('read', order, { signal: options.signal, priority });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
