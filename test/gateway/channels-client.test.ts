import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json } from '../../demo/server/store/json.ts';
import { connect } from '../../src/rtstream.ts';
import type { Collection, Connection } from '../../src/rtstream.ts';
import { KEY, playApi, RECORDED_FROM_MS } from '../support/rtstream-api.ts';
import type { Played } from '../support/rtstream-api.ts';

/** Our client library against the gateway's own routes: every method once, and the seed's workflow from its first line to its last. */

let played: Played;
let connection: Connection;
let collection: Collection;

/** `fetch` without a network. */
const injected = async (url: string, init: RequestInit): Promise<Response> => {
  const { pathname, search } = new URL(url);
  const answer = await played.app.inject({
    method: init.method as 'GET',
    url: `${pathname}${search}`,
    headers: Object.fromEntries(new Headers(init.headers)),
    ...(typeof init.body === 'string' ? { payload: init.body } : {}),
  });
  return new Response(answer.body, { status: answer.statusCode });
};
const client = (token: string): Connection => connect({ baseUrl: 'http://localhost/videodb', token, fetch: injected });

beforeAll(async () => {
  played = await playApi();
  connection = client(KEY);
  collection = await connection.getCollection();
});
afterAll(() => played.close());

const T = RECORDED_FROM_MS;

async function stopped() {
  const stream = await collection.connectRtstream({ url: 'rtsp://127.0.0.1/cam', name: 'Weekly Standup', store: true });
  await stream.start();
  await stream.stop();
  played.recorded.add(stream.id);
  return stream;
}

describe('the seed’s workflow', () => {
  it('connect, record, play, export, index, search, compile', async () => {
    const stream = await stopped();
    expect(stream.facts).toMatchObject({ name: 'Weekly Standup', status: 'stopped', sampleRate: 30 });
    const clip = await stream.generateStream(T, T + 30_000);
    expect(clip.streamUrl).toContain(`/manifests/${stream.id}/`);
    expect(clip.playerUrl).toContain('/watch?v=');
    const exported = await stream.export({ name: 'Weekly Standup Recording' });
    expect(exported).toMatchObject({ name: 'Weekly Standup Recording', durationMs: 60_500 });
    const video = await collection.getVideo(exported.videoId);
    expect(video.facts).toMatchObject({ startMs: T, lengthMs: 60_500, streamId: stream.id });
    await video.indexSpokenWords({ force: true });
    const found = await video.search('action items');
    expect(found.shots[0]?.facts).toMatchObject({ videoId: exported.videoId });
    expect((await found.compile()).streamUrl).toContain('.m3u8');
    await expect(video.search('zeppelin')).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('No results found') as string,
    });
    expect((await video.lines())[0]).toMatchObject({ text: 'The action items are on the board.', startMs: 500 });
    expect((await video.lines({ language: 'es' }))[0]).toMatchObject({
      text: '(es) The action items are on the board.',
      language: 'es',
    });
    expect((await video.getTranscript()).words[0]).toEqual({ text: 'The', startMs: 500, endMs: 800 });
    expect(await video.analyse('what')).toMatchObject({ answer: { actions: 'unknown' } });
    expect(await video.scenes()).toMatchObject([{ text: 'what', startMs: 0, endMs: 5000, kind: 'visual' }]);
    expect((await video.generateStream({ timeline: [[0, 1000]] })).streamUrl).toContain('.m3u8');
    expect((await video.addSubtitle()).streamUrl).toContain('captions');
    expect((await collection.listVideos()).map(({ id }) => id)).toContain(video.id);
  });
});

describe('a stream', () => {
  it('is found, named, told of, paged', async () => {
    const stream = await stopped();
    await stream.update({ name: 'Back door', sampleRate: 60 });
    expect((await connection.getRtstream(stream.id)).facts).toMatchObject({ name: 'Back door', sampleRate: 60 });
    const { items, total } = await collection.listRtstreams({ name: 'back', limit: 1, ordering: '-created_at' });
    expect(items.map(({ id }) => id)).toEqual([stream.id]);
    expect(total).toBe(1);
    const all = [];
    for await (const one of collection.rtstreams({ limit: 1 })) all.push(one.id);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(1);
    await expect(connection.getRtstream('rts-none')).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('has a transcript by pages, in ms', async () => {
    const stream = await stopped();
    expect(await stream.startTranscript({ translateTo: ['es'] })).toMatchObject({
      status: 'running',
      translations: { en: ['es'] },
    });
    const none = { code: 'bad-option', message: expect.stringContaining('translate_to') as string };
    await expect(stream.startTranscript({ translateTo: ['fr'] })).rejects.toMatchObject(none);
    for (let at = 0; at < 3; at++) {
      await played.database
        .insertInto('lines')
        .values({
          line: `ln-${stream.id}-${at}`,
          stream_id: stream.id,
          start_ms: T + at * 1000 + 0.25,
          end_ms: T + at * 1000 + 900,
          text: `line ${at}`,
          language: 'en',
          words: json([{ text: 'line', startMs: T + at * 1000, endMs: T + at * 1000 + 100 }]),
          translations: json({ es: `línea ${at}` }),
        })
        .execute();
    }
    const read = [];
    for await (const line of stream.transcript({ pageSize: 2 })) read.push(line);
    expect(read.map(({ text, startMs, endMs }) => [text, startMs - T, endMs - T])).toEqual([
      ['line 0', 0, 900],
      ['line 1', 1000, 1900],
      ['line 2', 2000, 2900],
    ]);
    expect(read[1]).toMatchObject({
      language: 'en',
      translations: { es: 'línea 1' },
      words: [{ text: 'line', startMs: T + 1000 }],
    });
    expect((await stream.getTranscript({ since: T + 1900 })).items.map(({ text }) => text)).toEqual(['line 2']);
    expect(await stream.stopTranscript()).toMatchObject({ status: 'stopped' });
    expect(await stream.transcriptStatus()).toMatchObject({ status: 'stopped' });
  });

  it('has indexes with scenes, events and alerts', async () => {
    const stream = await stopped();
    const audio = await stream.indexAudio({ prompt: 'Summarize', batchConfig: { type: 'word', value: 50 } });
    const index = await stream.indexVisuals({ batchConfig: { type: 'time', value: 2, frameCount: 5 }, modelName: 'pro' });
    expect(audio.facts).toMatchObject({ kind: 'audio', extractionConfig: { segmenter: 'word', segmentation_value: 50 } });
    expect(index.facts).toMatchObject({ kind: 'visual', status: 'connected', extractionConfig: { time: 2, frame_count: 5 } });
    expect((await stream.listSceneIndexes()).map(({ id }) => id)).toEqual([audio.id, index.id]);
    expect((await stream.getSceneIndex(index.id)).facts.modelName).toBe('pro');
    const scene = {
      index_id: index.id,
      stream_id: stream.id,
      data: json({ app_name: 'Slack' }),
      metadata: json({ tier: 'pro' }),
    };
    const { id } = await played.database
      .insertInto('scenes')
      .values({ ...scene, start_ms: T, end_ms: T + 2000, text: 'Slack is open' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const scenes = [];
    for await (const one of index.scenes({ start: T - 1000, end: T + 1000 })) scenes.push(one);
    expect(scenes).toEqual([
      {
        id: String(id),
        text: 'Slack is open',
        data: { app_name: 'Slack' },
        metadata: { tier: 'pro' },
        startMs: T,
        endMs: T + 2000,
      },
    ]);
    await index.updatePrompt('Which application is open?');
    await index.stop();
    expect((await stream.getSceneIndex(index.id)).facts).toMatchObject({
      prompt: 'Which application is open?',
      status: 'stopped',
    });
    await index.start();

    const eventId = await connection.createEvent({ eventPrompt: 'User opened Slack application', label: 'slack_opened' });
    expect(await connection.listEvents()).toMatchObject([{ id: eventId, label: 'slack_opened' }]);
    const alertId = await index.createAlert({
      eventId,
      callbackUrl: 'https://your-backend.example/alerts',
      wsConnectionId: 'ws-1',
    });
    await index.disableAlert(alertId);
    expect(await index.listAlerts()).toMatchObject([{ id: alertId, eventId, enabled: false }]);
    await index.enableAlert(alertId);
    expect(await index.listAlerts()).toMatchObject([{ enabled: true }]);
    const hit = {
      id: 'event-1',
      alert_id: alertId,
      stream_id: stream.id,
      scene_id: id,
      label: 'warning: slack',
      explanation: 'seen',
    };
    await played.database
      .insertInto('alert_hits')
      .values({ ...hit, confidence: 0.9, start_ms: T, end_ms: T + 2000 })
      .execute();
    const hits = [];
    for await (const one of stream.alertHits({ start: T - 1000 })) hits.push(one);
    expect(hits).toMatchObject([{ id: 'event-1', alertId, indexId: index.id, severity: 'warning', startMs: T, endMs: T + 2000 }]);
  });

  it('is searched, alone and with the others', async () => {
    const stream = await stopped();
    expect((await stream.search('anything')).shots).toEqual([]);
    expect((await collection.search('anything')).shots).toEqual([]);
  });
});

describe('tokens and sessions', () => {
  it('a client token opens what a page needs, and no webhook', async () => {
    const { token, expiresAt } = await connection.generateClientToken({ expiresInS: 600 });
    expect(Number(expiresAt) - Date.now()).toBeGreaterThan(500_000);
    const page = client(token);
    const index = await (await stopped()).indexVisuals();
    const eventId = await page.createEvent({ eventPrompt: 'p', label: 'l' });
    const mine = await (await page.getRtstream(index.facts.streamId)).getSceneIndex(index.id);
    const refused = mine.createAlert({ eventId, callbackUrl: 'https://evil.example/' });
    await expect(refused).rejects.toMatchObject({ code: 'origin-refused' });
    await expect(client('st-wrong').getCollection()).rejects.toMatchObject({ code: 'token-refused' });
  });

  it('a capture session is made, listed, looked at', async () => {
    const session = await collection.createCaptureSession({ endUserId: 'user-1', metadata: { meeting: 'stand-up' } });
    expect(session.facts).toMatchObject({ status: 'created', endUserId: 'user-1', metadata: { meeting: 'stand-up' } });
    expect((await connection.getCaptureSession(session.id)).facts).toMatchObject({ id: session.id, streams: [] });
    expect((await collection.listCaptureSessions()).map(({ id }) => id)).toContain(session.id);
    expect(await session.getRtstream('mic')).toEqual([]);
  });
});
