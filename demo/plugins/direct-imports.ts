import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** `import { map } from 'rxjs'` from the file that holds `map`: what is in which chunk then follows who uses it, not who imports rxjs. */
export function directImports(): Plugin {
  const index = join(dirname(createRequire(import.meta.url).resolve('rxjs/package.json')), 'dist/esm/index.js');
  const homes = new Map<string, string>();
  for (const [, names = '', file = ''] of readFileSync(index, 'utf8').matchAll(/export \{ (.+?) \} from '(.+?)';/g)) {
    for (const name of names.split(', ')) homes.set(name, join(dirname(index), `${file}.js`));
  }
  const direct = (name: string): string => {
    const home = homes.get(name);
    if (home === undefined) throw new Error(`rxjs exports no ${name}`);
    return `import { ${name} } from '${home}';`;
  };
  return {
    name: 'direct-imports',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: "'rxjs'" },
      handler: (code) => ({
        code: code.replace(/import \{([^}]+)\} from 'rxjs';/g, (_statement, list: string) => {
          const names = list.split(',').map((name) => name.trim());
          // On one line with what follows, so that the lines stay where they were.
          return names
            .filter((name) => name !== '' && !name.startsWith('type '))
            .map(direct)
            .join(' ');
        }),
        map: null,
      }),
    },
  };
}
