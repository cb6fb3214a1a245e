import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Puts the licences of the packages that a bundle contains beside it, as most of them ask for. */
export function licencesBeside(fileName: string): Plugin {
  return {
    name: 'licences-beside',
    apply: 'build',
    generateBundle(_options, bundle) {
      const ids = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const folders = new Set(ids.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id) ?? []));
      const texts = [...folders].sort().map((folder) => {
        const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
          'name' | 'version',
          string
        >;
        const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
        if (licence === undefined) throw new Error(`${name} has no licence file`);
        return `${name} ${version}\n\n${readFileSync(join(folder, licence), 'utf8').trim()}\n`;
      });
      this.emitFile({ type: 'asset', fileName, source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}
