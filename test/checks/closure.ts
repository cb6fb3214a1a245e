import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, normalize, relative, dirname } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a built script makes a browser fetch, read from the built files themselves. */

export interface Fetched {
  /** Path inside the build's folder. */
  readonly path: string;
  /** Bytes as they travel. */
  readonly gzip: number;
}

interface References {
  /** Fetched before the script runs. */
  readonly imports: readonly string[];
  /** Fetched when the script says so: `import()`, a worklet's or worker's URL. */
  readonly onDemand: readonly string[];
}

export const gzipBytes = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;

function references(folder: string, path: string): References {
  const code = readFileSync(join(folder, path), 'utf8');
  const at = (pattern: RegExp) =>
    [...code.matchAll(pattern)].map(([, target = '']) => relative(folder, normalize(join(folder, dirname(path), target))));
  return {
    imports: at(/(?:\bfrom|\bimport)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g),
    onDemand: [
      ...at(/\bimport\(\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]\s*\)/g),
      ...at(/new URL\(\s*["'`]([^"'`:]+\.js)["'`]\s*,\s*import\.meta\.url\s*\)/g),
    ],
  };
}

/** `entry` and everything it fetches; with `follow`, also what it may fetch later and `follow` accepts by file name. */
export function closure(folder: string, entry: string, follow: (name: string) => boolean = () => false): readonly Fetched[] {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const { imports, onDemand } = references(folder, path);
    imports.forEach(visit);
    onDemand.filter((target) => follow(basename(target))).forEach(visit);
  };
  visit(entry);
  return [...seen].sort().map((path) => ({ path, gzip: gzipBytes(join(folder, path)) }));
}

/**
 * Scripts of a folder that import each other in a ring, as sentences: one of them runs before the other has made what it needs, and which
 * one depends on who asked first.
 */
export function rings(folder: string): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push(`${[...way.slice(way.indexOf(path)), path].join(' → ')} is a ring`);
    if (done.has(path) || way.includes(path)) return;
    for (const target of references(folder, path).imports) visit(target, [...way, path]);
    done.add(path);
  };
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  for (const path of scripts) visit(path, []);
  return found;
}

export const total = (files: readonly Fetched[]): number => files.reduce((sum, { gzip }) => sum + gzip, 0);

/** How often a browser has to read a script before it knows of the next, until it has all that `entries` import; `there` is there before. */
export function waterfall(folder: string, entries: readonly string[], there: readonly Fetched[]): number {
  const seen = new Set(there.map(({ path }) => path));
  let rounds = 0;
  for (let found = entries.filter((path) => !seen.has(path)); found.length > 0; rounds++) {
    for (const path of found) seen.add(path);
    found = found.flatMap((path) => references(folder, path).imports).filter((path) => !seen.has(path));
  }
  return rounds;
}
