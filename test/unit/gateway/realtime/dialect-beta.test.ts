import { describe, expect, it } from 'vitest';
import { beta, looksBeta } from '../../../../demo/server/realtime/dialect-beta.ts';
import { defaultConfig, describeConfig } from '../../../../demo/server/realtime/session-config.ts';
import { mergeConfig } from '../../../../demo/server/realtime/merge-config.ts';

const start = defaultConfig('realtime', 'm', 'alloy');
const describeBeta = (session: Record<string, unknown>): unknown =>
  beta.encode({ type: 'session.updated', session })?.['session'];

describe('the beta dialect', () => {
  it('is recognised by its flat fields, and only without a type', () => {
    expect(looksBeta({ modalities: ['text'] })).toBe(true);
    expect(looksBeta({ instructions: 'x' })).toBe(false);
    expect(looksBeta({ type: 'realtime', voice: 'alloy' })).toBe(false);
  });

  it('carries every flat field there and back', () => {
    const flat = {
      modalities: ['text'],
      voice: 'alloy',
      speed: 1.25,
      input_audio_format: 'g711_ulaw',
      output_audio_format: 'g711_alaw',
      input_audio_transcription: { model: 'whisper-1' },
      input_audio_noise_reduction: { type: 'near_field', strength: 1 },
      turn_detection: {
        type: 'server_vad',
        threshold: 0.6,
        prefix_padding_ms: 200,
        silence_duration_ms: 400,
        create_response: false,
        interrupt_response: false,
        idle_timeout_ms: null,
      },
      max_response_output_tokens: 512,
      instructions: 'Be kind.',
    };
    const config = mergeConfig(
      start,
      { ...beta.readSession(flat), type: 'realtime' },
      { voices: ['alloy'], hear: { languages: ['en'] }, speak: {}, spoken: false },
    );
    expect(describeBeta(describeConfig(config))).toMatchObject(flat);
  });

  it('tells no GA field, and the temperature that is in force whatever was asked', () => {
    const told = describeBeta(describeConfig(start)) as Record<string, unknown>;
    expect(told).toMatchObject({ modalities: ['text', 'audio'], temperature: 0.8, max_response_output_tokens: 'inf' });
    for (const field of ['type', 'audio', 'output_modalities', 'max_output_tokens', 'truncation'])
      expect(told).not.toHaveProperty(field);
  });

  it('renames events and content, and leaves out what it has no word for', () => {
    const item = {
      id: 'i',
      content: [
        { type: 'output_audio', transcript: 'x' },
        { type: 'output_text', text: 'y' },
      ],
    };
    expect(beta.encode({ type: 'response.output_audio.delta', delta: 'x' })?.type).toBe('response.audio.delta');
    expect(beta.encode({ type: 'conversation.item.added', item })).toEqual({
      type: 'conversation.item.created',
      item: {
        id: 'i',
        content: [
          { type: 'audio', transcript: 'x' },
          { type: 'text', text: 'y' },
        ],
      },
    });
    expect(beta.encode({ type: 'conversation.item.done', item })).toBeNull();
    expect(beta.encode({ type: 'input_audio_buffer.timeout_triggered' })).toBeNull();
  });

  it('names the field at fault as the client wrote it', () => {
    expect(beta.nameParam('session.audio.input.turn_detection.threshold')).toBe('session.turn_detection.threshold');
    expect(beta.nameParam('session.audio.output.voice')).toBe('session.voice');
    expect(beta.nameParam('item.content[0].text')).toBe('item.content[0].text');
  });
});
