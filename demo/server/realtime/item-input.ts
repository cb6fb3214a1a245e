import { z } from 'zod';
import { decodeAudio } from './audio/format.ts';
import type { AudioFormat } from './audio/format.ts';
import { RealtimeFault } from './errors.ts';
import { faultFromZod } from './fault-from-zod.ts';
import { decodeImage } from './images.ts';
import type { Item, MessageItem, Part } from './items.ts';

/** Items as clients write them, checked and made ours. */

const text = z.string().max(1_000_000);
const id = z.string().min(1).max(256);

const partSchema = z.looseObject({
  type: z.enum(['input_text', 'input_audio', 'input_image', 'text', 'audio', 'output_text', 'output_audio']),
  text: text.nullable().default(null),
  transcript: text.nullable().default(null),
  audio: z.string().nullable().default(null),
  image_url: z.string().nullable().default(null),
  detail: z.enum(['auto', 'low', 'high', 'original']).nullable().default(null),
});

const itemSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('message'),
    id: id.nullable().default(null),
    role: z.enum(['user', 'assistant', 'system']),
    status: z.enum(['in_progress', 'completed', 'incomplete']).nullable().default(null),
    content: z.array(partSchema).max(256),
  }),
  z.looseObject({
    type: z.literal('function_call'),
    id: id.nullable().default(null),
    call_id: id.nullable().default(null),
    name: z.string().min(1).max(128),
    arguments: text,
  }),
  z.looseObject({ type: z.literal('function_call_output'), id: id.nullable().default(null), call_id: id, output: text }),
]);

type Wish = Extract<z.infer<typeof itemSchema>, { type: 'message' }>;

/** What of a part each role may hold; the older spellings `text` and `audio` are taken for what the role makes of them. */
const ALLOWED: Record<MessageItem['role'], readonly string[]> = {
  system: ['input_text', 'text'],
  user: ['input_text', 'input_audio', 'input_image', 'text', 'audio'],
  assistant: ['output_text', 'output_audio', 'text', 'audio'],
};

function toPart(part: Wish['content'][number], role: MessageItem['role'], format: AudioFormat, param: string): Part {
  if (!ALLOWED[role].includes(part.type)) {
    throw new RealtimeFault('invalid_value', `A ${role} message cannot hold '${part.type}'.`, `${param}.type`);
  }
  const required = (value: string | null, field: string): string => {
    if (value !== null) return value;
    throw new RealtimeFault(
      'missing_required_parameter',
      `Missing required parameter: '${param}.${field}'.`,
      `${param}.${field}`,
    );
  };
  if (part.type === 'input_image') {
    const imageUrl = required(part.image_url, 'image_url');
    return { type: 'input_image', imageUrl, detail: part.detail ?? 'auto', bytes: decodeImage(imageUrl, `${param}.image_url`) };
  }
  const spoken = part.type.endsWith('audio');
  if (!spoken) {
    const value = required(part.text, 'text');
    return role === 'assistant' ? { type: 'output_text', text: value, annotations: [] } : { type: 'input_text', text: value };
  }
  if (role === 'assistant') {
    // An assistant's sound cannot be given back to it; its words can.
    return { type: 'output_audio', transcript: part.transcript ?? '', annotations: [], sound: null, spans: [] };
  }
  if (part.audio === null && part.transcript === null) required(null, 'audio');
  const pcm = part.audio === null ? null : decodeAudio(Buffer.from(part.audio, 'base64'), format);
  return { type: 'input_audio', transcript: part.transcript, sound: pcm === null ? null : { pcm, format } };
}

/** Throws a `RealtimeFault` that names the field under `param`. `format` is that of audio in the item. */
export function readItem(value: unknown, format: AudioFormat, newId: () => string, param: string): Item {
  const parsed = itemSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw faultFromZod(parsed.error, param);
  const wish = parsed.data;
  const itemId = wish.id ?? newId();
  switch (wish.type) {
    case 'message':
      return {
        type: 'message',
        id: itemId,
        role: wish.role,
        status: wish.status === 'incomplete' ? 'incomplete' : 'completed',
        content: wish.content.map((part, index) => toPart(part, wish.role, format, `${param}.content[${index}]`)),
      };
    case 'function_call':
      return {
        type: 'function_call',
        id: itemId,
        status: 'completed',
        callId: wish.call_id ?? itemId,
        name: wish.name,
        arguments: wish.arguments,
      };
    case 'function_call_output':
      return { type: 'function_call_output', id: itemId, status: 'completed', callId: wish.call_id, output: wish.output };
  }
}
