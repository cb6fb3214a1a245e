import { AssistantError } from '../../shared/errors.ts';

/** The server's events that matter here, in GA names, checked field by field before anybody reads them. */

/** A JSON object as it came; fields that nobody reads are kept. */
export type Json = Readonly<Record<string, unknown>>;

export type ServerEvent =
  | { readonly type: 'session.created' | 'session.updated'; readonly session: Json }
  | {
      readonly type: 'conversation.item.added' | 'conversation.item.done';
      readonly item: Json & { readonly id: string };
      readonly previous_item_id?: string | null;
    }
  | { readonly type: 'conversation.item.deleted'; readonly item_id: string }
  | { readonly type: 'conversation.item.truncated'; readonly item_id: string; readonly audio_end_ms: number }
  | {
      readonly type: 'conversation.item.input_audio_transcription.delta';
      readonly item_id: string;
      readonly delta?: string | null;
    }
  | { readonly type: 'conversation.item.input_audio_transcription.interim'; readonly item_id: string; readonly text: string }
  | {
      readonly type:
        'conversation.item.input_audio_transcription.updated' | 'conversation.item.input_audio_transcription.completed';
      readonly item_id: string;
      readonly transcript: string;
    }
  | { readonly type: 'conversation.item.input_audio_transcription.failed'; readonly item_id: string; readonly error: Json }
  | {
      readonly type: 'input_audio_buffer.committed';
      readonly item_id: string;
      readonly previous_item_id?: string | null;
    }
  | { readonly type: 'input_audio_buffer.speech_started'; readonly item_id: string; readonly audio_start_ms: number }
  | { readonly type: 'input_audio_buffer.speech_stopped'; readonly item_id: string; readonly audio_end_ms: number }
  | { readonly type: 'response.created' | 'response.done'; readonly response: Json & { readonly id: string } }
  | {
      readonly type: 'response.output_item.added' | 'response.output_item.done';
      readonly response_id: string;
      readonly item: Json;
    }
  | {
      readonly type: 'response.content_part.done';
      readonly response_id: string;
      readonly item_id: string;
      readonly part: Json;
    }
  | (Place & {
      readonly type: 'response.output_audio.delta' | 'response.output_audio_transcript.delta' | 'response.output_text.delta';
      readonly delta: string;
    })
  | (Place & { readonly type: 'response.output_audio.done' })
  | (Place & { readonly type: 'response.output_audio_transcript.done'; readonly transcript: string })
  | (Place & { readonly type: 'response.output_text.done'; readonly text: string })
  | {
      readonly type: 'response.function_call_arguments.done';
      readonly response_id: string;
      readonly call_id: string;
      readonly arguments: string;
      readonly name?: string | null;
    }
  | { readonly type: 'error'; readonly error: Json };

interface Place {
  readonly response_id: string;
  readonly item_id: string;
  readonly content_index?: number | null;
}

/** Fields that must be there: `a` text, `a#` a finite number, `a{` an object, `a.b` text within it; `?` = may be absent or null. */
const place = 'response_id item_id content_index#?';
const HANDLED: Readonly<Record<string, string>> = {
  'session.created': 'session{',
  'session.updated': 'session{',
  'conversation.item.added': 'item{ item.id previous_item_id?',
  'conversation.item.done': 'item{ item.id previous_item_id?',
  'conversation.item.deleted': 'item_id',
  'conversation.item.truncated': 'item_id audio_end_ms#',
  'conversation.item.input_audio_transcription.delta': 'item_id delta?',
  'conversation.item.input_audio_transcription.interim': 'item_id text',
  'conversation.item.input_audio_transcription.updated': 'item_id transcript',
  'conversation.item.input_audio_transcription.completed': 'item_id transcript',
  'conversation.item.input_audio_transcription.failed': 'item_id error{',
  'input_audio_buffer.committed': 'item_id previous_item_id?',
  'input_audio_buffer.speech_started': 'item_id audio_start_ms#',
  'input_audio_buffer.speech_stopped': 'item_id audio_end_ms#',
  'response.created': 'response{ response.id',
  'response.done': 'response{ response.id',
  'response.output_item.added': 'response_id item{',
  'response.output_item.done': 'response_id item{',
  'response.content_part.done': 'response_id item_id part{',
  'response.output_audio.delta': `${place} delta`,
  'response.output_audio.done': place,
  'response.output_audio_transcript.delta': `${place} delta`,
  'response.output_audio_transcript.done': `${place} transcript`,
  'response.output_text.delta': `${place} delta`,
  'response.output_text.done': `${place} text`,
  'response.function_call_arguments.done': 'response_id call_id arguments name?',
  error: 'error{',
};

/** Known, of no use to a WebSocket client of this kind: acknowledgements, progress, quotas, other transports, server-side tools. */
const IGNORED =
  /^(conversation\.(created|item\.(retrieved|input_audio_transcription\.segment))|input_audio_buffer\.(cleared|dtmf_event_received|timeout_triggered)|output_audio_buffer\.(started|stopped|cleared)|rate_limits\.updated|response\.(content_part\.added|function_call_arguments\.delta|mcp_call_arguments\.(delta|done)|mcp_call\.(in_progress|completed|failed))|mcp_list_tools\.(in_progress|completed|failed))$/;

/** The GA name of an event of the beta dialect; read whatever the dialect, since some servers mix them (specs §5). */
export const gaName = (name: string): string =>
  name
    .replace(/^response\.(audio|text)/, 'response.output_$1')
    .replace(/^transcription_session/, 'session')
    .replace('item.created', 'item.added');

export type Reading =
  { readonly kind: 'event'; readonly event: ServerEvent } | { readonly kind: 'ignored' | 'unknown'; readonly name: string };

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object there, or an empty one. */
export const object = (value: unknown): Json => (isObject(value) ? value : {});

/** The text there, or null. */
export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The finite number there, or null. */
export const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The array there, or an empty one. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** What became of an event name of the protocol: handled, ignored on purpose, or unknown. */
export function disposition(name: string): 'handled' | 'ignored' | 'unknown' {
  const type = gaName(name);
  if (Object.hasOwn(HANDLED, type)) return 'handled';
  return IGNORED.test(type) ? 'ignored' : 'unknown';
}

/** Reads one parsed message. Throws `bad-message` naming the field that is missing or of the wrong kind. */
export function readEvent(message: unknown): Reading {
  const sent = text(object(message)['type']);
  if (sent === null) throw new AssistantError('bad-message', 'no object with a type', { field: 'type' });
  const type = gaName(sent);
  const kind = disposition(type);
  if (kind !== 'handled') return { kind, name: type };
  for (const field of (HANDLED[type] ?? '').split(' ')) check(message as Json, type, field);
  return { kind: 'event', event: { ...(message as Json), type } as unknown as ServerEvent };
}

function check(message: Json, type: string, field: string): void {
  const name = field.replace(/[#{?]/g, '');
  const [outer = '', inner] = name.split('.');
  const value = inner === undefined ? message[outer] : object(message[outer])[inner];
  if (field.endsWith('?') && (value === undefined || value === null)) return;
  const fits = field.includes('#') ? number(value) !== null : field.includes('{') ? isObject(value) : text(value) !== null;
  if (!fits) throw new AssistantError('bad-message', `${type}: ${name} is missing or wrong`, { field: name });
}
