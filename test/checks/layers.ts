import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The layers hold: in the tree as it is, and the rules that say so still see a violation when one is planted. */

interface Config {
  readonly forbidden: IForbiddenRuleType[];
  readonly options: Record<string, unknown>;
}

const root = join(import.meta.dirname, '../..');
const config = createRequire(import.meta.url)('../layers.cjs') as Config;
const folders = ['src', 'worklets', 'demo', 'test'];

/** Rule → a file that breaks it, and a line that does. */
const plants: Readonly<Record<string, readonly [file: string, line: string]>> = {
  'no-cycles': ['src/pipelines/cycle-a.ts', "import { b } from './cycle-b.ts'; export const a = () => b;"],
  resolvable: ['src/session/missing.ts', "import './not-there.ts';"],
  'declared-packages': ['src/session/undeclared.ts', "import 'fastify';"],
  'widget-packages': ['src/session/tool.ts', "import 'vitest';"],
  'no-node-in-pages': ['src/session/node.ts', "import 'node:fs';"],
  'lit-in-elements': ['src/session/lit.ts', "import 'lit';"],
  'worklets-alone': ['worklets/package.worklet.ts', "import 'rxjs';"],
  'kernels-alone': ['worklets/kernels/shell.ts', "import '../plain.ts';"],
  'shared-alone': ['src/shared/upwards.ts', "import '../session/plain.ts';"],
  'pipelines-imports': ['src/pipelines/device.ts', "import '../audio/plain.ts';"],
  'protocols-imports': ['src/protocols/x/session.ts', "import '../../session/plain.ts';"],
  'video-imports': ['src/video/audio.ts', "import '../audio/plain.ts';"],
  'audio-imports': ['src/audio/session.ts', "import '../session/plain.ts';"],
  'session-imports': ['src/session/audio.ts', "import '../audio/plain.ts';"],
  'elements-imports': ['src/elements/x/audio.ts', "import '../../audio/plain.ts';"],
  'edges-from-the-root-element': ['src/elements/x/edges.ts', "import '../../edges.ts';"],
  'src-without-demo': ['src/session/demo.ts', "import '../../demo/server/plain.ts';"],
  'product-without-tests': ['demo/server/test.ts', "import '../../test/plain.ts';"],
  'server-imports': ['demo/server/session.ts', "import '../../src/session/plain.ts';"],
};

/** What the planted files import, and imports that are allowed and must stay unreported. */
const innocent: Readonly<Record<string, string>> = {
  'src/pipelines/cycle-b.ts': "import { a } from './cycle-a.ts'; export const b = () => a;",
  'src/shared/plain.ts': "import 'rxjs';",
  'src/session/plain.ts': "import '../shared/plain.ts'; import '../pipelines/plain.ts';",
  'src/pipelines/plain.ts': "import '../shared/plain.ts';",
  'src/audio/plain.ts': "import '../../worklets/kernels/plain.ts';",
  'src/elements/viva-voce/plain.ts': "import 'lit'; import '../../edges.ts'; import '../../session/plain.ts';",
  'src/protocols/x/codec.ts': "import '../../shared/plain.ts';",
  'src/edges.ts': "import './audio/plain.ts';",
  'worklets/plain.ts': "import './kernels/plain.ts';",
  'worklets/kernels/plain.ts': 'export const plain = 1;',
  'demo/server/plain.ts': "import '../../src/shared/plain.ts'; import '../../src/protocols/x/codec.ts'; import 'fastify';",
  'test/plain.ts': "import '../src/session/plain.ts';",
};

async function violationsIn(baseDir: string): Promise<readonly string[]> {
  const { output } = await cruise([...folders], {
    ...config.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

function plantedTree(): string {
  const tree = mkdtempSync(join(tmpdir(), 'layers-'));
  const files = { ...innocent, ...Object.fromEntries(Object.values(plants)) };
  for (const [path, line] of Object.entries(files)) {
    mkdirSync(join(tree, dirname(path)), { recursive: true });
    writeFileSync(join(tree, path), `${line}\n`);
  }
  writeFileSync(
    join(tree, 'package.json'),
    JSON.stringify({ dependencies: { lit: '*', rxjs: '*' }, devDependencies: { vitest: '*' } }),
  );
  writeFileSync(join(tree, 'demo/package.json'), JSON.stringify({ dependencies: { fastify: '*' } }));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

const faults: string[] = [...(await violationsIn(root))];

const tree = plantedTree();
try {
  const seen = await violationsIn(tree);
  for (const [rule, [file]] of Object.entries(plants)) {
    if (!seen.some((violation) => violation.startsWith(`${rule}: ${file} `)))
      faults.push(`The rule ${rule} did not see what was planted in ${file}`);
  }
  for (const file of Object.keys(innocent)) {
    faults.push(
      ...seen
        .filter((violation) => violation.includes(`: ${file} →`) && !violation.startsWith('no-cycles'))
        .map((violation) => `Allowed, yet reported: ${violation}`),
    );
  }
} finally {
  rmSync(tree, { recursive: true });
}
for (const rule of config.forbidden) {
  if (rule.name === undefined || !(rule.name in plants)) faults.push(`The rule ${String(rule.name)} has no planted violation`);
}

console.log(
  faults.length === 0 ? `${String(config.forbidden.length)} rules hold, each seen to fail when broken` : faults.join('\n'),
);
process.exitCode = faults.length === 0 ? 0 : 1;
