import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from 'svelte/compiler';

/** What frameworks.md tells people to write, and what `test/types/guests` expects, made into files that a compiler judges. */

/** A program for tsc: a folder with its tsconfig.json. */
export interface Program {
  readonly folder: string;
}

interface Sample {
  readonly name: string;
  readonly code: string;
}

/** Packages that the samples import beside ours. */
const packages = [
  'react',
  '@types/react',
  '@types/react-dom',
  'csstype',
  'vue',
  '@vue',
  'svelte',
  'solid-js',
  'vite',
  '@vitejs',
  '@types/node',
];

/** Fenced blocks of the guide by what stands behind the backticks. Throws when there is none. */
export function samplesOf(kind: string): readonly string[] {
  const guide = readFileSync('demo/docs/frameworks.md', 'utf8');
  const found = [...guide.matchAll(/^```(.+)\n([^]*?)^```$/gm)].filter(([, info]) => info === kind);
  if (found.length === 0) throw new Error(`frameworks.md has no sample of ${kind}`);
  return found.map(([, , code = '']) => code);
}

const samples = (kind: string): readonly Sample[] =>
  samplesOf(kind).map((code, index) => ({ name: `${kind.replace(' ', '-')}-${String(index)}`, code }));

/** Throws what Svelte's compiler finds wrong; the rest of its work is not needed. */
function checkSvelte({ name, code }: Sample): void {
  const { warnings } = compile(code, { filename: `${name}.svelte`, generate: 'client' });
  if (warnings[0] !== undefined) throw new Error(`${name}: ${warnings[0].message}`);
}

/** As strict as can be. */
export const strictOptions = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  jsx: 'react-jsx',
};

/** Writes the programs below `guest`, a folder in whose `node_modules` the package is installed. */
export function frameworkPrograms(guest: string): readonly Program[] {
  for (const name of packages) {
    const place = join(guest, 'node_modules', name);
    mkdirSync(join(place, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), place);
  }
  samples('svelte').forEach(checkSvelte);
  const types = (names: readonly string[]): readonly Sample[] =>
    names.map((name) => ({ name: `guest-${name}`, code: readFileSync(`test/types/guests/${name}.tsx`, 'utf8') }));
  const program = (name: string, sources: readonly Sample[], more: object = {}, beside?: string): Program => {
    const folder = join(guest, name);
    mkdirSync(folder, { recursive: true });
    for (const { name: file, code } of sources) writeFileSync(join(folder, `${file}.tsx`), code);
    if (beside !== undefined) cpSync(beside, join(folder, 'apps'), { recursive: true });
    const tsconfig = {
      compilerOptions: { ...strictOptions, ...more },
      include: ['**/*.ts', '**/*.tsx', '../styles.d.ts'],
      exclude: ['**/vue', 'apps/build.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    return { folder };
  };
  writeFileSync(join(guest, 'styles.d.ts'), "declare module '*.css';\n");
  const react = samples('tsx react');
  const old = resolve('test/react-18/node_modules/@types/react');
  return [
    program(
      'frameworks',
      [
        ...react,
        ...samples('tsx react-19'),
        ...samples('ts vue-config'),
        ...samples('ts plain'),
        ...types(
          readdirSync('test/types/guests')
            .map((name) => name.replace('.tsx', ''))
            .filter((name) => name !== 'solid'),
        ),
      ],
      { allowImportingTsExtensions: true },
      'demo/apps',
    ),
    program('react-18', [...react, ...types(['react'])], {
      paths: { react: [old], 'react/jsx-runtime': [`${old}/jsx-runtime`] },
    }),
    program('solid', [...samples('tsx solid'), ...types(['solid'])], { jsx: 'preserve', jsxImportSource: 'solid-js' }),
  ];
}
