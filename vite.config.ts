import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultClientConditions, type BuildEnvironmentOptions, type Plugin, type ViteDevServer } from 'vite';
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config';

/** One configuration: the dev server, the three builds (`--mode library | embed | site`) and the Vitest projects. */

const root = import.meta.dirname;

/** The library's public modules: one entry each, so that a bundler takes only what a page imports. */
const entries: Readonly<Record<string, string>> = Object.fromEntries(
  ['index', 'define', 'realtime']
    .map((name) => [name, join(root, `src/${name}.ts`)] as const)
    .filter(([, path]) => existsSync(path)),
);

/** What `npm i viva-voce` brings along is not bundled a second time. */
const external = [/^lit(\/|$)/, /^@lit\//, /^rxjs(\/|$)/];

/**
 * In the embed build the voice worker is one more entry of the same bundle instead of a bundle of its own, so that page and worker
 * fetch rxjs once. Bundlers of guests cannot follow that, so the library keeps the worker whole. Worklets stay whole in both: what they
 * share is less than another request costs.
 */
function workerSharesChunks(): Plugin {
  const query = '.worker.ts?worker&url';
  const mark = '\0shared-worker:';
  return {
    name: 'worker-shares-chunks',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(query)) return null;
      const script = await this.resolve(source.slice(0, -'?worker&url'.length), importer, { skipSelf: true });
      return script === null ? null : mark + script.id;
    },
    load(id) {
      if (!id.startsWith(mark)) return null;
      const path = id.slice(mark.length);
      const reference = this.emitFile({ type: 'chunk', id: path, fileName: basename(path).replace(/\.ts$/, '.js') });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}

/** The demo pages take the widget as any guest does, from `/embed/viva-voce.js`: built beside them, or its source while developing. */
function embedOnPages(): Plugin {
  const script = /<script(?=[^>]*\ssrc="\/embed\/)(?![^>]*vite-ignore)/g;
  return {
    name: 'embed-on-pages',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace(script, '<script vite-ignore') },
    configureServer: (server) => {
      server.middlewares.use((request, _response, next) => {
        if (request.url?.startsWith('/embed/viva-voce.js') === true) request.url = '/src/embed.ts';
        next();
      });
    },
  };
}

const output = {
  entryFileNames: '[name].js',
  // Elements are loaded by their `define.ts`: the folder tells which.
  chunkFileNames: ({ name, facadeModuleId }: { readonly name: string; readonly facadeModuleId: string | null }) =>
    `chunks/${name === 'define' && facadeModuleId !== null ? basename(dirname(facadeModuleId)) : '[name]'}-[hash].js`,
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
        minify: false,
        sourcemap: true,
        lib: { entry: entries, formats: ['es'] },
        // One module in, one module out: bundlers then drop what a page does not use, and `sideEffects` can name the registrations.
        rolldownOptions: { external, output: { ...output, preserveModules: true, entryFileNames: moduleFile } },
      };
    case 'embed':
      return {
        ...shared,
        outDir: 'dist/embed',
        lib: { entry: { 'viva-voce': join(root, 'src/embed.ts') }, formats: ['es'] },
        rolldownOptions: {
          // Nobody imports the tag's script, so what it shares with its parts may live in it: one request before a click.
          preserveEntrySignatures: 'allow-extension',
          // Vite keeps the white space of ES libraries, for bundlers; this one is for browsers.
          output: {
            ...output,
            comments: false,
            minify: { compress: true, mangle: { toplevel: true }, codegen: { removeWhitespace: true } },
          },
        },
      };
    default:
      return {
        ...shared,
        outDir: 'dist/site',
        copyPublicDir: true,
        rolldownOptions: { input: pages() },
      };
  }
}

/** Vitest projects; what asks for Chromium is loaded only when tests run. */
async function projects(): Promise<TestProjectConfiguration[]> {
  const { playwright } = await import('@vitest/browser-playwright');
  const { chromiumPath, chromiumArgs } = await import('./test/support/chromium.ts');
  const node = (name: string, timeoutMs: number, include: string[]): TestProjectConfiguration => ({
    extends: true,
    test: { name, environment: 'node', include, testTimeout: timeoutMs, hookTimeout: timeoutMs },
  });
  return [
    node('unit', 10_000, ['test/unit/**/*.test.ts']),
    node('engines', 120_000, ['test/{engines,gateway,answer}/**/*.test.ts']),
    {
      extends: true,
      test: {
        name: 'browser',
        include: ['test/browser/**/*.test.ts'],
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({
            launchOptions: {
              executablePath: chromiumPath(),
              args: [
                ...chromiumArgs,
                '--autoplay-policy=no-user-gesture-required',
                '--use-fake-ui-for-media-stream',
                '--use-fake-device-for-media-stream',
              ],
            },
          }),
          instances: [{ browser: 'chromium' }],
        },
      },
    },
  ];
}

interface MountsInServer {
  configureServer(server: ViteDevServer): Promise<void>;
}

/** The gateway beside the site in the dev server (`npm run dev`); loaded when a server really starts. */
function gateway(): Plugin {
  return {
    name: 'gateway-beside-site',
    async configureServer(server) {
      const module = pathToFileURL(join(root, 'demo/server/dev.ts')).href;
      const { gatewayPlugin } = (await import(module)) as { readonly gatewayPlugin: () => MountsInServer };
      await gatewayPlugin().configureServer(server);
    },
  };
}

export default defineConfig(async ({ mode }): Promise<ViteUserConfig> => {
  const testing = process.env['VITEST'] !== undefined;
  return {
    root,
    base: mode === 'library' || mode === 'embed' ? './' : '/',
    publicDir: resolve(root, 'demo/public'),
    // rxjs ships its modern build behind this condition; the default one is ES5.
    resolve: { conditions: ['es2015', ...defaultClientConditions] },
    plugins: [embedOnPages(), ...(mode === 'embed' ? [workerSharesChunks()] : []), ...(testing ? [] : [gateway()])],
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'worklets/[name].js' } } },
    build: build(mode),
    server: { host: process.env['HOST'] ?? '127.0.0.1', port: Number(process.env['PORT'] ?? 5173), strictPort: true },
    test: testing ? { projects: await projects() } : {},
  };
});
