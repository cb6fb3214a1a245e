import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkManifest, writeManifest } from './manifest.ts';

/** Folders of MODELS_DIR come into being whole: made beside, listed, then moved into place; several processes may do it at once. */

/**
 * Fills `modelsDir/id` by `make`, which is given an empty folder and may throw; nothing is left of it then. `integrity`: what the manifest
 * of the folder is checked against at later starts.
 */
export async function placeFolder(
  modelsDir: string,
  { id, integrity }: { readonly id: string; readonly integrity: string },
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const target = join(modelsDir, id);
  const partial = join(modelsDir, `${PARTIAL}${id}-${String(process.pid)}-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(partial, { recursive: true });
    await make(partial);
    await writeManifest(partial, integrity);
    await moveIntoPlace(partial, target, integrity);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** A rename is whole or not at all. What another process has put there in the meantime is kept when it is good. */
async function moveIntoPlace(partial: string, target: string, integrity: string): Promise<void> {
  for (;;) {
    try {
      await rename(partial, target);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
      if (await checkManifest(target, integrity)) return;
      await rm(target, { recursive: true, force: true });
    }
  }
}

const PARTIAL = '.partial-';
/** Longer than any download that still moves. */
const ABANDONED_MS = 3_600_000;

/** What processes left behind that were killed while they fetched. */
export async function removeLeftovers(modelsDir: string): Promise<void> {
  await mkdir(modelsDir, { recursive: true });
  for (const name of await readdir(modelsDir)) {
    if (!name.startsWith(PARTIAL)) continue;
    const folder = join(modelsDir, name);
    const found = await stat(folder).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(folder, { recursive: true, force: true });
  }
}
