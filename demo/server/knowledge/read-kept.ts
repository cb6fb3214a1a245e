import { readFile } from 'node:fs/promises';

/** A file that may not be there yet: null then. Any other failure is one. */
export async function readKept(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
