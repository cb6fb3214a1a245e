import { createEmbedding, type EmbeddingEngine } from './local/answer/embedding.ts';

/** One process that makes vectors of sentences, for the answerer and for search alike: it holds 150 MB. */

interface Shared {
  readonly engine: EmbeddingEngine;
  users: number;
}

let shared: Shared | null = null;

/** Starts at its first use; ends when everybody who asked for it has closed it. Only the first one's `log` is told. */
export function sharedEmbedding(log: (line: string) => void): EmbeddingEngine {
  const mine = (shared ??= { engine: createEmbedding(log), users: 0 });
  mine.users++;
  let closed = false;
  return {
    name: mine.engine.name,
    dimensions: mine.engine.dimensions,
    warm: () => mine.engine.warm(),
    embed: (texts, signal) => mine.engine.embed(texts, signal),
    async close() {
      if (closed) return;
      closed = true;
      if (--mine.users > 0) return;
      if (shared === mine) shared = null;
      await mine.engine.close();
    },
  };
}
