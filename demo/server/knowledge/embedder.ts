/** Meaning of sentences as unit vectors, so that a product of two is their likeness. */
export interface Embedder {
  /** Of the model, part of cache keys. */
  readonly name: string;
  readonly dimensions: number;
  /** One vector a text, in order. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** `a` and the `row`-th vector of `matrix`. */
export function dotRow(a: Float32Array, matrix: Float32Array, row: number): number {
  let sum = 0;
  const from = row * a.length;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (matrix[from + index] ?? 0);
  return sum;
}

export function dot(a: Float32Array, b: Float32Array): number {
  return dotRow(a, b, 0);
}

/** Rows of equal length one after the other. */
export function toMatrix(rows: readonly Float32Array[], dimensions: number): Float32Array {
  const matrix = new Float32Array(rows.length * dimensions);
  rows.forEach((row, index) => matrix.set(row, index * dimensions));
  return matrix;
}
