import { setImmediate as nextTick } from 'node:timers/promises';
import { lengthOf, toBytes } from './vector-bytes.ts';

/** The meaning of every passage in memory, looked through from end to end in slices, so that nobody else waits for it. */

export interface ShelfKeys {
  readonly collectionId: string;
  readonly streamId: string | null;
  readonly videoId: string | null;
  readonly indexId: string | null;
  readonly source: string;
}

export type ShelfScope = Partial<{ readonly [key in keyof ShelfKeys]: string }> & { readonly of: 'streams' | 'videos' };

export interface Near {
  readonly id: number;
  /** −1…1 */
  readonly cosine: number;
}

/** Vectors in one block of memory. */
const BLOCK = 4096;
/** Vectors looked at before others get their turn: about 5 ms. */
const SLICE = 4096;
const KEYS = ['collectionId', 'streamId', 'videoId', 'indexId', 'source'] as const;
const NONE = -1;

export class VectorShelf {
  readonly #dimensions: number;
  readonly #blocks: Int8Array[] = [];
  readonly #lengths: number[] = [];
  readonly #ids: number[] = [];
  /** One number a key and vector. */
  readonly #keys: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #gone = new Set<number>();

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
  }

  /** Vectors, of which a passage may have several. */
  get size(): number {
    return this.#ids.length;
  }

  /** `vectors`: whole vectors one after the other; those of a passage that is there already are added to it. */
  add(id: number, keys: ShelfKeys, vectors: Int8Array): void {
    for (let from = 0; from + this.#dimensions <= vectors.length; from += this.#dimensions) {
      const row = this.#ids.length;
      if (row % BLOCK === 0) this.#blocks.push(new Int8Array(BLOCK * this.#dimensions));
      this.#blocks.at(-1)?.set(vectors.subarray(from, from + this.#dimensions), (row % BLOCK) * this.#dimensions);
      this.#lengths.push(lengthOf(vectors, from, this.#dimensions) || 1);
      this.#ids.push(id);
      for (const key of KEYS) this.#keys.push(this.#numberOf(keys[key]));
    }
  }

  /** The passage is no more. */
  forget(id: number): void {
    this.#gone.add(id);
  }

  /** The passages nearest to `vector`, nearest first, by their nearest part. `only`: ids that may be found; null = any. */
  async nearest(
    vector: Float32Array,
    scope: ShelfScope,
    count: number,
    only: ReadonlySet<number> | null,
  ): Promise<readonly Near[]> {
    const wanted = this.#wanted(scope);
    if (wanted === null) return [];
    const bytes = toBytes(vector);
    const length = lengthOf(bytes, 0, bytes.length) || 1;
    const best = new Map<number, number>();
    let least = -1;
    const size = this.size;
    for (let row = 0; row < size; row++) {
      if (row % SLICE === SLICE - 1) await nextTick();
      if (!this.#isIn(row, wanted, scope.of)) continue;
      const id = this.#ids[row] ?? 0;
      if (this.#gone.has(id) || only?.has(id) === false) continue;
      const cosine = this.#product(bytes, row) / (length * (this.#lengths[row] ?? 1));
      if (cosine <= least || cosine <= (best.get(id) ?? -1)) continue;
      best.set(id, cosine);
      if (best.size > 2 * count) least = keepBest(best, count);
    }
    keepBest(best, count);
    return [...best].map(([id, cosine]) => ({ id, cosine })).sort((a, b) => b.cosine - a.cosine);
  }

  #product(bytes: Int8Array, row: number): number {
    const block = this.#blocks[Math.floor(row / BLOCK)];
    if (block === undefined) return 0;
    const from = (row % BLOCK) * this.#dimensions;
    let sum = 0;
    for (let at = 0; at < bytes.length; at++) sum += (bytes[at] as number) * (block[from + at] as number);
    return sum;
  }

  #numberOf(key: string | null): number {
    if (key === null) return NONE;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** Which number each key must have; null: nothing can be found. */
  #wanted(scope: ShelfScope): readonly (readonly [key: number, number: number])[] | null {
    const wanted: (readonly [number, number])[] = [];
    for (const [at, key] of KEYS.entries()) {
      const value = scope[key];
      if (value === undefined) continue;
      const number = this.#numbers.get(value);
      if (number === undefined) return null;
      wanted.push([at, number]);
    }
    return wanted;
  }

  #isIn(row: number, wanted: readonly (readonly [number, number])[], of: ShelfScope['of']): boolean {
    const from = row * KEYS.length;
    const isVideo = this.#keys[from + KEYS.indexOf('videoId')] !== NONE;
    return isVideo === (of === 'videos') && wanted.every(([key, number]) => this.#keys[from + key] === number);
  }
}

/** Leaves the `count` best; answers the least of them. */
function keepBest(best: Map<number, number>, count: number): number {
  const sorted = [...best].sort(([, a], [, b]) => b - a);
  for (const [id] of sorted.slice(count)) best.delete(id);
  return sorted[Math.min(count, sorted.length) - 1]?.[1] ?? -1;
}
