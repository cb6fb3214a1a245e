import { describe, expect, it } from 'vitest';
import { mergeConfig } from '../../../../demo/server/realtime/merge-config.ts';
import { defaultConfig, describeConfig } from '../../../../demo/server/realtime/session-config.ts';
import type { SessionConfig } from '../../../../demo/server/realtime/session-config.ts';

const VOICES = ['marin', 'alloy'];
const HEAR = { languages: ['en'], ignoresPrompt: true };
const SPEAK = { languages: ['en', 'es'] };
const start = defaultConfig('realtime', 'm', 'marin');
const merge = (patch: Record<string, unknown>, config: SessionConfig = start, spoken = false): SessionConfig =>
  mergeConfig(config, { type: 'realtime', ...patch }, { voices: VOICES, hear: HEAR, speak: SPEAK, spoken });
const input = (fields: Record<string, unknown>): Record<string, unknown> => ({ audio: { input: fields } });

describe('mergeConfig', () => {
  it('keeps what a patch does not name, to any depth', () => {
    const once = merge(
      input({ turn_detection: { type: 'server_vad', threshold: 0.7 }, transcription: { model: 'a', language: 'en' } }),
    );
    const twice = merge(input({ turn_detection: { silence_duration_ms: 300 }, transcription: { prompt: 'garden' } }), once);
    expect(twice.turnDetection).toMatchObject({
      threshold: 0.7,
      silence_duration_ms: 300,
      prefix_padding_ms: 300,
      create_response: true,
    });
    expect(twice.transcription).toEqual({ model: 'a', language: 'en', prompt: 'garden' });
    expect(merge({}, twice)).toEqual(twice);
  });

  it('null, "" and [] clear', () => {
    const full = merge({
      instructions: 'Be brief.',
      tools: [{ type: 'function', name: 'f', parameters: {} }],
      tool_choice: { type: 'function', name: 'f' },
      max_output_tokens: 100,
      audio: {
        input: {
          transcription: { model: 'a' },
          noise_reduction: { type: 'near_field' },
          turn_detection: { type: 'semantic_vad' },
        },
        output: { voice: 'alloy', speed: 1.2 },
      },
    });
    const cleared = merge(
      {
        instructions: '',
        tools: [],
        max_output_tokens: null,
        audio: {
          input: { transcription: null, noise_reduction: null, turn_detection: null },
          output: { voice: null, speed: null },
        },
      },
      full,
    );
    expect(cleared).toMatchObject({
      instructions: '',
      tools: [],
      toolChoice: 'auto',
      maxOutputTokens: 'inf',
      transcription: null,
      noiseReduction: null,
      turnDetection: null,
      voice: 'marin',
      speed: 1,
    });
  });

  it('another kind of turn detection begins from its own defaults', () => {
    const semantic = merge(input({ turn_detection: { type: 'semantic_vad', eagerness: 'high' } }));
    expect(semantic.turnDetection).toEqual({
      type: 'semantic_vad',
      eagerness: 'high',
      create_response: true,
      interrupt_response: true,
    });
    expect(merge(input({ turn_detection: { type: 'server_vad' } }), semantic).turnDetection).toMatchObject({
      silence_duration_ms: 500,
    });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['no type', { type: undefined }, 'missing_required_parameter', 'session.type'],
    ['another kind of session', { type: 'transcription' }, 'invalid_value', 'session.type'],
    ['a rate', input({ format: { type: 'audio/pcm', rate: 8000 } }), 'invalid_value', 'session.audio.input.format.rate'],
    ['a format', input({ format: { type: 'audio/mp3' } }), 'invalid_value', 'session.audio.input.format.type'],
    ['a threshold', input({ turn_detection: { threshold: 2 } }), 'invalid_value', 'session.audio.input.turn_detection.threshold'],
    [
      'an idle time',
      input({ turn_detection: { idle_timeout_ms: 100 } }),
      'invalid_value',
      'session.audio.input.turn_detection.idle_timeout_ms',
    ],
    ['a voice', { audio: { output: { voice: 'nobody' } } }, 'invalid_value', 'session.audio.output.voice'],
    ['a speed', { audio: { output: { speed: 2 } } }, 'invalid_value', 'session.audio.output.speed'],
    ['two modalities', { output_modalities: ['audio', 'text'] }, 'invalid_value', 'session.output_modalities'],
    ['instructions', { instructions: 5 }, 'invalid_type', 'session.instructions'],
    ['a nameless tool', { tools: [{ type: 'function' }] }, 'missing_required_parameter', 'session.tools[0].name'],
    ['a tool twice', { tools: [{ name: 'f' }, { name: 'f' }] }, 'invalid_value', 'session.tools[1].name'],
    ['a choice of no tool', { tool_choice: { type: 'function', name: 'f' } }, 'invalid_value', 'session.tool_choice.name'],
    ['too many tokens', { max_output_tokens: 5000 }, 'invalid_value', 'session.max_output_tokens'],
  ])('refuses %s and names the field', (_what, patch, code, param) => {
    expect(() => merge(patch)).toThrow(expect.objectContaining({ code, param }));
  });

  it('the voice is frozen once the assistant has spoken; the same voice again is fine', () => {
    expect(() => merge({ instructions: 'x', audio: { output: { voice: 'alloy' } } }, start, true)).toThrow(
      expect.objectContaining({ code: 'cannot_update_voice' }),
    );
    expect(merge({ audio: { output: { voice: 'marin' } } }, start, true).voice).toBe('marin');
  });

  it('takes unknown fields and models, and tells what has no effect', () => {
    const merged = merge({
      model: 'gpt-other',
      tracing: 'auto',
      reasoning: { effort: 'low' },
      include: ['item.input_audio_transcription.logprobs', 'viva.interim'],
      tools: [{ type: 'mcp', server_label: 's' }],
      colour: 'red',
    });
    expect(Object.keys(merged.ignored).sort()).toEqual(['colour', 'include', 'model', 'reasoning', 'tools[0]', 'tracing']);
    expect(merged.include).toEqual(['viva.interim']);
    expect(describeConfig(merged)).toMatchObject({ model: 'm', tracing: null, reasoning: null, tools: [] });
  });

  it('tells when a language is not heard or a prompt not taken, as long as it is so', () => {
    const merged = merge(input({ transcription: { model: 'x', language: 'de-AT', prompt: 'Garten' } }));
    expect(Object.keys(merged.ignored)).toEqual([
      'audio.input.transcription.language',
      'audio.input.transcription.prompt',
      'audio.output.voice',
    ]);
    expect(merge(input({ transcription: { language: 'es-MX' } })).ignored).not.toHaveProperty(['audio.output.voice']);
    expect(merge(input({ transcription: { language: 'en-GB', prompt: null } }), merged).ignored).toEqual({});
  });

  it('a name that is a trap for objects is only a name', () => {
    const merged = mergeConfig(start, JSON.parse('{"type":"realtime","__proto__":{"instructions":"x"},"constructor":1}'), {
      voices: VOICES,
      hear: HEAR,
      speak: SPEAK,
      spoken: false,
    });
    expect(merged.instructions).toBe('');
    expect(({} as Record<string, unknown>)['instructions']).toBeUndefined();
  });
});
