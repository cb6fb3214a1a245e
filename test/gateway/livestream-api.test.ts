import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KEY, playTasks } from '../support/livestream-api.ts';
import type { PlayedTasks } from '../support/livestream-api.ts';

/** Tasks over HTTP: lists and pages, what each state allows, prompts, manuscripts, frames, and how everything wrong is refused. */

const ADA = '0f8fad5b-d9cb-469f-a165-70867728950e';
const BOB = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
let played: PlayedTasks;
let key = '';
beforeAll(async () => {
  played = await playTasks({ env: { RATE_PER_MINUTE: '100000', LIVESTREAM_OWN_TASKS: '1' } });
  key = (await played.deps.tokens.login(KEY, null, null)).access_token;
});
afterAll(() => played.close());
beforeEach(() => void (played.asked.length = 0));

const taskSchema = z.looseObject({ id: z.string(), status: z.string() });
const pageSchema = z.looseObject({
  items: z.array(z.looseObject({ livestream_name: z.string() })),
  total: z.number(),
  totalPages: z.number(),
});

type Method = 'GET' | 'POST' | 'DELETE';

async function ask(method: Method, url: string, payload?: unknown, token = key) {
  const reply = await played.app.inject({
    method,
    url: `/livestream${url}`,
    headers: { authorization: `Bearer ${token}`, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  });
  return { status: reply.statusCode, body: reply.json<unknown>() };
}

const fields = { url: 'https://live.bilibili.com/12345', livestream_name: 'Launch', start_time: '2025-10-21T14:00:00Z' };

async function create(change: Readonly<Record<string, string>> = {}, token = key) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
  const body = new Response(form);
  const reply = await played.app.inject({
    method: 'POST',
    url: '/livestream/tasks',
    headers: { authorization: `Bearer ${token}`, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  });
  return { status: reply.statusCode, body: reply.json<unknown>() };
}

const created = async (change: Readonly<Record<string, string>> = {}, token = key): Promise<string> =>
  taskSchema.parse((await create(change, token)).body).id;

const past = {
  url: 'https://example.com/past',
  livestream_name: 'Past',
  start_time: '2023-12-20T10:00:00Z',
  summary_report: '# Past',
};

describe('making a task', () => {
  it('asks the recorder what it is known by, keeps it, announces it, and begins to watch', async () => {
    const { status, body } = await create({ entity: '', livestream_name: ' 新车发布会 ' });
    expect(status).toBe(201);
    const { id } = taskSchema.parse(body);
    expect(body).toMatchObject({
      status: 'pending',
      livestream_name: '新车发布会',
      entity: null,
      host_name: 'live.bilibili.com',
    });
    expect(played.asked).toEqual([`add ${id}`, `added ${id}`]);
    const notice = await played.database
      .selectFrom('livestream_notices')
      .selectAll()
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(notice).toMatchObject({ type: 'task_created', data: { id, task_id: id, status: 'pending' } });
    expect((await ask('GET', `/tasks/${id}`)).body).toEqual(body);
    expect((await ask('GET', `/tasks/${id.toUpperCase()}`)).body).toEqual(body);
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ url: '' }, 'url'],
    [{ url: 'live' }, 'url'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: 'gopher://127.0.0.1/' }, 'url'],
    [{ url: 'https://live.test/refused' }, 'url'],
    [{ livestream_name: ' ' }, 'livestream_name'],
    [{ livestream_name: 'x'.repeat(301) }, 'livestream_name'],
    [{ livestream_name: 'a\u0000b' }, 'livestream_name'],
    [{ start_time: 'soon' }, 'start_time'],
    [{ prompt_file: 'unknown.md' }, 'prompt_file'],
    [{ prompt_file: '../../etc/passwd.md' }, 'prompt_file'],
    [{ entity: 'x'.repeat(301) }, 'entity'],
  ])('is refused for %j, by name', async (change, field) => {
    expect(await create(change)).toEqual({ status: 422, body: expect.objectContaining({ field }) as object });
  });

  it('is put off where the recorder does not answer, and nothing is kept', async () => {
    const before = await ask('GET', '/tasks/stats');
    expect(await create({ url: 'https://live.test/away' })).toMatchObject({
      status: 503,
      body: { code: 'recorder_unavailable' },
    });
    expect(await ask('GET', '/tasks/stats')).toEqual(before);
  });

  it('of a file is for the operator alone', async () => {
    const ada = (await played.deps.tokens.login(KEY, null, ADA)).access_token;
    expect((await create({ url: 'file:///srv/launch.mp4' })).status).toBe(201);
    expect(await create({ url: 'file:///srv/launch.mp4' }, ada)).toMatchObject({ status: 422, body: { field: 'url' } });
  });

  it('of a past event is done at once: no recorder, the default prompt, the host by the name', async () => {
    const { status, body } = await ask('POST', '/tasks/history', past);
    expect(status).toBe(201);
    const { content } = await played.deps.prompts.standard();
    expect(body).toMatchObject({
      ...past,
      ...{ status: 'completed', bililive_live_id: null, host_name: 'Past', entity: null, livestream_image: null },
      prompt_content: content,
    });
    expect(played.asked).toEqual([]);
  });

  it.each<[object, string, number]>([
    [{ summary_report: undefined }, 'summary_report', 422],
    [{ summary_report: '  ' }, 'summary_report', 422],
    [{ summary_report: 'a\u0000' }, 'summary_report', 422],
    [{ url: 'javascript:alert(1)' }, 'url', 422],
    [{ start_time: 5 }, 'start_time', 422],
    [{ livestream_image: `data:image/png;base64,${btoa('<svg onload=alert(1)>')}` }, 'livestream_image', 422],
  ])('of a past event is refused for %j', async (change, field, status) => {
    expect(await ask('POST', '/tasks/history', { ...past, ...change })).toMatchObject({ status, body: { field } });
  });

  it('of a past event keeps a report as it was written, script and all: who shows it sanitises it', async () => {
    const summary_report = '# Hi\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))';
    expect((await ask('POST', '/tasks/history', { ...past, summary_report })).body).toMatchObject({ summary_report });
  });
});

describe('lists', () => {
  beforeAll(async () => {
    await played.database.deleteFrom('livestream_tasks').execute();
    for (let at = 0; at < 25; at += 1) {
      await played.deps.tasks.create({
        ...{ id: randomUUID(), url: `https://me:secret@example.com/${String(at)}?token=abc`, entity: 'secret entity' },
        livestream_name: at === 7 ? '100% Électrique' : `Event ${String(at).padStart(2, '0')}`,
        start_time: new Date(Date.UTC(2025, 0, 1 + at)),
        status: at < 12 ? 'completed' : 'listening',
        ...{
          bililive_live_id: 'x',
          host_name: at === 8 ? 'Xiaomi 汽车' : 'Somebody',
          prompt_name: null,
          prompt_content: 'secret prompt',
        },
        ...{ livestream_image: null, summary_report: null, owner: ADA, wanted: false },
        created_at: new Date(Date.UTC(2025, 1, 1) - at * 1000),
      });
    }
  });
  const names = async (query: string): Promise<string[]> =>
    pageSchema.parse((await ask('GET', `/tasks?${query}`)).body).items.map(({ livestream_name }) => livestream_name);

  it('have pages that are exact', async () => {
    const first = pageSchema.parse((await ask('GET', '/tasks')).body);
    expect(first).toMatchObject({ total: 25, page: 1, limit: 20, totalPages: 2 });
    expect(first.items).toHaveLength(20);
    expect(pageSchema.parse((await ask('GET', '/tasks?page=2')).body).items).toHaveLength(5);
    expect((await ask('GET', '/tasks?page=9')).body).toEqual({ items: [], total: 25, page: 9, limit: 20, totalPages: 2 });
    expect(pageSchema.parse((await ask('GET', '/tasks?limit=25')).body).totalPages).toBe(1);
    expect((await ask('GET', '/tasks?status=failed')).body).toEqual({ items: [], total: 0, page: 1, limit: 20, totalPages: 0 });
    expect(pageSchema.parse((await ask('GET', '/tasks?status=completed&limit=5')).body)).toMatchObject({
      total: 12,
      totalPages: 3,
    });
  });

  it('have each task once, however they are sorted', async () => {
    for (const sort of ['created_at', 'start_time', 'status', 'livestream_name'])
      for (const order of ['asc', 'desc']) {
        const pages = await Promise.all(
          [1, 2, 3].map((page) => names(`limit=10&page=${String(page)}&sort_by=${sort}&order=${order}`)),
        );
        expect(new Set(pages.flat()).size).toBe(25);
      }
  });

  it('are sorted as asked, newest first otherwise', async () => {
    expect((await names('limit=2'))[0]).toBe('Event 00');
    expect(await names('limit=2&sort_by=start_time&order=asc')).toEqual(['Event 00', 'Event 01']);
    expect((await names('limit=1&sort_by=start_time'))[0]).toBe('Event 24');
    expect((await names('limit=1&sort_by=livestream_name&order=asc'))[0]).toBe('100% Électrique');
  });

  it('are searched by words in names and hosts, whatever their case', async () => {
    expect(await names('search_term=event%2024')).toEqual(['Event 24']);
    expect(await names(`search_term=${encodeURIComponent('汽车')}`)).toEqual(['Event 08']);
    expect(await names('search_term=XIAOMI')).toEqual(['Event 08']);
    expect(await names(`search_term=${encodeURIComponent('électrique')}`)).toEqual(['100% Électrique']);
    expect(await names('search_term=%25')).toEqual(['100% Électrique']);
    expect(await names('search_term=_')).toEqual([]);
    expect(await names("search_term='%20or%201=1--")).toEqual([]);
  });

  it('are searched by words that are nearly there, where none are: accents, slips, other scripts', async () => {
    const search = (words: string, more = ''): Promise<string[]> => names(`search_term=${encodeURIComponent(words)}${more}`);
    expect(await search('electrique')).toEqual(['100% Électrique']);
    expect(await search('elektrique 100')).toEqual(['100% Électrique']);
    expect(await search('xaiomi 08')).toEqual(['Event 08']);
    expect(await search('xaiomi 09')).toEqual([]);
    expect(await search('Evnet', '&limit=100')).toHaveLength(24);
    // 23 hosts are named so, one is not: what is there is not doubted.
    expect(await search('somebody', '&limit=100')).toHaveLength(24);
    await played.deps.tasks.set(
      (
        await played.database
          .selectFrom('livestream_tasks')
          .select('id')
          .where('livestream_name', '=', 'Event 09')
          .executeTakeFirstOrThrow()
      ).id,
      { host_name: '小米新车发布会 Ёлка' },
    );
    expect(await search('新车发部会')).toEqual(['Event 09']);
    expect(await search('新车发部会 event 09', '&sort_by=status')).toEqual(['Event 09']);
    expect(await search('елкка')).toEqual(['Event 09']);
    expect(await search('新年发部会')).toEqual([]);
  });

  it('come with the best first where something is searched and no order is asked', async () => {
    expect((await names('search_term=event%201'))[0]).toBe('Event 10');
    expect((await names('search_term=event%201&sort_by=start_time&order=desc'))[0]).toBe('Event 21');
  });

  it('say what is wrong with a query', async () => {
    const wrong = { page: '0', limit: '101', status: 'done', sort_by: 'owner', order: 'up', search_term: '%00' };
    for (const [field, value] of Object.entries(wrong))
      expect(await ask('GET', `/tasks?${field}=${value}`)).toMatchObject({ status: 422, body: { field } });
    expect(await ask('GET', '/public_tasks?sort_by=created_at')).toMatchObject({ status: 422, body: { field: 'sort_by' } });
    expect((await ask('GET', '/tasks?page=&limit=&status=&sort_by=&order=&search_term=')).status).toBe(200);
  });

  it('for everybody carry public fields alone, and no credentials', async () => {
    const { body } = await ask('GET', '/public_tasks?limit=1&order=asc');
    expect(body).toEqual({
      items: [
        {
          ...{ url: 'https://example.com/0', livestream_name: 'Event 00', start_time: '2025-01-01T00:00:00Z' },
          ...{ status: 'completed', host_name: 'Somebody', livestream_image: null, summary_report: null },
        },
      ],
      ...{ total: 25, page: 1, limit: 1, totalPages: 25 },
    });
  });

  it('are counted', async () => {
    expect((await ask('GET', '/tasks/stats')).body).toEqual({
      ...{ total: 25, pending: 0, listening: 13, recording: 0, processing: 0, completed: 12, failed: 0 },
    });
  });
});

describe('what a state allows', () => {
  const stand = (id: string, status: 'pending' | 'listening' | 'recording' | 'processing' | 'completed' | 'failed') =>
    played.database.updateTable('livestream_tasks').set({ status }).where('id', '=', id).execute();

  it('listening is begun and stopped, each as often as anybody likes', async () => {
    const id = await created();
    played.asked.length = 0;
    for (const status of ['pending', 'listening', 'recording', 'completed', 'failed'] as const) {
      await stand(id, status);
      expect(await ask('POST', `/tasks/${id}/listen/start`)).toMatchObject({
        status: 200,
        body: { task_id: id, status: 'success' },
      });
    }
    for (const status of ['listening', 'pending', 'recording', 'processing', 'completed', 'failed'] as const) {
      await stand(id, status);
      expect(await ask('POST', `/tasks/${id}/listen/stop`)).toMatchObject({
        status: 200,
        body: { task_id: id, status: 'success' },
      });
    }
    await stand(id, 'processing');
    expect((await ask('POST', `/tasks/${id}/listen/start`)).body).toMatchObject({
      status: 'success',
      message: 'After its analysis.',
    });
  });

  it('what the lifecycle will not do is a conflict', async () => {
    const id = await created({ livestream_name: 'stuck' });
    expect(await ask('POST', `/tasks/${id}/listen/start`)).toMatchObject({ status: 409, body: { code: 'state_conflict' } });
  });

  it('a past event cannot be watched', async () => {
    const { id } = taskSchema.parse((await ask('POST', '/tasks/history', past)).body);
    expect(await ask('POST', `/tasks/${id}/listen/start`)).toMatchObject({ status: 409, body: { code: 'no_recorder' } });
    expect((await ask('POST', `/tasks/${id}/listen/stop`)).status).toBe(200);
    expect(await ask('POST', `/tasks/${id}/re-analyze`)).toMatchObject({ status: 409, body: { code: 'nothing_recorded' } });
  });

  it('analysis is begun again by what its prompt says now', async () => {
    const name = '05.Kurzfassung.md';
    await ask('POST', `/prompts/${name}`, { content: 'old words' });
    const id = await created({ prompt_file: name });
    await ask('POST', `/prompts/${name}`, { content: 'new words' });
    await stand(id, 'failed');
    expect(await ask('POST', `/tasks/${id}/re-analyze`)).toMatchObject({ status: 409, body: { code: 'nothing_recorded' } });
    played.recorded.set(id, [{ file: '/x.mp4', startMs: 0, endMs: 1 }]);
    expect((await ask('POST', `/tasks/${id}/re-analyze`)).body).toEqual({
      ...{ task_id: id, status: 'success', message: 'Task analysis has been re-triggered.' },
    });
    expect((await ask('GET', `/tasks/${id}`)).body).toMatchObject({ status: 'processing', prompt_content: 'new words' });
    expect(played.asked.slice(-2)).toEqual([`enqueue ${id}`, 'poke']);
    expect((await ask('GET', `/tasks/${id}/progress`)).body).toEqual({ step: 'join', percentage: 0 });
    expect(await ask('POST', `/tasks/${id}/re-analyze`)).toMatchObject({ status: 409, body: { code: 'being_analysed' } });
    await stand(id, 'recording');
    expect(await ask('POST', `/tasks/${id}/re-analyze`)).toMatchObject({ status: 409, body: { code: 'being_recorded' } });
  });

  it('a deleted task is gone everywhere', async () => {
    const id = await created();
    expect((await ask('DELETE', `/tasks/${id}`)).body).toEqual({
      ...{ task_id: id, status: 'success', message: 'Task deleted successfully.' },
    });
    expect(played.asked.at(-1)).toBe(`removed ${id}`);
    const calls: [Method, string][] = [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/log'],
      ['GET', '/manuscript'],
      ['GET', '/frames'],
      ['GET', '/playback'],
      ['GET', '/progress'],
      ['POST', '/re-analyze'],
      ['POST', '/listen/start'],
      ['POST', '/listen/stop'],
    ];
    for (const unknown of [id, randomUUID(), 'x', '..%2f..', `${id}'--`])
      for (const [method, path] of calls)
        expect(await ask(method, `/tasks/${unknown}${path}`)).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
  });
});

describe('what an analysis leaves', () => {
  let id = '';
  const data = [1, 2].map((at) => ({
    frame_number: at,
    filename: `frame_0000${String(at)}.png`,
    content: `Slide ${String(at)}`,
    at_ms: at * 1000,
  }));
  beforeAll(async () => {
    id = await created();
  });

  it('is none before', async () => {
    expect(await ask('GET', `/tasks/${id}/manuscript`)).toMatchObject({ status: 404, body: { code: 'manuscript_not_found' } });
    expect((await ask('GET', `/tasks/${id}/frames`)).body).toEqual({ items: [] });
    expect((await ask('GET', `/tasks/${id}/progress`)).body).toEqual({ step: null });
    expect((await ask('GET', `/tasks/${id}/playback`)).body).toEqual({ live_url: null, recorded_url: null });
    expect((await ask('GET', `/tasks/${id}/log`)).body).toEqual({ log_content: '' });
  });

  it('is the manuscript in both formats, and pictures by signed addresses alone', async () => {
    played.manuscripts.set(id, { title: 'Launch', total_frames: 2, data });
    expect((await ask('GET', `/tasks/${id}/manuscript`)).body).toEqual({ title: 'Launch', total_frames: 2, data });
    expect((await ask('GET', `/tasks/${id}/manuscript?format=md`)).body).toEqual({
      format: 'md',
      content: '# Launch\n\n--- (frame 1 | frame_00001.png) ---\nSlide 1\n\n--- (frame 2 | frame_00002.png) ---\nSlide 2',
    });
    expect(await ask('GET', `/tasks/${id}/manuscript?format=pdf`)).toMatchObject({ status: 422, body: { field: 'format' } });
    const frames = z
      .object({
        items: z.array(z.strictObject({ frame_number: z.number(), filename: z.string(), at_ms: z.number(), url: z.url() })),
      })
      .parse((await ask('GET', `/tasks/${id}/frames`)).body);
    const { pathname, search } = new URL(frames.items[0]?.url ?? '');
    const show = (url: string) => played.app.inject({ method: 'GET', url });
    const shown = await show(pathname + search);
    expect([shown.statusCode, shown.headers['content-type'], shown.body]).toEqual([200, 'image/png', 'a picture']);
    for (const wrong of [
      pathname,
      `${pathname}?s=`,
      `${pathname}${search.slice(0, -1)}`,
      pathname.replace('00001', '00002') + search,
      pathname.replace('frame_00001.png', '..%2f01_raw_manuscript.json') + search,
    ])
      expect((await show(wrong)).statusCode).toBe(404);
  });
});

describe('prompts', () => {
  const name = '01.车企发布会摘要总结.md';
  const content = '1. 亮点\n2. 价格';

  it('are open to read, and there from the first start', async () => {
    const reply = await played.app.inject('/livestream/prompts');
    const list = z.array(z.strictObject({ name: z.string(), content: z.string() })).parse(reply.json());
    expect(list.map((prompt) => prompt.name)).toEqual(expect.arrayContaining(['00.default-summary.md', name]));
    expect(list[0]?.name).toBe('00.default-summary.md');
  });

  it('are written by token alone, under names in any language', async () => {
    const url = `/livestream/prompts/${encodeURIComponent(name)}`;
    expect((await played.app.inject({ method: 'POST', url, payload: { content } })).statusCode).toBe(401);
    expect((await ask('POST', `/prompts/${encodeURIComponent(name)}`, { content })).body).toEqual({ name, content });
    const long = `${'车'.repeat(65)}.md`;
    expect((await ask('POST', `/prompts/${encodeURIComponent(long)}`, { content })).body).toEqual({ name: long, content });
    const accent = 'Re\u0301sume\u0301.md';
    expect((await ask('POST', `/prompts/${encodeURIComponent(accent)}`, { content })).body).toEqual({
      name: 'Résumé.md',
      content,
    });
    expect((await played.deps.prompts.read(accent))?.content).toBe(content);
  });

  it.each(['..%2f..%2fetc%2fpasswd.md', 'a%2fb.md', 'a/b.md', '%2e%2e%2fx.md', '..%5cx.md', 'a%00.md', 'a.txt', '.md', ''])(
    'are none of %j',
    async (path) => {
      expect(await ask('POST', `/prompts/${path}`, { content })).toMatchObject({ status: 422, body: { field: 'prompt_name' } });
    },
  );

  it('have a content', async () => {
    for (const wrong of [{}, { content: ' ' }, { content: 5 }, { content: 'x'.repeat(65_537) }, { content: 'a\u0000' }])
      expect(await ask('POST', '/prompts/a.md', wrong)).toMatchObject({ status: 422, body: { field: 'content' } });
    expect(await ask('POST', '/prompts/a.md', { content: 'x'.repeat(500_000) })).toMatchObject({ status: 413 });
  });

  it('are not without end', async () => {
    const replies = [];
    for (let at = 0; at < 200; at += 1) replies.push(await ask('POST', `/prompts/many-${String(at)}.md`, { content: 'x' }));
    expect(replies.at(-1)).toMatchObject({ status: 409, body: { code: 'too_many_prompts' } });
    expect((await ask('POST', '/prompts/many-0.md', { content: 'y' })).status).toBe(200);
  });
});

describe('where tasks are their maker’s', () => {
  it('everybody reads them, their maker and the operator change them', async () => {
    const token = async (user: string): Promise<string> => (await played.deps.tokens.login(KEY, null, user)).access_token;
    const [ada, bob] = await Promise.all([token(ADA), token(BOB)]);
    const id = await created({}, ada);
    expect((await ask('GET', `/tasks/${id}`, undefined, bob)).status).toBe(200);
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/listen/start'],
      ['POST', '/listen/stop'],
      ['POST', '/re-analyze'],
    ] as const) {
      expect(await ask(method, `/tasks/${id}${path}`, undefined, bob)).toMatchObject({
        status: 403,
        body: { code: 'not_yours' },
      });
    }
    expect((await ask('POST', `/tasks/${id}/listen/start`, undefined, ada)).status).toBe(200);
    expect((await ask('POST', `/tasks/${id}/listen/stop`)).status).toBe(200);
    expect((await ask('DELETE', `/tasks/${id}`, undefined, KEY)).status).toBe(200);
  });
});

describe('where strangers can ask', () => {
  beforeAll(() => void Object.assign(played.config, { host: '0.0.0.0' }));
  afterAll(() => void Object.assign(played.config, { host: '127.0.0.1' }));

  it.each([
    'http://127.0.0.1:9/x',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'rtsp://0x7f.1/',
    'rtmp://10.0.0.1/live',
    'file:///etc/passwd',
  ])('%s is not watched', async (url) => {
    expect(await create({ url }, KEY)).toMatchObject({ status: 422, body: { field: 'url', code: 'url_refused' } });
  });
});

it('each route stands in the document of the API, in words, with how it refuses', async () => {
  const operation = z.looseObject({
    summary: z.string().min(5),
    description: z.string().min(20),
    tags: z.tuple([z.literal('livestream')]),
    responses: z.looseObject({ '4XX': z.looseObject({}) }),
  });
  const { paths } = z
    .looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) })
    .parse((await played.app.inject('/openapi.json')).json());
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((one) => `${one.toUpperCase()} ${path}`),
  );
  const made = played.routes
    .filter((route) => /^(GET|POST|DELETE) \/(livestream|auth)\//.test(route))
    .map((route) => route.replace('*', '{prompt_name}').replace(/:(\w+)/g, '{$1}'));
  expect(told.sort()).toEqual(made.sort());
  expect(told).toHaveLength(20);
});
