import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silence, speech, WORD_MS } from '../../../support/fake-engines.ts';
import { bytesOf, open, soundOf } from './harness.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const TRANSCRIBED = { transcription: { model: 'whisper-1' } };
const without = (types: readonly string[], ...left: string[]): string[] =>
  types.filter((type) => !left.some((part) => type.includes(part)));

describe('a spoken turn', () => {
  it('is told in the order of the protocol, once each', async () => {
    const { speak, wait, types } = open({ input: TRANSCRIBED });
    await speak(silence(300));
    await speak(speech(0, 1500));
    await speak(silence(800));
    await wait(1000);
    expect(without(types(), '.delta')).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'conversation.item.input_audio_transcription.completed',
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
      'rate_limits.updated',
    ]);
  });

  it('is one item under one id, with the words that were heard', async () => {
    const { speak, wait, events, last, engines } = open({ input: TRANSCRIBED });
    await speak(speech(0, 1500));
    await speak(silence(800));
    await wait(100);
    const id = last('input_audio_buffer.speech_started')['item_id'];
    const named = events.filter((event) => event.type.startsWith('input_audio') || event.type.includes('transcription'));
    expect(new Set(named.map((event) => event['item_id']))).toEqual(new Set([id]));
    expect(last('conversation.item.input_audio_transcription.completed')).toMatchObject({
      transcript: 'what are your opening hours?',
      usage: { type: 'duration' },
    });
    expect(engines.asked[0]?.turns).toEqual([{ role: 'user', text: 'what are your opening hours?', images: [] }]);
  });

  it('counts ms of all sound ever appended, padding and silence included', async () => {
    const { speak, last, send } = open({
      input: { turn_detection: { type: 'server_vad', prefix_padding_ms: 200, silence_duration_ms: 400 } },
    });
    await speak(silence(1000));
    send({ type: 'input_audio_buffer.clear' });
    await speak(silence(1000));
    await speak(speech(0, 1000));
    await speak(silence(600));
    const start = last('input_audio_buffer.speech_started')['audio_start_ms'] as number;
    const end = last('input_audio_buffer.speech_stopped')['audio_end_ms'] as number;
    expect(Math.abs(start - 1800)).toBeLessThanOrEqual(32);
    expect(Math.abs(end - 3400)).toBeLessThanOrEqual(64);
  });

  it('with much padding begins no earlier than what is not committed yet', async () => {
    const { speak, send, last } = open({ input: { turn_detection: { type: 'server_vad', prefix_padding_ms: 3000 } } });
    await speak(silence(500));
    send({ type: 'input_audio_buffer.clear' });
    await speak(speech(0, 500));
    expect(last('input_audio_buffer.speech_started')['audio_start_ms']).toBe(500);
  });

  it('that holds no words is kept, with an empty transcript, and not answered', async () => {
    const { speak, wait, last, types, send } = open({ input: TRANSCRIBED, script: [''] });
    await speak(speech(0, 500));
    await speak(silence(800));
    await wait(500);
    const completed = last('conversation.item.input_audio_transcription.completed');
    expect(completed['transcript']).toBe('');
    expect(types()).not.toContain('response.created');
    send({ type: 'conversation.item.retrieve', item_id: completed['item_id'] });
    expect(last('conversation.item.retrieved')).toMatchObject({ item: { content: [{ type: 'input_audio', transcript: '' }] } });
  });

  it('gives its own sound back, in the format that it came in', async () => {
    const { append, wait, last, send } = open({ input: { turn_detection: null } });
    const pcm = speech(0, 500);
    append(pcm);
    send({ type: 'input_audio_buffer.commit' });
    await wait(100);
    send({ type: 'conversation.item.retrieve', item_id: last('input_audio_buffer.committed')['item_id'] });
    expect(last('conversation.item.retrieved')).toMatchObject({
      item: { content: [{ type: 'input_audio', audio: bytesOf(pcm).toString('base64'), transcript: null }] },
    });
  });

  it('without transcription tells no words, and is answered all the same', async () => {
    const { speak, wait, types, engines } = open();
    await speak(speech(0, 1000));
    await speak(silence(800));
    await wait(500);
    expect(types().filter((type) => type.includes('transcription'))).toEqual([]);
    expect(types()).toContain('response.done');
    expect(engines.asked[0]?.turns).toMatchObject([{ text: 'what are your opening hours?' }]);
  });

  it('ends after two minutes, however long the radio goes on', async () => {
    const { append, wait, types } = open({ input: { turn_detection: { type: 'server_vad', create_response: false } } });
    for (let i = 0; i < 125; i++) append(speech(0, 1000));
    await wait(100);
    expect(types().slice(0, 3)).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
    ]);
  });

  it('is forgotten by clear, even if it is being judged at that moment', async () => {
    const { append, send, wait, types } = open({ activityMs: 50 });
    append(speech(0, 1000));
    send({ type: 'input_audio_buffer.clear' });
    await wait(500);
    expect(types()).toEqual(['input_audio_buffer.cleared']);
  });

  it('is not judged by a detection that began after it', async () => {
    const { append, send, wait, types } = open({ activityMs: 50 });
    const detect = (turn_detection: unknown): void =>
      send({ type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection } } } });
    append(speech(0, 1000));
    detect(null);
    detect({ type: 'server_vad' });
    append(silence(500));
    await wait(500);
    expect(types()).toEqual(['session.updated', 'session.updated']);
  });

  it('ends when the microphone falls silent on the wire', async () => {
    const { speak, wait, types } = open();
    await speak(speech(0, 1000));
    await wait(1900);
    expect(types()).not.toContain('input_audio_buffer.speech_stopped');
    await wait(200);
    expect(types()).toContain('input_audio_buffer.speech_stopped');
  });
});

it('in a language that is not heard is told so, and never written down as something else', async () => {
  const { speak, wait, last, engines, types } = open({ input: { transcription: { model: 'x', language: 'de' } } });
  await speak(speech(0, 800));
  await speak(silence(800));
  await wait(500);
  expect(last('conversation.item.input_audio_transcription.failed')).toMatchObject({ error: { code: 'language_unsupported' } });
  expect(last('response.done')).toMatchObject({
    response: { status: 'failed', status_details: { error: { code: 'language_unsupported' } } },
  });
  expect(types()).not.toContain('conversation.item.input_audio_transcription.completed');
  expect([engines.heard, engines.asked]).toEqual([[], []]);
});

describe('reading along', () => {
  it('appends words to the transcript as they become certain, and completes it', async () => {
    const { speak, wait, all, last } = open({ input: TRANSCRIBED });
    await speak(speech(0, 6 * WORD_MS));
    await speak(silence(800));
    await wait(100);
    const deltas = all('conversation.item.input_audio_transcription.delta').map((event) => String(event['delta']));
    expect(deltas.length).toBeGreaterThan(1);
    expect(String(last('conversation.item.input_audio_transcription.completed')['transcript']).startsWith(deltas.join(''))).toBe(
      true,
    );
  });

  it('shows the whole interim text to those who asked for it, and to nobody else', async () => {
    const asking = open({ session: { include: ['viva.interim'] } });
    const plain = open({ input: TRANSCRIBED });
    for (const harness of [asking, plain]) {
      await harness.speak(speech(0, 6 * WORD_MS));
      await harness.speak(silence(800));
    }
    const interim = asking.all('conversation.item.input_audio_transcription.interim').map((event) => event['text']);
    expect(interim.at(-1)).toBe('what are your opening hours?');
    expect(interim.length).toBeGreaterThan(2);
    expect(plain.all('conversation.item.input_audio_transcription.interim')).toEqual([]);
  });

  it('works with turns by hand too, under the id that the item will have', async () => {
    const { speak, all, send, last } = open({ input: { turn_detection: null }, session: { include: ['viva.interim'] } });
    await speak(speech(0, 4 * WORD_MS));
    const [first] = all('conversation.item.input_audio_transcription.interim');
    send({ type: 'input_audio_buffer.commit' });
    expect(last('input_audio_buffer.committed')['item_id']).toBe(first?.['item_id']);
  });
});

it('goes on after a pause within the turn', async () => {
  const { speak, all } = open({ script: ['one two three four five six seven eight'], session: { include: ['viva.interim'] } });
  await speak(speech(0, 2 * WORD_MS));
  await speak(silence(300));
  const before = all('conversation.item.input_audio_transcription.interim').length;
  await speak(speech(0, 6 * WORD_MS));
  expect(all('conversation.item.input_audio_transcription.interim').length - before).toBeGreaterThan(2);
});

describe('the guessed answer', () => {
  const slow = { hearMs: 80, answerMs: 60, speakMs: 60 };
  const TIMED = { include: ['viva.timing'] };

  it('is there when the turn is over: the first sound leaves at once', async () => {
    const { speak, last } = open({ ...slow, session: TIMED });
    await speak(speech(0, 1000));
    await speak(silence(700));
    const timing = last('viva.timing');
    expect(timing).toMatchObject({ guessed: true });
    expect(timing['first_sound_ms'] as number).toBeLessThan(5);
    expect(timing['vad_wait_ms'] as number).toBeGreaterThanOrEqual(500);
  });

  it('is thrown away unseen when speech goes on', async () => {
    const { speak, wait, types, engines, metrics } = open({ ...slow, script: ['tell me about it'] });
    await speak(speech(0, 800));
    await speak(silence(420));
    expect(engines.asked.length).toBe(1);
    expect(types()).toEqual(['input_audio_buffer.speech_started']);
    await speak(speech(0, 800));
    expect(types()).toEqual(['input_audio_buffer.speech_started']);
    await speak(silence(700));
    await wait(3000);
    expect(types().filter((type) => type === 'response.created')).toHaveLength(1);
    expect(engines.asked[0]?.signal.aborted).toBe(true);
    expect(await metrics()).toMatch(/viva_guesses_total\{outcome="discarded"\} 1/);
  });

  it('is thrown away when the session changes before the turn is over', async () => {
    const { speak, wait, engines, send } = open({ ...slow });
    await speak(speech(0, 800));
    await speak(silence(400));
    send({ type: 'session.update', session: { type: 'realtime', instructions: 'Speak like a king.' } });
    await speak(silence(400));
    await wait(3000);
    expect(engines.asked.map((request) => request.instructions)).toEqual(['', 'Speak like a king.']);
  });

  it('is thrown away when something else comes into the conversation before the turn is over', async () => {
    const { speak, wait, engines, send } = open({ ...slow });
    await speak(speech(0, 800));
    await speak(silence(400));
    send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'It rains.' }] },
    });
    await speak(silence(400));
    await wait(3000);
    expect(engines.asked.map((request) => request.turns.length)).toEqual([1, 2]);
  });

  it('is not begun when nobody wants an answer', async () => {
    const { speak, engines } = open({ input: { turn_detection: { type: 'server_vad', create_response: false } } });
    await speak(speech(0, 800));
    await speak(silence(800));
    expect(engines.asked).toEqual([]);
  });
});

describe('turns by hand', () => {
  const MANUAL = { turn_detection: null };

  it('commit makes an item and no answer; response.create answers it', async () => {
    const { append, send, wait, types, engines } = open({ input: MANUAL });
    append(speech(0, 600));
    send({ type: 'input_audio_buffer.commit' });
    await wait(200);
    expect(types()).toEqual(['input_audio_buffer.committed', 'conversation.item.added', 'conversation.item.done']);
    send({ type: 'response.create' });
    await wait(500);
    expect(types()).toContain('response.done');
    expect(engines.asked[0]?.turns).toMatchObject([{ role: 'user', text: 'what are your opening hours?' }]);
  });

  it('an answer asked for at once waits for the words', async () => {
    const { append, send, wait, engines } = open({ input: MANUAL, hearMs: 300 });
    append(speech(0, 600));
    send({ type: 'input_audio_buffer.commit' });
    send({ type: 'response.create' });
    await wait(1000);
    expect(engines.asked[0]?.turns).toMatchObject([{ text: 'what are your opening hours?' }]);
  });

  it('less than 100 ms is an error that echoes the event, and the sound stays', () => {
    const { append, send, last } = open({ input: MANUAL });
    append(speech(0, 60));
    send({ type: 'input_audio_buffer.commit', event_id: 'mine' });
    expect(last('error')).toMatchObject({
      error: { code: 'input_audio_buffer_commit_empty', event_id: 'mine', type: 'invalid_request_error' },
    });
    append(speech(0, 60));
    send({ type: 'input_audio_buffer.commit' });
    expect(last('input_audio_buffer.committed')).toBeDefined();
  });

  it('clear forgets what was appended', () => {
    const { append, send, last, types } = open({ input: MANUAL });
    append(speech(0, 600));
    send({ type: 'input_audio_buffer.clear' });
    expect(types()).toEqual(['input_audio_buffer.cleared']);
    send({ type: 'input_audio_buffer.commit' });
    expect(last('error')).toMatchObject({ error: { code: 'input_audio_buffer_commit_empty' } });
  });

  it('a commit in the middle of detected speech ends the turn under its id, and only once', async () => {
    const { speak, send, wait, types, last } = open();
    await speak(speech(0, 600));
    send({ type: 'input_audio_buffer.commit' });
    expect(last('input_audio_buffer.committed')['item_id']).toBe(last('input_audio_buffer.speech_started')['item_id']);
    await speak(silence(800));
    await wait(500);
    expect(types().filter((type) => type === 'input_audio_buffer.speech_stopped')).toHaveLength(1);
    expect(types().filter((type) => type === 'input_audio_buffer.committed')).toHaveLength(1);
  });
});

describe('settings of turn detection', () => {
  it('silence_duration_ms is what is waited', async () => {
    const stops = async (silence_duration_ms: number): Promise<number> => {
      const { speak, last } = open({ input: { turn_detection: { type: 'server_vad', silence_duration_ms } } });
      await speak(speech(0, 512));
      await speak(silence(1500));
      return (last('input_audio_buffer.speech_stopped')['audio_end_ms'] as number) - 512;
    };
    expect(Math.abs((await stops(200)) - 200)).toBeLessThanOrEqual(64);
    expect(Math.abs((await stops(1000)) - 1000)).toBeLessThanOrEqual(64);
  });

  it('a threshold above what is heard hears nothing', async () => {
    const { speak, types } = open({ input: { turn_detection: { type: 'server_vad', threshold: 0.95 } } });
    await speak(speech(0, 800));
    await speak(silence(800));
    expect(types()).toEqual([]);
  });

  it('idle_timeout_ms speaks up after the answer was played to its end, and not before', async () => {
    const { speak, wait, types, last, engines } = open({
      input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5000 } },
    });
    await speak(speech(0, 500));
    await speak(silence(700));
    await wait(100);
    // Seven words: 1.75 s of sound, nearly all of it still to be played.
    await wait(5000);
    expect(types()).not.toContain('input_audio_buffer.timeout_triggered');
    await wait(2000);
    const triggered = last('input_audio_buffer.timeout_triggered');
    const from = types().indexOf('input_audio_buffer.timeout_triggered');
    expect(types(from).slice(0, 5)).toEqual([
      'input_audio_buffer.timeout_triggered',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
    ]);
    expect(last('input_audio_buffer.committed')['item_id']).toBe(triggered['item_id']);
    expect(engines.asked.at(-1)?.turns.at(-1)).toMatchObject({ role: 'system' });
  });

  it('somebody who speaks is not idle', async () => {
    const { speak, wait, types } = open({ input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5000 } } });
    await speak(speech(0, 500));
    await speak(silence(700));
    await wait(4000);
    await speak(speech(0, 3000));
    expect(types()).not.toContain('input_audio_buffer.timeout_triggered');
  });

  it('nobody is idle while the assistant speaks on its own account', async () => {
    const { speak, wait, types, engines } = open({
      input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5000, interrupt_response: false } },
    });
    engines.answerWith = async function* () {
      await Promise.resolve();
      yield { type: 'text', text: 'This goes on and on and on and on. '.repeat(20) };
    };
    await speak(speech(0, 500));
    await speak(silence(600));
    // Said while the answer goes on, answered after it.
    await speak(speech(0, 500));
    await speak(silence(600));
    await wait(58_000);
    expect(types().filter((type) => type === 'response.created')).toHaveLength(2);
    expect(types()).not.toContain('input_audio_buffer.timeout_triggered');
  });

  it('semantic_vad does not hurry a turn because the one before it was whole', async () => {
    const { speak, last, all } = open({
      hearMs: 300,
      script: ['What time is it?', 'I would like to'],
      input: { turn_detection: { type: 'semantic_vad', eagerness: 'high', create_response: false } },
    });
    await speak(speech(0, 512));
    await speak(silence(1024));
    expect(all('input_audio_buffer.speech_stopped')).toHaveLength(1);
    await speak(speech(1, 512));
    await speak(silence(3000));
    const spoken = 512 + 1024 + 512;
    expect(Math.abs((last('input_audio_buffer.speech_stopped')['audio_end_ms'] as number) - spoken - 2000)).toBeLessThan(100);
  });

  it('semantic_vad ends a whole sentence sooner than an open one, by eagerness', async () => {
    const waited = async (words: string, eagerness: string): Promise<number> => {
      const { speak, last } = open({ script: [words], input: { turn_detection: { type: 'semantic_vad', eagerness } } });
      await speak(speech(0, 1024));
      await speak(silence(9000));
      return (last('input_audio_buffer.speech_stopped')['audio_end_ms'] as number) - 1024;
    };
    const whole = 'What are your opening hours?';
    const openEnded = 'I would like to';
    expect(await waited(whole, 'high')).toBeLessThan(400);
    expect(await waited(whole, 'auto')).toBeLessThan(650);
    expect(Math.abs((await waited(openEnded, 'high')) - 2000)).toBeLessThan(100);
    expect(Math.abs((await waited(openEnded, 'low')) - 8000)).toBeLessThan(100);
  });
});

describe('sound formats', () => {
  it.each(['audio/pcmu', 'audio/pcma'] as const)('%s in and out', async (type) => {
    const { send, wait, last, all, engines } = open({
      input: { format: { type }, turn_detection: null },
      output: { format: { type } },
    });
    const { encodeG711 } = await import('../../../../demo/server/realtime/audio/g711.ts');
    const bytes = encodeG711(speech(0, 1000, 8000), type === 'audio/pcmu' ? 'mulaw' : 'alaw');
    send({ type: 'input_audio_buffer.append', audio: Buffer.from(bytes).toString('base64') });
    send({ type: 'input_audio_buffer.commit' });
    send({ type: 'response.create' });
    await wait(1000);
    expect(engines.asked[0]?.turns).toMatchObject([{ text: 'what are your opening hours?' }]);
    expect(last('response.done')).toMatchObject({ response: { audio: { output: { format: { type } } } } });
    const length = all('response.output_audio.delta').reduce(
      (sum, event) => sum + Buffer.from(String(event['delta']), 'base64').length,
      0,
    );
    // One byte a sample at 8 kHz: "You said: what are your opening hours?" is seven words.
    expect(length).toBe((7 * WORD_MS * 8000) / 1000);
  });

  it.each([
    [16000, 24000],
    [24000, 16000],
    [24000, 24000],
  ])('%i in, %i out', async (from, to) => {
    const { append, send, wait, events, engines } = open({
      input: { format: { type: 'audio/pcm', rate: from }, turn_detection: null },
      output: { format: { type: 'audio/pcm', rate: to } },
    });
    append(speech(0, 1000, from));
    send({ type: 'input_audio_buffer.commit' });
    send({ type: 'response.create' });
    await wait(1000);
    expect(engines.asked[0]?.turns).toMatchObject([{ text: 'what are your opening hours?' }]);
    // The fake voice speaks at 22050 Hz: a rounding more or less.
    expect(Math.abs(soundOf(events).length - (7 * WORD_MS * to) / 1000)).toBeLessThanOrEqual(2);
  });

  it('noise_reduction takes the rumble from what the engines hear, and nothing from what is kept', async () => {
    const heard = async (noise_reduction: unknown): Promise<{ heard: number; kept: string }> => {
      const { append, send, wait, last, engines } = open({ input: { turn_detection: null, noise_reduction } });
      append(Int16Array.from({ length: 16000 }, (_, i) => Math.round(3000 * Math.sin((2 * Math.PI * 40 * i) / 16000))));
      send({ type: 'input_audio_buffer.commit' });
      await wait(100);
      send({ type: 'conversation.item.retrieve', item_id: last('input_audio_buffer.committed')['item_id'] });
      const pcm = engines.heard.at(-1)?.pcm ?? new Int16Array(1);
      return {
        heard: Math.hypot(...pcm.slice(-4000)),
        kept: JSON.stringify(last('conversation.item.retrieved')['item']).slice(-200),
      };
    };
    const [raw, near, far] = [await heard(null), await heard({ type: 'near_field' }), await heard({ type: 'far_field' })];
    expect(near.heard).toBeLessThan(raw.heard * 0.2);
    expect(far.heard).toBeLessThan(near.heard * 0.7);
    expect(near.kept).toBe(raw.kept);
  });
});
