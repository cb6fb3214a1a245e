import type { Embedder } from '../../demo/server/knowledge/embedder.ts';
import { readTerms } from '../../demo/server/knowledge/terms.ts';

const DIMENSIONS = 64;

/** Vectors of shared word stems and nothing more: quick, without a process, the same everywhere. Counts what it embedded. */
export class WordEmbedder implements Embedder {
  readonly name = 'words';
  readonly dimensions = DIMENSIONS;
  embedded = 0;

  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    this.embedded += texts.length;
    return Promise.resolve(texts.map(vectorOf));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const { stem } of readTerms(text)) {
    let hash = 7;
    for (let index = 0; index < stem.length; index++) hash = (hash * 31 + stem.charCodeAt(index)) % 9973;
    vector[hash % DIMENSIONS] = 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
