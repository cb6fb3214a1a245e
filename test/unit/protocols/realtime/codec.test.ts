import { describe, expect, it } from 'vitest';
import { adapterOf, presets, type Adapter } from '../../../../src/protocols/realtime/adapters.ts';
import { foreign } from '../../../../src/protocols/realtime/codec-beta.ts';
import { effectiveOf, sessionOf } from '../../../../src/protocols/realtime/codec-ga.ts';
import type { Json } from '../../../../src/protocols/realtime/events.ts';
import type { AssistantSettings } from '../../../../src/shared/wire.ts';

const everything: AssistantSettings = {
  instructions: 'Be brief.',
  voice: 'cedar',
  speed: 1.2,
  language: 'en-GB',
  reply: 'audio',
  turns: {
    type: 'server-vad',
    threshold: 0.6,
    prefixMs: 200,
    silenceMs: 400,
    idleTimeoutMs: 9000,
    interrupt: false,
    respond: true,
  },
  noiseReduction: 'far',
  tools: [{ name: 'order', description: 'Orders.', parameters: { type: 'object' } }],
  toolChoice: 'required',
  maxOutputTokens: 500,
};

const beta = foreign('flat');
const mixed = foreign('mixed');

/** As it would arrive. */
const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('GA session', () => {
  it('writes every setting where the protocol has it', () => {
    expect(wire(sessionOf(everything, presets.openai))).toEqual({
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: 'Be brief.',
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24000 },
          transcription: { model: 'gpt-transcribe', language: 'en' },
          noise_reduction: { type: 'far_field' },
          turn_detection: {
            type: 'server_vad',
            threshold: 0.6,
            prefix_padding_ms: 200,
            silence_duration_ms: 400,
            idle_timeout_ms: 9000,
            create_response: true,
            interrupt_response: false,
          },
        },
        output: { format: { type: 'audio/pcm', rate: 24000 }, voice: 'cedar', speed: 1.2 },
      },
      tools: [{ type: 'function', name: 'order', description: 'Orders.', parameters: { type: 'object' } }],
      tool_choice: 'required',
      max_output_tokens: 500,
    });
  });

  it('leaves to the server what is not wished, and clears what is wished away', () => {
    expect(wire(sessionOf({}, presets.gateway))).toEqual({
      type: 'realtime',
      audio: {
        input: { format: { type: 'audio/pcm', rate: 16000 }, transcription: { model: 'gpt-transcribe' } },
        output: { format: { type: 'audio/pcm', rate: 24000 } },
      },
    });
    expect(wire(sessionOf({ turns: { type: 'none' }, noiseReduction: 'off', transcribe: false }, presets.gateway))).toMatchObject(
      {
        audio: { input: { turn_detection: null, noise_reduction: null, transcription: null } },
      },
    );
  });

  it('writes semantic VAD', () => {
    const { audio } = sessionOf({ turns: { type: 'semantic-vad', eagerness: 'low', interrupt: true } }, presets.openai) as {
      audio: { input: { turn_detection: unknown } };
    };
    expect(wire(audio.input.turn_detection)).toEqual({ type: 'semantic_vad', eagerness: 'low', interrupt_response: true });
  });

  it('writes a transcription session without anything that answers', () => {
    expect(wire(sessionOf({ ...everything, purpose: 'transcription' }, presets.gateway))).toEqual({
      type: 'transcription',
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 16000 },
          transcription: { model: 'gpt-transcribe', language: 'en' },
          noise_reduction: { type: 'far_field' },
          turn_detection: { type: 'server_vad', threshold: 0.6, prefix_padding_ms: 200, silence_duration_ms: 400 },
        },
      },
    });
  });

  it('names telephone formats without a rate', () => {
    const telephone: Adapter = {
      ...presets.openai,
      inputFormat: 'pcmu',
      outputFormat: 'pcma',
      inputRate: 8000,
      outputRate: 8000,
    };
    expect(wire(sessionOf({}, telephone))).toMatchObject({
      audio: { input: { format: { type: 'audio/pcmu' } }, output: { format: { type: 'audio/pcma' } } },
    });
  });
});

describe('what is in force', () => {
  const asked = sessionOf(everything, presets.openai);
  const echo = wire(asked) as Json;

  it('is what was asked when the server says so', () => {
    expect(effectiveOf(echo, asked, presets.openai)).toEqual({
      model: null,
      voice: 'cedar',
      speed: 1.2,
      reply: 'audio',
      turns: everything.turns,
      inputRate: 24000,
      outputRate: 24000,
      differences: [],
      transcribes: true,
    });
  });

  it('tells each wish that is not in force, and none that is', () => {
    const told = {
      ...echo,
      model: 'gpt-x',
      tool_choice: 'auto',
      tools: [],
      audio: {
        input: { ...(echo['audio'] as { input: object }).input, turn_detection: { type: 'semantic_vad', eagerness: 'high' } },
        output: { format: { type: 'audio/pcm', rate: 24000 }, voice: 'alloy', speed: 1 },
      },
    };
    const effective = effectiveOf(told, asked, presets.openai);
    expect(effective).toMatchObject({
      model: 'gpt-x',
      voice: 'alloy',
      speed: 1,
      turns: { type: 'semantic-vad', eagerness: 'high' },
    });
    expect(effective.differences).toContain('audio.output.voice: asked "cedar", in force "alloy"');
    expect(effective.differences).toContain('audio.output.speed: asked 1.2, in force 1');
    expect(effective.differences).toContain('tool_choice: asked "required", in force "auto"');
    expect(effective.differences.filter((line) => line.startsWith('tools'))).toHaveLength(1);
    expect(effective.differences.some((line) => line.startsWith('audio.input.turn_detection'))).toBe(true);
    expect(effective.differences.some((line) => /format|instructions|noise/.test(line))).toBe(false);
  });

  it('reads rates, modalities and no turn detection', () => {
    const told = {
      output_modalities: ['text'],
      audio: { input: { format: { type: 'audio/pcm', rate: 16000 }, turn_detection: null, transcription: { model: 'own' } } },
    };
    expect(effectiveOf(told, sessionOf({}, presets.openai), presets.openai)).toMatchObject({
      reply: 'text',
      inputRate: 16000,
      turns: { type: 'none' },
      differences: ['audio.input.format.rate: asked 24000, in force 16000'],
    });
  });

  it('tells that transcription is off although it was asked for', () => {
    const silent = { audio: { input: { transcription: null, noise_reduction: null } } };
    expect(effectiveOf(silent, sessionOf({ noiseReduction: 'near' }, presets.openai), presets.openai).differences).toEqual([
      'audio.input.transcription.model: asked "gpt-transcribe", in force null',
      'audio.input.noise_reduction.type: asked "near_field", in force null',
    ]);
  });

  it('tells of wishes that our gateway took and that change nothing', () => {
    const viva = { ignored: [{ field: 'include', reason: 'There are no logprobs.' }], limits: ['It speaks English only.'] };
    expect(effectiveOf({ type: 'realtime', viva }, {}, presets.gateway).differences).toEqual([
      'include: There are no logprobs.',
      'instructions: It speaks English only.',
    ]);
  });

  it('never says a long text, only that it differs', () => {
    const [line] = effectiveOf({ ...echo, instructions: 'x'.repeat(1000) }, asked, presets.openai).differences;
    expect(line?.length).toBeLessThan(200);
  });
});

describe('beta session', () => {
  it('writes every setting flat', () => {
    expect(wire(beta.reshape(sessionOf(everything, presets.speaches)))).toEqual({
      modalities: ['text', 'audio'],
      instructions: 'Be brief.',
      voice: 'cedar',
      speed: 1.2,
      input_audio_format: 'pcm16',
      output_audio_format: 'pcm16',
      input_audio_transcription: { model: 'gpt-transcribe', language: 'en' },
      input_audio_noise_reduction: { type: 'far_field' },
      turn_detection: {
        type: 'server_vad',
        threshold: 0.6,
        prefix_padding_ms: 200,
        silence_duration_ms: 400,
        idle_timeout_ms: 9000,
        create_response: true,
        interrupt_response: false,
      },
      tools: [{ type: 'function', name: 'order', description: 'Orders.', parameters: { type: 'object' } }],
      tool_choice: 'required',
      max_response_output_tokens: 500,
    });
  });

  it('comes back as what was asked', () => {
    const asked = sessionOf(everything, presets.speaches);
    const flat = wire(beta.reshape(asked)) as Json;
    expect(effectiveOf(beta.nest(flat), asked, presets.speaches)).toMatchObject({
      turns: everything.turns,
      voice: 'cedar',
      differences: [],
    });
  });

  it('writes text answers as text only', () => {
    expect(beta.reshape(sessionOf({ reply: 'text' }, presets.speaches))).toMatchObject({ modalities: ['text'] });
  });

  it('names item contents the old way', () => {
    const item = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'hi' }] };
    expect(beta.encode({ type: 'conversation.item.create', event_id: 'e', item })).toMatchObject({
      item: { content: [{ type: 'text', text: 'hi' }] },
    });
    const user = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] };
    expect(beta.encode({ type: 'conversation.item.create', event_id: 'e', item: user })).toMatchObject({ item: user });
  });
});

describe('the shape between the dialects', () => {
  it('has nested audio and a flat voice and turn detection', () => {
    const session = mixed.reshape(sessionOf({ voice: 'eve', turns: { type: 'server-vad' } }, presets.xai));
    expect(wire(session)).toMatchObject({
      voice: 'eve',
      turn_detection: { type: 'server_vad' },
      audio: { input: { format: { type: 'audio/pcm', rate: 24000 } }, output: { format: { type: 'audio/pcm', rate: 24000 } } },
    });
    expect(JSON.stringify((session['audio'] as Json)['input'])).not.toContain('turn_detection');
    expect(effectiveOf(mixed.nest(session), sessionOf({ voice: 'eve' }, presets.xai), presets.xai)).toMatchObject({
      voice: 'eve',
      differences: [],
    });
  });
});

describe('presets', () => {
  it('are found by name, or the name is told', () => {
    expect(adapterOf('gateway')).toMatchObject({ dialect: 'ga', inputRate: 16000, outputRate: 24000 });
    expect(() => adapterOf('nobody')).toThrow(expect.objectContaining({ code: 'bad-option', field: 'preset' }));
    expect(() => adapterOf('toString')).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});
