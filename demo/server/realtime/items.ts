import { encodeAudio, toBase64 } from './audio/format.ts';
import type { AudioFormat } from './audio/format.ts';

/** What a conversation is made of, and how an item looks on the wire (GA shape). */

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

export interface Sound {
  readonly pcm: Int16Array;
  /** What the client hears of it, and gets back by `retrieve`. */
  readonly format: AudioFormat;
}

export interface Annotation {
  readonly type: 'url_citation';
  readonly url: string;
  readonly title: string;
}

/** A stretch of an answer: these words are these samples. */
export interface Span {
  readonly text: string;
  /** Samples at the item's output rate. */
  readonly samples: number;
}

export type Part =
  | { readonly type: 'input_text'; readonly text: string }
  | { readonly type: 'input_audio'; readonly transcript: string | null; readonly sound: Sound | null }
  | { readonly type: 'input_image'; readonly imageUrl: string; readonly detail: string; readonly bytes: Uint8Array }
  | { readonly type: 'output_text'; readonly text: string; readonly annotations: readonly Annotation[] }
  | {
      readonly type: 'output_audio';
      readonly transcript: string;
      readonly annotations: readonly Annotation[];
      readonly sound: Sound | null;
      readonly spans: readonly Span[];
    };

export interface MessageItem {
  readonly type: 'message';
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'system';
  readonly status: ItemStatus;
  readonly content: readonly Part[];
}

export interface FunctionCallItem {
  readonly type: 'function_call';
  readonly id: string;
  readonly status: ItemStatus;
  readonly callId: string;
  readonly name: string;
  readonly arguments: string;
}

export interface FunctionOutputItem {
  readonly type: 'function_call_output';
  readonly id: string;
  readonly status: ItemStatus;
  readonly callId: string;
  readonly output: string;
}

export type Item = MessageItem | FunctionCallItem | FunctionOutputItem;

const withAudio = (sound: Sound | null, wanted: boolean): { audio?: string; format?: AudioFormat } =>
  wanted && sound !== null ? { audio: toBase64(encodeAudio(sound.pcm, sound.format)), format: sound.format } : {};

function describePart(part: Part, audio: boolean): Record<string, unknown> {
  switch (part.type) {
    case 'input_text':
      return { type: part.type, text: part.text };
    case 'input_audio':
      return { type: part.type, transcript: part.transcript, ...withAudio(part.sound, audio) };
    case 'input_image':
      return { type: part.type, image_url: part.imageUrl, detail: part.detail };
    case 'output_text':
      return { type: part.type, text: part.text, annotations: part.annotations };
    case 'output_audio':
      return { type: part.type, transcript: part.transcript, annotations: part.annotations, ...withAudio(part.sound, audio) };
  }
}

/** `audio`: with the sound itself, as only `conversation.item.retrieved` has it. */
export function describeItem(item: Item, audio = false): Record<string, unknown> {
  const common = { id: item.id, object: 'realtime.item', type: item.type, status: item.status };
  switch (item.type) {
    case 'message':
      return { ...common, role: item.role, content: item.content.map((part) => describePart(part, audio)) };
    case 'function_call':
      return { ...common, call_id: item.callId, name: item.name, arguments: item.arguments };
    case 'function_call_output':
      return { ...common, call_id: item.callId, output: item.output };
  }
}

const partBytes = (part: Part): number => {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return part.text.length * 2;
    case 'input_audio':
      return (part.sound?.pcm.byteLength ?? 0) + (part.transcript?.length ?? 0) * 2;
    case 'output_audio':
      return (part.sound?.pcm.byteLength ?? 0) + part.transcript.length * 2;
    case 'input_image':
      return part.imageUrl.length + part.bytes.length;
  }
};

/** Roughly what holding the item costs. */
export function itemBytes(item: Item): number {
  if (item.type === 'message') return item.content.reduce((sum, part) => sum + partBytes(part), 200);
  return 200 + (item.type === 'function_call' ? item.arguments.length : item.output.length) * 2;
}

/** The same item without its sound: what is kept of an old one. */
export function withoutSound(item: Item): Item {
  if (item.type !== 'message') return item;
  return {
    ...item,
    content: item.content.map((part) =>
      part.type === 'input_audio' || part.type === 'output_audio' ? { ...part, sound: null } : part,
    ),
  };
}
