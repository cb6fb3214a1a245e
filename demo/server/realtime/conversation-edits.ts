import type { SessionContext } from './context.ts';
import { readItem } from './item-input.ts';
import { describeItem } from './items.ts';
import type { Item } from './items.ts';
import type { Responses } from './responses.ts';
import { hearItem } from './spoken-items.ts';
import { truncateItem } from './truncate.ts';

/** What a client changes in the conversation by hand, each with the event that confirms it. All throw a `RealtimeFault`. */
export class ConversationEdits {
  readonly #context: SessionContext;
  readonly #responses: Responses;

  constructor(context: SessionContext, responses: Responses) {
    this.#context = context;
    this.#responses = responses;
  }

  create(value: Record<string, unknown>, after: string | null | undefined): void {
    const { config, conversation, emit, newId } = this.#context;
    const item = readItem(value, config().inputFormat, () => newId('item'), 'item');
    const previous_item_id = conversation.insert(item, after);
    hearItem(this.#context, item);
    emit({ type: 'conversation.item.added', previous_item_id, item: describeItem(item) });
    emit({ type: 'conversation.item.done', previous_item_id, item: describeItem(item) });
  }

  retrieve(id: string): void {
    this.#context.emit({ type: 'conversation.item.retrieved', item: describeItem(this.#current(id), true) });
  }

  truncate(id: string, contentIndex: number, audioEndMs: number): void {
    const cut = truncateItem(this.#current(id, 'item_truncate_invalid_item_id'), contentIndex, audioEndMs);
    // Nothing more of an answer is wanted once its listener has stopped hearing it.
    this.#endAnswer(id);
    this.#context.conversation.replace({ ...cut, status: cut.status === 'in_progress' ? 'incomplete' : cut.status });
    this.#context.emit({
      type: 'conversation.item.truncated',
      item_id: id,
      content_index: contentIndex,
      audio_end_ms: audioEndMs,
    });
  }

  delete(id: string): void {
    const { conversation, emit, heard, hearing } = this.#context;
    conversation.get(id);
    this.#endAnswer(id);
    conversation.delete(id);
    heard.delete(id);
    hearing.delete(id);
    emit({ type: 'conversation.item.deleted', item_id: id });
  }

  /** An item as it is now, with what was told of it if it is still being written. */
  #current(id: string, code?: string): Item {
    const item = this.#context.conversation.get(id, 'item_id', code);
    const writer = this.#responses.active?.writer;
    return writer?.messageId === id ? (writer.snapshot('in_progress') ?? item) : item;
  }

  #endAnswer(id: string): void {
    if (this.#responses.active?.writer.messageId === id) this.#responses.interrupt('client_cancelled');
  }
}
