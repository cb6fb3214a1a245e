import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** `import { map } from 'rxjs'` from the file that holds `map`: what is in which chunk then follows who uses it, not who imports the package. */

const { resolve } = createRequire(import.meta.url);

/** Packages whose modules are imported through one index, and where that is. */
const INDEXES: Readonly<Record<string, string>> = {
  rxjs: join(dirname(resolve('rxjs/package.json')), 'dist/esm/index.js'),
  '@lit/context': resolve('@lit/context'),
};

/** Exported name → the statement that imports it from its own file. */
function homes(index: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, names = '', file = ''] of readFileSync(index, 'utf8').matchAll(/export ?\{ ?(.+?) ?\} ?from ?['"](.+?)['"]/g)) {
    for (const each of names.split(', ')) {
      const exported = each.split(' as ').at(-1) ?? each;
      found.set(exported, `import { ${each} } from '${join(dirname(index), `${file.replace(/\.js$/, '')}.js`)}';`);
    }
  }
  return found;
}

export function directImports(): Plugin {
  const packages = Object.entries(INDEXES).map(([name, index]) => ({
    statement: new RegExp(`import \\{([^}]+)\\} from '${name}';`, 'g'),
    homes: homes(index),
    name,
  }));
  return {
    name: 'direct-imports',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /from '(?:rxjs|@lit\/context)'/ },
      handler: (code) => {
        let direct = code;
        for (const { name, statement, homes } of packages) {
          direct = direct.replace(statement, (_statement, list: string) => {
            const names = list.split(',').map((each) => each.trim());
            // On one line with what follows, so that the lines stay where they were.
            return names
              .filter((each) => each !== '' && !each.startsWith('type '))
              .map((each) => {
                const home = homes.get(each);
                if (home === undefined) throw new Error(`${name} exports no ${each}`);
                return home;
              })
              .join(' ');
          });
        }
        return { code: direct, map: null };
      },
    },
  };
}
