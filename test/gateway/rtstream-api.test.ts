import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../demo/server/rtstream/api/api-error.ts';
import { createJobs } from '../../demo/server/rtstream/jobs/jobs.ts';
import { json } from '../../demo/server/store/json.ts';
import { at, KEY, playApi } from '../support/rtstream-api.ts';
import type { Json, Played } from '../support/rtstream-api.ts';
import { asking } from '../support/rtstream-asking.ts';

/** Videos, long calls, captures, rights, and the tolerance that SDKs need: each rule of compatibility once. */

let played: Played;
let stream: string;
const { ask, get, post, patch, connected, madeVideo } = asking(() => played);
beforeAll(async () => {
  played = await playApi({ allowedOrigins: ['https://shop.test'] });
  Object.assign(played.config.streams, { maxStreams: 1000 });
  stream = await connected({ media_types: ['audio', 'video'] });
});
afterAll(() => played.close());

describe('videos', () => {
  it('are searched in the shape of each generation, and say when nothing was found', async () => {
    const id = await madeVideo();
    expect(await post(`/video/${id}/search`, { query: 'action' })).toMatchObject({
      status: 400,
      body: { error_code: 'not_indexed' },
    });
    expect(
      (await post(`/video/${id}/index`, { index_type: 'spoken_word', language_code: null, callback_url: null })).body,
    ).toEqual({ success: true, data: {} });
    const first = await post(`/video/${id}/search`, {
      query: 'action',
      search_type: 'semantic',
      dynamic_score_percentage: null,
      filter: [],
    });
    expect(first.body).not.toHaveProperty('data.response_type');
    expect(at(first.body, 'data.results[0]')).toMatchObject({
      video_id: id,
      length: 60.5,
      docs: [{ text: 'The action items are on the board.' }],
    });
    expect((await post(`/video/${id}/search/v2`, { query: 'action' })).body).toMatchObject({
      data: { response_type: 'shots', waiting_for: 'none' },
    });
    for (const path of ['search', 'search/v2']) {
      expect(await post(`/video/${id}/${path}`, { query: 'zebra' })).toMatchObject({
        status: 400,
        body: { message: 'No results found' },
      });
    }
    expect(at(await post('/collection/default/search', { query: 'board' }), 'body.data.results[0].video_id')).toBe(id);
  });

  it('play parts and compilations, and refuse what is not there', async () => {
    const id = await madeVideo();
    const compiled = await post('/compile', [
      { video_id: id, collection_id: 'default', shots: [[1.5, 4.25]] },
      { video_id: id, shots: [[50, 99]] },
    ]);
    expect(at(compiled.body, 'data.stream_url')).toMatch(/\/compiled\/[\w-]+\.m3u8\?s=/);
    const url = String(at(await post(`/video/${id}/stream`, { timeline: [[1, 4]], length: '60.5' }), 'body.data.stream_url'));
    expect(at(await post('/download', { stream_link: url, name: 'Part' }), 'body.data')).toMatchObject({
      name: 'Part',
      download_url: expect.stringContaining('.mp4') as string,
    });
    expect(await post('/download', { stream_link: 'https://elsewhere.test/x.m3u8' })).toMatchObject({
      status: 400,
      body: { field: 'stream_link' },
    });
    expect(await post('/compile', [{ video_id: 'm-none', shots: [[1, 2]] }])).toMatchObject({
      status: 404,
      body: { field: '0.video_id' },
    });
    expect(await post('/compile', [{ video_id: id, shots: [[2, 1]] }])).toMatchObject({
      status: 400,
      body: { field: '0.shots.0' },
    });
    expect((await post('/compile', [])).status).toBe(400);
    expect(await post(`/video/${id}/workflow`, { type: 'paint' })).toMatchObject({ status: 400, body: { field: 'type' } });
    expect(
      at(await post(`/video/${id}/workflow`, { type: 'add_subtitles', subtitle_style: {} }), 'body.data.stream_url'),
    ).toContain(id);
  });

  it('tell what was said by words, sentences and seconds, also translated; nobody has to ask for it before', async () => {
    const id = await madeVideo();
    const read = async (query: string): Promise<unknown> => at(await get(`/video/${id}/transcription?${query}`), 'body.data');
    expect(at(await read('segmenter=word&length=1&force=false'), 'word_timestamps[0]')).toEqual({
      start: 0.5,
      end: 0.8,
      text: 'The',
    });
    expect(at(await read('segmenter=sentence'), 'word_timestamps')).toHaveLength(2);
    expect(at(await read('segmenter=time&length=5'), 'word_timestamps')).toHaveLength(2);
    expect(at(await read('start=5&end=6'), 'text')).toBe('We meet');
    expect(at(await read('language=es&segmenter=sentence'), 'word_timestamps[1].text')).toBe('(es) We meet again on Friday.');
    expect(await get(`/video/${id}/transcription?language=fr`)).toMatchObject({
      body: { error_code: 'language_not_there', field: 'language', message: expect.stringMatching(/'fr'.*en, es/) as string },
    });
    expect(at(await get(`/video/${id}`), 'body.data.spoken_index')).toBe('ready');
  });

  it('are analysed; scenes are listed and read', async () => {
    const id = await madeVideo();
    const scenes = String(
      at(
        await post(`/video/${id}/index/scene`, { prompt: 'What happens?', extraction_type: 'shot' }),
        'body.data.scene_index_id',
      ),
    );
    expect(at(await get(`/video/${id}/index/scene/${scenes}`), 'body.data.scene_index_records')).toMatchObject([
      { start: 0, end: 5, description: 'What happens?' },
    ]);
    expect(at(await post(`/video/${id}/analyse`, { prompt: 'x' }), 'body.data')).toMatchObject({
      actions: 'unknown',
      scenes: [],
    });
    expect(at(await get(`/video/${id}/index/scene`), 'body.data.scene_indexes')).toHaveLength(2);
    expect((await ask('DELETE', `/video/${id}/index/scene/${scenes}`)).status).toBe(200);
    expect((await get(`/video/${id}/index/scene/${scenes}`)).status).toBe(404);
  });

  it('tell a callback when their words are indexed', async () => {
    const id = await madeVideo();
    await post(`/video/${id}/index`, { index_type: 'spoken_word', callback_url: 'http://127.0.0.1:9/done' });
    expect(played.webhooks.at(-1)).toMatchObject({ event: 'video.indexed', payload: { video_id: id, success: true } });
  });

  it('are named and deleted', async () => {
    const id = await madeVideo();
    expect((await patch(`/video/${id}`, { name: 'Named' })).body).toMatchObject({
      data: { name: 'Named', length: 60.5, collection_id: expect.any(String) as string },
    });
    // Python says JSON where it sends nothing.
    expect(
      (await ask('DELETE', `/video/${id}`, undefined, { 'x-access-token': KEY, 'content-type': 'application/json' })).status,
    ).toBe(200);
    expect((await get(`/video/${id}`)).status).toBe(404);
  });
});

describe('long calls', () => {
  it('answer where their outcome will be, with progress, in words when they fail', async () => {
    const id = await connected();
    played.recorded.add(id);
    await patch(`/rtstream/${id}/status`, { action: 'stop' });
    let go: () => void = () => undefined;
    played.work = () => new Promise((resolve) => (go = resolve));
    const hurry = { 'x-access-token': KEY, prefer: 'respond-async' };
    const begun = await ask('POST', `/videodb/rtstream/${id}/export`, {}, hurry);
    expect(begun.body).toMatchObject({
      success: true,
      status: 'processing',
      request_type: 'sync',
      data: { kind: 'export', percentage: 0 },
    });
    const output = new URL(String(at(begun.body, 'data.output_url')));
    expect(output.pathname).toMatch(/^\/videodb\/async-response\/job-/);
    expect((await get(output.pathname)).body).toMatchObject({ success: true, status: 'processing' });
    // Whoever asks for the same joins it.
    expect(at((await ask('POST', `/rtstream/${id}/export`, {}, hurry)).body, 'data.id')).toBe(at(begun.body, 'data.id'));
    const told = ask('GET', output.pathname, undefined, { 'x-access-token': KEY, prefer: 'wait=10' });
    go();
    expect((await told).body).toMatchObject({ status: 'done', response: { success: true, data: { duration: 60.5 } } });
    played.work = () => Promise.reject(new Error('the disk is gone'));
    const failing = await connected();
    played.recorded.add(failing);
    await patch(`/rtstream/${failing}/status`, { action: 'stop' });
    expect(await post(`/rtstream/${failing}/export`)).toMatchObject({ status: 500, body: { message: 'Something failed here.' } });
    played.work = () => Promise.resolve();
    expect((await get('/async-response/job-none')).status).toBe(404);
  });
});

describe('jobs', () => {
  const open = (longestMs?: number) =>
    createJobs({ database: played.database, log: pino({ level: 'silent' }), ...(longestMs === undefined ? {} : { longestMs }) });

  it('that a restart cut off say so; those that are a week old are forgotten', async () => {
    const row = { kind: 'export', result: json(null), error: null, error_status: null, status: 'processing' as const };
    const old = new Date(Date.now() - 8 * 86_400_000);
    await played.database
      .insertInto('jobs')
      .values([{ ...row, id: 'job-cut', updated_at: new Date() }])
      .execute();
    await played.database
      .insertInto('jobs')
      .values([{ ...row, id: 'job-old', updated_at: old }])
      .execute();
    await open();
    expect((await get('/async-response/job-cut')).body).toMatchObject({
      success: false,
      status: 'failed',
      message: expect.stringContaining('restarted') as string,
      error_status: 503,
    });
    expect((await get('/async-response/job-old')).status).toBe(404);
  });

  it('that take longer than clients wait say so, and go on', async () => {
    const jobs = await open(20);
    let finish: () => void = () => undefined;
    const { id, outcome } = await jobs.start(
      'export',
      'slow',
      () => new Promise((resolve) => (finish = () => resolve({ n: 1 }))),
    );
    await expect.poll(async () => (await jobs.read(id))?.status).toBe('failed');
    expect(await jobs.read(id)).toMatchObject({ error_status: 504, error: expect.stringContaining('goes on here') as string });
    finish();
    expect(await outcome).toEqual({ n: 1 });
  });

  it('tell their progress, forwards alone, and are joined by their key', async () => {
    const jobs = await open();
    let tell: (percentage: number) => void = () => undefined;
    let finish: () => void = () => undefined;
    const work = (progress: (percentage: number) => void) =>
      new Promise<Json>((resolve) => {
        tell = progress;
        finish = () => resolve({ done: true });
      });
    const [first, second] = await Promise.all([jobs.start('export', 'one', work), jobs.start('export', 'one', work)]);
    expect(second.id).toBe(first.id);
    tell(40);
    tell(30);
    expect((await jobs.read(first.id))?.percentage).toBe(40);
    finish();
    await first.outcome;
    expect(await jobs.read(first.id)).toMatchObject({ status: 'done', percentage: 100, result: { done: true } });
    expect((await jobs.start('export', 'one', () => Promise.resolve({}))).id).not.toBe(first.id);
    await jobs.close();
  });

  it('that fail keep the words and the status of what was refused', async () => {
    const jobs = await open();
    const { id, outcome } = await jobs.start('export', 'none', () => Promise.reject(new ApiError(400, 'x', 'Nothing there.')));
    await expect(outcome).rejects.toThrow('Nothing there.');
    expect(await jobs.read(id)).toMatchObject({ status: 'failed', error: 'Nothing there.', error_status: 400 });
  });
});

describe('capture sessions', () => {
  it('have the ids that each SDK reads, plain channels, and a place to send to', async () => {
    const made = await post('/collection/default/capture/session', {
      end_user_id: 'user-1',
      ws_connection_id: null,
      metadata: { app: 'x' },
    });
    const id = String(at(made.body, 'data.session_id'));
    expect(at(made.body, 'data')).not.toHaveProperty('id');
    const channels = [{ channel_id: 'mic:default', channel_name: 'Mic', type: 'audio', store: true }];
    expect(at(await post('/capture/session/start', { session_id: id, channels }), 'body.data')).toEqual({
      session_id: id,
      status: 'active',
    });
    expect(at(await get(`/collection/default/capture/session/${id}`), 'body.data.rtstreams')).toMatchObject([
      { channel_id: 'mic', rtstream_id: expect.any(String) as string },
    ]);
    expect(at(await get(`/capture/session/${id}`), 'body.data.channels[0].publish_url')).toMatch(/^ws:/);
    expect(at(await post(`/capture/session/${id}/stop`), 'body.data.status')).toBe('stopped');
    expect(
      at(await post(`/collection/default/capture/session/${id}/export`, { connection_id: 'ws-1' }), 'body.data.export_status'),
    ).toBe('exporting');
    const second = String(
      at(await post('/collection/default/capture/session', { end_user_id: 'user-2' }), 'body.data.session_id'),
    );
    const list = await get('/collection/default/capture/session?limit=1');
    expect(at(list.body, 'data.sessions')).toMatchObject([{ id: second, session_id: second, rtstreams: [] }]);
    expect(
      at(
        await get(`/collection/default/capture/session?cursor=${String(at(list.body, 'data.next_page'))}`),
        'body.data.sessions[0].id',
      ),
    ).toBe(id);
    expect(
      at(await get('/collection/default/capture/session?status=stopped&end_user_id=user-1'), 'body.data.sessions'),
    ).toHaveLength(1);
  });
});

describe('who may', () => {
  const token = async (wish: Json): Promise<Record<string, string>> => ({
    'x-access-token': String(at(await post('/capture/session/token', wish), 'body.data.token')),
  });

  it.each<[string, number, string, Record<string, string>]>([
    ['nobody', 401, 'missing_api_key', {}],
    ['a wrong key', 401, 'invalid_api_key', { 'x-access-token': 'sk-wrong' }],
    ['a made-up token', 401, 'invalid_api_key', { 'x-access-token': 'st-made.up.token' }],
    ['the key from a page of elsewhere', 403, 'origin_not_allowed', { 'x-access-token': KEY, origin: 'https://evil.test' }],
  ])('%s: %i', async (_who, status, code, headers) => {
    expect(await ask('GET', '/rtstream', undefined, headers)).toMatchObject({
      status,
      body: { success: false, error_code: code },
    });
  });

  it('the key is read from either header', async () => {
    expect((await ask('GET', '/rtstream', undefined, { authorization: `Bearer ${KEY}` })).status).toBe(200);
  });

  it('a token may what is written in it', async () => {
    const reader = await token({ expires_in: 600, scope: 'read' });
    expect((await ask('GET', '/rtstream', undefined, reader)).status).toBe(200);
    expect((await ask('POST', `/rtstream/${stream}/search`, { query: 'x' }, reader)).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/rtstream'],
      ['POST', '/collection/default/capture/session'],
      ['POST', '/capture/session/token'],
    ] as const) {
      expect(await ask(method, path, {}, reader)).toMatchObject({ status: 403, body: { error_code: 'not_allowed' } });
    }
    const client = await token({});
    expect((await ask('POST', '/rtstream', { url: 'rtsp://127.0.0.1/x', name: 'x' }, client)).status).toBe(201);
    expect((await ask('POST', '/rtstream', { url: 'file:///etc/passwd', name: 'x' }, client)).status).toBe(403);
    const event = at(await post('/rtstream/event', { event_prompt: 'x', label: 'x' }), 'body.data.event_id');
    const index = String(at(await post(`/rtstream/${stream}/index/scene`, { prompt: 'p' }), 'body.data.rtstream_index_id'));
    const hook = { event_id: event, callback_url: 'http://127.0.0.1:9/' };
    expect((await ask('POST', `/rtstream/${stream}/index/${index}/alert`, hook, client)).status).toBe(403);
    expect(
      (await ask('POST', `/rtstream/${stream}/index/${index}/alert`, hook, await token({ scope: 'operate webhook' }))).status,
    ).toBe(200);
    expect((await ask('DELETE', `/rtstream/${stream}`, undefined, client)).status).toBe(403);
    const remover = await token({ scope: 'remove' });
    expect((await ask('DELETE', '/rtstream/rts-none', undefined, remover)).status).toBe(404);
    expect((await ask('GET', '/rtstream/delivery', undefined, client)).status).toBe(403);
    expect((await get('/rtstream/delivery?status=failed')).body).toMatchObject({ data: { deliveries: [], next_page: false } });
    expect(await post('/capture/session/token', { scope: 'read everything' })).toMatchObject({
      status: 400,
      body: { field: 'scope' },
    });
  });

  it('a token of one user touches no other’s sessions', async () => {
    const ada = await token({ user_id: 'ada' });
    const mine = await ask('POST', '/collection/default/capture/session', {}, ada);
    expect(at(mine.body, 'data.end_user_id')).toBe('ada');
    const others = String(at(await post('/collection/default/capture/session', { end_user_id: 'bob' }), 'body.data.session_id'));
    expect(await ask('GET', `/collection/default/capture/session/${others}`, undefined, ada)).toMatchObject({
      status: 403,
      body: { message: 'Unauthorized access to session' },
    });
    expect((await ask('POST', `/capture/session/${others}/stop`, {}, ada)).status).toBe(403);
    expect((await ask('POST', '/collection/default/capture/session', { end_user_id: 'bob' }, ada)).status).toBe(403);
    expect(at((await ask('GET', '/collection/default/capture/session', undefined, ada)).body, 'data.sessions')).toHaveLength(1);
  });

  it('pages of allowed origins read answers and refusals, others nothing', async () => {
    const preflight = {
      origin: 'https://shop.test',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'x-access-token',
    };
    const allowed = await ask('OPTIONS', `/rtstream/${stream}/status`, undefined, preflight);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.test',
      'access-control-allow-methods': expect.stringContaining('PATCH') as string,
      'access-control-allow-headers': expect.stringContaining('x-access-token') as string,
    });
    const other = await ask('OPTIONS', '/rtstream', undefined, { ...preflight, origin: 'https://evil.test' });
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    for (const path of [
      '/compile',
      '/video/x',
      '/collection',
      '/capture/session/x',
      '/rtstream/none',
      '/rtstream/no/such/call',
    ]) {
      const { headers } = await ask('GET', path, undefined, { origin: 'https://shop.test', 'x-access-token': KEY });
      expect(headers['access-control-allow-origin'], path).toBe('https://shop.test');
    }
  });
});

describe('tolerance', () => {
  it.each(['//collection/default', '/collection/default/', '/videodb//collection///default/', '/videodb/collection/default?x=1'])(
    'takes %s without a redirect',
    async (path) => {
      expect((await get(path)).status).toBe(200);
    },
  );

  it('a POST with a slash at its end stays a POST', async () => {
    expect((await post(`/rtstream/${stream}/transcription/`, { action: 'stop' })).status).toBe(200);
  });

  it.each<[string, number]>([
    ['{', 400],
    ['[1,2]', 400],
    ['"text"', 400],
    ['{"__proto__":{"x":1}}', 400],
  ])('answers a body of %s in words', async (payload, status) => {
    const headers = { 'x-access-token': KEY, 'content-type': 'application/json' };
    const response = await played.app.inject({ method: 'POST', url: '/rtstream/event', headers, payload });
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ success: false, message: expect.any(String) as string });
  });

  it.each([
    '/rtstream/rts-none',
    '/video/m-none',
    '/collection/c-none',
    '/collection/default/capture/session/cap-none',
    '/rtstream/rts-none/transcription',
  ])('says what is not there: %s', async (path) => {
    expect(await get(path)).toMatchObject({
      status: 404,
      body: { success: false, message: expect.stringMatching(/^There is no/) as string },
    });
  });

  it('never answers without a body', async () => {
    const event = at(await post('/rtstream/event', { event_prompt: 'x', label: 'x' }), 'body.data.event_id');
    const { body } = await ask('DELETE', `/rtstream/event/${String(event)}`);
    expect(body).toEqual({ success: true, data: {} });
  });

  it('collections are made, changed, deleted when empty', async () => {
    const id = String(at(await post('/collection', { name: 'Empty', description: null, is_public: null }), 'body.data.id'));
    expect((await patch(`/collection/${id}`, { is_public: true })).body).toMatchObject({
      data: { name: 'Empty', is_public: true },
    });
    expect((await ask('DELETE', `/collection/${id}`)).status).toBe(200);
    expect((await ask('DELETE', '/collection/default')).status).toBe(409);
    expect((await get('/collection')).body).toMatchObject({
      data: { default_collection: expect.stringMatching(/^c-/) as string },
    });
  });
});
