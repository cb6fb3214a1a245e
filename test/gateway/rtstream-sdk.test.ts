import { connect } from 'videodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY, playApi, RECORDED_FROM_MS } from '../support/rtstream-api.ts';
import type { Played } from '../support/rtstream-api.ts';
import { runWorkflow } from '../support/rtstream-workflow.ts';
import type { WorkflowOptions } from '../support/rtstream-workflow.ts';

/** The official SDK from npm, unchanged, against the API on a port. */

let played: Played;
let url: string;
beforeAll(async () => {
  played = await playApi({}, 100);
  url = await played.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => played.close());

const workflow = (change: Partial<WorkflowOptions>) =>
  runWorkflow({
    baseUrl: url,
    apiKey: KEY,
    url: 'rtmp://127.0.0.1/live/stream-key',
    mediaTypes: ['audio', 'video'],
    record: (id) => {
      played.recorded.add(id);
      return Promise.resolve({ start: RECORDED_FROM_MS / 1000, end: RECORDED_FROM_MS / 1000 + 30 });
    },
    query: 'action items and next steps',
    ...change,
  });

describe('the complete workflow', () => {
  it('ends with a playlist of the hits', async () => {
    const outcome = await workflow({});
    expect(outcome.last.found).toBe(true);
    expect(outcome.clipUrl).toMatch(/\/manifests\/rts-[\w-]+\/1763600000000000-1763600030000000\.m3u8/);
    expect(outcome.videoUrl).toMatch(new RegExp(`/published/manifests/${outcome.videoId}\\.m3u8`));
    expect(outcome.duration).toBe(60.5);
    const rows = await played.database.selectFrom('streams').select('status').where('id', '=', outcome.streamId).execute();
    expect(rows).toEqual([{ status: 'stopped' }]);
  });

  it('says that nothing was found', async () => {
    played.spoken = 'Nobody promised anything.';
    const outcome = await workflow({ query: 'budget' });
    expect(outcome.last).toEqual({ found: false });
  });

  it('runs at /videodb, with a slash at the end of the base URL', async () => {
    played.spoken = 'The action items.';
    expect((await workflow({ baseUrl: `${url}/videodb/` })).last.found).toBe(true);
    expect((await workflow({ baseUrl: `${url}/` })).last.found).toBe(true);
  });

  it('waits at output_url for what takes longer', async () => {
    let asked = 0;
    played.app.server.on('request', ({ url: path = '' }) => (asked += path.includes('/async-response/') ? 1 : 0));
    // Longer than the answer is waited for.
    played.work = (what) => new Promise((resolve) => setTimeout(resolve, what === 'export' ? 150 : 0));
    expect((await workflow({ baseUrl: `${url}/videodb` })).last.found).toBe(true);
    expect(asked).toBeGreaterThan(0);
  });
});

describe('tokens and words of refusal', () => {
  it('a client token works like a key for what it may do', async () => {
    const token = await connect({ apiKey: KEY, baseUrl: url }).generateClientToken(600);
    expect(token).toMatch(/^st-/);
    const page = connect({ sessionToken: token, baseUrl: url });
    const collection = await page.getCollection();
    expect((await collection.listRTStreams()).length).toBeGreaterThan(0);
    await expect(page.generateClientToken(600)).rejects.toThrow('Error 403');
  });

  it('an unknown key is an authentication error', async () => {
    await expect(connect({ apiKey: 'sk-wrong', baseUrl: url }).getCollection()).rejects.toThrow('Authentication Error');
  });

  it('a refusal carries the words of the gateway', async () => {
    const collection = await connect({ apiKey: KEY, baseUrl: url }).getCollection();
    const refused = await collection.connectRTStream('gopher://127.0.0.1/x', 'x').catch((cause: unknown) => cause);
    expect(refused).toMatchObject({ cause: { cause: expect.stringMatching(/^url: gopher is not taken here/) as string } });
  });

  it('sessions, scenes, events and alerts are read back as they were made', async () => {
    const connection = connect({ apiKey: KEY, baseUrl: url });
    const collection = await connection.getCollection();
    const session = await collection.createCaptureSession({ endUserId: 'user-1', metadata: { app: 'x' } });
    expect(session.id).toMatch(/^cap-/);
    expect((await connection.listCaptureSessions('default')).map(({ id }) => id)).toContain(session.id);
    const stream = await collection.connectRTStream('rtsp://127.0.0.1/cam', 'Cam', ['video']);
    const index = await stream.indexVisuals({ prompt: 'What is open?', batchConfig: { type: 'time', value: 2, frameCount: 5 } });
    expect(index).toMatchObject({
      status: 'connected',
      extractionType: 'time',
      extractionConfig: { time: '2', frameCount: '5' },
    });
    expect(await index?.getScenes()).toEqual({ scenes: [], nextPage: false });
    await index?.updateSceneIndex('Which application?');
    expect(index?.prompt).toBe('Which application?');
    const event = String(await connection.createEvent('User opened Slack application', 'slack_opened'));
    const alert = await index?.createAlert(event, '');
    expect(await index?.listAlerts()).toMatchObject([
      { alertId: alert, eventId: event, label: 'slack_opened', status: 'enabled' },
    ]);
  });
});
