import { afterEach, describe, expect, it, vi } from 'vitest';
import { LivestreamClient, loginTokens } from '../../../../src/livestream.ts';
import type { LivestreamOptions } from '../../../../src/livestream.ts';

const ID = 'a1b2c3d4-e5f6-4890-abcd-ef1234567890';
const wire = {
  ...{ id: ID, url: 'https://live.bilibili.com/12345', livestream_name: 'Launch', entity: null, host_name: 'Host' },
  ...{ start_time: '2025-10-21T14:00:00Z', status: 'pending', bililive_live_id: 'abc', prompt_content: 'p' },
  ...{ livestream_image: 'data:image/jpeg;base64,AAAA', summary_report: null },
  ...{ created_at: '2025-10-20T08:00:00.250Z', updated_at: '2025-10-20T08:00:00.5Z' },
};
const facts = {
  ...{ id: ID, url: 'https://live.bilibili.com/12345', name: 'Launch', entity: null, hostName: 'Host' },
  ...{ startMs: Date.UTC(2025, 9, 21, 14), status: 'pending', liveId: 'abc', promptContent: 'p' },
  ...{ image: 'data:image/jpeg;base64,AAAA', report: null },
  ...{ createdMs: Date.UTC(2025, 9, 20, 8) + 250, updatedMs: Date.UTC(2025, 9, 20, 8) + 500 },
};
const done = { task_id: ID, status: 'success', message: 'Done.' };

interface Asked {
  readonly call: string;
  readonly body: unknown;
  readonly token: string | null;
  readonly init: RequestInit;
}

type Answers = Readonly<Record<string, unknown>>;

/** `METHOD /path?query` or `METHOD /path` → what is answered; a `Response` as it is. */
function server(answers: Answers, options: Partial<LivestreamOptions> = {}) {
  const asked: Asked[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const call = `${init.method ?? 'GET'} ${pathname}${search}`;
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body;
    asked.push({ call, body, init, token: new Headers(init.headers).get('authorization') });
    init.signal?.throwIfAborted();
    const found = answers[call] ?? answers[`${init.method ?? 'GET'} ${pathname}`];
    const answer: unknown = typeof found === 'function' ? (found as (asked: Asked) => unknown)(asked.at(-1)!) : found;
    if (answer instanceof Response) return Promise.resolve(answer);
    return Promise.resolve(new Response(JSON.stringify(answer ?? {}), { status: answer === undefined ? 404 : 200 }));
  };
  const client = new LivestreamClient({ baseUrl: 'https://g.test/', token: 'eyJ.a.b', fetch, ...options });
  return { client, asked, fetch, last: () => asked.at(-1)! };
}

const refusal = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('calls are those of the spec', () => {
  it('lists, by page and altogether', async () => {
    const pages = (asked: Asked) => {
      const page = Number(new URLSearchParams(asked.call.split('?')[1]).get('page'));
      return { items: [{ ...wire, id: `t-${page}` }], total: 3, page, limit: 1, totalPages: 3 };
    };
    const { client, asked, last } = server({ 'GET /livestream/tasks': pages });
    const first = await client.tasks({ limit: 1, status: 'pending', search: 'a b', sortBy: 'start_time', order: 'asc' });
    expect(first).toEqual({ items: [{ ...facts, id: 't-1' }], total: 3, page: 1, totalPages: 3 });
    expect(last().call).toBe('GET /livestream/tasks?page=1&limit=1&status=pending&search_term=a+b&sort_by=start_time&order=asc');
    const ids = [];
    for await (const task of client.everyTask({ limit: 1 })) {
      ids.push(task.id);
      expect(asked).toHaveLength(1 + ids.length);
    }
    expect(ids).toEqual(['t-1', 't-2', 't-3']);
  });

  it('makes a task out of a form, and a past one with its cover as a data URL', async () => {
    const { client, last } = server({ 'POST /livestream/tasks': wire, 'POST /livestream/tasks/history': wire });
    const image = new Blob([Uint8Array.of(1, 2, 3, 4)], { type: 'image/png' });
    const told: (number | null)[] = [];
    const wish = { url: 'https://live.test/1', name: 'Launch', startMs: Date.UTC(2025, 9, 21, 14), prompt: '00.md', image };
    expect(await client.create(wish, { progress: (percentage) => told.push(percentage) })).toEqual(facts);
    const form = last().body as FormData;
    expect(Object.fromEntries([...form].filter(([name]) => name !== 'image'))).toEqual({
      ...{ url: 'https://live.test/1', livestream_name: 'Launch', start_time: '2025-10-21T14:00:00Z', prompt_file: '00.md' },
    });
    expect((form.get('image') as Blob).size).toBe(4);
    expect(new Headers(last().init.headers).has('content-type')).toBe(false);
    expect(told).toEqual([null]);
    await client.createPast({ ...wish, report: '# R', entity: 'E' });
    expect(last().body).toEqual({
      ...{ url: 'https://live.test/1', livestream_name: 'Launch', start_time: '2025-10-21T14:00:00Z', summary_report: '# R' },
      ...{ entity: 'E', livestream_image: 'data:image/png;base64,AQIDBA==' },
    });
    await expect(client.create({ ...wish, startMs: NaN })).rejects.toMatchObject({ code: 'bad-option', field: 'startMs' });
  });

  it('tells how much of a form is sent, where the platform can', async () => {
    class Call {
      static last: Call;
      readonly upload: Record<string, (event?: object) => void> = {};
      readonly headers: Record<string, string> = {};
      status = 201;
      responseText = JSON.stringify(wire);
      onload: () => void = () => undefined;
      abort = vi.fn();
      constructor() {
        Call.last = this;
      }
      open = vi.fn();
      setRequestHeader(name: string, value: string): void {
        this.headers[name] = value;
      }
      send(): void {
        this.upload['onprogress']?.({ lengthComputable: true, loaded: 1, total: 4 });
        this.upload['onload']?.();
        queueMicrotask(() => this.onload());
      }
    }
    vi.stubGlobal('XMLHttpRequest', Call);
    const client = new LivestreamClient({ baseUrl: 'https://g.test', token: 'eyJ' });
    const told: (number | null)[] = [];
    const wish = { url: 'https://live.test/1', name: 'Launch', startMs: 0 };
    expect(await client.create(wish, { progress: (percentage) => told.push(percentage) })).toEqual(facts);
    expect(told).toEqual([25, 100]);
    expect(Call.last.open).toHaveBeenCalledWith('POST', 'https://g.test/livestream/tasks');
    expect(Call.last.headers).toEqual({ authorization: 'Bearer eyJ' });
    const abort = new AbortController();
    const given = client.create(wish, { signal: abort.signal, progress: () => abort.abort(new Error('enough')) });
    await expect(given).rejects.toThrow('enough');
    expect(Call.last.abort).toHaveBeenCalled();
  });

  it.each([
    ['startListening', `POST /livestream/tasks/${ID}/listen/start`],
    ['stopListening', `POST /livestream/tasks/${ID}/listen/stop`],
    ['reanalyze', `POST /livestream/tasks/${ID}/re-analyze`],
    ['delete', `DELETE /livestream/tasks/${ID}`],
  ] as const)('%s', async (name, call) => {
    const { client, last } = server({ [call]: done });
    expect(await client[name](ID)).toEqual({ taskId: ID, message: 'Done.' });
    expect(last()).toMatchObject({ call, token: 'Bearer eyJ.a.b' });
  });

  it('reads a task, counts, public ones, log, playback and progress', async () => {
    const counts = { total: 3, pending: 1, listening: 0, recording: 0, processing: 0, completed: 2, failed: 0 };
    const { url, livestream_name, start_time, status, host_name, livestream_image, summary_report } = wire;
    const open = { url, livestream_name, start_time, status, host_name, livestream_image, summary_report };
    const { client } = server({
      [`GET /livestream/tasks/${ID}`]: wire,
      'GET /livestream/tasks/stats': counts,
      'GET /livestream/public_tasks': { items: [open], total: 1, page: 1, limit: 20, totalPages: 1 },
      [`GET /livestream/tasks/${ID}/log`]: { log_content: 'a\nb\n' },
      [`GET /livestream/tasks/${ID}/playback`]: { live_url: 'javascript:alert(1)', recorded_url: '/manifests/x.m3u8' },
      [`GET /livestream/tasks/${ID}/progress`]: { step: 'read', percentage: 140 },
    });
    expect(await client.task(ID)).toEqual(facts);
    expect(await client.stats()).toEqual(counts);
    expect((await client.publicTasks()).items[0]).not.toHaveProperty('id');
    expect(await client.log(ID)).toEqual(['a', 'b']);
    expect(await client.playback(ID)).toEqual({ liveUrl: null, recordedUrl: 'https://g.test/manifests/x.m3u8' });
    expect(await client.progress(ID)).toEqual({ step: 'read', percentage: 100 });
  });

  it('reads manuscript and frames; null where there is none yet', async () => {
    const frame = { frame_number: 1, filename: 'frame_00001.png', content: 'Q3', at_ms: 1500 };
    const path = `/livestream/tasks/${ID}/manuscript`;
    const { client } = server({
      [`GET ${path}?format=json`]: { title: 'T', total_frames: 1, data: [frame] },
      [`GET ${path}?format=md`]: { format: 'md', content: '# T' },
      [`GET /livestream/tasks/${ID}/frames`]: {
        items: [
          { ...frame, url: 'https://g.test/f.png?s=1' },
          { ...frame, url: 'data:text/html,x' },
        ],
      },
      'GET /livestream/tasks/none/manuscript': refusal(404, {
        detail: 'There is no manuscript of it yet.',
        code: 'manuscript_not_found',
      }),
    });
    expect(await client.manuscript(ID)).toEqual({
      title: 'T',
      frames: [{ number: 1, filename: 'frame_00001.png', text: 'Q3', atMs: 1500 }],
    });
    expect(await client.manuscriptText(ID)).toBe('# T');
    expect(await client.frames(ID)).toEqual([
      { number: 1, filename: 'frame_00001.png', atMs: 1500, url: 'https://g.test/f.png?s=1' },
    ]);
    expect(await client.manuscript('none')).toBeNull();
  });

  it('reads prompts without a token, writes one by any name', async () => {
    const name = '01.车企发布会摘要总结.md';
    const path = `/livestream/prompts/${encodeURIComponent(name)}`;
    const { client, last } = server({
      'GET /livestream/prompts': [{ name, content: 'c' }],
      [`POST ${path}`]: { name, content: 'd' },
    });
    expect(await client.prompts()).toEqual([{ name, content: 'c' }]);
    expect(last().token).toBeNull();
    expect(await client.savePrompt({ name, content: 'd' })).toEqual({ name, content: 'd' });
    expect(last().body).toEqual({ content: 'd' });
  });
});

describe('failures', () => {
  it.each([
    [401, 'token-refused', null],
    [403, 'origin-refused', null],
    [404, 'bad-option', null],
    [409, 'bad-option', null],
    [422, 'bad-option', 'start_time'],
    [429, 'rate-limited', null],
    [500, 'server-error', null],
    [503, 'server-busy', null],
  ])('%i is %s, in the server’s words', async (status, code, field) => {
    const body = { detail: 'Not so.', code: 'x', ...(field === null ? {} : { field }) };
    const { client } = server({ [`GET /livestream/tasks/${ID}`]: () => refusal(status, body) });
    await expect(client.task(ID)).rejects.toMatchObject({ code, field, message: `${status} Not so.` });
  });

  it('an answer that is no task names what is wrong', async () => {
    const { client } = server({
      [`GET /livestream/tasks/${ID}`]: { ...wire, status: 'asleep' },
      'GET /livestream/tasks/x': { ...wire, id: '' },
    });
    await expect(client.task(ID)).rejects.toMatchObject({ code: 'bad-message', field: 'status' });
    await expect(client.task('x')).rejects.toMatchObject({ code: 'bad-message', field: 'id' });
  });

  it('covers that could be scripts are none', async () => {
    const { client } = server({
      [`GET /livestream/tasks/${ID}`]: { ...wire, livestream_image: 'data:image/svg+xml;base64,AAAA' },
    });
    expect((await client.task(ID)).image).toBeNull();
  });

  it('a call can be given up', async () => {
    const { client } = server({});
    await expect(client.stats({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('tokens', () => {
  it('are fetched from the gateway where nothing is said', async () => {
    const { client, asked } = server(
      { 'POST /auth/page-token': { value: 'ek_x', expires_at: Date.now() / 1000 + 600 }, 'GET /livestream/tasks/stats': {} },
      { token: undefined },
    );
    await client.stats();
    expect(asked.map(({ call, token, body }) => [call, token, body])).toEqual([
      ['POST /auth/page-token', null, { for: 'livestream' }],
      ['GET /livestream/tasks/stats', 'Bearer ek_x', undefined],
    ]);
  });

  it('of a login are renewed by the refresh token before they end and when they are refused, each once, one question at a time', async () => {
    let given = 0;
    let good = 1;
    const expires = [600, 600, 20, 600];
    const answers: Answers = {
      'POST /auth/token': () => ({
        ...{
          access_token: `a${(given += 1)}`,
          token_type: 'bearer',
          expires_in: expires[given - 1],
          refresh_token: `r${given}`,
          user_id: 'u',
        },
      }),
      'GET /livestream/tasks/stats': ({ token }: Asked) =>
        Number(token?.slice('Bearer a'.length)) >= good ? {} : refusal(401, { detail: 'expired' }),
    };
    const other = server(answers);
    const kept: string[] = [];
    const token = loginTokens(
      { baseUrl: 'https://g.test', fetch: other.fetch, loggedIn: ({ refreshToken }) => kept.push(refreshToken) },
      { apiKey: 'vv_key' },
    );
    const { client } = server(answers, { token, fetch: other.fetch });
    const logins = (): unknown[] => other.asked.filter(({ call }) => call === 'POST /auth/token').map(({ body }) => body);
    await Promise.all([client.stats(), client.stats()]);
    expect(logins()).toEqual([{ api_key: 'vv_key' }]);
    good = 2;
    await Promise.all([client.stats(), client.stats(), client.stats()]);
    expect(logins()).toEqual([{ api_key: 'vv_key' }, { refresh_token: 'r1' }]);
    good = 3;
    await client.stats();
    expect(logins()).toHaveLength(3);
    // The third one ends within half a minute.
    await client.stats();
    expect(logins().at(-1)).toEqual({ refresh_token: 'r3' });
    expect(kept).toEqual(['r1', 'r2', 'r3', 'r4']);
  });

  it('where the refresh token is void the key is used again, and without a key it is told', async () => {
    const answers: Answers = {
      'POST /auth/token': ({ body }: Asked) =>
        'api_key' in (body as object)
          ? { access_token: 'a', expires_in: 600, refresh_token: 'r', user_id: 'u' }
          : refusal(401, { detail: 'It was used.', code: 'invalid_refresh_token' }),
    };
    const { fetch, asked } = server(answers);
    const byKey = loginTokens({ baseUrl: 'https://g.test', fetch }, { apiKey: 'vv_key', userId: ID });
    await byKey('first');
    await byKey('refused');
    expect(asked.map(({ body }) => body)).toEqual([
      { api_key: 'vv_key', user_id: ID },
      { refresh_token: 'r' },
      { api_key: 'vv_key', user_id: ID },
    ]);
    const byToken = loginTokens({ baseUrl: 'https://g.test', fetch }, { refreshToken: 'old' });
    await expect(byToken('first')).rejects.toMatchObject({ code: 'token-refused', message: '401 It was used.' });
  });

  it('keys have no place in a page', async () => {
    vi.stubGlobal('document', {});
    const { client, asked } = server({}, { token: 'vv_key' });
    await expect(client.stats()).rejects.toMatchObject({ code: 'bad-option', field: 'token' });
    expect(asked).toHaveLength(0);
    expect(() => loginTokens({ baseUrl: 'https://g.test' }, { apiKey: 'vv_key' })).toThrow(/page/);
  });
});
