import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** The list of files in a weights folder with their sha512, checked cheaply (size and time) and fully only where those differ. */

const FILE = 'manifest.json';

const manifestSchema = z.object({
  /** Of the tarball they came from. */
  integrity: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), modifiedMs: z.number(), sha512: z.string() })),
});

type Manifest = z.infer<typeof manifestSchema>;

/** Lists and hashes everything in `folder`. */
export async function writeManifest(folder: string, integrity: string): Promise<void> {
  const files: Manifest['files'] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name);
    const path = relative(folder, full);
    if (!entry.isFile() || path === FILE) continue;
    const { size, mtimeMs } = await stat(full);
    files.push({ path, bytes: size, modifiedMs: mtimeMs, sha512: await sha512(full) });
  }
  await save(folder, { integrity, files });
}

/** True when every file is there as it was written. False: fetch again. Never throws for what is on the disk. */
export async function checkManifest(folder: string, integrity: string): Promise<boolean> {
  const manifest = await read(folder);
  if (manifest === null || manifest.integrity !== integrity || manifest.files.length === 0) return false;
  const checked = await Promise.all(manifest.files.map((file) => checkFile(folder, file)));
  const good = checked.filter((file) => file !== null);
  if (good.length < checked.length) return false;
  // A copy to another machine keeps the bytes, not the times: remember the new ones.
  if (good.some((file, index) => file.modifiedMs !== manifest.files[index]?.modifiedMs))
    await save(folder, { ...manifest, files: good });
  return true;
}

async function checkFile(folder: string, file: Manifest['files'][number]): Promise<Manifest['files'][number] | null> {
  const full = join(folder, file.path);
  const found = await stat(full).catch(absent);
  if (found === null || found.size !== file.bytes) return null;
  if (found.mtimeMs === file.modifiedMs) return file;
  return (await sha512(full)) === file.sha512 ? { ...file, modifiedMs: found.mtimeMs } : null;
}

async function read(folder: string): Promise<Manifest | null> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(absent);
  if (text === null) return null;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    // Damaged: the same as none, everything is fetched again.
    return null;
  }
}

/** Whole or not at all: other processes read it meanwhile. */
async function save(folder: string, manifest: Manifest): Promise<void> {
  const draft = join(folder, `.${FILE}-${String(process.pid)}`);
  try {
    await writeFile(draft, JSON.stringify(manifest, null, 1));
    await rename(draft, join(folder, FILE));
  } catch (error) {
    // A read-only folder of weights is fine; what differs is then compared by hash at each start.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EROFS' && code !== 'EACCES') throw error;
  }
}

async function sha512(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('base64');
}

function absent(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}
