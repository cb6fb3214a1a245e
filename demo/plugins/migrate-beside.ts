import { build } from 'esbuild';
import type { Plugin } from 'vite';

/** Puts `migrate.js` beside the tag's script: a script of its own, so that nothing of it is in the tag's. */
export function migrateBeside(entry: string): Plugin {
  return {
    name: 'migrate-beside',
    apply: 'build',
    async generateBundle() {
      const { outputFiles } = await build({
        entryPoints: [entry],
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        write: false,
        legalComments: 'none',
      });
      this.emitFile({ type: 'asset', fileName: 'migrate.js', source: outputFiles[0]?.text ?? '' });
    },
  };
}
