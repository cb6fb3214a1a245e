import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions, type Rolldown } from 'vite';
import type { Fetched } from './closure.ts';

/** What the package costs in somebody's own bundle: a few lines of theirs, bundled by Vite, and what a page fetches before they run. */

const root = join(import.meta.dirname, '../..');
const entry = '\0lines.js';

/** What the three samples take from the package. */
export const samples = {
  tag: "import 'viva-voce/define/viva-voce';",
  player: "import 'viva-voce/define/player';",
  rtvt: "export { RtvtClient } from 'viva-voce/rtvt';",
} as const;

/** The chunks that `lines` fetch at once, by gzip; what comes later is not counted. */
export async function bundled(lines: string): Promise<readonly Fetched[]> {
  const { resolve } = createRequire(join(root, 'package.json'));
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['es2015', ...defaultClientConditions] },
    plugins: [
      {
        name: 'installed',
        enforce: 'pre',
        resolveId: (source) => (source === entry ? entry : source.startsWith('viva-voce') ? resolve(source) : null),
        load: (id) => (id === entry ? lines : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name) || !chunks.has(name)) return;
    seen.add(name);
    chunks.get(name)?.imports.forEach(visit);
  };
  for (const { fileName, isEntry } of chunks.values()) if (isEntry) visit(fileName);
  return [...seen].sort().map((path) => ({ path, gzip: gzipSync(chunks.get(path)?.code ?? '', { level: 9 }).length }));
}
