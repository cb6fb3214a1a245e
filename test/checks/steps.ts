import type { Step } from './step.ts';

/** What `npm test` runs: what must be alone first, with the build and the checks beside it, then the rest, two at a time. */

const check = (name: string, command: readonly string[], more: Partial<Step> = {}): Step => ({
  name,
  command,
  check: true,
  gentle: true,
  limitSeconds: 900,
  ...more,
});

const types = (project: string): Step => check(`types ${project}`, ['tsc', '-p', project]);

const tests = (name: string, more: Partial<Step> = {}, ...options: readonly string[]): Step => ({
  name,
  command: ['vitest', 'run', '--project', name, ...options],
  report: 'vitest',
  limitSeconds: 600,
  ...more,
});

const e2e = (project: string, alone: boolean): Step => ({
  name: `e2e ${project}`,
  command: ['playwright', 'test', '--config', 'test/playwright.config.ts', '--project', project],
  report: 'playwright',
  built: true,
  limitSeconds: 900,
  ...(alone ? { alone } : {}),
});

export const steps: readonly Step[] = [
  check('build', ['tsx', 'demo/build.ts']),
  // Needs nothing that is built.
  tests('browser', { alone: true }),
  types('src'),
  e2e('sound', true),
  tests('engines', { alone: true }, '--maxWorkers=2'),
  types('src/tsconfig.pure.json'),
  types('worklets'),
  types('demo'),
  types('test'),
  check('lint', ['eslint', '--config', 'test/eslint.config.js', '--max-warnings', '0', '.']),
  check('format', ['prettier', '--check', '--log-level', 'warn', '.']),
  check('layers', ['tsx', 'test/checks/layers.ts']),
  check('unused', ['knip', '--no-progress']),
  check('licences', ['tsx', 'test/checks/licences.ts']),
  check('package', ['tsx', 'test/checks/package.ts'], { built: true }),
  check('documents', ['tsx', 'test/checks/documents.ts'], { built: true }),
  check('size', ['tsx', 'test/checks/size.ts'], { built: true }),
  tests('gateway', { built: true }, '--project', 'attacks'),
  e2e('pages', false),
  // Under virtual time: it does not mind to wait.
  tests('unit', { gentle: true }),
];
