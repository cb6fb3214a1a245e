import { EMPTY } from 'rxjs';
import { pino } from 'pino';
import type { Engines } from '../../demo/server/engines/engine.ts';
import { createAnalysis, type AnalysisOptions } from '../../demo/server/livestream/analysis/create-analysis.ts';
import type { NewNotice, Notices } from '../../demo/server/livestream/notices/notices.ts';
import type { RecordedPart } from '../../demo/server/livestream/recorder/recorder.ts';
import { createTaskLog } from '../../demo/server/livestream/task-log.ts';
import { createTasks } from '../../demo/server/livestream/tasks.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';

/** An analysis with its database and what it needs of the livestream service, without the rest of the gateway. */

export interface BenchWish {
  readonly database: Database;
  readonly engines: Engines;
  readonly dataDir: string;
  /** What was recorded of each task. */
  readonly parts: (taskId: string) => readonly RecordedPart[];
  readonly program?: string | null;
  readonly media?: AnalysisOptions['media'];
  readonly wait?: AnalysisOptions['wait'];
  readonly model?: AnalysisOptions['model'];
  readonly embedder?: AnalysisOptions['embedder'];
}

export function analysisBench(wish: BenchWish) {
  const { database, engines, dataDir, parts, program = null } = wish;
  const passing: NewNotice[] = [];
  const notices: Notices = {
    add: async (transaction, { type, data, source = 'livestream_service', room = null }) => {
      await transaction
        .insertInto('livestream_notices')
        .values({ type, data: json(data), source, room, created_at: new Date() })
        .execute();
    },
    poke: () => undefined,
    told$: EMPTY,
    since: () => Promise.resolve([]),
    tell: (notice) => void passing.push(notice),
    passing$: EMPTY,
    close: () => Promise.resolve(),
  };
  const tasks = createTasks(database, notices);
  const taskLog = createTaskLog(database, notices);
  const recorder = () => ({ parts: (id: string) => Promise.resolve(parts(id)) });
  const analysis = createAnalysis({
    ...{ database, tasks, recorder, engines, program, dataDir, taskLog, notices, log: pino({ level: 'silent' }) },
    ...(wish.media === undefined ? {} : { media: wish.media }),
    ...(wish.wait === undefined ? {} : { wait: wish.wait }),
    model: wish.model ?? null,
    embedder: wish.embedder ?? null,
  });

  return {
    analysis,
    tasks,
    taskLog,
    passing,
    /** A task that is `recording`; made `processing` with its analysis by `process`. */
    create: (id: string, prompt = '') =>
      tasks.create({
        ...{ id, url: 'https://live.example/1', livestream_name: 'Autumn launch', entity: null, start_time: new Date(0) },
        ...{ status: 'recording', bililive_live_id: 'x', host_name: 'host', prompt_name: null, prompt_content: prompt },
        ...{ livestream_image: null, summary_report: null, owner: 'test', wanted: false },
      }),
    process: async (id: string) => {
      await tasks.become(id, 'processing', { also: (transaction) => analysis.enqueue(transaction, id) });
      analysis.poke();
    },
    status: async (id: string) => (await tasks.read(id))?.status,
    job: (id: string) => database.selectFrom('livestream_jobs').selectAll().where('task_id', '=', id).executeTakeFirst(),
    /** Statuses that were announced, in order. */
    announced: async (id: string) => {
      const rows = await database.selectFrom('livestream_notices').select(['type', 'data']).orderBy('id').execute();
      return rows
        .filter(({ type, data }) => type === 'task_status_update' && data['task_id'] === id)
        .map(({ data }) => String(data['status']));
    },
  };
}
