import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerPart } from '../../../../demo/server/engines/engine.ts';
import { silence, speech } from '../../../support/fake-engines.ts';
import { open, soundOf } from './harness.ts';
import type { Harness } from './harness.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const END: AnswerPart = { type: 'end', inputTokens: 3, outputTokens: 4, cut: false };
const TOOL = {
  type: 'function',
  name: 'find_order',
  description: 'Finds an order.',
  parameters: { type: 'object', properties: { id: { type: 'string' } } },
};
const PNG = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]).toString('base64')}`;

const say = ({ send }: Harness, text: string, extra: Record<string, unknown>[] = []): void =>
  send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [...extra, { type: 'input_text', text }] },
  });

const response = (harness: Harness): Record<string, unknown> =>
  harness.last('response.done')['response'] as Record<string, unknown>;

describe('response.create', () => {
  it('answers what stands there, in sound', async () => {
    const harness = open();
    say(harness, 'Hello.');
    harness.send({ type: 'response.create' });
    await harness.wait(3000);
    expect(response(harness)).toMatchObject({
      status: 'completed',
      status_details: null,
      output_modalities: ['audio'],
      output: [
        {
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_audio', transcript: 'You said: Hello.', annotations: [] }],
        },
      ],
    });
    expect(soundOf(harness.events).length).toBeGreaterThan(10_000);
  });

  it('a second one while one is active is refused, echoing its event; the first goes on', async () => {
    const harness = open();
    say(harness, 'Hello.');
    harness.send({ type: 'response.create' });
    harness.send({ type: 'response.create', event_id: 'second' });
    expect(harness.last('error')).toMatchObject({
      error: { code: 'conversation_already_has_active_response', event_id: 'second' },
    });
    await harness.wait(3000);
    expect(response(harness)).toMatchObject({ status: 'completed' });
    expect(harness.all('response.created')).toHaveLength(1);
  });

  it('takes wishes of its own for this once', async () => {
    const harness = open({ session: { instructions: 'Be long.', tools: [TOOL] } });
    say(harness, 'Hello.');
    harness.send({
      type: 'response.create',
      response: {
        instructions: 'Be brief.',
        output_modalities: ['text'],
        tools: [],
        tool_choice: 'none',
        max_output_tokens: 50,
        metadata: { purpose: 'greeting' },
      },
    });
    await harness.wait(500);
    expect(harness.engines.asked[0]).toMatchObject({ instructions: 'Be brief.', tools: [], toolChoice: 'none', maxTokens: 50 });
    expect(response(harness)).toMatchObject({
      output_modalities: ['text'],
      max_output_tokens: 50,
      metadata: { purpose: 'greeting' },
    });
    expect(harness.types()).toContain('response.output_text.done');
    harness.send({ type: 'response.create' });
    await harness.wait(500);
    expect(harness.engines.asked[1]).toMatchObject({
      instructions: 'Be long.',
      tools: [{ name: 'find_order' }],
      maxTokens: null,
    });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ output_modalities: ['dance'] }, 'response.output_modalities[0]'],
    [{ audio: { output: { voice: 'nobody' } } }, 'response.audio.output.voice'],
    [{ tool_choice: { type: 'function', name: 'none such' } }, 'response.tool_choice.name'],
    [{ conversation: 'other' }, 'response.conversation'],
    [{ input: [{ type: 'item_reference', id: 'nobody' }] }, 'response.input[0].id'],
    [{ input: [{ type: 'message', role: 'user', content: [{ type: 'input_text' }] }] }, 'response.input[0].content[0].text'],
    [{ metadata: { a: 1 } }, 'response.metadata.a'],
  ])('%j is refused, naming the field', (wish, param) => {
    const harness = open();
    harness.send({ type: 'response.create', event_id: 'w', response: wish });
    expect(harness.last('error')).toMatchObject({ error: { param, event_id: 'w' } });
    expect(harness.types()).not.toContain('response.created');
  });

  it('stops at max_output_tokens, and says so', async () => {
    const harness = open();
    harness.engines.answerWith = async function* () {
      await Promise.resolve();
      yield { type: 'text', text: 'One two three four five six seven eight nine ten.' };
      yield END;
    };
    harness.send({ type: 'response.create', response: { max_output_tokens: 3, output_modalities: ['text'] } });
    await harness.wait(500);
    expect(response(harness)).toMatchObject({
      status: 'incomplete',
      status_details: { type: 'incomplete', reason: 'max_output_tokens' },
      output: [{ status: 'incomplete', content: [{ text: 'One two' }] }],
    });
  });

  it('tells the pages it stands on', async () => {
    const harness = open();
    harness.engines.answerWith = async function* () {
      await Promise.resolve();
      yield { type: 'text', text: 'We open at nine.' };
      yield { type: 'citation', url: 'https://shop.test/hours', title: 'Opening hours' };
      yield END;
    };
    harness.send({ type: 'response.create' });
    await harness.wait(2000);
    const annotations = [{ type: 'url_citation', url: 'https://shop.test/hours', title: 'Opening hours' }];
    expect(harness.last('response.content_part.done')).toMatchObject({ part: { annotations } });
    expect(harness.last('response.output_item.done')).toMatchObject({ item: { content: [{ annotations }] } });
  });

  it('the same voice name is the same voice, another name another one', async () => {
    const pitch = async (voice: string): Promise<number> => {
      const harness = open({ output: { voice } });
      say(harness, 'Hello.');
      harness.send({ type: 'response.create' });
      await harness.wait(2000);
      const pcm = soundOf(harness.events).slice(2000, 14_000);
      return pcm.reduce((sum, x, i) => sum + (x < 0 !== (pcm[i - 1] ?? 0) < 0 ? 1 : 0), 0);
    };
    const [alloy, again, marin] = [await pitch('alloy'), await pitch('alloy'), await pitch('marin')];
    expect(alloy).toBe(again);
    expect(Math.abs(alloy - marin)).toBeGreaterThan(10);
  });

  it('speed is how fast it is spoken', async () => {
    const seconds = async (speed: number): Promise<number> => {
      const harness = open({ output: { speed } });
      say(harness, 'Hello there my friend.');
      harness.send({ type: 'response.create' });
      await harness.wait(9000);
      return soundOf(harness.events).length / 24000;
    };
    expect((await seconds(0.5)) / (await seconds(1))).toBeCloseTo(2, 1);
  });

  it('120 a minute are the most, and rate_limits.updated counts them', async () => {
    const harness = open({ answerMs: 1 });
    for (let i = 0; i < 120; i++) {
      harness.send({ type: 'response.create', response: { output_modalities: ['text'] } });
      await harness.wait(10);
    }
    expect(harness.last('rate_limits.updated')).toMatchObject({ rate_limits: [{ name: 'requests', limit: 120, remaining: 0 }] });
    harness.send({ type: 'response.create' });
    expect(harness.last('error')).toMatchObject({ error: { code: 'rate_limit_exceeded', type: 'rate_limit_error' } });
    await harness.wait(60_000);
    harness.send({ type: 'response.create' });
    expect(harness.all('response.created')).toHaveLength(121);
  });
});

describe('responses beside the conversation', () => {
  const beside = (extra: Record<string, unknown> = {}): Record<string, unknown> => ({
    type: 'response.create',
    response: { conversation: 'none', output_modalities: ['text'], metadata: { topic: 'classify' }, ...extra },
  });

  it('run while one is active in it, tell themselves apart, and leave no trace', async () => {
    const harness = open({ answerMs: 500 });
    say(harness, 'Hello.');
    harness.send({ type: 'response.create' });
    harness.send(beside());
    harness.send(beside({ input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Only this.' }] }] }));
    expect(harness.types()).not.toContain('error');
    await harness.wait(4000);
    const ends = harness.all('response.done').map((event) => event['response'] as Record<string, unknown>);
    expect(ends).toHaveLength(3);
    expect(ends.filter((end) => end['conversation_id'] === null)).toMatchObject([
      { metadata: { topic: 'classify' } },
      { metadata: { topic: 'classify' } },
    ]);
    // The user's item and the one answer that belongs to the conversation.
    expect(harness.all('conversation.item.added')).toHaveLength(2);
    expect(harness.engines.asked.map((request) => request.turns)).toContainEqual([
      { role: 'user', text: 'Only this.', images: [] },
    ]);
  });

  it('an empty input is an empty context; a reference stands for an item', async () => {
    const harness = open();
    harness.send({
      type: 'conversation.item.create',
      item: { id: 'hello', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello.' }] },
    });
    harness.send(beside({ input: [] }));
    await harness.wait(500);
    harness.send(beside({ input: [{ type: 'item_reference', id: 'hello' }] }));
    await harness.wait(500);
    expect(harness.engines.asked.map((request) => request.turns.length)).toEqual([0, 1]);
  });

  it('tell which of their wishes nothing here can do', async () => {
    const harness = open();
    harness.send(
      beside({ prompt: { id: 'pmpt_1' }, reasoning: { effort: 'low' }, humour: 1, tools: [{ type: 'mcp', server_label: 'x' }] }),
    );
    await harness.wait(500);
    expect(response(harness)).toMatchObject({ status: 'completed', viva: { ignored: expect.any(Array) as unknown } });
    const { viva } = response(harness) as { viva: { ignored: { field: string }[] } };
    expect(viva.ignored.map(({ field }) => field).sort()).toEqual(['humour', 'prompt', 'reasoning', 'tools[0]']);
    harness.send(beside());
    await harness.wait(500);
    expect(response(harness)).not.toHaveProperty('viva');
  });

  it('are cancelled by their id, the active one by none', () => {
    const harness = open({ answerMs: 5000 });
    harness.send(beside());
    const { id } = harness.last('response.created')['response'] as { id: string };
    harness.send({ type: 'response.cancel' });
    expect(harness.last('error')).toMatchObject({ error: { code: 'response_cancel_not_active' } });
    harness.send({ type: 'response.cancel', response_id: id });
    expect(response(harness)).toMatchObject({ id, status: 'cancelled' });
  });

  it('are not cut by somebody who speaks', async () => {
    const harness = open({ answerMs: 3000 });
    harness.send(beside());
    await harness.speak(speech(0, 500));
    expect(harness.types()).not.toContain('response.done');
  });
});

describe('tools', () => {
  it('a call comes with its arguments, its output goes to the next answer', async () => {
    const harness = open({ session: { tools: [TOOL] } });
    harness.engines.answerWith = async function* () {
      await Promise.resolve();
      yield { type: 'tool-call', name: 'find_order', arguments: '{"id":"17"}' };
      yield END;
    };
    say(harness, 'Where is order 17?');
    harness.send({ type: 'response.create' });
    await harness.wait(500);
    expect(harness.engines.asked[0]?.tools).toEqual([
      { type: 'function', name: 'find_order', description: TOOL.description, parameters: TOOL.parameters },
    ]);
    const done = harness.last('response.function_call_arguments.done');
    expect(done).toMatchObject({ arguments: '{"id":"17"}', name: 'find_order' });
    expect(
      harness
        .all('response.function_call_arguments.delta')
        .map((event) => event['delta'])
        .join(''),
    ).toBe('{"id":"17"}');
    expect(harness.last('response.output_item.done')).toMatchObject({
      item: { type: 'function_call', status: 'completed', call_id: done['call_id'] },
    });
    expect(response(harness)).toMatchObject({ status: 'completed', output: [{ type: 'function_call', name: 'find_order' }] });

    harness.engines.answerWith = null;
    harness.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: done['call_id'], output: '"on its way"' },
    });
    harness.send({ type: 'response.create' });
    await harness.wait(2000);
    expect(harness.engines.asked[1]?.turns.slice(1)).toEqual([
      { role: 'tool-call', callId: done['call_id'], name: 'find_order', arguments: '{"id":"17"}' },
      { role: 'tool-result', callId: done['call_id'], output: '"on its way"' },
    ]);
  });

  it.each<[unknown, unknown]>([
    ['none', 'none'],
    ['required', 'required'],
    [{ type: 'function', name: 'find_order' }, { name: 'find_order' }],
  ])('tool_choice %j reaches the engine', async (tool_choice, toolChoice) => {
    const harness = open({ session: { tools: [TOOL], tool_choice } });
    harness.send({ type: 'response.create' });
    await harness.wait(500);
    expect(harness.engines.asked[0]?.toolChoice).toEqual(toolChoice);
  });
});

describe('pictures', () => {
  it('go to the engine as bytes, with the question', async () => {
    const harness = open();
    say(harness, 'What is this?', [{ type: 'input_image', image_url: PNG }]);
    harness.send({ type: 'response.create' });
    await harness.wait(1000);
    const [turn] = harness.engines.asked[0]?.turns ?? [];
    expect(turn).toMatchObject({ role: 'user', text: 'What is this?' });
    expect(turn?.role === 'user' ? turn.images[0]?.slice(1, 4) : null).toEqual(new Uint8Array(Buffer.from('PNG')));
  });

  it('that are none are refused, naming the field', () => {
    const harness = open();
    say(harness, 'What is this?', [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }]);
    expect(harness.last('error')).toMatchObject({ error: { code: 'invalid_value', param: 'item.content[0].image_url' } });
  });
});

describe('when an engine stumbles', () => {
  it.each([
    ['answer', 'busy', 'server_busy'],
    ['answer', 'failed', 'engine_failed'],
    ['speak', 'failed', 'engine_failed'],
  ] as const)('%s %s: the response fails with its code, the session lives', async (role, how, code) => {
    const harness = open();
    harness.engines.fail.set(role, how);
    say(harness, 'Hello.');
    harness.send({ type: 'response.create' });
    await harness.wait(2000);
    expect(response(harness)).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { type: 'server_error', code } },
    });
    harness.send({ type: 'response.create' });
    await harness.wait(2000);
    expect(response(harness)).toMatchObject({ status: 'completed' });
  });

  it('a turn that cannot be heard fails its transcription and its answer, not the next one', async () => {
    const harness = open({ input: { transcription: { model: 'x' } } });
    const turn = async (): Promise<void> => {
      await harness.speak(speech(0, 600));
      await harness.speak(silence(700));
      await harness.wait(3000);
    };
    // The guess stumbles first; the end of the turn asks again and stumbles once more.
    harness.engines.fail.set('hear', 'failed');
    await harness.speak(speech(0, 600));
    await harness.speak(silence(400));
    harness.engines.fail.set('hear', 'failed');
    await harness.speak(silence(400));
    await harness.wait(500);
    expect(harness.last('conversation.item.input_audio_transcription.failed')).toMatchObject({
      error: { code: 'engine_failed' },
    });
    expect(response(harness)).toMatchObject({ status: 'failed', status_details: { error: { code: 'engine_failed' } } });
    await turn();
    expect(response(harness)).toMatchObject({ status: 'completed' });
  });

  it('a guess that stumbles is made up for at the end of the turn', async () => {
    const harness = open({ input: { transcription: { model: 'x' } } });
    harness.engines.fail.set('hear', 'busy');
    await harness.speak(speech(0, 600));
    await harness.speak(silence(700));
    await harness.wait(3000);
    expect(response(harness)).toMatchObject({ status: 'completed' });
  });

  it('voice activity that dies is told and begun again', async () => {
    const harness = open();
    harness.engines.fail.set('activity', 'failed');
    await harness.speak(silence(100));
    expect(harness.last('error')).toMatchObject({ error: { type: 'server_error', code: 'engine_failed' } });
    await harness.wait(600);
    await harness.speak(speech(0, 600));
    expect(harness.types()).toContain('input_audio_buffer.speech_started');
  });
});
