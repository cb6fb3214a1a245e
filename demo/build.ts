import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `npm run build`: everything under `dist/`. `npm start` uses `buildIfChanged` for what the site serves. */

const root = join(import.meta.dirname, '..');

/** Part → how it is made. Each is a command, so that one part's crash tells its own story. */
const parts = {
  library: ['vite', 'build', '--mode', 'library', '--logLevel', 'warn'],
  embed: ['vite', 'build', '--mode', 'embed', '--logLevel', 'warn'],
  site: ['vite', 'build', '--mode', 'site', '--logLevel', 'warn'],
  types: [
    'tsc',
    '-p',
    'src',
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    '.',
    '--outDir',
    'dist/types',
  ],
  manifest: ['tsx', 'demo/docs/manifest.ts'],
  frameworks: ['tsx', 'demo/docs/frameworks.ts'],
  apps: ['tsx', 'demo/apps/build.ts'],
  docs: ['tsx', 'demo/docs/build.ts'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

type Part = keyof typeof parts;

/** Entry files of parts that cannot be made before those exist. */
const needs: Partial<Record<Part, string>> = {
  library: 'src/index.ts',
  embed: 'src/embed.ts',
  manifest: 'demo/docs/manifest.ts',
  frameworks: 'demo/docs/frameworks.ts',
  apps: 'demo/apps/build.ts',
  docs: 'demo/docs/build.ts',
};

/** What the site serves; the rest is for the package. */
const served: readonly Part[] = ['embed', 'site', 'manifest', 'docs'];

const stamp = join(root, 'dist', '.built.json');

export function build(names: readonly Part[] = Object.keys(parts) as Part[]): void {
  for (const name of names) {
    const need = needs[name];
    if (need !== undefined && !existsSync(join(root, need))) {
      console.log(`build ${name}: left out, there is no ${need} yet`);
      continue;
    }
    const began = performance.now();
    const [program, ...rest] = parts[name];
    const { status } = spawnSync(join(root, 'node_modules', '.bin', program), rest, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`build ${name} failed`);
    console.log(`build ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  if (served.every((name) => names.includes(name))) {
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stamp, JSON.stringify({ sources: hashOfSources() }));
  }
}

/** Builds what the site serves unless nothing it is made of has changed since the last time. */
export function buildIfChanged(): void {
  const last = existsSync(stamp) ? (JSON.parse(readFileSync(stamp, 'utf8')) as { readonly sources: string }).sources : null;
  if (last === hashOfSources() && existsSync(join(root, 'dist/site/index.html'))) return;
  console.log(last === null ? 'Building the site, once:' : 'Sources have changed, building the site again:');
  build(served);
}

/** Everything that goes into the builds: our sources, the pages, the tools' versions. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = [
    'index.html',
    'vite.config.ts',
    'package-lock.json',
    'src',
    'worklets',
    'demo/main.ts',
    'demo/build.ts',
    'demo/plugins',
    'demo/pages',
    'demo/public',
    'demo/docs',
  ];
  for (const path of files.flatMap((file) => filesUnder(join(root, file))).sort()) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function isPart(name: string): name is Part {
  return name in parts;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !isPart(name));
  if (unknown.length > 0) throw new Error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}`);
  build(names.length === 0 ? undefined : names.filter(isPart));
}
