import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { build, type Plugin } from 'vite';

/** Builds the sample apps into `dist/apps`, with the built package as any app gets it. */

const root = join(import.meta.dirname, '../..');

export const apps = ['react', 'vue'] as const;

/** `viva-voce/…` is what package.json exports, and `packages` come from another folder than Node would find. */
function installed(packages: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'installed',
    enforce: 'pre',
    resolveId(source) {
      const name = source.split('/')[0] ?? '';
      const home = name === 'viva-voce' ? root : packages[name];
      return home === undefined ? null : createRequire(join(home, 'package.json')).resolve(source);
    },
  };
}

/** `packages`: name → a folder whose `node_modules` it is taken from. */
export async function buildApp(
  name: (typeof apps)[number],
  outDir: string,
  packages: Readonly<Record<string, string>> = {},
): Promise<void> {
  await build({
    root: join(root, 'demo/apps', name),
    configFile: false,
    logLevel: 'error',
    base: './',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [installed(packages), vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('viva-') } } })],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1000,
    },
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of apps) await buildApp(name, join(root, 'dist/apps', name));
}
