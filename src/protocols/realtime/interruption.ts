import type { Heard, Uplink } from '../../shared/wire.ts';
import { bound } from './bound.ts';
import { put, send, type Draft, type SpokenItem } from './conversation-state.ts';
import { unwant } from './tool-calls.ts';

/** Cutting in, whatever the cause: silence what is generated, cancel it where the server does not, cut the items to what was heard. */

/** `nothing` = all of it was heard; `delete` = none of it; a number = `audio_end_ms`. */
export type Cut = 'nothing' | 'delete' | number;

/**
 * Specs §8.3: floor(min(rendered, received)) in ms, always an integer and never above what was received. `marginMs`: at the very end
 * of what was received, stay this far inside, for servers whose item is a little shorter than the bytes they sent.
 */
export function cutOf(item: SpokenItem, heard: Heard | null, marginMs: number): Cut {
  const rendered = Math.min(heard?.rendered ?? 0, heard?.received ?? 0, item.received) || 0;
  if (item.ended && rendered >= item.received) return 'nothing';
  const heardMs = Math.floor((rendered * 1000) / item.rate);
  if (!(heardMs > 0)) return 'delete';
  const receivedMs = Math.floor((item.received * 1000) / item.rate);
  return receivedMs > marginMs ? Math.min(heardMs, receivedMs - marginMs) : heardMs;
}

/** From now on nothing of this response reaches the session. */
export function silence(draft: Draft, responseId: string | null): void {
  if (responseId === null) return;
  draft.silenced = bound(new Set(draft.silenced).add(responseId));
}

export function cancel(draft: Draft, responseId: string): void {
  if (!draft.rules.adapter.supportsCancel || draft.cancelling) return;
  draft.cancelling = true;
  send(draft, 'cancel', { type: 'response.cancel', response_id: responseId });
}

/** Removes an item of which nothing was heard: truncating at 0 is refused (specs §8.3). */
export function remove(draft: Draft, itemId: string, item: SpokenItem): void {
  draft.items = put(draft.items, itemId, { ...item, cut: true });
  send(draft, 'cut', { type: 'conversation.item.delete', item_id: itemId });
}

export function interrupt(draft: Draft, { cause, heard }: Extract<Uplink, { type: 'interrupt' }>): void {
  const { interrupts } = draft.rules;
  const bySpeech = cause === 'server' || cause === 'voice';
  // The server cut in by itself when it told of speech; an answer begun since then is another matter.
  const byServer = cause === 'server' && interrupts;
  const spoken = heard ? draft.items.get(heard.itemId) : undefined;
  if (heard && !spoken) draft.note.push('interrupt-unknown-item');
  if (!byServer) {
    // Silenced before: the server told of the same speech, and cancels by itself.
    if (draft.active !== null && !(bySpeech && draft.silenced.has(draft.active))) cancel(draft, draft.active);
    silence(draft, draft.active);
    // Unconfirmed: there is nothing to cancel yet, so it is cancelled when it appears (specs §8.5).
    if (draft.inFlight) draft.inFlight = { ...draft.inFlight, doomed: true };
    draft.queue = [];
    draft.awaitedDoomed = draft.awaitedDoomed || (draft.awaiting && !bySpeech);
    if (!bySpeech) unwant(draft);
  }
  cutItems(draft, byServer, heard, spoken);
}

/** The item being played is cut where it was heard to; what was to follow it was not heard at all. */
function cutItems(draft: Draft, byServer: boolean, heard: Heard | null, spoken: SpokenItem | undefined): void {
  const { supportsTruncate, truncateMarginMs } = draft.rules.adapter;
  let past = spoken !== undefined;
  for (const [itemId, item] of draft.items) {
    const here = itemId === heard?.itemId;
    if (here) past = false;
    // The server cut in when it told of speech: what began after that answers it.
    const later = byServer && item.turn === draft.startedItem;
    if (past || later || item.cut || item.played) continue;
    // Nothing is playing: a finished item was played out, or never given to a speaker.
    const cut = heard === null && item.ended ? 'nothing' : cutOf(item, here ? heard : null, truncateMarginMs);
    if (cut === 'nothing') continue;
    if (cut === 'delete') {
      remove(draft, itemId, item);
      continue;
    }
    draft.items = put(draft.items, itemId, { ...item, cut: true });
    if (!supportsTruncate) draft.note.push('truncate-unsupported');
    else
      send(draft, 'cut', {
        type: 'conversation.item.truncate',
        item_id: itemId,
        content_index: heard?.contentIndex ?? item.contentIndex,
        audio_end_ms: cut,
      });
  }
}
