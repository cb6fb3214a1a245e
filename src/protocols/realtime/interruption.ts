import type { Heard, Uplink } from '../../shared/wire.ts';
import { eventId, put, type Draft, type SpokenItem } from './conversation-state.ts';
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
  draft.s.silenced = new Set([...draft.s.silenced].slice(-63)).add(responseId);
}

export function cancel(draft: Draft, responseId: string): void {
  const { s } = draft;
  if (!s.rules.supportsCancel || s.cancelling) return;
  s.cancelling = true;
  draft.send.push({ type: 'response.cancel', event_id: eventId(draft, 'cancel'), response_id: responseId });
}

/** Removes an item of which nothing was heard: truncating at 0 is refused (specs §8.3). */
export function remove(draft: Draft, itemId: string, item: SpokenItem): void {
  draft.s.items = put(draft.s.items, itemId, { ...item, cut: true });
  draft.send.push({ type: 'conversation.item.delete', event_id: eventId(draft, 'cut'), item_id: itemId });
}

export function interrupt(draft: Draft, { cause, heard }: Extract<Uplink, { type: 'interrupt' }>): void {
  const { s } = draft;
  const { interrupts } = s.rules;
  const bySpeech = cause === 'server' || cause === 'voice';
  // The server cut in by itself when it told of speech; an answer begun since then is another matter.
  const byServer = cause === 'server' && interrupts;
  const spoken = heard ? s.items.get(heard.itemId) : undefined;
  if (heard && !spoken) draft.note.push('interrupt-unknown-item');
  if (!byServer) {
    // Silenced before: the server told of the same speech, and cancels by itself.
    if (s.active !== null && !(bySpeech && s.silenced.has(s.active))) cancel(draft, s.active);
    silence(draft, s.active);
    // Unconfirmed: there is nothing to cancel yet, so it is cancelled when it appears (specs §8.5).
    if (s.inFlight) s.inFlight = { ...s.inFlight, doomed: true };
    s.queue = [];
    s.awaitedDoomed = s.awaitedDoomed || (s.awaiting && !bySpeech);
    if (!bySpeech) unwant(draft);
  }
  cutItems(draft, byServer, heard, spoken);
}

/** The item being played is cut where it was heard to; what was to follow it was not heard at all. */
function cutItems(draft: Draft, byServer: boolean, heard: Heard | null, spoken: SpokenItem | undefined): void {
  const { s } = draft;
  const { supportsTruncate, truncateMarginMs } = s.rules;
  let past = spoken !== undefined;
  for (const [itemId, item] of s.items) {
    const here = itemId === heard?.itemId;
    if (here) past = false;
    // The server cut in when it told of speech: what began after that answers it.
    const later = byServer && item.turn === s.startedItem;
    if (past || later || item.cut || item.played) continue;
    // Nothing is playing: a finished item was played out, or never given to a speaker.
    const cut = heard === null && item.ended ? 'nothing' : cutOf(item, here ? heard : null, truncateMarginMs);
    if (cut === 'nothing') continue;
    if (cut === 'delete') {
      remove(draft, itemId, item);
      continue;
    }
    s.items = put(s.items, itemId, { ...item, cut: true });
    if (!supportsTruncate) draft.note.push('truncate-unsupported');
    else
      draft.send.push({
        type: 'conversation.item.truncate',
        event_id: eventId(draft, 'cut'),
        item_id: itemId,
        content_index: heard?.contentIndex ?? item.contentIndex,
        audio_end_ms: cut,
      });
  }
}
