import { eventId, type Create, type Draft } from './conversation-state.ts';
import { object, text, type Json } from './events.ts';

/** One `response.create` at a time: the rest waits for `response.done` (a second one is refused by the server). */

/** A create that was neither confirmed nor refused for so long is lost, ms. */
const LOST_MS = 15_000;

const DEFAULTS = { retried: false, doomed: false, sentMs: 0 };

/** Wants an answer; `yields`: not over the user's speech. */
export function want(draft: Draft, yields: boolean): void {
  if (draft.rules.mute) return;
  draft.queue = [...draft.queue, { ...DEFAULTS, eventId: eventId(draft, 'create'), yields }];
  pump(draft);
}

/** Sends the next create if nothing stands in its way. */
export function pump(draft: Draft): void {
  if (draft.inFlight && draft.nowMs - draft.inFlight.sentMs > LOST_MS) {
    draft.note.push('create-unanswered');
    draft.inFlight = null;
  }
  const next = draft.queue.find(({ yields }) => !(yields && (draft.speaking || draft.awaiting)));
  if (!next || draft.inFlight || draft.active !== null || draft.nowMs < draft.blockedUntilMs) return;
  draft.queue = draft.queue.filter((create) => create !== next);
  draft.inFlight = { ...next, sentMs: draft.nowMs };
  draft.send.push({
    type: 'response.create',
    event_id: next.eventId,
    ...(draft.rules.adapter.echoesMetadata ? { response: { metadata: { viva: next.eventId } } } : {}),
  });
}

/** `response.created`: whose it is. Answers whether it is unwanted. */
export function confirm(draft: Draft, response: Json): boolean {
  const create = draft.inFlight;
  const told = text(object(response['metadata'])['viva']);
  // Without metadata to go by, the server's own answer is expected first where one is due.
  if (create && (told === null ? !draft.awaiting && !draft.awaitedDoomed : told === create.eventId)) {
    draft.inFlight = null;
    draft.confirmed = create;
    return create.doomed;
  }
  const doomed = draft.awaitedDoomed;
  draft.awaiting = draft.awaitedDoomed = false;
  // The server's own answer has seen whatever those would have asked for.
  draft.queue = draft.queue.filter((waiting) => !waiting.yields);
  return doomed;
}

/** The server refused our create: another response is active. Tried once more when that one is done. */
export function refuse(draft: Draft, create: Create): void {
  draft.inFlight = draft.confirmed = null;
  draft.note.push('create-refused');
  if (create.doomed || create.retried) return;
  draft.queue = [{ ...create, retried: true }, ...draft.queue];
  if (draft.active === null) draft.blockedUntilMs = draft.nowMs + LOST_MS;
}
