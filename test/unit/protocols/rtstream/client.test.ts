import { describe, expect, it, vi, afterEach } from 'vitest';
import { connect } from '../../../../src/protocols/rtstream/connection.ts';
import type { Connection, ConnectionOptions } from '../../../../src/protocols/rtstream/connection.ts';
import { readStream } from '../../../../src/protocols/rtstream/codec-streams.ts';
import { RTStream } from '../../../../src/protocols/rtstream/stream.ts';
import { Video } from '../../../../src/protocols/rtstream/video.ts';

const BASE = 'https://g.test/videodb';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly token: string;
}

interface Told {
  readonly status?: number;
  readonly body: unknown;
}

type Answer = object | ((asked: Asked) => Told);

/** A server of scripted answers: `METHOD /path` → data, or a whole answer. */
function server(answers: Readonly<Record<string, Answer>>, options: Partial<ConnectionOptions> = {}) {
  const asked: Asked[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, search, origin } = new URL(url);
    if (origin !== 'https://g.test') throw new Error(`asked ${origin}`);
    const path = pathname.replace('/videodb', '');
    const headers = new Headers(init.headers);
    const one: Asked = {
      method: init.method ?? 'GET',
      path: `${path}${search}`,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      token: headers.get('x-access-token') ?? '',
    };
    asked.push(one);
    init.signal?.throwIfAborted();
    const answer: Answer = answers[`${one.method} ${path}`] ?? {};
    const told: Told =
      typeof answer === 'function' ? (answer as (asked: Asked) => Told)(one) : { body: { success: true, data: answer } };
    const { status = 200, body } = told;
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      setTimeout(() => resolve(new Response(JSON.stringify(body), { status })), 0);
    });
  };
  const connection = connect({ baseUrl: `${BASE}//`, token: 'st-1', fetch, ...options });
  return { connection, asked };
}

const stream = (connection: Connection): RTStream => new RTStream(connection, readStream({ id: 'rts-1' }));
const last = (asked: readonly Asked[]): Asked => asked.at(-1) as Asked;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('calls are those of the official SDKs', () => {
  it('connects a stream', async () => {
    const { connection, asked } = server({
      'GET /collection/default': { id: 'c-1' },
      'POST /rtstream': { id: 'rts-1', name: 'Door' },
    });
    const collection = await connection.getCollection();
    const made = await collection.connectRtstream({
      url: 'rtsp://camera.test/1',
      name: 'Door',
      mediaTypes: ['audio', 'video'],
      sampleRate: 30,
      store: true,
      enableTranscript: true,
      wsConnectionId: 'ws-1',
    });
    expect(made).toMatchObject({ id: 'rts-1', facts: { name: 'Door' } });
    expect(last(asked)).toEqual({
      method: 'POST',
      path: '/rtstream',
      token: 'st-1',
      body: {
        collection_id: 'c-1',
        url: 'rtsp://camera.test/1',
        name: 'Door',
        media_types: ['audio', 'video'],
        sample_rate: 30,
        store: true,
        enable_transcript: true,
        ws_connection_id: 'ws-1',
      },
    });
    await collection.connectRtstream({ ingestMode: 'push' });
    expect(last(asked).body).toMatchObject({ ingest_mode: 'push', protocol: 'rtmp', media_types: ['video'] });
  });

  it('plays a window, in seconds on the wire, ms here, with the page beside it', async () => {
    const { connection, asked } = server({
      'GET /rtstream/rts-1/stream': { stream_url: 'https://g/x.m3u8', player_url: 'https://g/watch?v=x' },
    });
    const clip = await stream(connection).generateStream(1_763_600_000_250, new Date(1_763_600_060_000));
    expect(clip).toEqual({ streamUrl: 'https://g/x.m3u8', playerUrl: 'https://g/watch?v=x' });
    expect(last(asked).path).toBe('/rtstream/rts-1/stream?start=1763600000.25&end=1763600060');
    await expect(stream(connection).generateStream(NaN, 0)).rejects.toMatchObject({ code: 'bad-option', field: 'start' });
  });

  it('indexes by words, and by pictures of a window', async () => {
    const { connection, asked } = server({
      'POST /rtstream/rts-1/index/scene': { rtstream_index_id: 'ix-1', extraction_config: { time: '2', frame_count: '5' } },
    });
    await stream(connection).indexAudio({ prompt: 'Summarize', batchConfig: { type: 'word', value: 50 } });
    expect(last(asked).body).toMatchObject({
      extraction_type: 'transcript',
      extraction_config: { segmenter: 'word', segmentation_value: 50 },
      prompt: 'Summarize',
    });
    const index = await stream(connection).indexVisuals({
      batchConfig: { type: 'time', value: 2, frameCount: 5 },
      modelName: 'pro',
    });
    expect(last(asked).body).toMatchObject({
      extraction_type: 'time',
      extraction_config: { time: 2, frame_count: 5 },
      model_name: 'pro',
    });
    expect(index.facts.extractionConfig).toEqual({ time: 2, frame_count: 5 });
  });

  it('creates events and alerts', async () => {
    const { connection, asked } = server({
      'POST /rtstream/event': { event_id: 'ev-1' },
      'GET /rtstream/event': { events: [{ event_id: 'ev-1', event_prompt: 'p', label: 'l' }] },
      'POST /rtstream/rts-1/index/ix-1/alert': { alert_id: 'al-1' },
      'GET /rtstream/rts-1/index/ix-1/alert': { alerts: [{ alert_id: 'al-1', event_id: 'ev-1', status: 'disabled' }] },
      'GET /rtstream/rts-1/index/ix-1': { rtstream_index_id: 'ix-1' },
    });
    const eventId = await connection.createEvent({ eventPrompt: 'p', label: 'l' });
    const index = await stream(connection).getSceneIndex('ix-1');
    expect(await index.createAlert({ eventId })).toBe('al-1');
    expect(last(asked).body).toEqual({ event_id: 'ev-1', callback_url: '' });
    expect(await index.listAlerts()).toMatchObject([{ id: 'al-1', enabled: false }]);
    await index.enableAlert('al-1');
    expect(last(asked)).toMatchObject({ path: '/rtstream/rts-1/index/ix-1/alert/al-1/status', body: { action: 'enable' } });
    expect(await connection.listEvents()).toEqual([{ id: 'ev-1', prompt: 'p', label: 'l' }]);
  });

  it('finds the streams of a capture session by channel, in any case', async () => {
    const { connection } = server({
      'GET /collection/default/capture/session/cap-1': {
        status: 'active',
        rtstreams: [
          { rtstream_id: 'rts-1', channel_id: 'mic' },
          { rtstream_id: 'rts-2', channel_id: 'screen' },
        ],
      },
      'GET /rtstream/rts-1': { id: 'rts-1', name: 'mine' },
    });
    const session = await connection.getCaptureSession('cap-1');
    expect((await session.getRtstream('MIC')).map(({ id }) => id)).toEqual(['rts-1']);
    expect(await session.getRtstream('mic:default')).toEqual([]);
  });

  it('searches a video and compiles what it found', async () => {
    const docs = [
      { start: 1, end: 2.5, text: 'a', score: 0.9 },
      { start: 9, end: 10 },
    ];
    const { connection, asked } = server({
      'POST /video/m-1/search': { results: [{ video_id: 'm-1', collection_id: 'c-1', length: '12', title: 'Stand-up', docs }] },
      'POST /compile': { stream_url: 'https://g/c.m3u8' },
      'POST /video/m-1/stream': { stream_url: 'https://g/s.m3u8' },
    });
    const found = await new Video(connection.rest, { id: 'm-1' }).search('action items');
    expect(found.shots[0]?.facts).toMatchObject({
      startMs: 1000,
      endMs: 2500,
      text: 'a',
      score: 0.9,
      videoId: 'm-1',
      title: 'Stand-up',
    });
    expect(await found.compile()).toEqual({ streamUrl: 'https://g/c.m3u8', playerUrl: null });
    expect(last(asked).body).toEqual([
      { video_id: 'm-1', collection_id: 'c-1', shots: [[1, 2.5]] },
      { video_id: 'm-1', collection_id: 'c-1', shots: [[9, 10]] },
    ]);
    await found.shots[1]?.generateStream();
    expect(last(asked).body).toEqual({ timeline: [[9, 10]] });
  });

  it('a hit on a stream knows its stream, and plays at least a second', async () => {
    const { connection, asked } = server({
      'POST /rtstream/rts-1/search': { results: [{ start: 1_763_600_000, end: 1_763_600_000, text: 'a' }] },
      'GET /rtstream/rts-1/stream': { stream_url: 'https://g/x.m3u8' },
    });
    const found = await stream(connection).search('a');
    await found.shots[0]?.generateStream();
    expect(last(asked).path).toBe('/rtstream/rts-1/stream?start=1763600000&end=1763600001');
  });
});

describe('pages', () => {
  it('are one list, asked for as it is read', async () => {
    const { connection, asked } = server({
      'GET /rtstream/rts-1/transcription': ({ path }) => {
        const page = Number(new URLSearchParams(path.split('?')[1]).get('page'));
        const record = {
          start: 1_763_600_000 + page,
          end: 1_763_600_001 + page,
          text: `line ${page}`,
          word_timestamps: [{ start: 1_763_600_000.5, end: 1_763_600_000.75, word: 'line' }],
        };
        return { body: { success: true, data: { transcription_records: [record], next_page: page < 3, total_count: 3 } } };
      },
    });
    const read: string[] = [];
    for await (const line of stream(connection).transcript({ since: 1_763_600_000_000 })) {
      read.push(line.text);
      expect(asked).toHaveLength(read.length);
      expect(line.words).toEqual([{ text: 'line', startMs: 1_763_600_000_500, endMs: 1_763_600_000_750 }]);
    }
    expect(read).toEqual(['line 1', 'line 2', 'line 3']);
    expect(asked[0]?.path).toBe('/rtstream/rts-1/transcription?page=1&page_size=100&since=1763600000');
  });

  it('of streams go on by offset', async () => {
    const { connection, asked } = server({
      'GET /collection/c-1': { id: 'c-1' },
      'GET /rtstream': ({ path }) => ({
        body: {
          success: true,
          data: { results: [{ id: `rts-${asked.length}` }], count: 2, next: path.includes('offset=0') ? 'https://…' : null },
        },
      }),
    });
    const collection = await connection.getCollection('c-1');
    const ids = [];
    for await (const one of collection.rtstreams({ limit: 1, status: 'connected' })) ids.push(one.id);
    expect(ids).toHaveLength(2);
    expect(last(asked).path).toBe('/rtstream?limit=1&status=connected&offset=1&collection_id=c-1');
  });

  it('that never end and hold nothing are not believed', async () => {
    const { connection, asked } = server({ 'GET /rtstream/rts-1/transcription': { transcription_records: [], next_page: true } });
    for await (const line of stream(connection).transcript()) expect(line).toBeNull();
    expect(asked).toHaveLength(1);
  });
});

describe('long calls', () => {
  const job = (percentage: number) => ({
    body: {
      success: true,
      status: 'processing',
      data: { id: 'job-1', output_url: `https://g.test/videodb/async-response/job-1`, percentage },
    },
  });

  it('are followed to their end, with progress', async () => {
    let polls = 0;
    const { connection, asked } = server({
      'POST /rtstream/rts-1/export': () => job(0),
      'GET /async-response/job-1': () => {
        if ((polls += 1) < 2) return job(50);
        return { body: { success: true, status: 'done', response: { success: true, data: { video_id: 'm-1', duration: 1.5 } } } };
      },
    });
    const told: (number | null)[] = [];
    const result = await stream(connection).export({ name: 'x', progress: (percentage) => told.push(percentage) });
    expect(result).toMatchObject({ videoId: 'm-1', durationMs: 1500 });
    expect(told).toEqual([0, 50]);
    expect(last(asked).token).toBe('st-1');
  });

  it('that fail say so in the server’s words', async () => {
    const { connection } = server({
      'POST /rtstream/rts-1/export': () => job(0),
      'GET /async-response/job-1': () => ({
        body: { success: false, status: 'failed', message: 'Nothing was recorded.', error_status: 400 },
      }),
    });
    await expect(stream(connection).export()).rejects.toMatchObject({ code: 'bad-option', message: 'Nothing was recorded.' });
  });

  it('do not take the token to another host', async () => {
    const { connection, asked } = server({
      'POST /rtstream/rts-1/export': () => ({
        body: { success: true, status: 'processing', data: { output_url: 'https://evil.test/x' } },
      }),
    });
    await expect(stream(connection).export()).rejects.toMatchObject({ code: 'bad-message', field: 'output_url' });
    expect(asked).toHaveLength(1);
  });

  it('can be given up', async () => {
    const { connection } = server({ 'POST /rtstream/rts-1/export': () => job(0), 'GET /async-response/job-1': () => job(1) });
    const abort = new AbortController();
    const result = stream(connection).export({ signal: abort.signal, progress: () => abort.abort(new Error('enough')) });
    await expect(result).rejects.toThrow('enough');
    const early = AbortSignal.abort(new Error('before'));
    await expect(stream(connection).start({ signal: early })).rejects.toThrow('before');
  });
});

describe('refusals', () => {
  it.each([
    [400, 'bad-option'],
    [401, 'token-refused'],
    [402, 'quota-exceeded'],
    [403, 'origin-refused'],
    [404, 'bad-option'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [503, 'server-busy'],
  ])('%i is %s, in the server’s words', async (status, code) => {
    const { connection } = server({
      'GET /rtstream/rts-9': () => ({ status, body: { success: false, message: 'No such thing' } }),
    });
    await expect(connection.getRtstream('rts-9')).rejects.toMatchObject({ code, message: `${status} No such thing` });
  });

  it('`success: false` is one whatever the status', async () => {
    const { connection } = server({ 'GET /rtstream/rts-9': () => ({ body: { success: false, message: 'No' } }) });
    await expect(connection.getRtstream('rts-9')).rejects.toMatchObject({ code: 'bad-option', message: 'No' });
  });

  it('an answer without what is needed names it', async () => {
    const { connection } = server({ 'POST /rtstream/event': {} });
    const made = connection.createEvent({ eventPrompt: 'p', label: 'l' });
    await expect(made).rejects.toMatchObject({ code: 'bad-message', field: 'event_id' });
  });
});

describe('tokens', () => {
  it('are asked for once, and anew when one is refused or about to expire', async () => {
    const reasons: string[] = [];
    let good = 'st-1';
    let given = 'st-1';
    const { connection, asked } = server(
      {
        'GET /rtstream/rts-1': ({ token }) =>
          token === good
            ? { body: { success: true, data: { id: 'rts-1' } } }
            : { status: 401, body: { success: false, message: 'expired' } },
      },
      {
        token: (reason) => {
          reasons.push(reason);
          return Promise.resolve({ token: given, expiresAt: reasons.length === 2 ? Date.now() + 1000 : Date.now() + 600_000 });
        },
      },
    );
    await Promise.all([connection.getRtstream('rts-1'), connection.getRtstream('rts-1')]);
    expect(reasons).toEqual(['first']);
    good = given = 'st-2';
    await connection.getRtstream('rts-1');
    expect(reasons).toEqual(['first', 'refused']);
    await connection.getRtstream('rts-1');
    expect(reasons).toEqual(['first', 'refused', 'expiring']);
    good = 'nobody has it';
    await expect(connection.getRtstream('rts-1')).rejects.toMatchObject({ code: 'token-refused' });
    expect(asked.filter(({ token }) => token === 'st-2').length).toBeLessThan(6);
  });

  it('come from the gateway where nothing is said', async () => {
    const fetch = vi.fn((url: string, init: RequestInit): Promise<Response> => {
      const token = url.endsWith('/auth/page-token');
      if (token) expect(JSON.parse(init.body as string)).toEqual({ for: 'rtstream' });
      else expect(new Headers(init.headers).get('x-access-token')).toBe('ek_x');
      const body = token ? { value: 'ek_x', expires_at: Date.now() / 1000 + 600 } : { success: true, data: { id: 'c-1' } };
      return Promise.resolve(new Response(JSON.stringify(body)));
    });
    await connect({ baseUrl: BASE, fetch }).getCollection();
    expect(fetch.mock.calls.map(([url]) => url)).toEqual(['https://g.test/auth/page-token', `${BASE}/collection/default`]);
  });

  it('a key is refused in a page, before anything is sent', async () => {
    vi.stubGlobal('document', {});
    for (const key of ['sk-secret', 'vv_gateway']) {
      const { connection, asked } = server({}, { token: key });
      await expect(connection.getCollection()).rejects.toMatchObject({ code: 'bad-option', field: 'token' });
      expect(asked).toHaveLength(0);
      const allowed = server({ 'GET /collection/default': { id: 'c-1' } }, { token: key, dangerouslyAllowKey: true });
      await allowed.connection.getCollection();
    }
    vi.unstubAllGlobals();
    await server({ 'GET /collection/default': { id: 'c-1' } }, { token: 'sk-secret' }).connection.getCollection();
  });

  it('a base URL that is none is a mistake of the caller', () => {
    expect(() => connect({ baseUrl: 'gateway' })).toThrow(expect.objectContaining({ code: 'bad-option', field: 'baseUrl' }));
  });
});
