import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Every dependency's licence is one we may use; what is not plainly permissive is named in NOTICE, and kept out of the widget. */

const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'Zlib',
]);

/** Package → its licence and where it is used; each must be named in NOTICE. A licence that changes is a failure. */
const NAMED: Readonly<Record<string, { readonly licence: string; readonly use: 'gateway' | 'tools' }>> = {
  '@embedpdf/fonts-sc': { licence: 'OFL-1.1', use: 'tools' },
  '@img/sharp-libvips-*': { licence: 'LGPL-3.0-or-later', use: 'gateway' },
  'axe-core': { licence: 'MPL-2.0', use: 'tools' },
  'caniuse-lite': { licence: 'CC-BY-4.0', use: 'tools' },
  'lightningcss*': { licence: 'MPL-2.0', use: 'tools' },
  'spdx-exceptions': { licence: 'CC-BY-3.0', use: 'tools' },
  'spdx-ranges': { licence: '(MIT AND CC-BY-3.0)', use: 'tools' },
};

/** Says Apache-2.0, carries GPL-3 espeak-ng: no licence checker sees it, so it is written down here and in NOTICE. */
const HIDDEN_GPL = ['sherpa-onnx-node'];

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const faults: string[] = [];
const manifest = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Manifest;
const notice = readFileSync('NOTICE', 'utf8');

const atoms = (expression: string) => expression.replace(/[()*]/g, '').split(/\s+AND\s+/);
const permissive = (expression: string) =>
  expression.split(/\s+OR\s+/).some((choice) => atoms(choice).every((atom) => PERMISSIVE.has(atom)));
const matches = (pattern: string, name: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

const checker = spawnSync('node_modules/.bin/license-checker-rseidelsohn', ['--json', '--excludePrivatePackages'], {
  encoding: 'utf8',
  maxBuffer: 64 << 20,
});
if (checker.status !== 0) throw new Error(`The licence checker failed: ${checker.stderr}`);
const found = Object.entries(JSON.parse(checker.stdout) as Record<string, { readonly licenses: string | readonly string[] }>).map(
  ([id, { licenses }]) => ({ name: id.slice(0, id.lastIndexOf('@')), licence: [licenses].flat().join(' OR ') }),
);

for (const { name, licence } of found) {
  if (permissive(licence)) continue;
  const named = Object.entries(NAMED).find(([pattern]) => matches(pattern, name));
  if (named?.[1].licence !== licence)
    faults.push(`${name}: ${licence} is neither permissive nor named in test/checks/licences.ts`);
}
for (const name of [...Object.keys(NAMED), ...HIDDEN_GPL]) {
  if (!notice.includes(name.replace(/\*$/, ''))) faults.push(`NOTICE does not name ${name}`);
}

/** All that `npm i viva-voce` installs. */
function shipped(names: readonly string[], from: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const places = createRequire(from).resolve.paths(name) ?? [];
    const present = places.map((folder) => join(folder, name, 'package.json')).find((path) => existsSync(path));
    if (present === undefined) throw new Error(`${name} is not installed`);
    shipped(Object.keys(manifest(present).dependencies ?? {}), present, seen);
  }
  return seen;
}

const widget = shipped(Object.keys(manifest('package.json').dependencies ?? {}), `${process.cwd()}/package.json`);
for (const { name, licence } of found) {
  if (widget.has(name) && !permissive(licence)) faults.push(`${name} (${licence}) would be installed with the widget`);
}
for (const name of HIDDEN_GPL) {
  const { dependencies = {}, devDependencies = {} } = manifest('package.json');
  if (name in dependencies || name in devDependencies || widget.has(name))
    faults.push(`${name} belongs to demo/package.json only`);
}

console.log(
  faults.length === 0
    ? `${String(found.length)} packages, ${String(widget.size)} of them in the widget: ${[...widget].join(', ')}`
    : faults.join('\n'),
);
process.exitCode = faults.length === 0 ? 0 : 1;
