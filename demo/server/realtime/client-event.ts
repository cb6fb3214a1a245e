import { z } from 'zod';
import { RealtimeFault } from './errors.ts';
import { faultFromZod } from './fault-from-zod.ts';

/** What a client may say: one JSON object per text frame, checked before anything acts on it. */

/** Characters of one frame; the protocol speaks of 15 MiB per append. */
const MAX_EVENT_CHARACTERS = 15 * 1024 * 1024 + 4096;
const MAX_DEPTH = 64;

const id = z.string().min(1).max(256);
const eventId = { event_id: z.string().max(512).nullish() };

const schema = z.discriminatedUnion('type', [
  z.looseObject({ ...eventId, type: z.literal('session.update'), session: z.record(z.string(), z.unknown()) }),
  z.looseObject({ ...eventId, type: z.literal('transcription_session.update'), session: z.record(z.string(), z.unknown()) }),
  z.looseObject({ ...eventId, type: z.literal('input_audio_buffer.append'), audio: z.string() }),
  z.looseObject({ ...eventId, type: z.literal('input_audio_buffer.commit') }),
  z.looseObject({ ...eventId, type: z.literal('input_audio_buffer.clear') }),
  z.looseObject({
    ...eventId,
    type: z.literal('conversation.item.create'),
    item: z.record(z.string(), z.unknown()),
    previous_item_id: id.nullish(),
  }),
  z.looseObject({ ...eventId, type: z.literal('conversation.item.retrieve'), item_id: id }),
  z.looseObject({
    ...eventId,
    type: z.literal('conversation.item.truncate'),
    item_id: id,
    content_index: z.number().int().min(0).default(0),
    audio_end_ms: z.number().int().min(0),
  }),
  z.looseObject({ ...eventId, type: z.literal('conversation.item.delete'), item_id: id }),
  z.looseObject({ ...eventId, type: z.literal('response.create'), response: z.record(z.string(), z.unknown()).nullish() }),
  z.looseObject({ ...eventId, type: z.literal('response.cancel'), response_id: id.nullish() }),
  z.looseObject({ ...eventId, type: z.literal('output_audio_buffer.clear') }),
]);

export type ClientEvent = z.infer<typeof schema>;

const TYPES: readonly string[] = schema.options.map((option) => option.shape.type.value);

/** A frame that is no event, with what was found of its `event_id`. */
export class UnusableEvent extends Error {
  override readonly name = 'UnusableEvent';
  readonly fault: RealtimeFault;
  readonly eventId: string | null;

  constructor(fault: RealtimeFault, eventId: string | null) {
    super(fault.message);
    this.fault = fault;
    this.eventId = eventId;
  }
}

/** Nothing an honest client sends is nested deeply; recursion over what a dishonest one sends would end the process. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) {
      // Audio is one long string: jump over it instead of looking at every character.
      const next = text.indexOf('"', i + 1);
      if (next > 0 && text.charCodeAt(next - 1) !== 0x5c) i = next;
      else quoted = true;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

function parseJson(text: string): unknown {
  if (text.length > MAX_EVENT_CHARACTERS) {
    throw new UnusableEvent(new RealtimeFault('message_too_large', 'An event may have 15 MiB at most.'), null);
  }
  if (tooDeep(text)) {
    throw new UnusableEvent(new RealtimeFault('invalid_json', `An event may be nested ${MAX_DEPTH} deep at most.`), null);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold anything: not repeated.
    throw new UnusableEvent(new RealtimeFault('invalid_json', 'The frame is not JSON.'), null);
  }
}

/** Throws `UnusableEvent`. */
export function readClientEvent(text: string): ClientEvent {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnusableEvent(new RealtimeFault('invalid_event', 'An event is a JSON object.'), null);
  }
  const named = 'event_id' in value && typeof value.event_id === 'string' ? value.event_id.slice(0, 512) : null;
  const type = 'type' in value ? value.type : undefined;
  if (type === undefined) {
    throw new UnusableEvent(
      new RealtimeFault('missing_required_parameter', "Missing required parameter: 'type'.", 'type'),
      named,
    );
  }
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    const said = typeof type === 'string' ? `'${type.slice(0, 80)}'` : `a ${typeof type}`;
    throw new UnusableEvent(
      new RealtimeFault('invalid_value', `Invalid 'type': ${said}. Supported are: ${TYPES.join(', ')}.`, 'type'),
      named,
    );
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw new UnusableEvent(faultFromZod(parsed.error, ''), named);
  return parsed.data;
}
