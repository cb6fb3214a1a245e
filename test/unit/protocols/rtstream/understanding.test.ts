import { describe, expect, it } from 'vitest';
import { connect } from '../../../../src/protocols/rtstream/connection.ts';
import recordings from '../../../fixtures/rtstream-requests.json' with { type: 'json' };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** What the official SDK was recorded asking, by the name of its call; the keys of its descriptors are those of the spec here. */
function recorded(call: string): Asked {
  const [, at] = recordings.calls['node-0.3.0'].find(([name]) => name === call) ?? [];
  const text = JSON.stringify(recordings.requests[Number(at)])
    .replaceAll('{stream}', 'rts-1')
    .replaceAll('{understanding}', 'und-1')
    .replaceAll('{derived}', 'idx-1')
    .replaceAll('{event}', 'ev-1')
    .replace('understandingId', 'understanding_id');
  const { method, path, body } = JSON.parse(text) as Asked;
  return { method, path, ...(body === undefined ? {} : { body }) };
}

/** What is answered: everything, or what the SDK was seen to need at least. */
const ANSWERS = {
  full: {
    'POST understand': {
      understanding_id: 'und-1',
      status: 'running',
      outputs: { scene: { understanding_id: 'und-1', output: 'scene' } },
    },
    'GET understand': { understandings: [{ understanding_id: 'und-1', status: 'running' }] },
    'POST indexes': { index_id: 'idx-1', status: 'running', use_for: ['semantic'] },
    'GET indexes': { indexes: [{ index_id: 'idx-1', status: 'running' }] },
    'POST alert': { alert_id: 'al-1' },
    'GET records': { records: [], next_page: false },
  },
  least: {
    'POST understand': { understanding_id: 'und-1', outputs: { scene: {} } },
    'POST indexes': { index_id: 'idx-1' },
    'POST alert': { alert_id: 'al-1' },
  },
} as const;

function answering(answers: Readonly<Record<string, unknown>>) {
  const asked: Asked[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const method = init.method ?? 'GET';
    asked.push({
      method,
      path: `${pathname}${search}`,
      ...(typeof init.body === 'string' ? { body: JSON.parse(init.body) as unknown } : {}),
    });
    const data = answers[`${method} ${pathname.split('/').at(-1) ?? ''}`] ?? { id: 'rts-1' };
    return Promise.resolve(new Response(JSON.stringify({ success: true, data })));
  };
  return { asked, connection: connect({ baseUrl: 'https://g.test', token: 'st-1', fetch }) };
}

describe('the second generation asks what the official SDK asks', () => {
  it.each(['full', 'least'] as const)('with the %s answer', async (answer) => {
    const { connection, asked } = answering(ANSWERS[answer]);
    const stream = await connection.getRtstream('rts-1');
    asked.length = 0;
    const analyzer = { type: 'vlm', name: 'scene', frameCount: 5, prompt: 'x', model: 'basic' } as const;
    const understanding = await stream.understand({ window: '10s', analyzer, wsConnectionId: 'conn-1' });
    expect(understanding).toMatchObject({ id: 'und-1', facts: { streamId: 'rts-1', store: true } });
    const records = await understanding.getRecords({ start: 1_763_600_000_000, end: new Date(1_763_600_060_000) });
    expect(records).toEqual({ items: [], hasNext: false, total: null });
    await understanding.stop();
    const source = understanding.facts.outputs['scene'];
    expect(source).toEqual({ understandingId: 'und-1', output: 'scene' });
    if (source === undefined) return;
    const index = await stream.index({ source, name: 'scene' });
    expect(index.facts).toMatchObject({ id: 'idx-1', output: 'scene', useFor: ['semantic'] });
    expect((await index.getRecords()).items).toEqual([]);
    expect(await index.createAlert({ eventId: 'ev-1', wsConnectionId: 'conn-1' })).toBe('al-1');
    expect((await stream.listUnderstandings()).map(({ id }) => id)).toEqual(answer === 'least' ? [] : ['und-1']);
    expect((await stream.listIndexes()).map(({ id }) => id)).toEqual(answer === 'least' ? [] : ['idx-1']);
    const calls = ['understand', 'understanding.getRecords', 'understanding.stop', 'rtstream.index', 'rtstreamIndex.getRecords'];
    const later = ['rtstreamIndex.createAlert', 'listUnderstanding', 'listIndexes'];
    expect(asked).toEqual([...calls, ...later].map(recorded));
  });

  it('and what it has no recording of, on the paths of the spec', async () => {
    const { connection, asked } = answering({});
    const stream = await connection.getRtstream('rts-1');
    const understanding = await stream.getUnderstanding('und 9');
    const index = await stream.getIndex('idx-9');
    await understanding.start();
    await index.start();
    await index.disableAlert('al-1');
    expect(understanding.id).toBe('und 9');
    expect(asked.slice(1).map(({ method, path, body = null }) => [method, path, body])).toEqual([
      ['GET', '/rtstream/rts-1/understand/und%209', null],
      ['GET', '/rtstream/rts-1/indexes/idx-9', null],
      ['PATCH', '/rtstream/rts-1/understand/und%209/status', { action: 'start' }],
      ['PATCH', '/rtstream/rts-1/indexes/idx-9/status', { action: 'start' }],
      ['PATCH', '/rtstream/rts-1/indexes/idx-9/alert/al-1/status', { action: 'disable' }],
    ]);
  });

  it('records are told page by page, as scenes are', async () => {
    const record = (at: number) => ({ id: at, start: 1_763_600_000 + at, end: 1_763_600_005 + at, description: `at ${at}` });
    const fetch = (url: string): Promise<Response> => {
      const page = Number(new URL(url).searchParams.get('page') ?? 0);
      const data = page === 0 ? { index_id: 'idx-1' } : { records: [record(page)], next_page: page < 3 };
      return Promise.resolve(new Response(JSON.stringify({ success: true, data: { id: 'rts-1', ...data } })));
    };
    const stream = await connect({ baseUrl: 'https://g.test', token: 'st-1', fetch }).getRtstream('rts-1');
    const told = [];
    for await (const { text, startMs } of (await stream.getIndex('idx-1')).records()) told.push([text, startMs]);
    expect(told).toEqual([
      ['at 1', 1_763_600_001_000],
      ['at 2', 1_763_600_002_000],
      ['at 3', 1_763_600_003_000],
    ]);
  });
});
