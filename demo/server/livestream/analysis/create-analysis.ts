import type { Logger } from 'pino';
import type { Answering, Engines } from '../../engines/engine.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import type { Database } from '../../store/tables.ts';
import type { Notices } from '../notices/notices.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { taskRoom, type TaskLog } from '../task-log.ts';
import type { Tasks } from '../tasks.ts';
import type { Analysis } from './analysis.ts';
import { AnalysisFailure, MOST_ATTEMPTS, stepAfter, verdictOn, waitMs, type Step } from './job.ts';
import { mediaOf, type PartMedia } from './part-media.ts';
import { createQueue, type JobRow } from './queue.ts';
import { createSteps, type StepOutcome } from './steps.ts';
import { isTaskId, TaskFiles } from './task-files.ts';

/** Analyses as durable jobs: taken from the queue, two at once, step by step; cut off at any moment they go on where they were. */

export interface AnalysisOptions {
  readonly database: Database;
  readonly tasks: Tasks;
  /** Asked for when it is needed: the recorder is made beside. */
  readonly recorder: () => Pick<Recorder, 'parts'>;
  readonly engines: Engines;
  /** Writes the reports; null = they are quotes. */
  readonly model?: Answering | null;
  /** Finds quotes by meaning too; null = by words alone. */
  readonly embedder?: Embedder | null;
  /** Path of ffmpeg; null = there is none here. */
  readonly program: string | null;
  readonly dataDir: string;
  readonly taskLog: TaskLog;
  readonly notices: Notices;
  readonly log: Logger;
  /** Default: by `program`. */
  readonly media?: PartMedia;
  /** ms until the next attempt, after so many. */
  readonly wait?: (attempts: number) => number;
}

/** Machines have two cores for all of this: a third would only make the others slower. */
const MOST_AT_ONCE = 2;
const TELL_EVERY_MS = 500;
/** Timers of Node hold 24 days. */
const LONGEST_SLEEP_MS = 3_600_000;

interface Running {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export function createAnalysis(options: AnalysisOptions): Analysis {
  const { database, tasks, taskLog, notices, log, wait = waitMs } = options;
  const queue = createQueue(database);
  const media = options.media ?? (options.program === null ? null : mediaOf(options.program));
  const steps = createSteps({ ...options, media });
  const running = new Map<string, Running>();
  const filesOf = (taskId: string): TaskFiles => new TaskFiles(options.dataDir, taskId);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let pumping: Promise<void> | null = null;
  let again = false;

  const firstStep = async (taskId: string): Promise<Step> =>
    (await filesOf(taskId).manuscript()) === null ? 'join' : 'summarise';

  function pump(): void {
    if (closed) return;
    if (pumping !== null) {
      again = true;
      return;
    }
    again = false;
    pumping = fill()
      .catch((cause: unknown) => {
        log.error({ err: cause }, 'the queue of analyses cannot be read');
        wakeAfter(wait(2));
      })
      .finally(() => {
        pumping = null;
        if (again) pump();
      });
  }

  async function fill(): Promise<void> {
    clearTimeout(timer);
    while (!closed && running.size < MOST_AT_ONCE) {
      const job = await queue.take([...running.keys()]);
      if (job === null) break;
      begin(job);
    }
    if (closed || running.size >= MOST_AT_ONCE) return;
    const dueMs = await queue.nextDueMs([...running.keys()]);
    if (dueMs !== null) wakeAfter(dueMs - Date.now());
  }

  function wakeAfter(ms: number): void {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(pump, Math.min(LONGEST_SLEEP_MS, Math.max(0, ms)));
    timer.unref();
  }

  function begin(job: JobRow): void {
    const stop = new AbortController();
    const ended = work(job, stop.signal)
      .catch((cause: unknown) => log.error({ err: cause, task: job.task_id }, 'the state of an analysis could not be stored'))
      .finally(() => {
        running.delete(job.task_id);
        pump();
      });
    running.set(job.task_id, { stop, ended });
  }

  async function work({ task_id: id, ...row }: JobRow, signal: AbortSignal): Promise<void> {
    let { step, attempts } = row;
    try {
      if (attempts > MOST_ATTEMPTS)
        throw new AnalysisFailure(`The gateway was stopped ${String(attempts - 1)} times during this step.`);
      const first = await steps.begin(id, step);
      if (first !== step && !(await queue.set(id, { step: first, progress: 0 }))) return;
      step = first;
      for (;;) {
        const outcome = await run(id, step, signal);
        const next = stepAfter(step);
        if (next === null) {
          await finish(id, outcome);
          return;
        }
        if (!(await queue.set(id, { step: next, attempts: 1, progress: 0, error: null }))) return;
        step = next;
        attempts = 1;
      }
    } catch (cause) {
      // Whoever stopped it has said in the queue what becomes of it.
      if (signal.aborted) return;
      await failed(id, step, cause, attempts);
    }
  }

  async function run(id: string, step: Step, signal: AbortSignal): Promise<StepOutcome> {
    let toldAt = 0;
    let written: Promise<unknown> = Promise.resolve();
    const progress = (value: number): void => {
      const percentage = Math.round(Math.min(100, Math.max(0, value)));
      if (signal.aborted || (percentage > 0 && percentage < 100 && Date.now() - toldAt < TELL_EVERY_MS)) return;
      toldAt = Date.now();
      notices.tell({ type: 'task_progress', room: taskRoom(id), data: { task_id: id, step, percentage } });
      const lost = (cause: unknown): void => log.warn({ err: cause }, 'progress could not be stored');
      written = Promise.all([written, queue.set(id, { progress: percentage }).catch(lost)]);
    };
    progress(0);
    const outcome = await steps.run(step, id, { signal, progress, say: (level, message) => taskLog.write(id, level, message) });
    signal.throwIfAborted();
    progress(100);
    // Not after the next step's.
    await written;
    return outcome;
  }

  async function finish(id: string, { report }: StepOutcome): Promise<void> {
    if (report === undefined) throw new Error('the last step made no report');
    const done = await tasks.become(id, 'completed', {
      from: ['processing'],
      set: { summary_report: report },
      also: (transaction) => end(id, { status: 'done', progress: 100, error: null }, transaction),
    });
    if (done !== null) await taskLog.write(id, 'INFO', 'Analysis completed');
    else await queue.set(id, { status: 'cancelled' });
  }

  async function failed(id: string, step: Step, cause: unknown, attempts: number): Promise<void> {
    const verdict = verdictOn(cause, attempts);
    const what = `${WORDS[step]} failed: ${verdict.why}`;
    if (verdict.type === 'again') {
      const inMs = wait(attempts);
      if (!(await queue.set(id, { status: 'queued', due_at: new Date(Date.now() + inMs), error: verdict.why }))) return;
      await taskLog.write(id, 'WARNING', `${what}; tried again in ${String(Math.ceil(inMs / 1000))} s`);
      return;
    }
    log.warn({ err: cause, task: id, step }, 'an analysis failed');
    const done = await tasks.become(id, 'failed', {
      from: ['processing'],
      set: { failure: what },
      also: (transaction) => end(id, { status: 'failed', error: verdict.why }, transaction),
    });
    if (done !== null) await taskLog.write(id, 'ERROR', what);
    else await queue.set(id, { status: 'cancelled' });
  }

  /** Throws when it was cancelled in the meantime: then nothing of the transaction happened. */
  async function end(
    id: string,
    change: Parameters<typeof queue.set>[1],
    within: Parameters<typeof queue.set>[2],
  ): Promise<void> {
    if (!(await queue.set(id, change, within))) throw new Error('the analysis was cancelled');
  }

  async function stop(taskId: string): Promise<void> {
    const one = running.get(taskId);
    one?.stop.abort(new Error('the analysis was cancelled'));
    await one?.ended;
  }

  return {
    enqueue: async (transaction, taskId) => queue.add(transaction, taskId, await firstStep(taskId)),
    poke: pump,
    cancel: async (taskId) => {
      await queue.cancel(taskId);
      await stop(taskId);
    },
    resume: async () => {
      const count = await queue.resume(firstStep);
      if (count > 0) log.info({ count }, 'analyses go on after a restart');
      pump();
    },
    manuscript: async (taskId) => (isTaskId(taskId) ? filesOf(taskId).manuscript() : null),
    frame: async (taskId, filename) => (isTaskId(taskId) ? filesOf(taskId).frame(filename) : null),
    remove: async (taskId) => {
      await queue.cancel(taskId);
      await stop(taskId);
      await filesOf(taskId).remove();
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await pumping;
      const open = [...running.entries()];
      for (const [, { stop: one }] of open) one.abort(new Error('the gateway stops'));
      await Promise.all(open.map(([, { ended }]) => ended));
      // Its attempt does not count: nothing failed.
      for (const [id] of open) await queue.set(id, { status: 'queued', due_at: new Date(), attempts: 0 });
    },
  };
}

const WORDS: Readonly<Record<Step, string>> = {
  join: 'Joining the recording',
  frames: 'Taking frames',
  read: 'Reading the frames',
  hear: 'Hearing the recording',
  summarise: 'The summary',
};
