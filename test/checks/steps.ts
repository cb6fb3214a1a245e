import type { Step } from './step.ts';

/** What `npm test` runs, cheap first. */

const types = (project: string): Step => ({ name: `types ${project}`, command: ['tsc', '-p', project], check: true });

const e2e = (project: string, alone: boolean): Step => ({
  name: `e2e ${project}`,
  command: ['playwright', 'test', '--config', 'test/playwright.config.ts', '--project', project],
  report: 'playwright',
  built: true,
  limitSeconds: 900,
  ...(alone ? { alone } : {}),
});

export const steps: readonly Step[] = [
  types('src'),
  types('src/tsconfig.pure.json'),
  types('worklets'),
  types('demo'),
  types('test'),
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'], check: true },
  { name: 'layers', command: ['tsx', 'test/checks/layers.ts'], check: true },
  { name: 'unused', command: ['knip', '--no-progress'], check: true },
  { name: 'licences', command: ['tsx', 'test/checks/licences.ts'], check: true },
  { name: 'build', command: ['tsx', 'demo/build.ts'], check: true },
  { name: 'gateway', command: ['vitest', 'run', '--project', 'gateway'], report: 'vitest', built: true, limitSeconds: 600 },
  {
    name: 'lint',
    command: ['eslint', '--config', 'test/eslint.config.js', '--max-warnings', '0', '.'],
    check: true,
    limitSeconds: 600,
  },
  { name: 'package', command: ['tsx', 'test/checks/package.ts'], check: true, built: true },
  { name: 'documents', command: ['tsx', 'test/checks/documents.ts'], check: true, built: true },
  { name: 'size', command: ['tsx', 'test/checks/size.ts'], check: true, built: true },
  { name: 'unit', command: ['vitest', 'run', '--project', 'unit'], report: 'vitest' },
  e2e('pages', false),
  { name: 'engines', command: ['vitest', 'run', '--project', 'engines'], report: 'vitest', alone: true, limitSeconds: 600 },
  { name: 'browser', command: ['vitest', 'run', '--project', 'browser'], report: 'vitest', alone: true, limitSeconds: 400 },
  e2e('sound', true),
];
