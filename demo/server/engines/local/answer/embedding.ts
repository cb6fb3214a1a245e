import type { Embedder } from '../../../knowledge/embedder.ts';
import { childPool } from '../child-pool.ts';
import { Remembered } from './remembered.ts';

/** Sentence embeddings from a child process, remembered for texts that come again (history, tools, instructions). */

const DIMENSIONS = 512;
const REMEMBERED = 2000;
/** Knowledge of thousands of sentences is embedded in one call of many seconds; the pool's limit is for one call. */
const TIMEOUT_MS = 60_000;
const CALL_TEXTS = 256;

export interface EmbeddingEngine extends Embedder {
  warm(): Promise<void>;
}

export function createEmbedding(log: (line: string) => void): EmbeddingEngine {
  const pool = childPool(new URL('./embedding.child.ts', import.meta.url), {
    name: 'embed',
    timeoutMs: TIMEOUT_MS,
    queueLimit: 64,
    log,
  });
  const memory = new Remembered<Float32Array>(REMEMBERED);
  return {
    name: 'use-lite',
    dimensions: DIMENSIONS,
    warm: () => pool.warm(),
    close: () => pool.close(),
    async embed(texts, signal = new AbortController().signal) {
      const missing = [...new Set(texts.filter((text) => memory.get(text) === undefined))];
      const fresh = new Map<string, Float32Array>();
      for (let from = 0; from < missing.length; from += CALL_TEXTS) {
        const batch = missing.slice(from, from + CALL_TEXTS);
        const vectors = await pool.call<Float32Array[]>('embed', batch, { signal });
        batch.forEach((text, index) => fresh.set(text, vectors[index] ?? new Float32Array(DIMENSIONS)));
      }
      const found = texts.map((text) => fresh.get(text) ?? memory.get(text) ?? new Float32Array(DIMENSIONS));
      for (const [text, vector] of fresh) memory.set(text, vector);
      return found;
    },
  };
}
