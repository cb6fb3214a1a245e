import { afterAll, beforeAll, expect, it } from 'vitest';
import { speech } from '../support/fake-engines.ts';
import { base64, connect, serve } from './client.ts';
import type { Served } from './client.ts';

/** What the Agents SDK sends and needs back: its frames as it sends them, without the SDK itself. */

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

it('every response.create ends or errs, items that it asks for come, and its audio parts have a transcript', async () => {
  const client = await connect(served.url);
  client.send({ type: 'session.update', session: { type: 'realtime', tracing: 'auto' } });
  client.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      instructions: 'Be brief.',
      model: 'local-stub',
      output_modalities: ['audio'],
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24000 },
          noise_reduction: null,
          transcription: { model: 'gpt-4o-mini-transcribe' },
          turn_detection: { type: 'semantic_vad' },
        },
        output: { format: { type: 'audio/pcm', rate: 24000 }, speed: 1 },
      },
    },
  });
  const updated = await client.wait('session.updated', (event) => JSON.stringify(event).includes('Be brief.'));
  expect(updated).toMatchObject({
    session: {
      audio: {
        input: { turn_detection: { type: 'semantic_vad', interrupt_response: true } },
        output: { format: { rate: 24000 } },
      },
    },
  });

  client.send({ type: 'response.create', event_id: 'agents_js_response_create_1' });
  await client.wait('response.done');
  client.send({ type: 'input_audio_buffer.append', audio: base64(speech(0, 1000, 24000)) });
  client.send({ type: 'input_audio_buffer.commit' });
  const from = client.events.length;
  client.send({ type: 'response.create', event_id: 'agents_js_response_create_2' });
  client.send({ type: 'response.create', event_id: 'agents_js_response_create_3' });
  expect(await client.wait('error', undefined, from)).toMatchObject({
    error: { code: 'conversation_already_has_active_response', event_id: 'agents_js_response_create_3' },
  });
  await client.wait('response.done', undefined, from);

  const heard = await client.wait('conversation.item.input_audio_transcription.completed');
  client.send({ type: 'conversation.item.retrieve', item_id: heard['item_id'] });
  expect(await client.wait('conversation.item.retrieved')).toMatchObject({
    item: { content: [{ type: 'input_audio', transcript: 'what are your opening hours?' }] },
  });
  const added = client.events
    .filter((event) => event['type'] === 'conversation.item.added')
    .map((event) => JSON.stringify(event));
  for (const text of added.filter((event) => event.includes('input_audio'))) expect(text).toContain('"transcript":');
  await client.close();
});
