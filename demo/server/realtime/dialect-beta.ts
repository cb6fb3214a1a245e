import type { Dialect, ServerEvent } from './dialect.ts';

/** Beta: flat sessions, older event names. OpenAI closed it in May 2026; older clients and the seed's configuration still speak it. */

type Fields = Record<string, unknown>;

const EVENT_NAMES: Readonly<Record<string, string>> = {
  'response.output_audio.delta': 'response.audio.delta',
  'response.output_audio.done': 'response.audio.done',
  'response.output_audio_transcript.delta': 'response.audio_transcript.delta',
  'response.output_audio_transcript.done': 'response.audio_transcript.done',
  'response.output_text.delta': 'response.text.delta',
  'response.output_text.done': 'response.text.done',
  'conversation.item.added': 'conversation.item.created',
};

/** Beta has no word for these: its item is created once, and it knows no idle timeout. */
const UNSPOKEN: ReadonlySet<string> = new Set(['conversation.item.done', 'input_audio_buffer.timeout_triggered']);

/** Beta's flat fields and where GA keeps them. */
const FIELDS: readonly (readonly [beta: string, ga: string])[] = [
  ['modalities', 'output_modalities'],
  ['voice', 'audio.output.voice'],
  ['speed', 'audio.output.speed'],
  ['input_audio_format', 'audio.input.format'],
  ['output_audio_format', 'audio.output.format'],
  ['input_audio_transcription', 'audio.input.transcription'],
  ['input_audio_noise_reduction', 'audio.input.noise_reduction'],
  ['turn_detection', 'audio.input.turn_detection'],
  ['max_response_output_tokens', 'max_output_tokens'],
];

/** What a GA session has and a beta session does not, or has elsewhere. */
const GA_ONLY: ReadonlySet<string> = new Set(
  'type audio output_modalities max_output_tokens parallel_tool_calls truncation reasoning prompt'.split(' '),
);

const FORMATS: Readonly<Record<string, Fields>> = {
  pcm16: { type: 'audio/pcm', rate: 24000 },
  g711_ulaw: { type: 'audio/pcmu' },
  g711_alaw: { type: 'audio/pcma' },
};

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const get = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isFields(inner) ? inner[key] : undefined), value);

function set(target: Fields, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let inner = target;
  for (const key of keys) {
    const next = isFields(inner[key]) ? inner[key] : {};
    inner[key] = next;
    inner = next;
  }
  inner[last] = value;
}

function toGaValue(field: string, value: unknown): unknown {
  if (field === 'modalities' && Array.isArray(value)) return value.includes('audio') ? ['audio'] : value;
  // An unknown name stays as it is: the check of the merged session names it.
  if (field.endsWith('_format') && typeof value === 'string') return FORMATS[value] ?? { type: value };
  return value;
}

function toBetaValue(field: string, value: unknown): unknown {
  if (field === 'modalities') return Array.isArray(value) && value.includes('audio') ? ['text', 'audio'] : value;
  if (field.endsWith('_format') && isFields(value)) {
    const type = value['type'];
    if (type === 'audio/pcmu') return 'g711_ulaw';
    return type === 'audio/pcma' ? 'g711_alaw' : 'pcm16';
  }
  return value;
}

function toGa(flat: Fields, extra: Fields): Fields {
  const nested: Fields = { ...extra };
  const names = new Map(FIELDS);
  for (const [field, value] of Object.entries(flat)) {
    const path = names.get(field);
    if (path === undefined) nested[field] = value;
    else set(nested, path, toGaValue(field, value));
  }
  return nested;
}

/** True for a session that only beta can mean: no `type`, and at least one of its own flat fields. */
export function looksBeta(session: Fields): boolean {
  return session['type'] === undefined && FIELDS.some(([field]) => field in session);
}

function toBetaPart(part: unknown): unknown {
  if (!isFields(part)) return part;
  if (part['type'] === 'output_text') return { ...part, type: 'text' };
  return part['type'] === 'output_audio' ? { ...part, type: 'audio' } : part;
}

function toBetaItem(item: unknown): unknown {
  if (!isFields(item) || !Array.isArray(item['content'])) return item;
  return { ...item, content: item['content'].map(toBetaPart) };
}

function toBetaSession(session: unknown): unknown {
  if (!isFields(session)) return session;
  const flat: Fields = Object.fromEntries(Object.entries(session).filter(([field]) => !GA_ONLY.has(field)));
  const transcription = session['type'] === 'transcription';
  for (const [field, path] of FIELDS) {
    const value = get(session, path);
    if (value !== undefined) flat[field] = toBetaValue(field, value);
  }
  if (transcription) return { ...flat, object: 'realtime.transcription_session' };
  // The engines have no temperature: whatever was asked, this is what is in force.
  return { ...flat, temperature: 0.8 };
}

function toBetaResponse(response: unknown): unknown {
  if (!isFields(response)) return response;
  const { audio, output_modalities, output, ...rest } = response;
  return {
    ...rest,
    output: Array.isArray(output) ? output.map(toBetaItem) : output,
    modalities: toBetaValue('modalities', output_modalities),
    voice: get(audio, 'output.voice'),
    output_audio_format: toBetaValue('output_audio_format', get(audio, 'output.format')),
    temperature: 0.8,
  };
}

function encode(event: ServerEvent): ServerEvent | null {
  if (UNSPOKEN.has(event.type)) return null;
  const transcription = isFields(event['session']) && event['session']['type'] === 'transcription';
  const renamed = transcription && event.type.startsWith('session.') ? `transcription_${event.type}` : event.type;
  const translated: Fields = { ...event, type: EVENT_NAMES[renamed] ?? renamed };
  if ('session' in event) translated['session'] = toBetaSession(event['session']);
  if ('response' in event) translated['response'] = toBetaResponse(event['response']);
  if ('item' in event) translated['item'] = toBetaItem(event['item']);
  return { ...translated, type: String(translated['type']) };
}

export const beta: Dialect = {
  name: 'beta',
  encode,
  readSession: (session) => toGa(session, {}),
  readResponse: (response) => toGa(response, {}),
  nameParam: (param) => {
    const [root, ...rest] = param.split('.');
    if (root !== 'session' && root !== 'response') return param;
    const path = rest.join('.');
    const found = FIELDS.find(([, gaPath]) => path === gaPath || path.startsWith(`${gaPath}.`));
    return found === undefined ? param : `${root}.${found[0]}${path.slice(found[1].length)}`;
  },
};
