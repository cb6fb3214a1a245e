import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { frameworkPrograms } from './framework-samples.ts';
import { templateFaults, templatePrograms, unknownAngularNames } from './framework-templates.ts';

/** The package as a stranger gets it: packed, unpacked, imported by Node without a DOM, and bundled. */

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const faults: string[] = [];
const root = process.cwd();
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

function run(command: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (status !== 0) faults.push(`${command.split('/').pop() ?? command} ${args.slice(0, 4).join(' ')}:\n${stdout}${stderr}`);
  return stdout;
}

const guest = mkdtempSync(join(tmpdir(), 'viva-voce-guest-'));

/** Only what is built for the package: no sources, no site, no demo, no tests, nothing that tells of this machine. */
function checkContents({ files }: Packed): void {
  const allowed =
    /^(package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md|dist\/custom-elements\.json|dist\/embed\/(licences\.txt|integrity\.json)|dist\/frameworks\/[a-z.-]+\.json|dist\/(library|embed|types|frameworks)\/.+\.(js|d\.ts))$/;
  faults.push(...files.filter(({ path }) => !allowed.test(path)).map(({ path }) => `${path} should not be in the package`));
  for (const target of Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? entry : [entry.types, entry.default],
  )) {
    const [start = '', end] = target.slice(2).split('*');
    const there = files.some(({ path }) => (end === undefined ? path === start : path.startsWith(start) && path.endsWith(end)));
    if (!there) faults.push(`${target} is exported and not in the package`);
  }
  for (const { path } of files.filter(({ path }) => /^dist\/library\/worklets\//.test(path))) {
    // Bundlers of guests copy these files and nothing that they ask for.
    const asked = /\bimport\s*\(\s*["'`]|\bfrom\s*["'`]\.{1,2}\/|\bimport\s*["'`]/.exec(readFileSync(path, 'utf8'));
    if (asked !== null) faults.push(`${path} must be whole by itself, and asks for more: ${asked[0]}`);
  }
  for (const { path } of files) {
    if (/\.(js|map|json|d\.ts)$/.test(path) && readFileSync(path, 'utf8').includes(root))
      faults.push(`${path} contains a path of this machine`);
  }
}

function unpack(tarball: string): void {
  const home = join(guest, 'node_modules', 'viva-voce');
  mkdirSync(home, { recursive: true });
  run('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  for (const name of new Set([...Object.keys(manifest.dependencies), 'tslib', 'lit-element', '@lit/reactive-element'])) {
    mkdirSync(join(guest, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(guest, 'node_modules', name));
  }
  writeFileSync(join(guest, 'package.json'), JSON.stringify({ type: 'module', private: true }));
}

/** A type of a package that is not ours would be `any` where a package manager keeps strictly to what is declared. */
function checkTypes(): void {
  const home = join(guest, 'node_modules', 'viva-voce', 'dist');
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  for (const name of readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.d.ts'))) {
    const code = readFileSync(join(home, name), 'utf8');
    for (const [, specifier = ''] of code.matchAll(/(?:from |import\(|import )['"]([^.'"][^'"]*)['"]/g)) {
      const wanted = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      if (!(wanted in declared)) faults.push(`dist/${name} wants types of ${wanted}, which is no dependency`);
    }
  }
}

/** A TypeScript page of a guest, as strict as can be: the tag, its events and options are known by their types. */
const typedPage = `
import 'viva-voce/define';
import { AssistantError, createAssistant, type AssistantOptions, VivaVoce } from 'viva-voce';

const tag: VivaVoce = document.createElement('viva-voce');
tag.addEventListener('viva-transcript', ({ role, text, final }) => {
  const line: string = final ? text : role;
  document.title = line;
});
document.addEventListener('viva-error', ({ code }) => (document.title = code));
const options: AssistantOptions = { endpoint: 'https://gateway.example' };
const phase: string = createAssistant(options).state.value.phase;
// @ts-expect-error a phase is no number
const wrong: number = createAssistant(options).state.value.phase;
export const all = [tag, phase, wrong, new AssistantError('offline', 'x').retryable satisfies boolean];
`;

function compileTyped(): void {
  writeFileSync(join(guest, 'page.ts'), typedPage);
  for (const resolution of ['bundler', 'nodenext']) {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module: resolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution: resolution,
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
    };
    writeFileSync(join(guest, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['page.ts'] }));
    run(bin('tsc'), ['-p', guest], guest);
  }
}

/** The guide's samples and the sample apps, by the compilers of their frameworks. */
function compileFrameworks(): void {
  for (const { folder } of frameworkPrograms(guest)) run(bin('tsc'), ['-p', folder], folder);
  for (const program of templatePrograms(guest)) {
    const { stdout, stderr } = spawnSync(bin(program.compiler), ['-p', program.folder], {
      cwd: program.folder,
      encoding: 'utf8',
    });
    faults.push(...templateFaults(program, stdout + stderr));
  }
  faults.push(...unknownAngularNames(join(guest, 'node_modules/viva-voce/dist/custom-elements.json')));
}

/** Names that a wildcard of `exports` stands for. */
function specifiers(name: string, target: string): readonly string[] {
  if (!name.includes('*')) return [name];
  const [folder = '', rest = ''] = target.split('*');
  const home = join(guest, 'node_modules', 'viva-voce', folder);
  return readdirSync(home)
    .filter((entry) => existsSync(join(home, entry + rest)))
    .map((entry) => name.replace('*', entry));
}

/** Server-side rendering imports every module: none may touch `window`, `document` or `customElements` on the way. */
function importInNode(): void {
  const modules = Object.entries(manifest.exports).flatMap(([name, target]) =>
    typeof target === 'string' ? [] : [specifiers(name, target.default)],
  );
  for (const names of modules) {
    if (names.length === 0) faults.push('a wildcard of exports stands for nothing');
    // Those of one wildcard share a process: starting forty takes longer than all they do.
    const imports = names.map((name) => `await import(${JSON.stringify(name.replace(/^\./, 'viva-voce'))});`);
    const script = `${imports.join('')} if ('document' in globalThis || 'window' in globalThis) throw new Error('it made a DOM');`;
    run(process.execPath, ['--input-type=module', '-e', script], guest);
  }
}

async function bundled(source: string): Promise<ReadonlyMap<string, string>> {
  writeFileSync(join(guest, 'main.js'), source);
  const outDir = join(guest, 'out');
  await build({
    root: guest,
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify: false, assetsInlineLimit: 0, rolldownOptions: { input: join(guest, 'main.js') } },
  });
  const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  return new Map(files.map((name) => [name, readFileSync(join(outDir, name), 'utf8')]));
}

/** A bundler that believes `sideEffects` keeps the registration where it was asked for, and drops all where nothing was. */
async function bundle(): Promise<void> {
  const registers = /customElements\.define\(|\bdefine\(\s*["'`]viva-/;
  const defined = await bundled("import 'viva-voce/define';");
  if (![...defined.values()].some((code) => registers.test(code) && code.includes('viva-voce'))) {
    faults.push('a bundle of viva-voce/define registers no element: see sideEffects in package.json');
  }
  if (![...defined.keys()].some((name) => /worklet/.test(name)))
    faults.push('a bundle of viva-voce/define has no worklet file beside it');
  const idle = await bundled("import 'viva-voce';");
  const left = [...idle].flatMap(([name, code]) => (/\bmain-/.test(name) ? [code.replace(/\s/g, '')] : [])).join('');
  if (left !== '') faults.push(`import 'viva-voce' alone leaves ${left.length} characters in a bundle: it has side effects`);
}

try {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--workspaces=false', '--pack-destination', guest])) as [Packed];
  const tarball = join(guest, packed.filename);
  checkContents(packed);
  run(bin('publint'), ['run', tarball, '--strict']);
  run(bin('attw'), [
    tarball,
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    './embed',
    './embed/*',
    './custom-elements.json',
    './vscode.html-data.json',
    './vscode.css-data.json',
    './web-types.json',
    '--format',
    'ascii',
  ]);
  unpack(tarball);
  checkTypes();
  compileTyped();
  compileFrameworks();
  importInNode();
  await bundle();
} finally {
  rmSync(guest, { recursive: true });
}

console.log(faults.length === 0 ? 'packed, typed, imported and bundled as it should be' : faults.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
