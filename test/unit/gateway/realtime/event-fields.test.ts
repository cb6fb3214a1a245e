import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beta } from '../../../../demo/server/realtime/dialect-beta.ts';
import { ga } from '../../../../demo/server/realtime/dialect-ga.ts';
import protocol from '../../../fixtures/realtime-events.json' with { type: 'json' };
import { silence, speech } from '../../../support/fake-engines.ts';
import { open } from './harness.ts';

/** Every event that a varied session tells is one of its dialect's, with all the fields that the protocol requires. */

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([ga, beta])('in $name', async (dialect) => {
  const { send, speak, wait, events, engines, last } = open({ dialect, session: null });
  const flat = dialect.name === 'beta';
  const input_audio_transcription = { model: 'x' };
  send({
    type: 'session.update',
    session: flat
      ? { input_audio_transcription }
      : { type: 'realtime', audio: { input: { transcription: input_audio_transcription } } },
  });
  await speak(speech(0, 1500, 24000), 24000);
  await speak(silence(800, 24000), 24000);
  await wait(4000);
  send({ type: 'response.create', response: flat ? { modalities: ['text'] } : { output_modalities: ['text'] } });
  await wait(500);
  engines.answerWith = async function* () {
    await Promise.resolve();
    yield { type: 'tool-call', name: 'f', arguments: '{"a":1}' };
  };
  send({ type: 'response.create' });
  await wait(500);
  const added = flat ? 'conversation.item.created' : 'conversation.item.added';
  const spoken = events.find((event) => event.type === added && JSON.stringify(event).includes('"assistant"'));
  const item_id = (spoken?.['item'] as { id: string } | undefined)?.id;
  send({ type: 'conversation.item.retrieve', item_id });
  send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 100 });
  send({ type: 'conversation.item.delete', item_id });
  send({ type: 'input_audio_buffer.clear' });
  send({ type: 'response.cancel' });
  expect(last('conversation.item.deleted')).toBeDefined();

  const known = new Map(
    protocol.filter((row) => row.from === 'server' && row.dialect === dialect.name).map((row) => [row.name, row.required]),
  );
  for (const event of events) {
    const required = known.get(event.type);
    expect(required, `${event.type} in ${dialect.name}`).toBeDefined();
    for (const field of required ?? []) expect(event, event.type).toHaveProperty(field);
  }
  expect(new Set(events.map((event) => event.type)).size).toBeGreaterThan(24);
});
