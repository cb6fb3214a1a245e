import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { Subject } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Analysis } from '../../demo/server/livestream/analysis/analysis.ts';
import { createLifecycle } from '../../demo/server/livestream/lifecycle.ts';
import type { Lifecycle } from '../../demo/server/livestream/lifecycle.ts';
import { createNotices } from '../../demo/server/livestream/notices/create-notices.ts';
import type { Notices } from '../../demo/server/livestream/notices/notices.ts';
import type { RecordedPart, Recorder, RecorderEvent, Watched } from '../../demo/server/livestream/recorder/recorder.ts';
import { RecorderError } from '../../demo/server/livestream/recorder/recorder.ts';
import type { Task, TaskStatus } from '../../demo/server/livestream/task.ts';
import { createTaskLog } from '../../demo/server/livestream/task-log.ts';
import type { TaskLog } from '../../demo/server/livestream/task-log.ts';
import { createTasks } from '../../demo/server/livestream/tasks.ts';
import type { Tasks } from '../../demo/server/livestream/tasks.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';

/** A task's way, with a recorder and an analysis that say what the test wants, over the real tables and notices. */

const log = pino({ level: 'silent' });
const PART: RecordedPart = { file: '/p.m3u8', startMs: 0, endMs: 1000 };

class ToldRecorder implements Recorder {
  readonly name = 'told';
  readonly events$ = new Subject<RecorderEvent>();
  readonly watched = new Map<string, Watched>();
  readonly removed: (readonly [string, string | null | undefined])[] = [];
  kept: readonly RecordedPart[] = [];
  /** Told while it is being stopped: the broadcast went live just then. */
  whileStopping: (() => void) | null = null;
  away = false;

  add = () => Promise.resolve({ liveId: 'l', hostName: 'h' });
  listen(task: Watched): Promise<void> {
    this.watched.set(task.id, task);
    return Promise.resolve();
  }
  unlisten(taskId: string): Promise<void> {
    if (this.away) return Promise.reject(new RecorderError('unavailable', 'It does not answer.'));
    this.whileStopping?.();
    this.watched.delete(taskId);
    return Promise.resolve();
  }
  remove(taskId: string, liveId?: string | null): Promise<void> {
    this.watched.delete(taskId);
    this.removed.push([taskId, liveId]);
    return Promise.resolve();
  }
  parts = () => Promise.resolve(this.kept);
  playback = () => Promise.resolve({ liveUrl: null, recordedUrl: null });
  close = () => Promise.resolve();
}

let database: Database;
let notices: Notices;
let tasks: Tasks;
let taskLog: TaskLog;
let recorder: ToldRecorder;
let queued: string[];
let gone: string[];
let lifecycle: Lifecycle;

const analysis = (): Analysis => ({
  enqueue: async (transaction, taskId) => {
    queued.push(taskId);
    const now = new Date();
    await transaction
      .insertInto('livestream_jobs')
      .values({
        task_id: taskId,
        step: 'join',
        status: 'queued',
        attempts: 0,
        due_at: now,
        progress: 0,
        error: null,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.column('task_id').doUpdateSet({ status: 'queued' }))
      .execute();
  },
  ...{ poke: () => undefined, cancel: () => Promise.resolve(), resume: () => Promise.resolve(), close: () => Promise.resolve() },
  ...{ manuscript: () => Promise.resolve(null), frame: () => Promise.resolve(null) },
  remove: (taskId) => {
    gone.push(taskId);
    return Promise.resolve();
  },
});

const begin = (): Lifecycle =>
  createLifecycle({ tasks, recorder, analysis: analysis(), notices, taskLog, database, log, againMs: 10 });

beforeAll(async () => {
  database = await openDatabase({ databaseUrl: null, dataDir: null });
}, 60_000);
afterAll(() => database.destroy());
beforeEach(async () => {
  await database.deleteFrom('livestream_tasks').execute();
  notices = await createNotices({ database, log });
  tasks = createTasks(database, notices);
  taskLog = createTaskLog(database, notices);
  [recorder, queued, gone] = [new ToldRecorder(), [], []];
  lifecycle = begin();
  return async () => {
    await lifecycle.close();
    await notices.close();
  };
});

const made = (status: TaskStatus = 'pending', wanted = true): Promise<Task> =>
  tasks.create({
    ...{
      id: randomUUID(),
      url: 'rtsp://127.0.0.1/x',
      livestream_name: 'n',
      entity: null,
      start_time: new Date(Date.now() + 1e9),
    },
    ...{ status, bililive_live_id: 'live', host_name: 'h', prompt_name: null, prompt_content: 'p', livestream_image: null },
    ...{ summary_report: null, owner: 'o', wanted },
  });

const stands = async ({ id }: Task, status: TaskStatus): Promise<Task> => {
  await vi.waitFor(async () => expect((await tasks.read(id))?.status).toBe(status), 10_000);
  const task = await tasks.read(id);
  if (task === null) throw new Error('it is gone');
  return task;
};
/** Statuses as they were announced. */
const announced = async ({ id }: Task): Promise<readonly unknown[]> =>
  (await notices.since(0, 1000)).filter(({ data }) => data['task_id'] === id).map(({ type, data }) => data['status'] ?? type);
const tell = (event: RecorderEvent): void => recorder.events$.next(event);
const live = async (task: Task): Promise<void> => {
  tell({ type: 'recording', taskId: task.id });
  await stands(task, 'recording');
};

describe('a task', () => {
  it('is listened to from its making, though its start lies ahead, recorded, and analysed in the transaction of its end', async () => {
    const task = await made();
    await lifecycle.added(task);
    expect(recorder.watched.get(task.id)).toMatchObject({ url: task.url });
    tell({ type: 'recording', taskId: task.id, hostName: 'Host' });
    expect((await stands(task, 'recording')).host_name).toBe('Host');
    tell({ type: 'note', taskId: task.id, level: 'WARNING', message: 'It went away.' });
    tell({ type: 'ended', taskId: task.id, nothing: false });
    const ended = await stands(task, 'processing');
    expect([ended.wanted, queued]).toEqual([false, [task.id]]);
    expect(await announced(task)).toEqual(['pending', 'listening', 'recording', 'processing']);
    expect((await taskLog.read(task.id)).replace(/^.{26}/gm, '').split('\n')).toEqual([
      ...['INFO - Listening (told).', 'INFO - On the air: recording.', 'WARNING - It went away.'],
      'INFO - The broadcast is over. Its analysis is queued.',
    ]);
  });

  it('of which nothing was recorded is listened to again', async () => {
    const task = await made();
    await lifecycle.added(task);
    await live(task);
    recorder.watched.clear();
    tell({ type: 'ended', taskId: task.id, nothing: true });
    await stands(task, 'listening');
    await vi.waitFor(() => expect(recorder.watched.has(task.id)).toBe(true));
    expect(queued).toEqual([]);
  });

  it('that is stopped waits, or is analysed when something is recorded', async () => {
    const [waits, has] = [await made(), await made()];
    for (const task of [waits, has]) await lifecycle.added(task);
    await live(has);
    expect((await lifecycle.stop(waits)).task?.status).toBe('pending');
    recorder.kept = [PART];
    expect((await lifecycle.stop(has)).task?.status).toBe('processing');
    expect([queued, recorder.watched.size]).toEqual([[has.id], 0]);
    // Asked again, nothing more happens.
    await lifecycle.stop(has);
    await lifecycle.stop(waits);
    expect([await announced(waits), await announced(has)]).toEqual([
      ['pending', 'listening', 'pending'],
      ['pending', 'listening', 'recording', 'processing'],
    ]);
  });

  it('whose end the database could not take in is ended as soon as it can', async () => {
    const task = await made();
    await lifecycle.added(task);
    await live(task);
    const failing = vi.spyOn(tasks, 'become').mockRejectedValueOnce(new Error('the database is away'));
    tell({ type: 'ended', taskId: task.id, nothing: false });
    await stands(task, 'processing');
    expect(failing).toHaveBeenCalledTimes(2);
  });

  it('is not stopped while the recorder does not answer', async () => {
    const task = await made();
    await lifecycle.added(task);
    recorder.away = true;
    await expect(lifecycle.stop(task)).rejects.toBeInstanceOf(RecorderError);
    expect((await tasks.read(task.id))?.status).toBe('listening');
  });

  it('is asked to be listened to twice, and is listened to once', async () => {
    const task = await made();
    await Promise.all([lifecycle.listen(task), lifecycle.listen(task), lifecycle.added(task)]);
    expect(await announced(task)).toEqual(['pending', 'listening']);
  });

  it('may be listened to again after its report', async () => {
    const task = await made('completed', false);
    expect((await lifecycle.listen(task)).task).toMatchObject({ status: 'listening', wanted: true });
  });
});

describe('two things at once', () => {
  it('stopped while it ends: one analysis', async () => {
    const task = await made();
    await lifecycle.added(task);
    await live(task);
    recorder.kept = [PART];
    tell({ type: 'ended', taskId: task.id, nothing: false });
    await lifecycle.stop(task);
    recorder.whileStopping = () => tell({ type: 'ended', taskId: task.id, nothing: false });
    await lifecycle.stop(task);
    await stands(task, 'processing');
    expect(queued).toEqual([task.id]);
  });

  it('going live while it is stopped: what there is is analysed', async () => {
    const task = await made();
    await lifecycle.added(task);
    recorder.whileStopping = () => {
      recorder.kept = [PART];
      tell({ type: 'recording', taskId: task.id });
    };
    const stopped = await lifecycle.stop(task);
    expect([stopped.task?.status, queued]).toEqual(['processing', [task.id]]);
    // The news comes after the stop, and changes nothing of what stands.
    await lifecycle.close();
    expect(await announced(task)).toEqual(['pending', 'listening', 'processing']);
  });

  it('deleted while it is recorded: what it says afterwards falls away', async () => {
    const task = await made();
    await lifecycle.added(task);
    await live(task);
    await tasks.remove(task.id);
    tell({ type: 'ended', taskId: task.id, nothing: false });
    await lifecycle.removed(task);
    tell({ type: 'note', taskId: task.id, level: 'INFO', message: 'late' });
    tell({ type: 'recording', taskId: task.id });
    await lifecycle.close();
    expect([recorder.removed, gone, queued]).toEqual([[[task.id, 'live']], [task.id], []]);
    expect((await announced(task)).at(-1)).toBe('task_deleted');
  });

  it('analysed again while it is listened to: recording is shown after that, and its end is analysed', async () => {
    const task = await made();
    await lifecycle.added(task);
    await tasks.become(task.id, 'processing');
    tell({ type: 'recording', taskId: task.id });
    await tasks.become(task.id, 'completed');
    await stands(task, 'recording');
    await tasks.become(task.id, 'processing');
    tell({ type: 'ended', taskId: task.id, nothing: false });
    await vi.waitFor(async () => {
      // Until the news of the end has been taken in.
      await lifecycle.listen(task);
      expect((await tasks.read(task.id))?.wanted).toBe(true);
    });
    await tasks.become(task.id, 'completed');
    await vi.waitFor(() => expect(queued).toEqual([task.id]), 10_000);
    await stands(task, 'processing');
    await tasks.become(task.id, 'completed');
    await stands(task, 'listening');
  });
});

describe('a restart', () => {
  it.each([
    ['pending', true, 'listening', { begun: undefined }],
    ['pending', false, 'pending', null],
    ['listening', true, 'listening', { begun: false }],
    ['recording', true, 'recording', { begun: true }],
    ['processing', false, 'processing', null],
    ['completed', false, 'completed', null],
    ['completed', true, 'listening', { begun: undefined }],
    ['failed', false, 'failed', null],
  ] as const)('%s (wanted: %s) becomes %s', async (status, wanted, after, watched) => {
    const task = await made(status, wanted);
    const before = await announced(task);
    await lifecycle.resume();
    await stands(task, after);
    const found = recorder.watched.get(task.id);
    expect(found === undefined ? null : { begun: found.begun }).toEqual(watched);
    // What stands already is not announced again.
    expect(await announced(task)).toEqual(status === after ? before : [...before, after]);
  });

  it('in the middle of recording: the second news of it is not announced', async () => {
    const task = await made();
    await lifecycle.added(task);
    await live(task);
    await lifecycle.close();
    lifecycle = begin();
    await lifecycle.resume();
    tell({ type: 'recording', taskId: task.id });
    tell({ type: 'ended', taskId: task.id, nothing: false });
    await stands(task, 'processing');
    expect(await announced(task)).toEqual(['pending', 'listening', 'recording', 'processing']);
  });
});
