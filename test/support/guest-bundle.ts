import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** A page of somebody who installed the package and bundles it with Vite; the built library stands in for the installed one. */
export async function guestBundle(source: string): Promise<{ readonly folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'guest-bundle-'));
  writeFileSync(join(folder, 'main.js'), source);
  const library = (name: string) => resolve('dist/library', `${name}.js`);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    base: './',
    resolve: {
      alias: [
        { find: /^viva-voce$/, replacement: library('index') },
        { find: /^viva-voce\/(\w+)$/, replacement: library('$1') },
      ],
    },
    build: {
      outDir: join(folder, 'out'),
      rolldownOptions: { input: join(folder, 'main.js'), output: { entryFileNames: 'main.js' } },
    },
  });
  return { folder: join(folder, 'out'), remove: () => rmSync(folder, { recursive: true }) };
}
