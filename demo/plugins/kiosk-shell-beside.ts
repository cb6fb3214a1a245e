import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'vite';

/** Puts `kiosk-shell.js` beside the tag's script: a page's script and its service worker in one file, with its one sentence in every language. */

const FILE = 'kiosk-shell.js';
const KEY = 'kioskOffline';

function sentences(root: string): Readonly<Record<string, string>> {
  const { kioskOffline: english } = readEnglish(root);
  const folder = join(root, 'src/locales/assistant');
  const others = readdirSync(folder).map((name) => {
    const words = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Readonly<Record<string, string>>;
    return [name.replace('.json', ''), words[KEY] ?? english] as const;
  });
  return { en: english, ...Object.fromEntries(others) };
}

/** The table of English is a module; its one line is read. */
function readEnglish(root: string): { readonly kioskOffline: string } {
  const source = readFileSync(join(root, 'src/elements/kiosk/kiosk-strings.ts'), 'utf8');
  const [, kioskOffline] = new RegExp(`${KEY}: '([^']+)'`).exec(source) ?? [];
  if (kioskOffline === undefined) throw new Error(`kiosk-strings.ts has no ${KEY}`);
  return { kioskOffline };
}

async function kioskShell(root: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/kiosk-shell/entry.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    define: { NO_NETWORK: JSON.stringify(sentences(root)) },
    write: false,
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}

export function kioskShellBeside(root: string): Plugin {
  let building = false;
  return {
    name: 'kiosk-shell-beside',
    configResolved: ({ command, mode }) => {
      building = command === 'build' && mode === 'embed';
    },
    async generateBundle() {
      if (building) this.emitFile({ type: 'asset', fileName: FILE, source: await kioskShell(root) });
    },
    configureServer: (server) => {
      server.middlewares.use(`/embed/${FILE}`, (_request, response, next) => {
        kioskShell(root).then((script) => response.setHeader('content-type', 'text/javascript').end(script), next);
      });
    },
  };
}
