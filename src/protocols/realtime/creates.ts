import { eventId, type Create, type Draft } from './conversation-state.ts';
import { object, text, type Json } from './events.ts';

/** One `response.create` at a time: the rest waits for `response.done` (a second one is refused by the server). */

/** A create that was neither confirmed nor refused for so long is lost, ms. */
const LOST_MS = 15_000;

const DEFAULTS = { retried: false, doomed: false, sentMs: 0 };

/** Wants an answer; `yields`: not over the user's speech. */
export function want(draft: Draft, yields: boolean): void {
  if (draft.s.rules.purpose === 'transcription') return;
  draft.s.queue = [...draft.s.queue, { ...DEFAULTS, eventId: eventId(draft, 'create'), yields }];
  pump(draft);
}

/** Sends the next create if nothing stands in its way. */
export function pump(draft: Draft): void {
  const { s, nowMs } = draft;
  if (s.inFlight && nowMs - s.inFlight.sentMs > LOST_MS) {
    draft.note.push('create-unanswered');
    s.inFlight = null;
  }
  const next = s.queue.find(({ yields }) => !(yields && (s.speaking || s.awaiting)));
  if (!next || s.inFlight || s.active !== null || nowMs < s.blockedUntilMs) return;
  s.queue = s.queue.filter((create) => create !== next);
  s.inFlight = { ...next, sentMs: nowMs };
  draft.send.push({
    type: 'response.create',
    event_id: next.eventId,
    ...(s.rules.echoesMetadata ? { response: { metadata: { viva: next.eventId } } } : {}),
  });
}

/** `response.created`: whose it is. Answers whether it is unwanted. */
export function confirm(draft: Draft, response: Json): boolean {
  const { s } = draft;
  const create = s.inFlight;
  const told = text(object(response['metadata'])['viva']);
  // Without metadata to go by, the server's own answer is expected first where one is due.
  if (create && (told === null ? !s.awaiting && !s.awaitedDoomed : told === create.eventId)) {
    s.inFlight = null;
    s.confirmed = create;
    return create.doomed;
  }
  const doomed = s.awaitedDoomed;
  s.awaiting = s.awaitedDoomed = false;
  // The server's own answer has seen whatever those would have asked for.
  s.queue = s.queue.filter((waiting) => !waiting.yields);
  return doomed;
}

/** The server refused our create: another response is active. Tried once more when that one is done. */
export function refuse(draft: Draft, create: Create): void {
  const { s } = draft;
  s.inFlight = s.confirmed = null;
  draft.note.push('create-refused');
  if (create.doomed || create.retried) return;
  s.queue = [{ ...create, retried: true }, ...s.queue];
  if (s.active === null) s.blockedUntilMs = draft.nowMs + LOST_MS;
}
