import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Versions of the embed scripts, each under its own path for good: pages may pin one by its hash. */

const INTEGRITY = 'integrity.json';

/** Names that are a version and nothing else, so that none leads anywhere. */
const VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * Version → the folder it is served from: the one of this gateway, and those that earlier ones kept in `keep`. A version that is built
 * anew with another content is a developer's and takes the place of its earlier self.
 */
export async function keptVersions(embed: string, keep: string): Promise<ReadonlyMap<string, string>> {
  const integrity = join(embed, INTEGRITY);
  const versions = new Map<string, string>();
  if (!existsSync(integrity)) return versions;
  const text = await readFile(integrity, 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  if (!VERSION.test(version)) throw new Error(`${integrity}: “${version}” is no version`);
  await mkdir(keep, { recursive: true });
  const place = join(keep, version);
  const kept = existsSync(join(place, INTEGRITY)) ? await readFile(join(place, INTEGRITY), 'utf8') : null;
  if (kept !== text) {
    // Renamed when it is whole: a gateway that is stopped meanwhile leaves no half of a version.
    const fresh = `${place}.new`;
    await rm(fresh, { recursive: true, force: true });
    await cp(embed, fresh, { recursive: true });
    await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  }
  for (const name of await readdir(keep)) if (VERSION.test(name)) versions.set(name, join(keep, name));
  return versions;
}
