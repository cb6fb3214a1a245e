import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  classOf,
  observed,
  type ElementDeclaration,
  type ElementModule,
  type ElementsManifest,
} from '../../demo/docs/manifest.ts';
import { readConfig } from '../../demo/server/config.ts';
import { namesAtFault } from './documented-names.ts';
import { guideFaults } from './guides.ts';

/** What the documents say is so: README's environment table against the configuration, the elements' manifest against their code, guides. */

const faults: string[] = [];
const readme = readFileSync('README.md', 'utf8');

/** Names only `a` has and names only `b` has, told as faults. */
function compare(what: string, said: Iterable<string>, real: Iterable<string>): void {
  const [a, b] = [new Set(said), new Set(real)];
  for (const name of b) if (!a.has(name)) faults.push(`${what}: ${name} is in the code and not documented`);
  for (const name of a) if (!b.has(name)) faults.push(`${what}: ${name} is documented and not in the code`);
}

/** Every environment variable that the configuration reads, found by letting it read. */
function variablesRead(): ReadonlySet<string> {
  const read = new Set<string>();
  const env = new Proxy<NodeJS.ProcessEnv>(
    { OPENAI_API_KEY: 'so that roles look at theirs' },
    {
      get: (target, name) => {
        if (typeof name === 'string' && /^[A-Z_]+$/.test(name)) read.add(name);
        return Reflect.get(target, name) as unknown;
      },
    },
  );
  readConfig(env, 5173);
  return read;
}

function checkEnvironmentTable(): void {
  const table = /<!-- environment -->([^]*?)<!-- \/environment -->/.exec(readme)?.[1];
  if (table === undefined) return void faults.push('README has no table between <!-- environment --> and <!-- /environment -->');
  const rows = table.split('\n').filter((line) => /^\| *`/.test(line));
  compare(
    'README environment',
    rows.flatMap((row) => row.split('|')[1]?.match(/[A-Z_]{3,}/g) ?? []),
    variablesRead(),
  );
  const source = readFileSync('demo/server/config.ts', 'utf8');
  for (const [, name = '', value = ''] of source.matchAll(/^ {2}([A-Z_]+): .*\.default\(([^()]+)\)/gm)) {
    const plain = value.replace(/^'|'$/g, '');
    const row = rows.find((line) => line.split('|')[1]?.includes(`\`${name}\``) === true);
    if (
      row
        ?.split('|')[2]
        ?.replace(/[`\s,]/g, '')
        .includes(plain) === false
    )
      faults.push(`README environment: the default of ${name} is ${plain}`);
  }
}

function checkReadme(): void {
  for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
    if (!readme.split('\n').includes(command)) faults.push(`README has no line that is exactly: ${command}`);
  }
  const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];
  for (const document of documents) {
    for (const [, target = ''] of readFileSync(document, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)) {
      if (!existsSync(resolve(dirname(document), target))) faults.push(`${document} links to ${target}, which is not there`);
    }
  }
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
  for (const [name, script] of Object.entries(scripts)) {
    const file = /^tsx (\S+\.ts)/.exec(script)?.[1];
    if (file !== undefined && !existsSync(file)) faults.push(`npm run ${name} runs ${file}, which is not there`);
  }
}

/** All of an element's own text: its file and those of its folder or its name, where its templates and styles are. */
function sourcesOf(path: string): string {
  const folder = dirname(path);
  const shared = folder.endsWith('/elements');
  const stem = path.replace(/\.ts$/, '');
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && (!shared || join(folder, name).startsWith(stem)));
  return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

const names = (list: readonly { readonly name?: string }[] | undefined) =>
  (list ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));

/** Event class → the name it fires under. */
function eventNames(): ReadonlyMap<string, string> {
  const source = [
    'events',
    'told-events',
    'dismissing/dismiss-event',
    'level/level-event',
    'caption-event',
    'consent/consent-events',
    'feedback/feedback-events',
    'kiosk/kiosk-events',
    'metrics/metrics-events',
    'alerts/viva-alert-event',
    'recorder/events',
    'tasks/task-events',
    'tool/tool-call-event',
    'page-actions/page-action-events',
  ]
    .map((name) => readFileSync(`src/elements/${name}.ts`, 'utf8'))
    .join('\n');
  return new Map(
    [...source.matchAll(/(?<!abstract )class (\w+) extends \w+ \{[^]*?super\('([\w-]+)'/g)].map(([, type = '', name = '']) => [
      type,
      name,
    ]),
  );
}

/** The text of the features that `extras.ts` fetches: what they fire at the tag and which slots they hand on is the tag's. */
function featureSources(): string {
  const extras = readFileSync('src/elements/viva-voce/extras.ts', 'utf8');
  const folders = [...extras.matchAll(/import\('\.\.\/([\w-]+)\/[\w-]+\.ts'\)/g)].map(([, name = '']) => `src/elements/${name}`);
  const texts = [...new Set(folders)].flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  return texts.join('\n');
}

/** Parts as templates write them: whole names, and those whose end (`message-${side}`) or all (`part=${part}`) is computed. */
function checkParts(tag: string, documented: readonly string[], own: string): void {
  const written = [...own.matchAll(/\bpart="([^"]+)"/g)].flatMap(([, list = '']) => list.split(/\s+/));
  const whole = new Set(written.filter((name) => !name.includes('${')));
  const begun = written.filter((name) => name.includes('${')).map((name) => name.slice(0, name.indexOf('${')));
  const computed = new Set(/\bpart=\$\{/.test(own) ? [...own.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name) : []);
  for (const name of whole)
    if (!documented.includes(name)) faults.push(`${tag} @csspart: ${name} is in the code and not documented`);
  for (const start of begun)
    if (!documented.some((name) => name.startsWith(start)))
      faults.push(`${tag} @csspart: ${start}… is in the code and not documented`);
  for (const name of documented) {
    const real = whole.has(name) || computed.has(name) || begun.some((start) => name.startsWith(start));
    if (!real) faults.push(`${tag} @csspart: ${name} is documented and not in the code`);
  }
}

async function checkElement(module: ElementModule, element: ElementDeclaration): Promise<void> {
  const tag = element.tagName ?? element.name;
  const attributes = element.attributes ?? [];
  const real = observed(await classOf(module, element));
  const inherited = new Set(['for']);
  compare(
    `${tag} @attr`,
    attributes.filter(({ description }) => description !== undefined).map(({ name }) => name),
    real.keys(),
  );
  const own = sourcesOf(module.path);
  const header = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*export (?:abstract )?class/.exec(readFileSync(module.path, 'utf8'))?.[0] ?? '';
  const attributesSaid = [...header.matchAll(/@attr(?:ibute)? (?:\{[^}]*\} )?([\w-]+)/g)].map(([, name = '']) => name);
  for (const name of attributesSaid)
    if (!real.has(name) && !inherited.has(name)) faults.push(`${tag}: @attr ${name} is no attribute`);
  checkParts(tag, names(element.cssParts), own);
  const known = eventNames();
  const fired = [
    ...[...own.matchAll(/new (Viva\w+Event)\(/g)].map(([, type = '']) => known.get(type) ?? type),
    ...[...own.matchAll(/new (?:Custom)?Event\('([\w-]+)'/g)].map(([, name = '']) => name),
  ];
  const beyond = tag === 'viva-voce' ? featureSources() : '';
  const firedBeyond = [...beyond.matchAll(/new (Viva\w+Event)\(/g)].map(([, type = '']) => known.get(type) ?? type);
  compare(`${tag} @fires`, names(element.events), [
    ...fired,
    ...firedBeyond.filter((name) => names(element.events).includes(name)),
  ]);
  const slots = (text: string) => [...text.matchAll(/<slot(?: name="([\w-]+)"|(?= *>))/g)].map(([, name = '']) => name);
  const written = [...slots(own), ...slots(beyond).filter((name) => names(element.slots).includes(name))];
  const said = names(element.slots);
  // Slots handed on under computed names stand as text somewhere beside.
  const computed = own.includes('<slot name=${') ? said.filter((name) => own.includes(`'${name}'`)) : [];
  compare(`${tag} @slot`, said, [...written, ...computed]);
}

async function checkElements(): Promise<void> {
  const { modules } = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as ElementsManifest;
  const elements = modules.flatMap((module) =>
    (module.declarations ?? [])
      .filter((it) => it.customElement === true && it.tagName !== undefined)
      .map((it) => [module, it] as const),
  );
  if (elements.length === 0) faults.push('The manifest has no element');
  for (const [module, element] of elements) await checkElement(module, element);
  const styles = readdirSync('src/elements', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src/elements', name), 'utf8'));
  const used = styles.flatMap((text) => [...text.matchAll(/var\(\s*(--viva-[\w-]+)/g)].map(([, name = '']) => name));
  compare(
    '@cssprop',
    elements.flatMap(([, element]) => names(element.cssProperties)),
    used,
  );
  faults.push(...(await namesAtFault({ schemaVersion: '', readme: '', modules })));
  faults.push(...guideFaults({ schemaVersion: '', readme: '', modules }));
}

checkReadme();
checkEnvironmentTable();
await checkElements();
console.log(faults.length === 0 ? 'the documents say what the code does' : [...new Set(faults)].join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
