import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readKept } from './read-kept.ts';
import { fetchDocument, type FetchedDocument, type FetchLimits } from './fetch-document.ts';

/** Fetched documents kept in a folder: fresh ones are not fetched again, old ones stand in when their server is away. */

const FRESH_MS = 3_600_000;

const kept = z.object({ url: z.string(), contentType: z.string(), text: z.string(), fetchedMs: z.number() });

export type FetchDocument = (url: string) => Promise<FetchedDocument>;

/** `onStale` is told when an old copy is used and why. */
export function cachedFetch(folder: string, limits: FetchLimits, onStale: (url: string, reason: string) => void): FetchDocument {
  return async (url) => {
    const file = join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.json`);
    const copy = await readCopy(file);
    if (copy !== null && Date.now() - copy.fetchedMs < FRESH_MS) return copy;
    try {
      const document = await fetchDocument(url, limits);
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}.tmp`, JSON.stringify({ ...document, fetchedMs: Date.now() }));
      await rename(`${file}.tmp`, file);
      return document;
    } catch (error) {
      if (copy === null) throw error;
      onStale(url, error instanceof Error ? error.message : String(error));
      return copy;
    }
  };
}

/** Null when there is none that can be read: then it is fetched. */
async function readCopy(file: string): Promise<z.infer<typeof kept> | null> {
  const text = (await readKept(file))?.toString('utf8') ?? null;
  if (text === null) return null;
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
