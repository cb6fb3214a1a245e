import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKept } from './read-kept.ts';

/** Vectors of a set of texts kept on disk under the hash of the texts and the model, so that a later start embeds nothing. */

/** Raised when the kept form changes. */
const FORM = 1;
const KEPT_FILES = 4;

export interface VectorKey {
  readonly model: string;
  readonly dimensions: number;
  readonly texts: readonly string[];
}

function fileOf(folder: string, key: VectorKey): string {
  const hash = createHash('sha256').update(JSON.stringify([FORM, key.model, key.dimensions, key.texts]));
  return join(folder, `${hash.digest('hex').slice(0, 40)}.vectors`);
}

/** Rows one after the other, or null when there are none of exactly these texts. */
export async function readVectors(folder: string, key: VectorKey): Promise<Float32Array | null> {
  const bytes = await readKept(fileOf(folder, key));
  const expected = key.texts.length * key.dimensions * Float32Array.BYTES_PER_ELEMENT;
  if (bytes === null || bytes.byteLength !== expected) return null;
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Written whole or not at all; the oldest of others are removed. */
export async function writeVectors(folder: string, key: VectorKey, vectors: Float32Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = fileOf(folder, key);
  const partial = `${file}.${String(process.pid)}.tmp`;
  await writeFile(partial, new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
  await rename(partial, file);
  await removeOldest(folder);
}

async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.vectors'));
  const dated = await Promise.all(
    names.map(async (name) => ({ file: join(folder, name), ms: (await stat(join(folder, name))).mtimeMs })),
  );
  const oldest = dated.sort((a, b) => b.ms - a.ms).slice(KEPT_FILES);
  await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
}
