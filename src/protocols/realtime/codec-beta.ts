import type { AudioFormat } from './adapters.ts';
import type { ClientEvent } from './client-events.ts';
import type { Codec } from './codec-ga.ts';
import { list, object, text, type Json } from './events.ts';

/** Dialects other than GA: flat (beta) and mixed session settings, the old names of item contents. Loaded when a server wants it. */

const FORMATS: Readonly<Record<AudioFormat, string>> = { pcm: 'pcm16', pcmu: 'g711_ulaw', pcma: 'g711_alaw' };

/** `flat`: all of beta. `mixed`: GA but for a flat voice and turn detection (specs §11, xAI). */
export const foreign = (shape: 'flat' | 'mixed'): Codec => ({
  reshape: shape === 'flat' ? flatten : mix,
  nest,
  encode: shape === 'flat' ? encodeBeta : (event) => event,
});

const flatFormat = (format: unknown): string | undefined =>
  FORMATS[(text(object(format)['type'])?.replace('audio/', '') ?? 'pcm') as AudioFormat];

/** Specs §2.3. Events are renamed where they are read. */
function flatten(session: Json): Json {
  const { type, output_modalities, audio, max_output_tokens, ...rest } = session;
  const { input, output } = sides(audio);
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

function mix(session: Json): Json {
  const { turn_detection, ...input } = sides(session['audio']).input;
  const { voice, ...output } = sides(session['audio']).output;
  return { ...session, voice, turn_detection, audio: { input, output } };
}

const sides = (audio: unknown): { readonly input: Json; readonly output: Json } => ({
  input: object(object(audio)['input']),
  output: object(object(audio)['output']),
});

/** Any shape of session object as a nested one; what is not there stays undefined. */
function nest(session: Json): Json {
  const { input, output } = sides(session['audio']);
  const modalities = session['modalities'];
  return {
    ...session,
    output_modalities: Array.isArray(modalities)
      ? [modalities.includes('audio') ? 'audio' : 'text']
      : session['output_modalities'],
    max_output_tokens: session['max_output_tokens'] ?? session['max_response_output_tokens'],
    audio: {
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

const betaContent = (part: unknown): unknown => {
  const type = text(object(part)['type']);
  return type === 'output_text' || type === 'output_audio' ? { ...object(part), type: type.slice('output_'.length) } : part;
};

function encodeBeta(event: ClientEvent): Json {
  if (event.type === 'conversation.item.create' && Array.isArray(event.item['content']))
    return { ...event, item: { ...event.item, content: list(event.item['content']).map(betaContent) } };
  if (event.type === 'session.update' && event.session['type'] === 'transcription')
    return { ...event, type: 'transcription_session.update', session: { ...event.session, type: undefined } };
  return event;
}
