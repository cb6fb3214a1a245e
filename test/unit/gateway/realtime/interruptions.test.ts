import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerPart } from '../../../../demo/server/engines/engine.ts';
import { silence, speech, WORD_MS } from '../../../support/fake-engines.ts';
import { open, soundOf } from './harness.ts';
import type { Harness, HarnessOptions } from './harness.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const SENTENCES = 12;
const END: AnswerPart = { type: 'end', inputTokens: 1, outputTokens: 1, cut: false };

/** An answer of twelve sentences of four words: 12 s of sound, made at a pace of `stepMs` each. */
function answering(options: HarnessOptions = {}, stepMs = 200): Harness {
  const harness = open({ ...options, speakMs: stepMs });
  harness.engines.answerWith = async function* () {
    for (let i = 0; i < SENTENCES; i++) {
      await Promise.resolve();
      yield { type: 'text', text: `This is sentence ${'abcdefghijkl'[i] ?? ''}. ` };
    }
    yield END;
  };
  return harness;
}

const ask = async ({ send, wait }: Harness, ms: number): Promise<void> => {
  send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Go on.' }] },
  });
  send({ type: 'response.create' });
  await wait(ms);
};

const DONE_BLOCK = [
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'conversation.item.done',
  'response.output_item.done',
  'response.done',
  'rate_limits.updated',
];

describe('speaking over an answer', () => {
  it('ends it with every .done and turn_detected, and no sound comes after', async () => {
    const harness = answering();
    await ask(harness, 1000);
    const from = harness.events.length;
    await harness.speak(speech(0, 600));
    await harness.wait(5000);
    const types = harness.types(from);
    const started = types.indexOf('input_audio_buffer.speech_started');
    expect(types.slice(started + 1, started + 1 + DONE_BLOCK.length)).toEqual(DONE_BLOCK);
    expect(harness.all('response.done')[0]).toMatchObject({
      response: {
        status: 'cancelled',
        status_details: { type: 'cancelled', reason: 'turn_detected' },
        output: [{ status: 'incomplete' }],
      },
    });
    const id = (harness.all('response.done')[0]?.['response'] as { id: string }).id;
    const late = harness.events
      .slice(from + started)
      .filter((event) => event.type.endsWith('.delta') && event['response_id'] === id);
    expect(late).toEqual([]);
    expect(harness.engines.asked[0]?.signal.aborted).toBe(true);
  });

  it('is not obeyed when interrupt_response is false, and what was said is answered afterwards', async () => {
    const harness = answering({ input: { turn_detection: { type: 'server_vad', interrupt_response: false } } }, 400);
    await ask(harness, 600);
    await harness.speak(speech(0, 600));
    await harness.speak(silence(700));
    expect(harness.all('response.done')).toEqual([]);
    await harness.wait(30_000);
    expect(harness.all('response.done').map((event) => (event['response'] as { status: string }).status)).toEqual([
      'completed',
      'completed',
    ]);
    expect(harness.engines.asked[1]?.turns.at(-1)).toMatchObject({ role: 'user', text: 'what are your opening hours?' });
  });

  it('before its first sound ends it just as well', async () => {
    const harness = answering({ answerMs: 2000 });
    await ask(harness, 100);
    await harness.speak(speech(0, 300));
    expect(harness.types()).not.toContain('response.output_audio.delta');
    expect(harness.last('response.done')).toMatchObject({ response: { status: 'cancelled', output: [] } });
    await harness.wait(5000);
    expect(
      soundOf(
        harness.events.filter(
          (event) => event['response_id'] === (harness.all('response.created')[0]?.['response'] as { id: string }).id,
        ),
      ).length,
    ).toBe(0);
  });

  it('while its words are still being recognised, nothing of the first turn is answered on its own', async () => {
    const harness = answering({ hearMs: 1500 });
    await harness.speak(speech(0, 500));
    await harness.speak(silence(600));
    await harness.speak(speech(1, 1500));
    await harness.speak(silence(600));
    await harness.wait(4000);
    expect(harness.all('response.created')).toHaveLength(1);
    expect(harness.engines.asked.at(-1)?.turns.map((turn) => (turn.role === 'user' ? turn.text : ''))).toEqual([
      'what are your opening hours?',
      'thank you very much.',
    ]);
  });
});

describe('response.cancel', () => {
  it('ends the answer with client_cancelled at once, and no sound comes after', async () => {
    const harness = answering();
    await ask(harness, 700);
    const from = harness.events.length;
    harness.send({ type: 'response.cancel' });
    expect(harness.types(from)).toEqual(DONE_BLOCK);
    expect(harness.last('response.done')).toMatchObject({
      response: { status_details: { type: 'cancelled', reason: 'client_cancelled' } },
    });
    await harness.wait(10_000);
    expect(harness.events.length).toBe(from + DONE_BLOCK.length);
  });

  it('with nothing to cancel says so, and echoes the event', () => {
    const { send, last } = open();
    send({ type: 'response.cancel', event_id: 'c1' });
    expect(last('error')).toMatchObject({ error: { code: 'response_cancel_not_active', event_id: 'c1' } });
  });

  it('makes room for the next answer at once', async () => {
    const harness = answering();
    await ask(harness, 500);
    harness.send({ type: 'response.cancel' });
    harness.send({ type: 'response.create' });
    expect(harness.types()).not.toContain('error');
    expect(harness.all('response.created')).toHaveLength(2);
  });
});

describe('the pace of sound', () => {
  it('leads the listener by about ten seconds at most', async () => {
    const harness = answering({}, 1);
    await ask(harness, 1000);
    const seconds = soundOf(harness.events).length / 24000;
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(11.5);
    await harness.wait(5000);
    expect(soundOf(harness.events).length / 24000).toBeCloseTo((SENTENCES * 4 * WORD_MS) / 1000, 2);
    expect(harness.types()).toContain('response.done');
  });

  it('waits for a socket that does not take more', async () => {
    let open_ = (): void => undefined;
    const harness = answering({ drained: () => new Promise((resolve) => (open_ = resolve)) }, 1);
    await ask(harness, 2000);
    const stuck = soundOf(harness.events).length;
    expect(stuck).toBeLessThan(24000);
    open_();
    await harness.wait(100);
    expect(soundOf(harness.events).length).toBeGreaterThan(stuck);
  });
});

describe('conversation.item.truncate', () => {
  const itemOf = (harness: Harness): string =>
    String((harness.all('response.output_item.added').at(-1)?.['item'] as { id: string } | undefined)?.id);

  it('cuts sound and words of the answer, and both can be fetched', async () => {
    const harness = answering({}, 1);
    await ask(harness, 20_000);
    const id = itemOf(harness);
    harness.send({ type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: 1600 });
    expect(harness.last('conversation.item.truncated')).toMatchObject({ item_id: id, content_index: 0, audio_end_ms: 1600 });
    harness.send({ type: 'conversation.item.retrieve', item_id: id });
    const { content } = harness.last('conversation.item.retrieved')['item'] as {
      content: { audio: string; transcript: string }[];
    };
    const sound = Buffer.from(content[0]?.audio ?? '', 'base64');
    const heard = soundOf(harness.events).slice(0, 1.6 * 24000);
    expect(sound.equals(Buffer.from(heard.buffer, heard.byteOffset, heard.byteLength))).toBe(true);
    expect(content[0]?.transcript).toBe('This is sentence a. This is');
    // And that is all the next answer knows of it.
    await ask(harness, 20_000);
    expect(harness.engines.asked.at(-1)?.turns).toContainEqual({
      role: 'assistant',
      text: 'This is sentence a. This is',
      images: [],
    });
  });

  it('of an answer that is still being made ends it first', async () => {
    const harness = answering();
    await ask(harness, 1000);
    const id = itemOf(harness);
    harness.send({ type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: 500 });
    expect(harness.types().slice(-2)).toEqual(['rate_limits.updated', 'conversation.item.truncated']);
    expect(harness.last('response.done')).toMatchObject({ response: { status: 'cancelled' } });
    harness.send({ type: 'conversation.item.retrieve', item_id: id });
    expect(harness.last('conversation.item.retrieved')).toMatchObject({
      item: { status: 'incomplete', content: [{ transcript: 'This is' }] },
    });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an unknown item', { item_id: 'nobody' }, 'item_truncate_invalid_item_id', 'item_id'],
    ['beyond its sound', { audio_end_ms: 999_999 }, 'invalid_value', 'audio_end_ms'],
    ['another part', { content_index: 1 }, 'unsupported_content_type', 'content_index'],
  ])('%s is an error that changes nothing', async (_what, wrong, code, param) => {
    const harness = answering({}, 1);
    await ask(harness, 20_000);
    const from = harness.events.length;
    harness.send({
      type: 'conversation.item.truncate',
      item_id: itemOf(harness),
      content_index: 0,
      audio_end_ms: 100,
      event_id: 't',
      ...wrong,
    });
    expect(harness.types(from)).toEqual(['error']);
    expect(harness.last('error')).toMatchObject({ error: { code, param, event_id: 't' } });
  });

  it('of what the user said is an error', () => {
    const harness = open({ input: { turn_detection: null } });
    harness.append(speech(0, 500));
    harness.send({ type: 'input_audio_buffer.commit' });
    harness.send({
      type: 'conversation.item.truncate',
      item_id: harness.last('input_audio_buffer.committed')['item_id'],
      audio_end_ms: 10,
    });
    expect(harness.last('error')).toMatchObject({
      error: { code: 'unsupported_content_type', message: 'Only model output audio messages can be truncated' },
    });
  });
});

it('wherever an answer is cut, by whatever means, it ends exactly once and nothing comes after', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 4000 }),
      fc.constantFrom('cancel', 'voice', 'truncate', 'delete'),
      async (atMs, means) => {
        const harness = answering();
        await ask(harness, atMs);
        const item = harness.all('response.output_item.added')[0]?.['item'] as { id: string } | undefined;
        if (means === 'voice') await harness.speak(speech(0, 200));
        else if (means === 'cancel' || item === undefined) harness.send({ type: 'response.cancel' });
        else if (means === 'truncate')
          harness.send({ type: 'conversation.item.truncate', item_id: item.id, content_index: 0, audio_end_ms: 0 });
        else harness.send({ type: 'conversation.item.delete', item_id: item.id });
        const first = harness.types().indexOf('response.done');
        expect(first).toBeGreaterThan(0);
        await harness.wait(15_000);
        const { id } = harness.all('response.created')[0]?.['response'] as { id: string };
        const ofIt = harness.events.filter(
          (event) => event['response_id'] === id || (event['response'] as { id?: string } | undefined)?.id === id,
        );
        expect(ofIt.at(-1)?.type).toBe('response.done');
        expect(ofIt.filter((event) => event.type === 'response.done')).toHaveLength(1);
        harness.session.close();
      },
    ),
    { numRuns: 15 },
  );
});
