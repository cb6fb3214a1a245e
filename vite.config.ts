import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { defaultClientConditions, type BuildEnvironmentOptions } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { compressedBeside } from './demo/plugins/compressed-beside.ts';
import { directImports } from './demo/plugins/direct-imports.ts';
import { embedOnPages } from './demo/plugins/embed-on-pages.ts';
import { flatImports } from './demo/plugins/flat-imports.ts';
import { gathered, type Parts } from './demo/plugins/gathered-chunks.ts';
import { gatewayBesideSite } from './demo/plugins/gateway-beside-site.ts';
import { inlinedRuntime } from './demo/plugins/inlined-runtime.ts';
import { integrityBeside } from './demo/plugins/integrity-beside.ts';
import { licencesBeside } from './demo/plugins/licences-beside.ts';
import { kioskShellBeside } from './demo/plugins/kiosk-shell-beside.ts';
import { leanerPackages } from './demo/plugins/leaner-packages.ts';
import { migrateBeside } from './demo/plugins/migrate-beside.ts';
import { minifiedStyles, secondMinifier } from './demo/plugins/smaller.ts';
import { siteFrame } from './demo/plugins/site-frame.ts';
import { sharedOf, wholeOf } from './demo/plugins/shared-chunk.ts';
import { tagScripts } from './demo/plugins/tag-scripts.ts';
import { workerSharesChunks } from './demo/plugins/worker-shares-chunks.ts';

/** One configuration: the dev server, the three builds (`--mode library | embed | site`) and the Vitest projects. */

const root = import.meta.dirname;

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

const script = join(root, 'src/embed.ts');
const worker = join(root, 'src/voice.worker.ts');
const interpret = join(root, 'src/interpret.ts');
const parts = join(root, 'src/elements/viva-voce/parts.ts');

const elements = (...names: readonly string[]): readonly string[] =>
  names.map((name) => join(root, 'src/elements', `${name}.ts`));

/** The library's public modules; each a page can import by itself. */
const entries: Readonly<Record<string, string>> = Object.fromEntries(
  ['index', 'define', 'rtvt', 'rtstream', 'livestream', 'migrate', 'frameworks/react-element'].map((name) => [
    name,
    join(root, `src/${name}.ts`),
  ]),
);

const gatheredParts: Parts = {
  there: [script, parts, worker],
  apart: [interpret, ...elements('localized')],
  panel: elements('viva-voce/shell', 'chat-menu/define', 'device-news/define', 'awake/attach'),
  words: elements('words/define', 'viva-voce/telling'),
  later: elements(
    'devices/define',
    'suggestions/define',
    'pictures/define',
    'attachments/define',
    'answer-tools/define',
    'markdown/define',
  ),
  alone: join(root, 'src/alone.ts'),
  pure: interpret,
  desks: [
    elements('streams/define', 'viva-voce/stream-edges'),
    elements('player/define', 'viva-voce/player-edges'),
    elements('tasks/define', 'viva-voce/task-edges', 'task-form/define', 'task-detail/define', 'task-manuscript/define'),
  ],
  streaming: [join(root, 'src/protocols/rtstream/feed.ts'), join(root, 'src/elements/viva-voce/stream-edges.ts')],
};

/** What `npm i viva-voce` brings along is not bundled a second time. */
const external = [
  /^lit(\/|$)/,
  /^@lit\//,
  /^rxjs(\/|$)/,
  /^@msgpack\//,
  /^hls\.js(\/|$)/,
  /^marked$/,
  /^dom-accessibility-api$/,
  /^react$/,
];

const output = {
  entryFileNames: '[name].js',
  // Elements are loaded by their `define.ts`: the folder tells which; of several in a chunk it is the last, which has the others in it.
  chunkFileNames: ({ name, moduleIds }: { readonly name: string; readonly moduleIds: readonly string[] }) => {
    const defines = moduleIds.filter((id) => basename(id) === 'define.ts').at(-1);
    return `chunks/${name === 'define' && defines !== undefined ? basename(dirname(defines)) : '[name]'}-[hash].js`;
  },
  assetFileNames: 'assets/[name]-[hash][extname]',
};

/** src/x.ts → x.js; the module that holds a worklet's URL must not be named as the worklet itself. */
const moduleFile = ({ name }: { readonly name: string }) =>
  `${name.replace(/^src\//, '').replace(/^worklets\/(.+)/, 'worklet-urls/$1')}.js`;

function pages(): string[] {
  const folder = join(root, 'demo/pages');
  const inside = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return [join(root, 'index.html'), ...inside.filter((name) => name.endsWith('.html')).map((name) => join(folder, name))];
}

function build(mode: string): BuildEnvironmentOptions {
  const shared: BuildEnvironmentOptions = {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    emptyOutDir: true,
    copyPublicDir: false,
  };
  switch (mode) {
    case 'library':
      return {
        ...shared,
        outDir: 'dist/library',
        // It reads as it was written; maps would be a third of the package.
        minify: false,
        lib: { entry: entries, formats: ['es'] },
        // One module in, one module out: bundlers then drop what a page does not use, and `sideEffects` can name the registrations.
        rolldownOptions: { external, output: { ...output, preserveModules: true, entryFileNames: moduleFile } },
      };
    case 'embed':
      return {
        ...shared,
        outDir: 'dist/embed',
        lib: { entry: { 'viva-voce': script }, formats: ['es'] },
        rolldownOptions: {
          // Nobody imports the tag's script, so what it shares with its parts may live in it: one request before a click.
          preserveEntrySignatures: 'allow-extension',
          // Vite keeps the white space of ES libraries, for bundlers; this one is for browsers.
          output: {
            ...output,
            comments: false,
            codeSplitting: {
              includeDependenciesRecursively: false,
              groups: [
                { debugName: 'shared', name: sharedOf('shared', worker, [parts, interpret]) },
                { debugName: 'parts', name: wholeOf('parts', parts, [script, interpret]) },
                { debugName: 'gathered', name: gathered(gatheredParts) },
              ],
            },
            minify: { compress: true, mangle: { toplevel: true }, codegen: { removeWhitespace: true } },
          },
        },
      };
    default:
      return { ...shared, outDir: 'dist/site', copyPublicDir: true, rolldownOptions: { input: pages() } };
  }
}

export default defineConfig(async ({ mode }): Promise<ViteUserConfig> => {
  const testing = process.env['VITEST'] !== undefined;
  const embedding = mode === 'embed';
  return {
    root,
    base: mode === 'library' || embedding ? './' : '/',
    publicDir: resolve(root, 'demo/public'),
    // Tables of words are asked for whole: a name for each word would be in the file twice.
    json: { namedExports: false },
    // rxjs ships its modern build behind this condition; the default one is ES5.
    resolve: { conditions: ['es2015', ...defaultClientConditions] },
    plugins: [
      siteFrame(),
      embedOnPages(),
      kioskShellBeside(root),
      ...(embedding
        ? [
            directImports(),
            leanerPackages(),
            minifiedStyles(),
            workerSharesChunks(),
            inlinedRuntime(),
            flatImports('viva-voce.js'),
            secondMinifier(),
            licencesBeside('licences.txt'),
            tagScripts(),
            migrateBeside(join(root, 'src/migrate/embed.ts')),
            integrityBeside(version),
          ]
        : []),
      ...(mode === 'library' || testing ? [] : [compressedBeside()]),
      ...(testing ? [] : [gatewayBesideSite()]),
    ],
    worker: {
      format: 'es',
      rolldownOptions: {
        output: {
          entryFileNames: 'worklets/[name].js',
          // A guest's bundler copies the worker as it is, neither minified nor with what the worker would ask for.
          ...(mode === 'library' ? { codeSplitting: false, minify: true } : {}),
        },
      },
    },
    build: build(mode),
    server: { host: process.env['HOST'] ?? '127.0.0.1', port: Number(process.env['PORT'] ?? 5173), strictPort: true },
    // What asks for Chromium is loaded only when tests run.
    test: testing ? { projects: [...(await import('./test/support/projects.ts')).projects] } : {},
  };
});
