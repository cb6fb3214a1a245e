import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import recordings from '../fixtures/rtstream-requests.json' with { type: 'json' };
import { json } from '../../demo/server/store/json.ts';
import { at, call, playApi, RECORDED_FROM_MS } from '../support/rtstream-api.ts';
import type { Method, Played } from '../support/rtstream-api.ts';

/** Every call that three builds of the official SDKs were recorded making, answered with what they read. */

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly needs?: Readonly<Record<string, string>>;
}

const requests: readonly Recorded[] = recordings.requests;
const calls: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = recordings.calls;

let played: Played;
let ids: Readonly<Record<string, string>>;

const post = async (path: string, body: unknown): Promise<unknown> => {
  const { status, body: answer } = await call(played, 'POST', path, body);
  expect(status, path).toBeLessThan(300);
  return answer;
};

/** Everything that the recorded calls speak of. */
beforeAll(async () => {
  played = await playApi();
  const collection = String(at(await call(played, 'GET', '/collection/default'), 'body.data.id'));
  const connected = {
    collection_id: collection,
    url: 'rtsp://127.0.0.1:8554/x',
    name: 'My stream',
    media_types: ['audio', 'video'],
  };
  const stream = String(at(await post('/rtstream', connected), 'data.id'));
  played.recorded.add(stream);
  const index = String(at(await post(`/rtstream/${stream}/index/scene`, { prompt: 'p' }), 'data.rtstream_index_id'));
  const scene = {
    index_id: index,
    stream_id: stream,
    start_ms: RECORDED_FROM_MS + 5500,
    end_ms: RECORDED_FROM_MS + 10_200,
    text: 'a hit',
    data: json(null),
    metadata: json({ my_key: 1 }),
  };
  await played.database.insertInto('scenes').values(scene).execute();
  const event = String(at(await post('/rtstream/event', { event_prompt: 'A person enters', label: 'person' }), 'data.event_id'));
  const alert = String(
    at(await post(`/rtstream/${stream}/index/${index}/alert`, { event_id: event, callback_url: '' }), 'data.alert_id'),
  );
  const understanding = String(
    at(await post(`/rtstream/${stream}/understand`, { analyzers: [{ type: 'vlm', name: 'scene' }] }), 'data.understanding_id'),
  );
  const source = { understanding_id: understanding, output: 'scene' };
  const derived = String(at(await post(`/rtstream/${stream}/indexes`, { source }), 'data.index_id'));
  await call(played, 'PATCH', `/rtstream/${stream}/status`, { action: 'stop' });
  const video = String(at(await post(`/rtstream/${stream}/export`, {}), 'data.video_id'));
  played.spoken = 'This is a hit. Nothing more.';
  await post(`/video/${video}/index`, { index_type: 'spoken_word' });
  const session = String(
    at(await post(`/collection/${collection}/capture/session`, { end_user_id: 'user-1' }), 'data.session_id'),
  );
  const channels = [
    { channel_id: 'mic:default', type: 'audio' },
    { channel_id: 'display:1', type: 'video' },
    { channel_id: 'system_audio:default', type: 'audio' },
  ];
  await post('/capture/session/start', { session_id: session, channels });
  const { id: job } = await played.database
    .selectFrom('jobs')
    .select('id')
    .where('status', '=', 'done')
    .where('kind', '=', 'index_spoken_words')
    .executeTakeFirstOrThrow();
  ids = { collection, stream, index, event, alert, understanding, derived, video, session, job };
});
afterAll(() => played.close());

const filled = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole);

/** What an SDK reads and did not get, in words. */
function missing(answer: unknown, needs: Readonly<Record<string, string>>): string[] {
  return Object.entries(needs).flatMap(([path, kind]) => {
    // Of a list that is empty nothing is read.
    const list = path.replace(/\[\].*$/, '');
    if (path.includes('[]') && (at(answer, list) as unknown[] | undefined)?.length === 0) return [];
    const value = at(answer, path.replaceAll('[]', '[0]'));
    const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
    return found === kind ? [] : [`${path} is ${found}, not ${kind}`];
  });
}

describe.each(Object.keys(calls))('calls of %s', (client) => {
  it('are accepted, n of n', async () => {
    const faults: string[] = [];
    let accepted = 0;
    for (const [name, ...steps] of calls[client] ?? []) {
      let fine = true;
      for (const step of steps) {
        const { method, path, body, needs = {} } = requests[Number(step)] ?? { method: 'GET', path: '/' };
        const sent = body === undefined ? undefined : (JSON.parse(filled(JSON.stringify(body))) as unknown);
        const { status, body: answer } = await call(played, method as Method, filled(path), sent);
        const lacks =
          status >= 300 || answer['success'] !== true ? [`${status}: ${JSON.stringify(answer)}`] : missing(answer, needs);
        if (lacks.length > 0) faults.push(`${name}: ${method} ${path}: ${lacks.join('; ')}`);
        fine &&= lacks.length === 0;
      }
      if (fine) accepted += 1;
    }
    expect(faults).toEqual([]);
    expect(accepted).toBe(calls[client]?.length);
  });
});

it('knows every recorded call', () => {
  expect(Object.values(calls).map((of) => of.length)).toEqual([47, 51, 61]);
});
