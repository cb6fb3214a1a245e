import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** What `dist/embed/integrity.json` says of one build. */
export interface Integrity {
  readonly version: string;
  /** Script, by its path in the folder → `sha384-…`, as `integrity` takes it. */
  readonly files: Readonly<Record<string, string>>;
  /** Scripts that the first press fetches: what `<link rel="modulepreload">` may name. */
  readonly preload: readonly string[];
}

const INTEGRITY_FILE = 'integrity.json';

const sri = (content: Buffer): string => `sha384-${createHash('sha384').update(content).digest('base64')}`;

/** Both chunks of the first press with what they import, without what the tag's script has fetched already. */
function firstPress(bundle: Rolldown.OutputBundle, entry: string): readonly string[] {
  const chunks = new Map(
    Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
  );
  const reached = (from: readonly string[], found: Set<string>): Set<string> => {
    for (const name of from.filter((each) => !found.has(each))) reached(chunks.get(name)?.imports ?? [], found.add(name));
    return found;
  };
  const first = [...chunks.values()].filter(({ moduleIds }) =>
    moduleIds.some((id) => /\/viva-voce\/(parts|shell)\.ts$/.test(id)),
  );
  const there = reached([entry], new Set());
  const all = reached(
    first.map(({ fileName }) => fileName),
    new Set(there),
  );
  return [...all].filter((name) => !there.has(name)).sort();
}

/** The lines a page pins a version with. `base`: URL of the folder. */
function pinned({ version, files, preload }: Integrity, base: string): string {
  const attributes = (name: string) => `="${base}/${version}/${name}" integrity="${files[name] ?? ''}" crossorigin="anonymous"`;
  return [
    `<script type="module" src${attributes('viva-voce.js')}></script>`,
    ...preload.map((name) => `<link rel="modulepreload" href${attributes(name)}>`),
  ].join('\n');
}

/** Writes and prints the hashes of every script of the folder, for pages that pin what they run. */
export function integrityBeside(version: string): Plugin {
  let preload: readonly string[] = [];
  return {
    name: 'integrity-beside',
    apply: 'build',
    generateBundle(_options, bundle) {
      preload = firstPress(bundle, 'viva-voce.js');
    },
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('the build has no folder');
      const scripts = readdirSync(dir, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.js'))
        .sort();
      const files = Object.fromEntries(scripts.map((name) => [name, sri(readFileSync(join(dir, name)))]));
      const integrity: Integrity = { version, files, preload };
      writeFileSync(join(dir, INTEGRITY_FILE), `${JSON.stringify(integrity, null, 2)}\n`);
      console.log(`\n${pinned(integrity, '/embed')}\n`);
    },
  };
}
