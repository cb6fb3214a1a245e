import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KEY, playTasks } from '../support/livestream-api.ts';
import type { PlayedTasks } from '../support/livestream-api.ts';
import { curl, documentedCalls } from '../support/livestream-curl.ts';
import { startPostgres } from '../support/postgres.ts';
import type { PostgresServer } from '../support/postgres.ts';

/** Each documented call, run by curl through a PostgreSQL server: token, task id, cover and picture put in, and nothing else changed. */

let server: PostgresServer;
let played: PlayedTasks;
let url: string;
let folder: string;
let taskId = '';
let token = '';
const calls = documentedCalls();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'livestream-curl-'));
  await sharp({ create: { width: 640, height: 360, channels: 3, background: '#369' } })
    .jpeg()
    .toFile(join(folder, 'cover.jpg'));
  server = await startPostgres();
  played = await playTasks({ databaseUrl: server.url });
  url = await played.listen();
  token = (await played.deps.tokens.login(KEY, null, null)).access_token;
});
afterAll(async () => {
  await played.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const time = z.iso.datetime();
const status = z.enum(['pending', 'listening', 'recording', 'processing', 'completed', 'failed']);
const task = z.strictObject({
  id: z.uuid(),
  url: z.url(),
  livestream_name: z.string(),
  entity: z.string().nullable(),
  start_time: time,
  status,
  bililive_live_id: z.string().min(1).nullable(),
  host_name: z.string().min(1),
  prompt_content: z.string().min(1),
  livestream_image: z.string().startsWith('data:image/').nullable(),
  summary_report: z.string().nullable(),
  created_at: time,
  updated_at: time,
});
const publicTask = task.pick({
  ...{ url: true, livestream_name: true, start_time: true, status: true, host_name: true },
  ...{ livestream_image: true, summary_report: true },
});
const pageOf = (items: z.ZodType) =>
  z.strictObject({
    items: z.array(items),
    total: z.number(),
    page: z.literal(1),
    limit: z.literal(10),
    totalPages: z.number(),
  });
const count = z.number().int();
const done = (message: string) =>
  z.strictObject({ task_id: z.literal(taskId), status: z.literal('success'), message: z.literal(message) });
const prompt = z.strictObject({ name: z.string().endsWith('.md'), content: z.string().min(1) });

/** In the order of the document, but that what is read was made before, and deletion is last. */
const SHAPES: readonly [name: string, status: number, shape: () => z.ZodType][] = [
  [
    'create',
    201,
    () => task.extend({ status: z.literal('pending'), bililive_live_id: z.string().min(1), entity: z.literal('小米汽车') }),
  ],
  ['list', 200, () => pageOf(task)],
  ['public list', 200, () => pageOf(publicTask)],
  ['read', 200, () => task.extend({ id: z.literal(taskId), livestream_name: z.literal('新车发布会') })],
  [
    'stats',
    200,
    () =>
      z.strictObject({
        total: count,
        pending: count,
        listening: count,
        recording: count,
        processing: count,
        completed: count,
        failed: count,
      }),
  ],
  ['listen start', 200, () => done('Started listening to the livestream.')],
  ['listen stop', 200, () => done('Stopped listening to the livestream.')],
  ['prompts', 200, () => z.array(prompt).min(2)],
  [
    'write prompt',
    200,
    () => z.strictObject({ name: z.literal('01.车企发布会摘要总结.md'), content: z.literal('1. 亮点：每条一句话') }),
  ],
  [
    'history',
    201,
    () =>
      task.extend({
        status: z.literal('completed'),
        bililive_live_id: z.null(),
        livestream_image: z.string().startsWith('data:image/jpeg;base64, '),
        summary_report: z.literal('# 2023年度技术大会总结...'),
      }),
  ],
  ['log', 200, () => z.strictObject({ log_content: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - INFO - .+/) })],
  [
    'manuscript',
    200,
    () =>
      z.strictObject({
        title: z.string(),
        total_frames: z.literal(1),
        data: z.array(z.strictObject({ frame_number: count, filename: z.literal('frame_00001.png'), content: z.string() })),
      }),
  ],
  [
    'manuscript as text',
    200,
    () => z.strictObject({ format: z.literal('md'), content: z.string().startsWith('# 发布会\n\n--- (frame 1 | ') }),
  ],
  ['re-analyze', 200, () => done('Task analysis has been re-triggered.')],
  ['delete', 200, () => done('Task deleted successfully.')],
];

describe('each documented call', () => {
  it('is here', () => expect(SHAPES.map(([name]) => name)).toEqual([...calls.keys()]));

  it.each(SHAPES)('%s answers %i in its shape', async (name, expected, shape) => {
    const cover = join(folder, 'cover.jpg');
    const base64 = readFileSync(cover).toString('base64');
    const reply = await curl(calls.get(name) ?? '', url, { token, taskId, cover, base64 });
    expect(reply).toMatchObject({ status: expected });
    if (name === 'create') await made(z.object({ id: z.string() }).parse(reply.body).id);
    expect(shape().safeParse(reply.body).error).toBeUndefined();
  });
});

/** As if its analysis had been there. */
async function made(id: string): Promise<void> {
  taskId = id;
  const data = [{ frame_number: 1, filename: 'frame_00001.png', content: '磁浮路感 贴地飞行' }];
  played.manuscripts.set(id, { title: '发布会', total_frames: 1, data });
  await played.deps.taskLog.write(id, 'INFO', '12 frames kept of 340');
}
