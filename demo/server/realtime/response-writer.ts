import { encodeAudio, rateOf, toBase64 } from './audio/format.ts';
import type { ServerEvent } from './dialect.ts';
import { describeItem } from './items.ts';
import type { Annotation, FunctionCallItem, Item, ItemStatus, MessageItem, Part, Span } from './items.ts';
import { describeResponse } from './response-facts.ts';
import type { ResponseEnd, ResponseFacts, ResponseUsage } from './response-facts.ts';
import type { ResponseSpec } from './response-input.ts';

/** The events of one response in the order of §6, from what is produced to the terminal block. Synchronous: nothing comes after the end. */

/** Where the response's items are kept; for one beside the conversation nothing is. */
export interface ItemStore {
  /** Returns the id of the item before it. */
  add(item: Item): string | null;
  change(item: Item): void;
  previousOf(id: string): string | null;
}

export interface WriterOptions {
  readonly id: string;
  readonly conversationId: string;
  readonly spec: ResponseSpec;
  readonly emit: (event: ServerEvent) => void;
  readonly newId: (prefix: string) => string;
  /** Null: the response is not part of the conversation. */
  readonly store: ItemStore | null;
}

/** Samples of one audio delta: 200 ms, so that a cut loses little. */
const deltaSamples = (spec: ResponseSpec): number => rateOf(spec.format) / 5;

export class ResponseWriter {
  readonly #options: WriterOptions;
  readonly #output: Item[] = [];
  readonly #sound: Int16Array[] = [];
  readonly #spans: { text: string; samples: number }[] = [];
  readonly #annotations: Annotation[] = [];
  #message: MessageItem | null = null;
  #outputIndex = 0;
  #text = '';
  #samples = 0;
  #ended = false;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Samples of sound told so far. */
  get samples(): number {
    return this.#samples;
  }

  /** The message being written, as far as it was told. */
  get messageId(): string | null {
    return this.#message?.id ?? null;
  }

  begin(): void {
    this.#emit('response.created', { response: this.#describe(null) });
  }

  /** Words of a text answer. */
  text(delta: string): void {
    if (this.#ended) return;
    const at = this.#openMessage();
    this.#text += delta;
    this.#emit('response.output_text.delta', { ...at, delta });
  }

  /** Words whose sound follows. */
  spoken(words: string): void {
    if (this.#ended) return;
    const at = this.#openMessage();
    this.#text += words;
    this.#spans.push({ text: words, samples: 0 });
    this.#emit('response.output_audio_transcript.delta', { ...at, delta: words });
  }

  sound(pcm: Int16Array): void {
    if (this.#ended) return;
    const at = this.#openMessage();
    const step = deltaSamples(this.#options.spec);
    for (let from = 0; from < pcm.length; from += step) {
      const piece = pcm.subarray(from, from + step);
      this.#sound.push(piece);
      this.#samples += piece.length;
      const span = this.#spans.at(-1);
      if (span !== undefined) span.samples += piece.length;
      this.#emit('response.output_audio.delta', { ...at, delta: toBase64(encodeAudio(piece, this.#options.spec.format)) });
    }
  }

  citation(url: string, title: string): void {
    if (this.#annotations.some((other) => other.url === url)) return;
    this.#annotations.push({ type: 'url_citation', url, title });
  }

  toolCall(name: string, args: string): void {
    if (this.#ended) return;
    this.#closeMessage('completed');
    const response_id = this.#options.id;
    const open: FunctionCallItem = {
      type: 'function_call',
      id: this.#options.newId('item'),
      status: 'in_progress',
      callId: this.#options.newId('call'),
      name,
      arguments: '',
    };
    const output_index = this.#outputIndex++;
    const at = { response_id, item_id: open.id, output_index, call_id: open.callId };
    this.#addItem(open, output_index);
    for (let from = 0; from < args.length; from += 64) {
      this.#emit('response.function_call_arguments.delta', { ...at, delta: args.slice(from, from + 64) });
    }
    this.#emit('response.function_call_arguments.done', { ...at, arguments: args, name });
    const done: FunctionCallItem = { ...open, status: 'completed', arguments: args };
    this.#finishItem(done, output_index);
  }

  /** Every open thing gets its `.done`, then the response does. Later calls do nothing. */
  finish(end: ResponseEnd, usage: ResponseUsage): void {
    if (this.#ended) return;
    this.#closeMessage(end.status === 'completed' ? 'completed' : 'incomplete');
    this.#ended = true;
    this.#emit('response.done', { response: this.#describe({ end, usage }) });
  }

  /** The message with its sound as told so far, for truncation and retrieval while it is being written. */
  snapshot(status: ItemStatus): MessageItem | null {
    return this.#message && { ...this.#message, status, content: this.#content() };
  }

  #content(): readonly Part[] {
    const annotations = [...this.#annotations];
    if (this.#options.spec.modality === 'text') return [{ type: 'output_text', text: this.#text, annotations }];
    const pcm = new Int16Array(this.#samples);
    let at = 0;
    for (const piece of this.#sound) {
      pcm.set(piece, at);
      at += piece.length;
    }
    const spans: readonly Span[] = this.#spans.map((span) => ({ ...span }));
    return [
      { type: 'output_audio', transcript: this.#text, annotations, sound: { pcm, format: this.#options.spec.format }, spans },
    ];
  }

  #openMessage(): { response_id: string; item_id: string; output_index: number; content_index: number } {
    const response_id = this.#options.id;
    if (this.#message === null) {
      const id = this.#options.newId('item');
      this.#message = { type: 'message', id, role: 'assistant', status: 'in_progress', content: [] };
      const output_index = this.#outputIndex++;
      this.#addItem(this.#message, output_index);
      const part = this.#options.spec.modality === 'text' ? { type: 'text', text: '' } : { type: 'audio', transcript: '' };
      this.#emit('response.content_part.added', { response_id, item_id: id, output_index, content_index: 0, part });
    }
    return { response_id, item_id: this.#message.id, output_index: this.#messageIndex(), content_index: 0 };
  }

  /** Only one message is open at a time, and it is always the newest output. */
  #messageIndex(): number {
    return this.#outputIndex - 1;
  }

  #closeMessage(status: ItemStatus): void {
    const done = this.snapshot(status);
    if (done === null) return;
    const output_index = this.#messageIndex();
    const at = { response_id: this.#options.id, item_id: done.id, output_index, content_index: 0 };
    const annotations = [...this.#annotations];
    if (this.#options.spec.modality === 'text') {
      this.#emit('response.output_text.done', { ...at, text: this.#text });
      this.#emit('response.content_part.done', { ...at, part: { type: 'text', text: this.#text, annotations } });
    } else {
      this.#emit('response.output_audio.done', at);
      this.#emit('response.output_audio_transcript.done', { ...at, transcript: this.#text });
      this.#emit('response.content_part.done', { ...at, part: { type: 'audio', transcript: this.#text, annotations } });
    }
    this.#finishItem(done, output_index);
    this.#message = null;
    this.#text = '';
    this.#sound.length = 0;
    this.#spans.length = 0;
    this.#annotations.length = 0;
  }

  #addItem(item: Item, output_index: number): void {
    const response_id = this.#options.id;
    const described = describeItem(item);
    this.#emit('response.output_item.added', { response_id, output_index, item: described });
    if (this.#options.store === null) return;
    const previous_item_id = this.#options.store.add(item);
    this.#emit('conversation.item.added', { previous_item_id, item: described });
  }

  #finishItem(item: Item, output_index: number): void {
    this.#output.push(item);
    const described = describeItem(item);
    const store = this.#options.store;
    if (store !== null) {
      store.change(item);
      this.#emit('conversation.item.done', { previous_item_id: store.previousOf(item.id), item: described });
    }
    this.#emit('response.output_item.done', { response_id: this.#options.id, output_index, item: described });
  }

  #emit(type: string, fields: Record<string, unknown>): void {
    this.#options.emit({ type, ...fields });
  }

  #describe(ended: ResponseFacts['ended']): Record<string, unknown> {
    const { id, spec, conversationId } = this.#options;
    return describeResponse({ id, spec, conversationId, output: this.#output, samples: this.#samples, ended });
  }
}
