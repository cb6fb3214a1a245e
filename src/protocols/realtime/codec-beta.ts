import type { AudioFormat, SessionShape } from './adapters.ts';
import type { ClientEvent } from './client-events.ts';
import { isObject, list, object, text, type Json } from './events.ts';

/** The beta dialect: flat session settings and the old names of item contents (events are renamed where they are read). */

const FORMATS: Readonly<Record<AudioFormat, string>> = { pcm: 'pcm16', pcmu: 'g711_ulaw', pcma: 'g711_alaw' };

/** Offered beside the others in the handshake; selects the beta shape. */
export const BETA_SUBPROTOCOL = 'openai-beta.realtime-v1';

const flatFormat = (format: unknown): string | undefined => {
  const type = text(object(format)['type'])?.replace('audio/', '') ?? '';
  return Object.hasOwn(FORMATS, type) ? FORMATS[type as AudioFormat] : undefined;
};

/** A nested session object in the shape that the server reads. */
export function reshape(session: Json, shape: SessionShape): Json {
  const { type, output_modalities, audio, max_output_tokens, ...rest } = session;
  const input = object(object(audio)['input']);
  const output = object(object(audio)['output']);
  if (shape === 'nested') return session;
  if (shape === 'mixed') {
    const { turn_detection, ...heard } = input;
    const { voice, ...spoken } = output;
    return { ...session, voice, turn_detection, audio: { input: heard, output: spoken } };
  }
  const modalities = list(output_modalities);
  return {
    ...rest,
    type: type === 'transcription' ? type : undefined,
    modalities: modalities.length === 0 ? undefined : modalities.includes('audio') ? ['text', 'audio'] : ['text'],
    voice: output['voice'],
    speed: output['speed'],
    input_audio_format: flatFormat(input['format']),
    output_audio_format: flatFormat(output['format']),
    input_audio_transcription: input['transcription'],
    input_audio_noise_reduction: input['noise_reduction'],
    turn_detection: input['turn_detection'],
    max_response_output_tokens: max_output_tokens,
  };
}

/** Any shape of session object as a nested one; what is not there stays undefined. */
export function nest(session: Json): Json {
  const audio = object(session['audio']);
  const input = object(audio['input']);
  const output = object(audio['output']);
  const modalities = session['modalities'];
  return {
    ...session,
    output_modalities: Array.isArray(modalities)
      ? modalities.includes('audio')
        ? ['audio']
        : ['text']
      : session['output_modalities'],
    max_output_tokens: session['max_output_tokens'] ?? session['max_response_output_tokens'],
    audio: {
      ...audio,
      input: {
        format: nestedFormat(session['input_audio_format']),
        transcription: session['input_audio_transcription'],
        noise_reduction: session['input_audio_noise_reduction'],
        turn_detection: session['turn_detection'],
        ...input,
      },
      output: {
        format: nestedFormat(session['output_audio_format']),
        voice: session['voice'],
        speed: session['speed'],
        ...output,
      },
    },
  };
}

/** The flat names carry no rate; it stays as asked. */
function nestedFormat(flat: unknown): Json | undefined {
  const name = text(flat);
  if (name === null) return undefined;
  const found = Object.entries(FORMATS).find(([, wire]) => wire === name)?.[0];
  return { type: `audio/${found ?? (name.startsWith('pcm') ? 'pcm' : name)}` };
}

/** Flat settings without a nested `audio`: nothing but the beta dialect looks like this. */
export const looksBeta = (session: Json): boolean =>
  !isObject(session['audio']) && ('modalities' in session || 'input_audio_format' in session);

const betaContent = (part: unknown): unknown => {
  const type = text(object(part)['type']);
  return type === 'output_text' || type === 'output_audio' ? { ...object(part), type: type.slice('output_'.length) } : part;
};

export function encodeBeta(event: ClientEvent): Json {
  if (event.type === 'conversation.item.create' && Array.isArray(event.item['content']))
    return { ...event, item: { ...event.item, content: list(event.item['content']).map(betaContent) } };
  if (event.type === 'session.update' && event.session['type'] === 'transcription')
    return { ...event, type: 'transcription_session.update', session: { ...event.session, type: undefined } };
  return event;
}
