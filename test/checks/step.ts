import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';

/** One step of `npm test`: a command with a time limit, and how many tests it stands for. */

export interface Step {
  readonly name: string;
  /** Command and arguments; the first is looked up in node_modules/.bin. */
  readonly command: readonly string[];
  /** The command writes a JSON report of tests; without one the step counts as one check. */
  readonly report?: 'vitest' | 'playwright';
  /** Measures time or sound: nothing runs meanwhile but what is gentle. */
  readonly alone?: boolean;
  /** Takes what is left of the processors, also beside a step that is alone. */
  readonly gentle?: boolean;
  /** Part of `npm run check`. */
  readonly check?: boolean;
  /** Wants what the step `build` makes, so it is not run when that fails. */
  readonly built?: boolean;
  readonly limitSeconds?: number;
}

export interface Outcome {
  readonly step: Step;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  readonly output: string;
}

const reports = join('node_modules', '.cache', 'viva-voce');

/** Runs one step; it never rejects: whatever goes wrong is a failed outcome with its output. */
export function runStep(step: Step, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const began = performance.now();
  const report = join(reports, `${step.name}.json`);
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const [program = '', ...rest] = step.command;
  const extra = step.report === 'vitest' ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const child = spawn(join('node_modules', '.bin', program), [...rest, ...extra], {
    env: { ...env, FORCE_COLOR: undefined, NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // Whatever it starts is as patient as it is.
  if (step.gentle === true && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let output = '';
  const keep = (piece: Buffer) => (output += piece.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const limitSeconds = step.limitSeconds ?? 400;
  return new Promise((resolve) => {
    const finish = (code: number | null) => {
      clearTimeout(limit);
      process.off('exit', stop);
      stop();
      const counted = step.report === undefined ? null : readReport(step.report, report);
      const { passed, failed } = counted ?? { passed: 0, failed: 0 };
      const check = counted === null ? 1 : 0;
      resolve({
        step,
        passed: passed + (code === 0 ? check : 0),
        failed: code === 0 ? failed : Math.max(failed, 1),
        seconds: (performance.now() - began) / 1000,
        output,
      });
    };
    // The whole group: a runner that is stopped must not leave browsers or gateways behind.
    const stop = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
      }
    };
    const limit = setTimeout(() => {
      output += `\nStopped: not done after ${String(limitSeconds)} s.`;
      stop();
    }, limitSeconds * 1000);
    child.on('error', (cause) => {
      output += String(cause);
      finish(1);
    });
    child.on('close', finish);
    process.once('exit', stop);
  });
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly errors: readonly unknown[];
}

/** Null when the runner died before it could write its report. */
function readReport(kind: 'vitest' | 'playwright', path: string): Counts | null {
  if (!existsSync(path)) return null;
  const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (kind === 'vitest') {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = json as VitestReport;
    return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0) };
  }
  const { stats, errors } = json as PlaywrightReport;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
