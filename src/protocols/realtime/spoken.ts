import { put, type Draft, type SpokenItem } from './conversation-state.ts';
import { remove } from './interruption.ts';

/** The assistant's sound as it comes down: how much of which item, and what comes too late. */

/** Sound, or the words of sound: kept count of, told, or dropped when its response was cut. */
export function spoken(
  draft: Draft,
  event: { readonly response_id: string; readonly item_id: string; readonly content_index?: number | null },
  pcm: Int16Array | undefined,
  rate: number,
): void {
  const { response_id: responseId, item_id: itemId } = event;
  const contentIndex = event.content_index ?? 0;
  const before = draft.items.get(itemId);
  const item: SpokenItem =
    before?.contentIndex === contentIndex
      ? before
      : {
          responseId,
          turn: draft.startedItem,
          contentIndex,
          received: 0,
          rate,
          ended: false,
          played: false,
          cut: before?.cut ?? false,
        };
  if (draft.silenced.has(responseId) || item.cut) {
    draft.note.push('late-delta');
    if (item.received === 0 && !item.cut) remove(draft, itemId, item);
    return;
  }
  draft.items = put(draft.items, itemId, pcm ? { ...item, rate, received: item.received + pcm.length } : item);
  if (pcm && pcm.length > 0) draft.tell.push({ type: 'audio', itemId, contentIndex, responseId, rate, pcm });
}

export function audioEnded(draft: Draft, itemId: string): void {
  const item = draft.items.get(itemId);
  if (!item || item.ended || item.cut || draft.silenced.has(item.responseId)) return;
  draft.items = put(draft.items, itemId, { ...item, ended: true });
  if (item.received > 0) draft.tell.push({ type: 'audio-ended', itemId });
}
