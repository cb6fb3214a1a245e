import type { Logger } from 'pino';
import { filter, Subscription } from 'rxjs';
import type { Database } from '../store/tables.ts';
import type { Analysis } from './analysis/analysis.ts';
import { endPlan, listenPlan, resumePlan, stopPlan } from './lifecycle-plan.ts';
import type { Notices } from './notices/notices.ts';
import type { Recorder, RecorderEvent, Watched } from './recorder/recorder.ts';
import { resumeTasks } from './resume-tasks.ts';
import type { Task } from './task.ts';
import type { TaskLog } from './task-log.ts';
import type { Tasks } from './tasks.ts';
import { createTurns } from './turns.ts';

/** A task's way from its making to its report: what somebody asks, the recorder and the analysis tell, one change of a task at a time. */

/** What became of a wish. */
export interface Told {
  /** As it stands now; null = it is gone. */
  readonly task: Task | null;
  /** False: it stands where that cannot be. */
  readonly done: boolean;
  /** For people. */
  readonly message: string;
}

export interface Lifecycle {
  /** It was made (`wanted`): listened to from now on, whenever its start lies. */
  added(task: Pick<Task, 'id'>): Promise<Told>;
  /** Rejects with a `RecorderError`. */
  listen(task: Pick<Task, 'id'>): Promise<Told>;
  /** What is recorded is analysed. Rejects with a `RecorderError`: it goes on then. */
  stop(task: Pick<Task, 'id'>): Promise<Told>;
  /** It was deleted: its recording and all its files go too. */
  removed(task: Pick<Task, 'id' | 'bililive_live_id'>): Promise<void>;
  /** Watches again what a restart cut off. `Analysis.resume` goes on with analyses. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

export interface LifecycleOptions {
  readonly tasks: Tasks;
  readonly recorder: Recorder;
  readonly analysis: Analysis;
  readonly notices: Pick<Notices, 'told$'>;
  readonly taskLog: TaskLog;
  readonly database: Database;
  readonly log: Logger;
  /** Until what failed is tried again, ms. */
  readonly againMs?: number;
}

const AGAIN_MS = 5000;
const GONE: Told = { task: null, done: false, message: 'The task is gone.' };

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { tasks, recorder, analysis, notices, taskLog, database, log, againMs = AGAIN_MS } = options;
  const { turn, settled } = createTurns();
  /** Broadcasts that are being recorded, whatever the task's status: it may be analysed again meanwhile. */
  const onAir = new Set<string>();
  /** Those that ended while the task was analysed. */
  const later = new Set<string>();
  let closed = false;

  const write: TaskLog['write'] = async (id, level, message) => {
    try {
      await taskLog.write(id, level, message);
    } catch (cause) {
      // What a task goes through does not hang on its log.
      log.error({ err: cause, task: id }, 'a line of a task’s log could not be kept');
    }
  };
  /** Nobody waits for it, and it is not told again: it is tried until it succeeds. */
  const soon = (taskId: string, work: () => Promise<unknown>): void => {
    if (closed) return;
    turn(taskId, work).catch((cause: unknown) => {
      log.error({ err: cause, task: taskId }, 'a task could not be changed');
      setTimeout(() => soon(taskId, work), againMs).unref();
    });
  };

  const toAnalysis = async (id: string, wanted: boolean): Promise<Task | null> => {
    const task = await tasks.become(id, 'processing', {
      set: { wanted },
      also: (transaction) => analysis.enqueue(transaction, id),
    });
    if (task !== null) analysis.poke();
    return task;
  };

  const begun = async (id: string, hostName?: string): Promise<void> => {
    const named = hostName === undefined ? {} : { host_name: hostName };
    const task = await tasks.become(id, 'recording', { from: ['listening'], set: named });
    if (task !== null) await write(id, 'INFO', 'On the air: recording.');
  };

  const listenNow = async (task: Task): Promise<Told> => {
    const now = await tasks.become(task.id, 'listening', { set: { wanted: true } });
    if (now === null) return GONE;
    await write(now.id, 'INFO', `Listening (${recorder.name}).`);
    await recorder.listen(watchedOf(now));
    if (onAir.has(now.id)) await begun(now.id);
    return { task: now, done: true, message: 'Listening began.' };
  };

  const listen = async (id: string): Promise<Told> => {
    const task = await tasks.read(id);
    if (task === null) return GONE;
    switch (listenPlan(task)) {
      case 'listen':
        return listenNow(task);
      case 'already':
        await recorder.listen(watchedOf(task));
        return { task: await tasks.set(id, { wanted: true }), done: true, message: 'It is listened to already.' };
      case 'after-analysis':
        return {
          task: await tasks.set(id, { wanted: true }),
          done: true,
          message: 'It is being analysed; it is listened to after that.',
        };
    }
  };

  const stop = async (id: string): Promise<Told> => {
    const task = await tasks.read(id);
    if (task === null) return GONE;
    if (task.status !== 'listening' && task.status !== 'recording') {
      return { task: await tasks.set(id, { wanted: false }), done: true, message: 'It is not listened to.' };
    }
    await recorder.unlisten(id);
    // It may have gone live, or have been deleted, while it was being stopped.
    const live = onAir.delete(id);
    const now = await tasks.read(id);
    if (now === null) return GONE;
    const kept = (await recorder.parts(id)).length > 0;
    switch (stopPlan(live && now.status === 'listening' ? { status: 'recording' } : now, kept)) {
      case 'analyse':
        await write(id, 'INFO', 'Stopped: what is recorded is analysed.');
        return { task: await toAnalysis(id, false), done: true, message: 'Listening stopped; what is recorded is analysed.' };
      case 'pending':
        await write(id, 'INFO', 'Stopped listening.');
        return {
          task: await tasks.become(id, 'pending', { set: { wanted: false } }),
          done: true,
          message: 'Listening stopped.',
        };
      case 'nothing':
        return { task: await tasks.set(id, { wanted: false }), done: true, message: 'It is not listened to.' };
    }
  };

  const ended = async (id: string, nothing: boolean): Promise<void> => {
    const task = await tasks.read(id);
    if (task === null) return;
    switch (endPlan(task, nothing)) {
      case 'analyse':
        await write(id, 'INFO', 'The broadcast is over. Its analysis is queued.');
        await toAnalysis(id, false);
        break;
      case 'listen':
        await write(id, 'WARNING', 'The broadcast is over, and nothing of it was recorded. Listening on.');
        if (task.status === 'recording') await tasks.become(id, 'listening', { from: ['recording'] });
        await recorder.listen(watchedOf(task));
        break;
      case 'later':
        later.add(id);
        break;
      case 'nothing':
        break;
    }
  };

  const on = (event: RecorderEvent): void => {
    const { taskId } = event;
    // At once: whoever has the turn may look at it.
    if (event.type === 'recording') onAir.add(taskId);
    if (event.type === 'ended') onAir.delete(taskId);
    soon(taskId, async () => {
      switch (event.type) {
        case 'note':
          await write(taskId, event.level, event.message);
          break;
        case 'recording':
          await begun(taskId, event.hostName);
          break;
        case 'ended':
          await ended(taskId, event.nothing);
          break;
      }
    });
  };

  /** The analysis has said what it had to say. */
  const analysed = async (id: string): Promise<void> => {
    const task = await tasks.read(id);
    if (task === null) return;
    if (later.delete(id)) await toAnalysis(id, task.wanted);
    else if (task.wanted && task.status !== 'processing') await listenNow(task);
  };

  const resumeOne = async (task: Task): Promise<void> => {
    const plan = resumePlan(task);
    switch (plan.do) {
      case 'watch':
        if (plan.begun)
          await write(task.id, 'WARNING', 'The gateway began anew in the middle of it: the broadcast is looked for.');
        await recorder.listen({ ...watchedOf(task), begun: plan.begun });
        break;
      case 'listen':
        await listenNow(task);
        break;
      case 'nothing':
        break;
    }
  };

  const running = new Subscription();
  running.add(recorder.events$.subscribe(on));
  const ends = notices.told$.pipe(
    filter(({ type, data }) => type === 'task_status_update' && (data['status'] === 'completed' || data['status'] === 'failed')),
  );
  running.add(ends.subscribe(({ data }) => soon(String(data['task_id']), () => analysed(String(data['task_id'])))));

  return {
    added: ({ id }) => turn(id, () => listen(id)),
    listen: ({ id }) => turn(id, () => listen(id)),
    stop: ({ id }) => turn(id, () => stop(id)),
    removed: ({ id, bililive_live_id: liveId }) =>
      turn(id, async () => {
        later.delete(id);
        onAir.delete(id);
        await analysis.cancel(id);
        await recorder.remove(id, liveId);
        await analysis.remove(id);
      }),
    resume: () =>
      resumeTasks(database, (task) =>
        turn(task.id, () => resumeOne(task)).catch((cause: unknown) => {
          log.error({ err: cause, task: task.id }, 'a task could not be taken up again');
        }),
      ),
    close: async () => {
      closed = true;
      running.unsubscribe();
      await settled();
    },
  };
}

const watchedOf = ({ id, url, livestream_name: name }: Task): Watched => ({ id, url, name });
