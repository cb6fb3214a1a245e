import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json } from '../../demo/server/store/json.ts';
import { at, playApi, RECORDED_FROM_MS } from '../support/rtstream-api.ts';
import type { Json, Played } from '../support/rtstream-api.ts';
import { asking } from '../support/rtstream-asking.ts';

/** Streams, transcripts, indexes and alerts: what is taken, kept, answered and refused. */

let played: Played;
let stream: string;
const { ask, get, post, patch, connected, madeVideo, rowOf, indexOf } = asking(() => played);
beforeAll(async () => {
  played = await playApi({ allowedOrigins: ['https://shop.test'] });
  Object.assign(played.config.streams, { maxStreams: 1000 });
  stream = await connected({ media_types: ['audio', 'video'] });
});
afterAll(() => played.close());

describe('connecting', () => {
  it.each<[Json, Json]>([
    [{ media_types: ['audio'] }, { media_types: ['audio'] }],
    [{ media_types: ['video', 'video'] }, { media_types: ['video'] }],
    [{}, { media_types: ['video'], sample_rate: 30, store: true, status: 'connected', ingest_mode: 'pull' }],
    [{ sample_rate: 60 }, { sample_rate: 60 }],
    [{ store: false }, { store: false }],
    [{ ws_connection_id: 'ws-1' }, { ws_connection_ids: ['ws-1'] }],
    // Python sends null for what Node leaves out.
    [
      { sample_rate: null, store: null, enable_transcript: null, ws_connection_id: null },
      { sample_rate: 30, store: true },
    ],
  ])('%j is kept as %j', async (wish, row) => {
    const id = await connected(wish);
    expect(await rowOf(id)).toMatchObject(row);
    expect(played.synced).toContain(id);
  });

  it('enable_transcript begins the transcript', async () => {
    const id = await connected({ enable_transcript: true, ws_connection_id: 'ws-1', translate_to: ['es'] });
    const row = await played.database
      .selectFrom('transcriptions')
      .selectAll()
      .where('stream_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ status: 'running', ws_connection_ids: ['ws-1'], translate_to: ['es'] });
    expect(at(await get(`/rtstream/${await connected()}/transcription/status`), 'body.data.status')).toBe('not_configured');
  });

  it.each<[string, Json]>([
    ['url', {}],
    ['url', { url: 'not a url' }],
    ['url', { url: 'gopher://127.0.0.1/x' }],
    ['media_types.0', { url: 'rtsp://h/x', media_types: ['smell'] }],
    ['media_types', { url: 'rtsp://h/x', media_types: [] }],
    ['sample_rate', { url: 'rtsp://h/x', sample_rate: -1 }],
    ['collection_id', { url: 'rtsp://h/x', collection_id: 'c-none' }],
    ['ingest_mode', { ingest_mode: 'push' }],
    ['store', { url: 'rtsp://h/x', store: 'perhaps' }],
  ])('names %s when it is wrong', async (field, wish) => {
    const { status, body } = await post('/rtstream', { name: 'x', ...wish });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).toMatchObject({ success: false, field, message: expect.any(String) as string });
  });

  it('does not tell the credentials of a source', async () => {
    const { body } = await post('/rtstream', { url: 'rtsp://ada:secret@127.0.0.1/cam?token=t', name: 'x' });
    expect(at(body, 'data.source')).toBe('rtsp://127.0.0.1/cam');
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});

describe('the life of a stream', () => {
  it('start and stop may be said twice, by either name', async () => {
    const id = await connected();
    for (const body of [{ action: 'stop' }, { status: 'stopped' }]) {
      expect((await patch(`/rtstream/${id}/status`, body)).body).toMatchObject({ success: true });
      expect((await rowOf(id)).status).toBe('stopped');
    }
    await patch(`/rtstream/${id}/status`, { action: 'start' });
    expect((await patch(`/rtstream/${id}/status`, { action: 'start' })).status).toBe(200);
    expect((await rowOf(id)).status).toBe('connected');
    expect(await patch(`/rtstream/${id}/status`, {})).toMatchObject({ status: 400, body: { field: 'action' } });
  });

  it('lists by page, part of a name, status and order', async () => {
    const other = String(at(await post('/collection', { name: 'Listed' }), 'body.data.id'));
    const names = ['Alpha cam', 'beta 100%', 'Gamma CAM'];
    const ids: string[] = [];
    for (const name of names) ids.push(await connected({ name, collection_id: other }));
    await patch(`/rtstream/${ids[0]}/status`, { action: 'stop' });
    const listed = async (query: string): Promise<unknown> => {
      const { body } = await get(`/rtstream?collection_id=${other}&${query}`);
      return (at(body, 'data.results') as Json[]).map(({ name }) => name);
    };
    expect(await listed('ordering=name')).toEqual(names);
    expect(await listed('ordering=-created_at')).toEqual([...names].reverse());
    expect(await listed('name=cAm&ordering=-name')).toEqual(['Gamma CAM', 'Alpha cam']);
    expect(await listed('name=100%25')).toEqual(['beta 100%']);
    expect(await listed('status=stopped')).toEqual(['Alpha cam']);
    const { body } = await get(`/rtstream?collection_id=${other}&ordering=name&limit=1&offset=1`);
    expect(body).toMatchObject({ data: { count: 3, results: [{ name: 'beta 100%' }] } });
    const next = new URL(String(at(body, 'data.next')));
    expect(at(await get(`${next.pathname}${next.search}`), 'body.data.results[0].name')).toBe('Gamma CAM');
    expect(at(body, 'data.previous')).toContain('offset=0');
    expect(await get('/rtstream?ordering=age')).toMatchObject({ status: 400, body: { field: 'ordering' } });
  });

  it('is deleted with what belongs to it', async () => {
    const id = await connected();
    await post(`/rtstream/${id}/index/scene`, { prompt: 'p' });
    expect((await ask('DELETE', `/rtstream/${id}`)).status).toBe(200);
    expect((await get(`/rtstream/${id}`)).status).toBe(404);
    expect(await played.database.selectFrom('indexes').where('stream_id', '=', id).selectAll().execute()).toEqual([]);
  });

  it('only so many are taken in at once; an encoder is told where to publish', async () => {
    const { count } = await played.database
      .selectFrom('streams')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('status', '=', 'connected')
      .executeTakeFirstOrThrow();
    Object.assign(played.config.streams, { maxStreams: count + 1, rtmpPort: 1935 });
    const wish = { ingest_mode: 'push', protocol: 'rtmp', name: 'Studio', media_types: ['video'] };
    const [first, second] = await Promise.all([post('/rtstream', wish), post('/rtstream', wish)]);
    const [made, refused] = first.status === 201 ? [first, second] : [second, first];
    expect(at(made.body, 'data')).toMatchObject({
      ingest_mode: 'push',
      protocol: 'rtmp',
      push_url: expect.stringMatching(/^rtmp:\/\/127\.0\.0\.1:1935\/rts-[\w-]{24}$/) as string,
    });
    expect(refused).toMatchObject({ status: 429, body: { message: expect.stringContaining('MAX_STREAMS') as string } });
    // Saying start again is no second stream.
    const again = await patch(`/rtstream/${String(at(made.body, 'data.id'))}/status`, { action: 'start' });
    expect(again.status).toBe(200);
    Object.assign(played.config.streams, { maxStreams: 1000, rtmpPort: null });
  });
});

describe('what was recorded', () => {
  const seconds = RECORDED_FROM_MS / 1000;

  it('plays a window, at least a second of it, in seconds or ms', async () => {
    played.recorded.add(stream);
    const window = async (start: number, end: number): Promise<unknown> =>
      at(await get(`/rtstream/${stream}/stream?start=${start}&end=${end}`), 'body.data.stream_url');
    expect(await window(seconds + 1, seconds + 2)).toContain('/1763600001000000-1763600002000000.m3u8?s=');
    expect(await window(seconds, seconds)).toContain('/1763600000000000-1763600001000000.m3u8');
    expect(await window(RECORDED_FROM_MS, RECORDED_FROM_MS + 5000)).toContain('/1763600000000000-1763600005000000.m3u8');
    expect(await get(`/rtstream/${stream}/stream?start=${seconds + 9}&end=${seconds}`)).toMatchObject({
      status: 400,
      body: { field: 'end' },
    });
    expect(await get(`/rtstream/${stream}/stream?start=5&end=9`)).toMatchObject({ status: 404 });
    expect(await get(`/rtstream/${stream}/stream?start=5`)).toMatchObject({ status: 400, body: { field: 'end' } });
  });

  it('is exported once, when the stream is stopped and something is kept', async () => {
    const id = await connected({ name: 'Stand-up' });
    expect(await post(`/rtstream/${id}/export`)).toMatchObject({ status: 400, body: { error_code: 'still_running' } });
    await patch(`/rtstream/${id}/status`, { action: 'stop' });
    expect(await post(`/rtstream/${id}/export`)).toMatchObject({ status: 400, body: { error_code: 'not_recorded' } });
    played.recorded.add(id);
    const [first, second] = await Promise.all([post(`/rtstream/${id}/export`), post(`/rtstream/${id}/export`, { name: null })]);
    expect(first.body).toMatchObject({ data: { name: 'Stand-up - Recording', duration: 60.5 } });
    expect(second.body).toEqual(first.body);
    expect((await post(`/rtstream/${id}/export`, { name: 'Other' })).body).toEqual(first.body);
    expect(played.exported.filter((made) => made === id)).toHaveLength(1);
    const unkept = await connected({ store: false });
    await patch(`/rtstream/${unkept}/status`, { action: 'stop' });
    expect(await post(`/rtstream/${unkept}/export`)).toMatchObject({ status: 400, body: { field: 'store' } });
  });
});

describe('transcripts', () => {
  it('begin, tell their state, end, and remember who listens', async () => {
    const id = await connected({ media_types: ['audio'] });
    const path = `/rtstream/${id}/transcription`;
    for (const engine of [undefined, 'default', 'AAIS', null])
      expect((await post(path, { action: 'start', engine })).status).toBe(200);
    const again = await post(path, { action: 'start', ws_connection_id: 'ws-2', translate_to: ['es'] });
    expect(at(again.body, 'data')).toMatchObject({ status: 'running', translate_to: ['es'] });
    await post(path, { action: 'start', ws_connection_id: 'ws-2' });
    const row = await played.database
      .selectFrom('transcriptions')
      .selectAll()
      .where('stream_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.ws_connection_ids).toEqual(['ws-2']);
    expect(at(await post(path, { action: 'stop', mode: 'force' }), 'body.data.status')).toBe('stopped');
    expect(at(await get(`${path}/status?engine=x`), 'body.data.status')).toBe('stopped');
    expect(at(await post(`/rtstream/${await connected()}/transcription`, { action: 'start' }), 'body.message')).toContain(
      'media_types',
    );
  });

  it('are translated into what somebody here can alone, and told what that is', async () => {
    const id = await connected({ media_types: ['audio'] });
    const path = `/rtstream/${id}/transcription`;
    const refused = (pair: string) => ({
      status: 400,
      body: { error_code: 'language_not_translated', field: 'translate_to', message: expect.stringMatching(pair) as string },
    });
    const start = (wish: Json) => post(path, { action: 'start', ...wish });
    expect(await post('/rtstream', { url: 'rtsp://127.0.0.1/x', translate_to: ['fr'] })).toMatchObject(
      refused("'en'.*'fr'.*en>es"),
    );
    expect(await start({ translate_to: ['es', 'fr'] })).toMatchObject(refused("'en'.*'fr'"));
    expect(await start({ language: 'es', translate_to: ['en'] })).toMatchObject(refused("'es'.*'en'"));
    expect(await start({ translate_to: ['en'] })).toMatchObject(refused("'en'.*'en'"));
    expect(await get(`${path}/status`)).toMatchObject({
      body: { data: { status: 'not_configured', translations: { en: ['es'], es: [] } } },
    });
    // Of several languages one may be the target itself.
    expect(await start({ language: 'auto', translate_to: ['es-MX'] })).toMatchObject({ status: 200 });
    // What was asked for earlier does not go with the new language.
    expect(await start({ language: 'es' })).toMatchObject(refused("'es'.*'es-MX'"));
    expect(await start({ language: 'es', translate_to: [] })).toMatchObject({
      status: 200,
      body: { data: { translate_to: [] } },
    });
  });

  it('are refused in a language that nobody here hears, wherever it is asked for, with those that are', async () => {
    const id = await connected({ media_types: ['audio'] });
    const refused = (field: string) => ({
      status: 400,
      body: { error_code: 'language_not_heard', field, message: expect.stringMatching(/'tlh'.*: en, es, auto/) as string },
    });
    const path = `/rtstream/${id}/transcription`;
    expect(await post(path, { action: 'start', language: 'tlh' })).toMatchObject(refused('language'));
    expect(at(await get(`${path}/status`), 'body.data.status')).toBe('not_configured');
    expect(await post('/rtstream', { url: 'rtsp://127.0.0.1/cam', enable_transcript: true, language: 'en,tlh' })).toMatchObject(
      refused('language'),
    );
    const words = `/video/${await madeVideo()}/index`;
    expect(await post(words, { index_type: 'spoken_word', language_code: 'tlh' })).toMatchObject(refused('language_code'));
    expect((await post(words, { index_type: 'spoken_word', language_code: 'en_us' })).status).toBe(200);
    for (const language of ['en-GB', 'auto', 'es,en'])
      expect(at(await post(path, { action: 'start', language }), 'body.data.language')).toBe(language);
  });

  it('are read by pages, times and since', async () => {
    const id = await connected();
    for (const second of [0, 10, 20, 30]) {
      const start_ms = RECORDED_FROM_MS + second * 1000;
      const word = { text: `w${second}`, startMs: start_ms, endMs: start_ms + 900 };
      const line = { line: null, stream_id: id, start_ms, end_ms: start_ms + 4000, text: `at ${second}`, language: 'en' };
      await played.database
        .insertInto('lines')
        .values({ ...line, words: json([word]), translations: json({ 'pt-BR': 'x' }) })
        .execute();
    }
    const read = async (query: string): Promise<Json> =>
      at(await get(`/rtstream/${id}/transcription?${query}`), 'body.data') as Json;
    const texts = async (query: string): Promise<unknown> =>
      ((await read(query))['transcription_records'] as Json[]).map(({ text }) => text);
    const s = RECORDED_FROM_MS / 1000;
    const all = await read('');
    expect(all).toMatchObject({ total_count: 4, next_page: false, page: 1, page_size: 100 });
    expect(at(all, 'transcription_records[0]')).toMatchObject({
      start: s,
      end: s + 4,
      word_timestamps: [{ start: s, end: s + 0.9, word: 'w0', text: 'w0' }],
      translations: [{ language: 'pt-BR', text: 'x' }],
    });
    expect(await texts('page=2&page_size=3')).toEqual(['at 30']);
    expect((await read('page=1&page_size=3'))['next_page']).toBe(true);
    expect(await texts(`start=${s + 12}&end=${s + 20}`)).toEqual(['at 10', 'at 20']);
    expect(await texts(`since=${s + 14}`)).toEqual(['at 20', 'at 30']);
    expect(await get(`/rtstream/${id}/transcription?page_size=1001`)).toMatchObject({
      status: 400,
      body: { field: 'page_size' },
    });
    expect(await get(`/rtstream/${id}/transcription?page=0`)).toMatchObject({ status: 400, body: { field: 'page' } });
  });
});

describe('indexes', () => {
  it.each<[Json, Json]>([
    [
      { extraction_type: 'time', extraction_config: { time: 5, frame_count: 2 } },
      { kind: 'visual', extraction_config: { time: 5, frame_count: 2 } },
    ],
    [
      { extraction_type: 'time_based', extraction_config: { time: 2, frame_count: 5 }, model_name: 'ultra' },
      { extraction_type: 'time', model_name: 'ultra' },
    ],
    [{}, { kind: 'visual', extraction_type: 'time', model_name: 'basic' }],
    [
      { extraction_type: 'transcript', extraction_config: { segmenter: 'sentence', segmentation_value: 5 } },
      { kind: 'audio', extraction_config: { segmenter: 'sentence', segmentation_value: 5 } },
    ],
    [
      { extraction_type: 'transcript', extraction_config: null },
      { kind: 'audio', extraction_config: { segmenter: 'word', segmentation_value: 10 } },
    ],
  ])('%j is kept as %j', async (wish, row) => {
    const made = await post(`/rtstream/${stream}/index/scene`, { prompt: 'p', model_name: null, name: null, ...wish });
    expect(made.body).toMatchObject({ data: { status: 'connected', prompt: 'p' } });
    for (const value of Object.values(at(made.body, 'data.extraction_config') as Json)) expect(value).toBeTypeOf('string');
    expect(await indexOf(at(made.body, 'data.rtstream_index_id'))).toMatchObject(row);
  });

  it.each<[string, Json]>([
    ['model_name', { model_name: 'gigantic' }],
    ['extraction_type', { extraction_type: 'shot_based' }],
    ['extraction_config.time', { extraction_type: 'time', extraction_config: { time: 0 } }],
    ['extraction_config.frame_count', { extraction_type: 'time', extraction_config: { frame_count: 0 } }],
    ['extraction_config.segmenter', { extraction_type: 'transcript', extraction_config: { segmenter: 'page' } }],
    ['prompt', { prompt: ' ' }],
  ])('names %s when it is wrong', async (field, wish) => {
    expect(await post(`/rtstream/${stream}/index/scene`, { prompt: 'p', ...wish })).toMatchObject({
      status: 400,
      body: { field },
    });
  });

  it('frames that are not said follow the sample rate of the stream, also when it changes', async () => {
    const id = await connected({ sample_rate: 60 });
    const index = at(await post(`/rtstream/${id}/index/scene`, { prompt: 'p', extraction_config: { time: 4 } }), 'body.data');
    expect(at(index, 'extraction_config')).toEqual({ time: '4', frame_count: '4' });
    const fixed = at(await post(`/rtstream/${id}/index/scene`, { extraction_config: { time: 4, frame_count: 3 } }), 'body.data');
    expect((await patch(`/rtstream/${id}`, { sample_rate: 120, name: 'Faster' })).body).toMatchObject({
      data: { sample_rate: 120, name: 'Faster' },
    });
    expect((await indexOf(at(index, 'rtstream_index_id'))).extraction_config['frame_count']).toBe(8);
    expect((await indexOf(at(index, 'rtstream_index_id'))).status).toBe('connected');
    expect((await indexOf(at(fixed, 'rtstream_index_id'))).extraction_config['frame_count']).toBe(3);
  });

  it('auto_start_transcript writes the transcript too', async () => {
    const id = await connected({ media_types: ['audio'] });
    await post(`/rtstream/${id}/index/scene`, { extraction_type: 'transcript', prompt: 'p' });
    expect(at(await get(`/rtstream/${id}/transcription/status`), 'body.data.status')).toBe('not_configured');
    await post(`/rtstream/${id}/index/scene`, { extraction_type: 'transcript', prompt: 'p', auto_start_transcript: true });
    expect(at(await get(`/rtstream/${id}/transcription/status`), 'body.data.status')).toBe('running');
  });

  it('say so when there is nothing to index', async () => {
    const id = await connected({ media_types: ['audio'] });
    const { body } = await post(`/rtstream/${id}/index/scene`, { extraction_type: 'time', prompt: 'p' });
    expect(body).toMatchObject({ success: true, message: expect.stringContaining('without video') as string });
    expect((await post(`/rtstream/${stream}/index/scene`, { prompt: 'p' })).body).not.toHaveProperty('message');
  });

  it('stop, start, take a new prompt, and are deleted', async () => {
    const id = String(at(await post(`/rtstream/${stream}/index/scene`, { prompt: 'p' }), 'body.data.rtstream_index_id'));
    const path = `/rtstream/${stream}/index/scene/${id}`;
    await patch(`${path}/status`, { action: 'stop' });
    expect((await indexOf(id)).status).toBe('stopped');
    await patch(`${path}/status`, { action: 'start' });
    expect((await patch(path, { prompt: 'new' })).body).toMatchObject({ data: { prompt: 'new', success: true } });
    expect(await indexOf(id)).toMatchObject({ status: 'connected', prompt: 'new' });
    // Another stream's index is none.
    expect((await get(`/rtstream/${await connected()}/index/${id}`)).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(200);
    expect((await get(`/rtstream/${stream}/index/${id}`)).status).toBe(404);
  });

  it('tell scenes newest first, in seconds, under both names', async () => {
    const id = String(at(await post(`/rtstream/${stream}/index/scene`, { prompt: 'p' }), 'body.data.rtstream_index_id'));
    for (const second of [0, 5, 10]) {
      const start_ms = RECORDED_FROM_MS + second * 1000;
      const scene = { index_id: id, stream_id: stream, start_ms, end_ms: start_ms + 4000, text: `scene ${second}` };
      await played.database
        .insertInto('scenes')
        .values({ ...scene, data: json({ n: second }), metadata: json({ tier: 'basic' }) })
        .execute();
    }
    const read = async (query: string): Promise<unknown> =>
      at(await get(`/rtstream/${stream}/index/scene/${id}?${query}`), 'body.data');
    const s = RECORDED_FROM_MS / 1000;
    expect(await read('page=1&page_size=2')).toMatchObject({
      scene_index_records: [
        { start: s + 10, end: s + 14, description: 'scene 10', text: 'scene 10', data: { n: 10 } },
        { start: s + 5 },
      ],
      next_page: true,
    });
    expect(await read('page=2&page_size=2')).toMatchObject({ scene_index_records: [{ text: 'scene 0' }], next_page: false });
    expect(at(await read(`start=${s + 5}&end=${s + 6}`), 'scene_index_records')).toHaveLength(1);
    const found = await post(`/rtstream/${stream}/search`, {
      query: 'scene',
      scene_index_id: id,
      filter: [],
      result_threshold: 2,
    });
    expect(at(found.body, 'data.results[0]')).toMatchObject({
      start: s,
      scene_index_id: id,
      rtstream_id: stream,
      rtstream_name: 'Cam',
    });
    expect(at(await post(`/rtstream/${stream}/search`, { query: 'zebra' }), 'body.data.results')).toEqual([]);
    expect(await post(`/rtstream/${stream}/search`, { query: 'x', scene_index_id: 'none' })).toMatchObject({
      status: 404,
      body: { field: 'scene_index_id' },
    });
  });
});

describe('the second generation', () => {
  it('understands, indexes by either spelling, watches and searches what was understood', async () => {
    const analyzers = [{ type: 'vlm', name: 'scene', sampling: { frame_count: 5 }, config: { prompt: 'x', model: 'pro' } }];
    const made = await post(`/rtstream/${stream}/understand`, {
      segmentation: { type: 'time', window: '2m' },
      analyzers,
      store: true,
    });
    const understanding = String(at(made.body, 'data.understanding_id'));
    expect(understanding).toMatch(/^und-/);
    expect(await indexOf(understanding)).toMatchObject({
      extraction_config: { time: 120, frame_count: 5 },
      model_name: 'pro',
      prompt: 'x',
    });
    expect(at(await get(`/rtstream/${stream}/understand`), 'body.data.understandings[0].status')).toBe('running');
    // v1 lists do not show it.
    expect(JSON.stringify((await get(`/rtstream/${stream}/index/scene`)).body)).not.toContain(understanding);
    for (const source of [at(made.body, 'data.outputs.scene'), { understandingId: understanding, output: 'scene' }]) {
      expect(at(await post(`/rtstream/${stream}/indexes`, { source }), 'body.data.index_id')).toMatch(/^idx-/);
    }
    const index = String(at(await get(`/rtstream/${stream}/indexes`), 'body.data.indexes[0].index_id'));
    const event = at(await post('/rtstream/event', { event_prompt: 'x', label: 'l' }), 'body.data.event_id');
    const alert = await post(`/rtstream/${stream}/indexes/${index}/alert`, { event_id: event, callback_url: '' });
    const row = await played.database
      .selectFrom('alerts')
      .selectAll()
      .where('id', '=', String(at(alert.body, 'data.alert_id')))
      .executeTakeFirstOrThrow();
    expect(row.index_id).toBe(understanding);
    await patch(`/rtstream/${stream}/indexes/${index}/status`, { action: 'stop' });
    expect(at(await get(`/rtstream/${stream}/indexes/${index}`), 'body.data.status')).toBe('stopped');
    await patch(`/rtstream/${stream}/understand/${understanding}/status`, { action: 'stop' });
    expect(at(await get(`/rtstream/${stream}/understand/${understanding}`), 'body.data.status')).toBe('stopped');
    expect((await get(`/rtstream/${stream}/indexes/${index}/records?page=1`)).body).toMatchObject({
      data: { records: [], next_page: false },
    });
  });

  it.each<[string, Json]>([
    ['analyzers', { analyzers: [] }],
    ['analyzers', { analyzers: [{ type: 'vlm' }, { type: 'vlm' }] }],
    ['analyzers.0.type', { analyzers: [{ type: 'nose' }] }],
    ['segmentation.window', { analyzers: [{ type: 'vlm' }], segmentation: { window: 'soon' } }],
    ['analyzers.0.config.model', { analyzers: [{ type: 'vlm', config: { model: 'gigantic' } }] }],
  ])('names %s when it is wrong', async (field, wish) => {
    expect(await post(`/rtstream/${stream}/understand`, wish)).toMatchObject({ status: 400, body: { field } });
  });
});

describe('alerts', () => {
  it('are made, listed, disabled and enabled by every word in use', async () => {
    const index = String(at(await post(`/rtstream/${stream}/index/scene`, { prompt: 'p' }), 'body.data.rtstream_index_id'));
    const event = String(at(await post('/rtstream/event', { event_prompt: 'A person', label: 'person' }), 'body.data.event_id'));
    expect(event).toMatch(/^[0-9a-f]{16}$/);
    const path = `/rtstream/${stream}/index/${index}/alert`;
    // As the webhook writes the same event.
    const alert = String(
      at(await post(path, { event_id: `event-${event}`, callback_url: 'http://127.0.0.1:9/hook' }), 'body.data.alert_id'),
    );
    const status = async (): Promise<unknown> => at(await get(path), 'body.data.alerts[0].status');
    for (const [body, becomes] of [
      [{ action: 'disable' }, 'disabled'],
      [{ action: 'enable' }, 'enabled'],
      [{ status: 'disabled' }, 'disabled'],
      [{ status: 'enabled' }, 'enabled'],
    ] as const) {
      expect((await patch(`${path}/${alert}/status`, body)).body).toMatchObject({ success: true });
      expect(await status()).toBe(becomes);
    }
    expect(await patch(`${path}/${alert}/status`, { action: 'explode' })).toMatchObject({
      status: 400,
      body: { field: 'action' },
    });
    expect(await post(path, { event_id: 'none', callback_url: '' })).toMatchObject({ status: 404, body: { field: 'event_id' } });
    expect(await post(path, { event_id: event, callback_url: 'ftp://h/x' })).toMatchObject({
      status: 400,
      body: { field: 'callback_url' },
    });
    const hit = {
      id: 'event-1',
      alert_id: alert,
      stream_id: stream,
      scene_id: null,
      label: 'person',
      explanation: 'a person',
      confidence: 0.9,
    };
    await played.database
      .insertInto('alert_hits')
      .values({ ...hit, start_ms: RECORDED_FROM_MS, end_ms: RECORDED_FROM_MS + 2000 })
      .execute();
    expect(at(await get(`/rtstream/${stream}/alerts?label=person`), 'body.data.alerts')).toMatchObject([
      { event_id: 'event-1', index_id: index, start: RECORDED_FROM_MS / 1000 },
    ]);
    expect((await ask('DELETE', `${path}/${alert}`)).status).toBe(200);
    expect(at(await get(path), 'body.data.alerts')).toEqual([]);
  });
});
