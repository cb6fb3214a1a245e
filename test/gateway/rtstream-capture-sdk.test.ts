import { connect } from 'videodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { json } from '../../demo/server/store/json.ts';
import { KEY, playApi, RECORDED_FROM_MS } from '../support/rtstream-api.ts';
import type { Played } from '../support/rtstream-api.ts';

/** A session that a page captured, as the official SDK from npm finds it: its microphone by name, what was said, an index, a video. */

let played: Played;
let url: string;
beforeAll(async () => {
  played = await playApi({}, 5000);
  url = await played.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => played.close());

/** What an upload leaves behind: streams of the session, and what was heard at the microphone. */
async function captured(sessionId: string): Promise<void> {
  const { database } = played;
  const streams = (['mic', 'screen'] as const).map((channel) => ({
    ...{ id: `rts-${channel}`, collection_id: 'default', name: `${channel}:default`, url: null, push_key: null },
    ...{ ingest_mode: 'capture' as const, media_types: [channel === 'mic' ? 'audio' : 'video'], sample_rate: 30 },
    ...{ store: true, status: 'connected' as const, capture_session_id: sessionId, channel_id: channel },
  }));
  const { collection_id } = await database.selectFrom('capture_sessions').select('collection_id').executeTakeFirstOrThrow();
  await database
    .insertInto('streams')
    .values(streams.map((stream) => ({ ...stream, collection_id })))
    .execute();
  await database
    .insertInto('lines')
    .values({
      ...{ stream_id: 'rts-mic', language: 'en', text: 'We ship on Friday.', words: json([]), translations: json({}) },
      ...{ start_ms: RECORDED_FROM_MS + 2000, end_ms: RECORDED_FROM_MS + 3500 },
    })
    .execute();
  await database.updateTable('capture_sessions').set({ status: 'active' }).where('id', '=', sessionId).execute();
}

it('its microphone is found by name, has a transcript, is indexed and exported', async () => {
  const connection = connect({ apiKey: KEY, baseUrl: url });
  const collection = await connection.getCollection();
  const made = await collection.createCaptureSession({ endUserId: 'ann' });
  await captured(made.id);

  const session = await connection.getCaptureSession(made.id);
  expect(session).toMatchObject({ id: made.id, status: 'active', endUserId: 'ann' });
  expect(session.getRTStream('screen').map(({ id }) => id)).toEqual(['rts-screen']);
  expect(session.getRTStream('system_audio')).toEqual([]);
  const [mic] = session.getRTStream('mic');
  expect(mic).toMatchObject({ id: 'rts-mic', status: 'connected', channelId: 'mic' });

  const transcript = (await mic?.getTranscript()) as { readonly segments?: readonly { readonly text: string }[] };
  expect(JSON.stringify(transcript)).toContain('We ship on Friday.');
  const index = await mic?.indexAudio({ prompt: 'What was promised?', batchConfig: { type: 'sentence', value: 2 } });
  expect(index?.rtstreamIndexId ?? '').not.toBe('');

  played.recorded.add('rts-mic');
  await mic?.stop();
  const exported = await mic?.export('What was said');
  expect(played.exported).toEqual(['rts-mic']);
  const video = await collection.getVideo(exported?.videoId ?? '');
  await video.indexSpokenWords(undefined, undefined, true);
  expect(JSON.stringify(await video.getTranscript())).toContain('action items');
});
