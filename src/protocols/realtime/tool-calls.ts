import { put, send, type Calls, type Draft } from './conversation-state.ts';
import { want } from './creates.ts';
import { text, type Json } from './events.ts';

/** Function calls: told once each; one `response.create` after all results of a response. */

const NONE: Calls = { answered: new Map(), complete: false, wanted: true, hints: [] };

/** A finished function call, by whichever event told of it first. */
export function call(draft: Draft, responseId: string, item: Json): void {
  const callId = text(item['call_id']);
  const name = text(item['name']);
  if (item['type'] !== 'function_call' || item['status'] === 'incomplete' || callId === null || name === null) return;
  const calls = draft.calls.get(responseId) ?? NONE;
  if (calls.answered.has(callId)) return;
  draft.calls = put(draft.calls, responseId, { ...calls, answered: put(calls.answered, callId, false) });
  draft.tell.push({ type: 'tool-call', callId, name, arguments: text(item['arguments']) ?? '{}' });
}

/** Complete arguments without their item: believed when the response ends well. */
export function hint(draft: Draft, responseId: string, item: Json): void {
  const calls = draft.calls.get(responseId) ?? NONE;
  draft.calls = put(draft.calls, responseId, { ...calls, hints: [...calls.hints, item] });
}

export function result(draft: Draft, callId: string, output: string): void {
  for (const [responseId, calls] of draft.calls) {
    if (calls.answered.get(callId) !== false) continue;
    draft.calls = put(draft.calls, responseId, { ...calls, answered: put(calls.answered, callId, true) });
    const item = { type: 'function_call_output', call_id: callId, output };
    send(draft, 'result', { type: 'conversation.item.create', item });
    answerResults(draft, responseId);
    return;
  }
  // Called on an earlier connection: this one knows no such call.
  draft.note.push('result-unknown');
}

/** The response is over: no more calls will come of it. */
export function complete(draft: Draft, responseId: string, items: readonly Json[]): void {
  for (const item of items) call(draft, responseId, item);
  const calls = draft.calls.get(responseId);
  if (!calls) return;
  draft.calls = put(draft.calls, responseId, { ...calls, complete: true });
  answerResults(draft, responseId);
}

/** The user stopped the assistant: results are handed in, an answer to them is not asked for. */
export function unwant(draft: Draft): void {
  draft.calls = new Map([...draft.calls].map(([id, calls]) => [id, { ...calls, wanted: false }]));
}

function answerResults(draft: Draft, responseId: string): void {
  const calls = draft.calls.get(responseId);
  if (!calls?.complete || calls.answered.size === 0 || [...calls.answered.values()].includes(false)) return;
  const rest = new Map(draft.calls);
  rest.delete(responseId);
  draft.calls = rest;
  if (calls.wanted) want(draft, true);
}
