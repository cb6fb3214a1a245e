import type { Logger } from 'pino';
import type { Auth } from '../../auth.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../store/tables.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { LivestreamTokens } from '../auth/tokens.ts';
import type { Prompts } from '../prompts/prompts.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { TaskLog } from '../task-log.ts';
import type { Task } from '../task.ts';
import type { Tasks } from '../tasks.ts';
import type { FrameUrls } from './frame-urls.ts';

/** Everything that the routes need of the other parts; whoever serves the routes hands it over. */

/** What became of a wish. */
export interface Told {
  /** As it stands now; null = it is gone. */
  readonly task: Task | null;
  /** False: it stands where that cannot be. */
  readonly done: boolean;
  /** For people. */
  readonly message: string;
}

/** Who moves tasks between watching, recording and analysis. */
export interface TaskLifecycle {
  /** It was created, and is wanted: it is watched from now on. */
  added(task: Task): Promise<unknown>;
  /** Watches it again; one that is being analysed, after that. */
  listen(task: Task): Promise<Told>;
  /** Watches it no more; what was recorded is analysed. */
  stop(task: Task): Promise<Told>;
  /** It is no longer in the database: everything else of it goes, too. */
  removed(task: Task): Promise<unknown>;
}

export interface LivestreamDeps {
  readonly config: Config;
  readonly auth: Auth;
  readonly tokens: LivestreamTokens;
  readonly database: Database;
  readonly tasks: Tasks;
  readonly taskLog: TaskLog;
  readonly prompts: Prompts;
  readonly recorder: Recorder;
  readonly lifecycle: TaskLifecycle;
  readonly analysis: Analysis;
  /** Searches forgive misspelt words. */
  readonly searchForgives: boolean;
  readonly frameUrls: FrameUrls;
  readonly log: Logger;
}
