import { readConfig } from '../demo/server/config.ts';
import { ensureFfmpeg } from '../demo/server/media/ffmpeg/ensure.ts';
import { runStep, type Outcome, type Step } from './checks/step.ts';
import { steps } from './checks/steps.ts';
import { installChromium } from './support/install-chromium.ts';

/** `npm test`: every step, also after one has failed, and one closing line. `--check` leaves the tests out; names choose steps. */

/** One of them for what is gentle, while a step is alone. */
const LANES = 2;

const wishes = process.argv.slice(2);
const unknown = wishes.filter((wish) => wish !== '--check' && !steps.some((step) => step.name.split(' ')[0] === wish));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}`);
  process.exit(2);
}
const names = wishes.filter((wish) => wish !== '--check');
const chosen = steps.filter(
  (step) =>
    (!wishes.includes('--check') || step.check === true) && (names.length === 0 || names.includes(step.name.split(' ')[0] ?? '')),
);

const outcomes: Outcome[] = [];

/** A step may start: nothing it needs is still to come, and it does not disturb, nor is disturbed by, what is running. */
function mayStart(step: Step, running: ReadonlySet<Step>, waiting: readonly Step[]): boolean {
  if (running.size >= LANES) return false;
  const others = [...running].filter((other) => other.gentle !== true);
  const gentle = running.size - others.length;
  if (step.gentle === true && gentle > 0 && waiting.some((other) => other.gentle !== true)) return false;
  if (step.gentle !== true && others.length > 0 && (step.alone === true || others.some((other) => other.alone === true)))
    return false;
  return step.built !== true || ![...running, ...waiting].some((other) => other.name === 'build');
}

const indent = (text: string) => text.trimEnd().replace(/^/gm, '    ');

function tell(outcome: Outcome): void {
  const { step, passed, failed, seconds, output } = outcome;
  const counts = step.report === undefined ? '' : ` ${String(passed)} passed${failed > 0 ? `, ${String(failed)} failed` : ''}`;
  console.log(`${failed > 0 ? '✗' : '✓'} ${step.name}${counts} (${seconds.toFixed(1)} s)`);
  if (failed > 0) console.log(indent(output));
}

async function runAll(): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  if (chosen.some((step) => step.name === 'browser' || step.name.startsWith('e2e'))) env['CHROMIUM_PATH'] = installChromium();
  // Before the tests, so that none of them waits for an installation.
  if (chosen.some((step) => step.report !== undefined)) {
    const { modelsDir } = readConfig(env, 0);
    await ensureFfmpeg({ modelsDir, log: (line) => console.log(line) });
  }
  const waiting = [...chosen];
  const running = new Map<Step, Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.find((step) => mayStart(step, new Set(running.keys()), waiting));
    if (next === undefined) {
      await Promise.race(running.values());
      continue;
    }
    waiting.splice(waiting.indexOf(next), 1);
    if (next.built === true && outcomes.some(({ step, failed }) => step.name === 'build' && failed > 0)) {
      const skipped = { step: next, passed: 0, failed: 1, seconds: 0, output: 'Not run: the build failed.' };
      outcomes.push(skipped);
      tell(skipped);
      continue;
    }
    console.log(`▸ ${next.name}: ${next.command.join(' ')}`);
    running.set(
      next,
      runStep(next, env).then((outcome) => {
        running.delete(next);
        outcomes.push(outcome);
        tell(outcome);
      }),
    );
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await runAll();
const sum = (pick: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + pick(outcome), 0);
const failed = sum((outcome) => outcome.failed);
console.log(`${String(sum((outcome) => outcome.passed))} passed, ${String(failed)} failed`);
process.exitCode = failed > 0 ? 1 : 0;
