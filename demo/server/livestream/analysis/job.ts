import type { LivestreamJobTable } from '../../store/livestream-tables.ts';
import { EngineBusyError } from '../../engines/engine.ts';

/** The steps of an analysis: in which order, where one goes on, and when a step that failed is tried again. Pure. */

export type Step = LivestreamJobTable['step'];

export const STEPS = ['join', 'frames', 'read', 'hear', 'summarise'] as const satisfies readonly Step[];

/** Null: that was the last. */
export const stepAfter = (step: Step): Step | null => STEPS[STEPS.indexOf(step) + 1] ?? null;

/**
 * Where to go on: at `step`, or at an earlier one whose outcome is not there (any more). `there`: the steps whose outcomes lie on the disk.
 * The transcript alone may be missing where the manuscript is: the summary is made without.
 */
export function stepToBegin(step: Step, there: ReadonlySet<Step>): Step {
  if (step === 'summarise' && there.has('read')) return step;
  const before = STEPS.slice(0, STEPS.indexOf(step));
  // Who has the manuscript needs no frames for what follows, but the parts to hear them.
  const needed = step === 'hear' && there.has('read') ? before.filter((one) => one !== 'frames') : before;
  return needed.find((one) => !there.has(one)) ?? step;
}

/** Trying again changes nothing: `message` is told to the task's owner. */
export class AnalysisFailure extends Error {
  override readonly name = 'AnalysisFailure';
}

/** Times that a step is begun, whatever cut it off: one that ends the whole process must not do so for ever. */
export const MOST_ATTEMPTS = 6;

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 300_000;

/** ms until the next attempt, after so many. */
export const waitMs = (attempts: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** Math.max(0, attempts - 1));

export type Verdict =
  { readonly type: 'again'; readonly inMs: number; readonly why: string } | { readonly type: 'failed'; readonly why: string };

/** What follows from a failure of the `attempts`-th attempt. */
export function verdictOn(cause: unknown, attempts: number): Verdict {
  const why = inWords(cause);
  if (cause instanceof AnalysisFailure) return { type: 'failed', why };
  if (isRefused(cause)) return { type: 'failed', why };
  if (attempts < MOST_ATTEMPTS) return { type: 'again', inMs: waitMs(attempts), why };
  return { type: 'failed', why: `${why} (tried ${String(attempts)} times)` };
}

/** A model's server that refuses what it is asked refuses it tomorrow too: wrong key, unknown model, forbidden. */
function isRefused(cause: unknown): boolean {
  for (let error: unknown = cause; error instanceof Error; error = error.cause) {
    const status: unknown = 'status' in error ? error.status : undefined;
    if (status === 400 || status === 401 || status === 403 || status === 404) return true;
  }
  return false;
}

/** Without what a log must not hold: passwords in URLs, paths of this machine. */
export function inWords(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof EngineBusyError) return `an engine is busy: ${text}`;
  return text
    .replace(/\/\/[^/\s@]+@/g, '//')
    .replace(/(^|[\s'"(])(?:file:)?\/[^\s'":)]+/g, '$1the file')
    .slice(0, 500);
}
