import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beta } from '../../../../demo/server/realtime/dialect-beta.ts';
import { silence, speech } from '../../../support/fake-engines.ts';
import { open } from './harness.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a session', () => {
  it('tells itself at once, whole', () => {
    const { events } = open({ session: null });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'session.created',
      event_id: expect.stringMatching(/^event_/) as string,
      session: {
        type: 'realtime',
        object: 'realtime.session',
        id: expect.stringMatching(/^sess_/) as string,
        model: 'test-model',
        output_modalities: ['audio'],
        audio: {
          input: {
            format: { type: 'audio/pcm', rate: 24000 },
            transcription: null,
            noise_reduction: null,
            turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true, idle_timeout_ms: null },
          },
          output: { format: { type: 'audio/pcm', rate: 24000 }, voice: 'marin', speed: 1 },
        },
        tools: [],
        tool_choice: 'auto',
        max_output_tokens: 'inf',
        viva: { engines: { hear: 'ear (fake)' }, ignored: [], limits: [] },
      },
    });
    expect((events[0]?.['session'] as { expires_at: number }).expires_at).toBe(Math.floor(Date.now() / 1000) + 3600);
  });

  it('echoes the whole effective session after an update, and what has no effect', () => {
    const { send, last } = open();
    send({
      type: 'session.update',
      session: { type: 'realtime', instructions: 'Talk like a pirate.', tracing: 'auto', max_output_tokens: 7 },
    });
    expect(last('session.updated')['session']).toMatchObject({
      instructions: 'Talk like a pirate.',
      max_output_tokens: 7,
      audio: { input: { format: { rate: 16000 } } },
      tracing: null,
      viva: { ignored: [{ field: 'tracing' }], limits: ['It cannot speak like a pirate.'] },
    });
  });

  it('refuses a bad update as a whole', () => {
    const { send, last } = open();
    send({
      type: 'session.update',
      event_id: 'u',
      session: { type: 'realtime', instructions: 'New.', audio: { output: { voice: 'nobody' } } },
    });
    expect(last('error')).toMatchObject({ error: { code: 'invalid_value', param: 'session.audio.output.voice', event_id: 'u' } });
    send({ type: 'session.update', session: { type: 'realtime' } });
    expect(last('session.updated')).toMatchObject({ session: { instructions: '' } });
  });

  it('freezes the voice with the first sound of the assistant', async () => {
    const { send, last, wait } = open();
    const change = (voice: string): void =>
      send({ type: 'session.update', session: { type: 'realtime', audio: { output: { voice } } } });
    change('alloy');
    expect(last('session.updated')).toMatchObject({ session: { audio: { output: { voice: 'alloy' } } } });
    send({ type: 'response.create' });
    await wait(2000);
    change('marin');
    expect(last('error')).toMatchObject({ error: { code: 'cannot_update_voice' } });
    send({ type: 'response.create', response: { audio: { output: { voice: 'marin' } } } });
    expect(last('error')).toMatchObject({ error: { code: 'cannot_update_voice' } });
  });

  it('begins with what was attached to its credential, and lets the client override it', () => {
    const { events, send, last } = open({
      session: null,
      defaults: { type: 'realtime', instructions: 'Attached.', audio: { output: { voice: 'echo' } } },
    });
    expect(events[0]).toMatchObject({ session: { instructions: 'Attached.', audio: { output: { voice: 'echo' } } } });
    send({ type: 'session.update', session: { type: 'realtime', instructions: 'Mine.' } });
    expect(last('session.updated')).toMatchObject({ session: { instructions: 'Mine.', audio: { output: { voice: 'echo' } } } });
  });

  it('ends at its limit: an error, then 1001, and no word after', async () => {
    const { send, wait, last, closed, events } = open({ maxSeconds: 30 });
    await wait(29_000);
    expect(closed).toEqual([]);
    await wait(1100);
    expect(last('error')).toMatchObject({ error: { code: 'session_expired' } });
    expect(closed).toEqual([{ code: 1001, reason: 'session_expired' }]);
    const count = events.length;
    send({ type: 'response.create' });
    await wait(1000);
    expect(events.length).toBe(count);
  });

  it('output_audio_buffer.clear belongs to another transport', () => {
    const { send, last } = open();
    send({ type: 'output_audio_buffer.clear', event_id: 'o' });
    expect(last('error')).toMatchObject({ error: { code: 'invalid_event_for_transport', event_id: 'o' } });
  });

  it('every event has an id of its own', async () => {
    const { speak, wait, events } = open();
    await speak(speech(0, 500));
    await speak(silence(700));
    await wait(2000);
    expect(new Set(events.map((event) => event['event_id'])).size).toBe(events.length);
  });
});

describe('items', () => {
  const message = (id: string, text = id): Record<string, unknown> => ({
    id,
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text }],
  });

  it('are added and done, in their place', () => {
    const { send, types, all } = open();
    send({ type: 'conversation.item.create', item: message('b') });
    send({ type: 'conversation.item.create', item: message('a'), previous_item_id: 'root' });
    send({ type: 'conversation.item.create', item: message('ab'), previous_item_id: 'a' });
    expect(types()).toEqual(Array.from({ length: 3 }, () => ['conversation.item.added', 'conversation.item.done']).flat());
    expect(all('conversation.item.added').map((event) => event['previous_item_id'])).toEqual([null, null, 'a']);
    expect(all('conversation.item.done')[0]).toMatchObject({ item: { id: 'b', object: 'realtime.item', status: 'completed' } });
  });

  it('get an id when they have none', () => {
    const { send, last } = open();
    send({ type: 'conversation.item.create', item: { ...message('x'), id: undefined } });
    expect(last('conversation.item.added')).toMatchObject({ item: { id: expect.stringMatching(/^item_/) as string } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown neighbour', { item: message('z'), previous_item_id: 'nobody' }, 'previous_item_id'],
    ['an unknown kind', { item: { type: 'dance' } }, 'item.type'],
    ['a role that is none', { item: { type: 'message', role: 'king', content: [] } }, 'item.role'],
    [
      'content of another role',
      { item: { type: 'message', role: 'user', content: [{ type: 'output_text', text: 'x' }] } },
      'item.content[0].type',
    ],
    ['text without text', { item: { type: 'message', role: 'user', content: [{ type: 'input_text' }] } }, 'item.content[0].text'],
    ['an output without its call', { item: { type: 'function_call_output', output: 'x' } }, 'item.call_id'],
  ])('%s is refused, naming %s', (_what, wrong, param) => {
    const { send, types, last } = open();
    send({ type: 'conversation.item.create', event_id: 'i', ...wrong });
    expect(types()).toEqual(['error']);
    expect(last('error')).toMatchObject({ error: { param, event_id: 'i', type: 'invalid_request_error' } });
  });

  it('can be fetched and deleted; what is gone is not found', () => {
    const { send, last } = open();
    send({ type: 'conversation.item.create', item: message('a') });
    send({ type: 'conversation.item.retrieve', item_id: 'a' });
    expect(last('conversation.item.retrieved')).toMatchObject({
      item: { id: 'a', content: [{ type: 'input_text', text: 'a' }] },
    });
    send({ type: 'conversation.item.delete', item_id: 'a' });
    expect(last('conversation.item.deleted')).toMatchObject({ item_id: 'a' });
    send({ type: 'conversation.item.retrieve', item_id: 'a', event_id: 'r' });
    expect(last('error')).toMatchObject({ error: { code: 'item_not_found', param: 'item_id', event_id: 'r' } });
  });

  it('history that was replayed is what the next answer stands on; words of an assistant count without its sound', async () => {
    const { send, wait, engines } = open();
    send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'A shop.' }] },
    });
    send({ type: 'conversation.item.create', item: message('u', 'Hello.') });
    send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi!' }] },
    });
    send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'assistant', content: [{ type: 'output_audio', transcript: 'Well?' }] },
    });
    send({ type: 'response.create' });
    await wait(500);
    expect(engines.asked[0]?.turns.map((turn) => ('text' in turn ? `${turn.role}: ${turn.text}` : ''))).toEqual([
      'system: A shop.',
      'user: Hello.',
      'assistant: Hi!',
      'assistant: Well?',
    ]);
  });

  it('sound in an item is heard before it is answered', async () => {
    const { send, wait, engines } = open();
    const pcm = speech(1, 500);
    const audio = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
    send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_audio', audio }] },
    });
    send({ type: 'response.create' });
    await wait(500);
    expect(engines.asked[0]?.turns).toMatchObject([{ text: 'thank you very much.' }]);
  });
});

describe('a transcription session', () => {
  it('hears and tells, and answers nothing', async () => {
    const { speak, wait, types, send, last, events } = open({ type: 'transcription' });
    await speak(speech(0, 1000));
    await speak(silence(800));
    await wait(2000);
    expect(types().filter((type) => !type.endsWith('.delta'))).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'conversation.item.input_audio_transcription.completed',
    ]);
    expect(events.at(-1)).toMatchObject({ transcript: 'what are your opening hours?' });
    send({ type: 'response.create', event_id: 'n' });
    expect(last('error')).toMatchObject({ error: { event_id: 'n' } });
  });

  it('is a session of its own kind', () => {
    const { events, send, last } = open({ type: 'transcription', session: null });
    expect(events[0]).toMatchObject({
      session: { type: 'transcription', object: 'realtime.transcription_session', audio: { input: { transcription: {} } } },
    });
    expect(events[0]?.['session']).not.toHaveProperty('tools');
    send({ type: 'session.update', session: { type: 'realtime' } });
    expect(last('error')).toMatchObject({ error: { code: 'invalid_value', param: 'session.type' } });
  });

  it('passes language and prompt on to the ear', async () => {
    const { speak, engines } = open({
      input: { transcription: { model: 'x', language: 'en-GB', keywords: ['ficus', 'hosta'] } },
    });
    const hear = vi.spyOn(engines.hear, 'transcribe');
    await speak(speech(0, 600));
    await speak(silence(600));
    expect(hear.mock.calls.at(-1)?.[1]).toMatchObject({ language: 'en-GB', prompt: 'ficus, hosta' });
  });
});

describe('the beta dialect', () => {
  /** The configuration that the seed prints, verbatim. */
  const SEED = {
    type: 'session.update',
    session: {
      modalities: ['text', 'audio'],
      instructions: '你是一个友好的助手',
      voice: 'alloy',
      input_audio_format: 'pcm16',
      output_audio_format: 'pcm16',
      turn_detection: {
        type: 'server_vad',
      },
    },
  };

  it('is chosen by the first update of a client that announced nothing', async () => {
    const { send, last, append, wait, types, events } = open({ session: null });
    expect(last('session.created')).toMatchObject({ session: { type: 'realtime' } });
    send(SEED);
    expect(last('session.updated')).toMatchObject({
      session: {
        ...SEED.session,
        turn_detection: { type: 'server_vad', threshold: 0.5, silence_duration_ms: 500 },
        temperature: 0.8,
      },
    });
    const from = events.length;
    append(speech(0, 1000, 24000));
    append(silence(800, 24000));
    await wait(3000);
    expect(types(from)).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.created',
      'response.created',
      'response.output_item.added',
      'conversation.item.created',
      'response.content_part.added',
      'response.audio_transcript.delta',
      ...types(from).filter((type) => type === 'response.audio.delta'),
      'response.audio.done',
      'response.audio_transcript.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.done',
      'rate_limits.updated',
    ]);
    expect(last('response.done')).toMatchObject({
      response: {
        modalities: ['text', 'audio'],
        voice: 'alloy',
        output_audio_format: 'pcm16',
        output: [{ content: [{ type: 'audio' }] }],
      },
    });
  });

  it('is not chosen later, nor by an update that says nothing of it', () => {
    const { send, last } = open({ session: null });
    send({ type: 'session.update', event_id: 'a', session: { instructions: 'x' } });
    expect(last('error')).toMatchObject({ error: { code: 'missing_required_parameter', param: 'session.type', event_id: 'a' } });
    send({ type: 'session.update', session: { type: 'realtime' } });
    send({ type: 'session.update', event_id: 'b', session: { voice: 'alloy' } });
    expect(last('error')).toMatchObject({ error: { param: 'session.type', event_id: 'b' } });
  });

  it('announced by the handshake speaks beta from the first word', () => {
    const { types, send, last } = open({ session: null, dialect: beta });
    expect(types()).toEqual(['session.created', 'conversation.created']);
    expect(last('session.created')['session']).toMatchObject({ modalities: ['text', 'audio'], input_audio_format: 'pcm16' });
    send({ type: 'session.update', event_id: 'e', session: { voice: 'nobody' } });
    expect(last('error')).toMatchObject({ error: { param: 'session.voice', event_id: 'e' } });
  });

  it('asks for a response in its own words', async () => {
    const { send, wait, last, engines } = open({ session: null, dialect: beta });
    send({ type: 'response.create', response: { modalities: ['text'], instructions: 'Brief.', max_response_output_tokens: 9 } });
    await wait(500);
    expect(engines.asked[0]).toMatchObject({ instructions: 'Brief.', maxTokens: 9 });
    expect(last('response.text.done')).toBeDefined();
    expect(last('response.done')).toMatchObject({
      response: { modalities: ['text'], output: [{ content: [{ type: 'text' }] }] },
    });
  });

  it('has its own names for transcription sessions', () => {
    const { types, send, last } = open({ session: null, dialect: beta, type: 'transcription' });
    expect(types()).toEqual(['transcription_session.created']);
    send({
      type: 'transcription_session.update',
      session: { input_audio_format: 'g711_ulaw', input_audio_transcription: { model: 'x' } },
    });
    expect(last('transcription_session.updated')).toMatchObject({ session: { input_audio_format: 'g711_ulaw' } });
  });
});

describe('hostile input', () => {
  const TYPES = [
    'session.update',
    'input_audio_buffer.append',
    'input_audio_buffer.commit',
    'input_audio_buffer.clear',
    'conversation.item.create',
    'conversation.item.retrieve',
    'conversation.item.truncate',
    'conversation.item.delete',
    'response.create',
    'response.cancel',
    'output_audio_buffer.clear',
  ];

  it('whatever comes, the session answers or errs, and lives', async () => {
    const odd = fc.object({
      key: fc.oneof(
        fc.constantFrom('session', 'item', 'response', 'audio', 'type', 'item_id', 'content', 'role', '__proto__', 'input'),
        fc.string(),
      ),
      maxDepth: 4,
    });
    const event = fc
      .tuple(fc.constantFrom(...TYPES), odd)
      .map(([type, fields]) => JSON.stringify({ ...fields, type, event_id: 'x' }));
    const { session, events, send, last } = open({ answerMs: 1, hearMs: 1, speakMs: 1 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(event, fc.string(), fc.json()), async (text) => {
        const from = events.length;
        session.receive(text);
        for (const told of events.slice(from)) {
          if (told.type !== 'error') continue;
          expect(told['error']).toMatchObject({
            type: expect.any(String) as string,
            code: expect.any(String) as string,
            message: expect.any(String) as string,
          });
        }
        await Promise.resolve();
      }),
      { numRuns: 600 },
    );
    session.receiveBinary();
    expect(last('error')).toMatchObject({ error: { code: 'invalid_event' } });
    send({ type: 'session.update', session: { type: 'realtime' } });
    expect(events.at(-1)?.type).toBe('session.updated');
  });

  it.each(['!!!', 'AAA=A'])('"%s" is no base64', (audio) => {
    const { send, last } = open();
    send({ type: 'input_audio_buffer.append', audio, event_id: 'b' });
    expect(last('error')).toMatchObject({ error: { code: 'invalid_value', param: 'audio', event_id: 'b' } });
  });

  it('random bytes as sound are only sound', async () => {
    const { append, wait, types } = open();
    append(Int16Array.from({ length: 16000 }, (_, i) => ((i * 7919) % 65536) - 32768));
    await wait(1000);
    expect(types()).not.toContain('error');
  });
});
