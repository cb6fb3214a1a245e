import { UnreadableFileError } from '../../media/taps/file.ts';
import type { RecordedPart } from '../recorder/recorder.ts';
import type { Task } from '../task.ts';
import type { AnalysisOptions } from './create-analysis.ts';
import { hearRecording } from './hear-recording.ts';
import { AnalysisFailure, inWords, stepToBegin, type Step } from './job.ts';
import { hasMore, joinParts } from './join-parts.ts';
import type { PartMedia } from './part-media.ts';
import { readFrames } from './read-frames.ts';
import type { StepRun } from './step-run.ts';
import { summarise } from './summarise.ts';
import { takeFrames } from './take-frames.ts';
import { TaskFiles } from './task-files.ts';

/** What each step of an analysis does with what the ones before left on the disk. */

export interface StepOutcome {
  /** Of the last step. Markdown */
  readonly report?: string;
}

export interface Steps {
  /** Where to go on: earlier than `step` where an outcome is missing, or where more was recorded since. */
  begin(taskId: string, step: Step): Promise<Step>;
  run(step: Step, taskId: string, run: StepRun): Promise<StepOutcome>;
}

export type StepsOptions = Pick<
  AnalysisOptions,
  'tasks' | 'recorder' | 'engines' | 'model' | 'embedder' | 'dataDir' | 'taskLog' | 'log'
> & { readonly media: PartMedia | null };

export function createSteps(options: StepsOptions): Steps {
  const { tasks, recorder, engines, dataDir, log } = options;

  const media = (): PartMedia => {
    if (options.media === null) throw new AnalysisFailure('There is no ffmpeg here, without which no recording can be read.');
    return options.media;
  };

  async function outcomeOf(step: Step, task: Task, run: StepRun): Promise<StepOutcome> {
    const files = new TaskFiles(dataDir, task.id);
    switch (step) {
      case 'join': {
        const parts = await recorder().parts(task.id);
        await files.startOver(await joinParts(parts, parts.length === 0 ? NEVER : media().measure, run));
        return {};
      }
      case 'frames': {
        const { framesOf } = media();
        await run.say('INFO', 'Taking frames by scene change and interval');
        const joined = needed(await files.joined(), 'the joined recording');
        await takeFrames(joined, (file, everyMs, signal) => readable(framesOf(file, everyMs, signal), run), files, run);
        return {};
      }
      case 'read':
        await readFrames(task.livestream_name, needed(await files.frames(), 'the list of frames'), engines.see, files, run);
        return {};
      case 'hear': {
        const { soundOf } = media();
        const joined = needed(await files.joined(), 'the joined recording');
        const manuscript = needed(await files.manuscript(), 'the manuscript');
        const wish = {
          joined,
          manuscript,
          engines,
          soundOf: (file: string, signal: AbortSignal) => readable(soundOf(file, signal), run),
        };
        await hearRecording(wish, files, run);
        return {};
      }
      case 'summarise': {
        const manuscript = needed(await files.manuscript(), 'the manuscript');
        const written = { task, manuscript, transcript: await files.transcript(), joined: await files.joined() };
        return { report: await summarise(written, { model: options.model ?? null, embedder: options.embedder ?? null }, run) };
      }
    }
  }

  return {
    begin: async (taskId, step) => {
      const files = new TaskFiles(dataDir, taskId);
      const joined = await files.joined();
      if (step !== 'join' && joined !== null) {
        // Asked for also because it lays out again what readers need.
        const parts = await partsOrNone(taskId);
        if (hasMore(joined, parts)) {
          await options.taskLog.write(taskId, 'INFO', 'More was recorded since the last analysis: all of it is analysed anew');
          return 'join';
        }
      }
      return stepToBegin(step, await files.there());
    },
    run: async (step, taskId, run) => {
      const task = await tasks.read(taskId);
      if (task === null) throw new AnalysisFailure('The task is gone.');
      return outcomeOf(step, task, run);
    },
  };

  /** What is there is analysed, also while the recorder does not answer. */
  async function partsOrNone(taskId: string): Promise<readonly RecordedPart[]> {
    try {
      return await recorder().parts(taskId);
    } catch (cause) {
      log.warn({ err: cause, task: taskId }, 'the recorder does not tell what it recorded');
      return [];
    }
  }
}

const NEVER = (): Promise<number> => Promise.reject(new Error('there is nothing to measure'));

function needed<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`${what} is not there`);
  return value;
}

/** What can be read of a damaged part, which is told. One of which nothing comes is tried again: it could be measured before. */
async function* readable<T>(pieces: AsyncIterable<T>, run: StepRun): AsyncGenerator<T> {
  let some = false;
  try {
    for await (const piece of pieces) {
      some = true;
      yield piece;
    }
  } catch (cause) {
    if (!some || !(cause instanceof UnreadableFileError)) throw cause;
    await run.say('WARNING', `A part of the recording can be read only so far: ${inWords(cause)}`);
  }
}
