import { ms } from '../../shared/time.ts';
import type { ResponseStatus, Usage } from '../../shared/wire.ts';
import type { Conversation, Draft, Input, Outcome } from './conversation-state.ts';
import { confirm, pump, refuse } from './creates.ts';
import { isRace, serverError } from './errors.ts';
import { list, number, object, text, type Json, type ServerEvent } from './events.ts';
import { cancel, silence } from './interruption.ts';
import { say } from './saying.ts';
import { audioEnded, spoken } from './spoken.ts';
import { call, complete, hint } from './tool-calls.ts';

/** Turn taking as a pure machine: (state, input, now) → (state, what to send, tell and note). Specs §8 is its law. */

export function step(state: Conversation, input: Input, nowMs: number): Conversation & Outcome {
  const draft: Draft = { ...state, nowMs, send: [], tell: [], note: [] };
  if (input.type === 'up') say(draft, input.up, input.turnMs ?? 0);
  else if (input.type === 'server') hear(draft, input.event, input);
  else if (input.type === 'rules') draft.rules = input.rules;
  else if (!draft.speaking) draft.awaiting = false;
  pump(draft);
  return draft;
}

function hear(draft: Draft, event: ServerEvent, sound: { readonly pcm?: Int16Array; readonly rate?: number }): void {
  switch (event.type) {
    case 'input_audio_buffer.speech_started':
      if (draft.startedItem === event.item_id) draft.note.push('speech-started-twice');
      else speechStarted(draft, event.item_id);
      break;
    case 'input_audio_buffer.speech_stopped':
      if (draft.stoppedItem === event.item_id) draft.note.push('speech-stopped-twice');
      else {
        draft.stoppedItem = event.item_id;
        draft.speaking = false;
        draft.awaiting = draft.rules.responds;
      }
      break;
    case 'input_audio_buffer.committed':
      if (draft.rules.vad) {
        draft.speaking = false;
        draft.awaiting = draft.rules.responds;
      }
      break;
    case 'response.created':
      begin(draft, event.response);
      break;
    case 'response.done':
      end(draft, event.response);
      break;
    case 'response.output_item.done':
      call(draft, event.response_id, event.item);
      break;
    case 'response.function_call_arguments.done':
      hint(draft, event.response_id, { ...event, type: 'function_call' });
      break;
    case 'response.output_audio.delta':
    case 'response.output_audio_transcript.delta':
      spoken(draft, event, sound.pcm, sound.rate ?? 0);
      break;
    case 'response.output_audio.done':
      audioEnded(draft, event.item_id);
      break;
    case 'conversation.item.truncated':
      draft.tell.push({ type: 'truncated', itemId: event.item_id, heardMs: ms(event.audio_end_ms) });
      break;
    case 'error':
      complain(draft, event.error);
      break;
    default:
  }
}

function speechStarted(draft: Draft, itemId: string): void {
  draft.startedItem = itemId;
  draft.speaking = true;
  draft.awaiting = draft.awaitedDoomed = false;
  if (!draft.rules.interrupts) return;
  silence(draft, draft.active);
  if (draft.inFlight) draft.inFlight = { ...draft.inFlight, doomed: true };
  draft.queue = draft.queue.map((create) => ({ ...create, yields: true }));
}

function begin(draft: Draft, response: Json & { readonly id: string }): void {
  const unwanted = confirm(draft, response);
  draft.active = response.id;
  draft.cancelling = false;
  if (unwanted) {
    silence(draft, response.id);
    cancel(draft, response.id);
  } else draft.tell.push({ type: 'response-started', responseId: response.id });
}

function end(draft: Draft, response: Json & { readonly id: string }): void {
  const { id } = response;
  if (draft.active === id) {
    draft.active = null;
    draft.cancelling = false;
  }
  draft.blockedUntilMs = 0;
  for (const [itemId, item] of draft.items) if (item.responseId === id) audioEnded(draft, itemId);
  const details = object(response['status_details']);
  const status = (['cancelled', 'incomplete', 'failed'] as const).find((known) => known === response['status']) ?? 'completed';
  const hints = status === 'completed' ? (draft.calls.get(id)?.hints ?? []) : [];
  complete(draft, id, [...list(response['output']).map(object), ...hints]);
  draft.tell.push({
    type: 'response-ended',
    responseId: id,
    status: status satisfies ResponseStatus,
    reason: text(details['reason']),
    usage: usageOf(response['usage']),
    // There may be no `error` event for it (specs §7).
    error: status === 'failed' ? serverError(object(details['error'])) : null,
  });
}

function usageOf(value: unknown): Usage | null {
  const usage = object(value);
  const count = (of: unknown, name: string): number => number(object(of)[name]) ?? 0;
  if (number(usage['total_tokens']) === null && number(usage['input_tokens']) === null) return null;
  return {
    inputTokens: count(usage, 'input_tokens'),
    outputTokens: count(usage, 'output_tokens'),
    inputAudioTokens: count(usage['input_token_details'], 'audio_tokens'),
    outputAudioTokens: count(usage['output_token_details'], 'audio_tokens'),
  };
}

function complain(draft: Draft, error: Json): void {
  const about = text(error['event_id']);
  const create = about !== null && draft.confirmed?.eventId === about ? draft.confirmed : draft.inFlight;
  const code = text(error['code']);
  const crowded = code === 'conversation_already_has_active_response';
  if (create && (about === create.eventId || (about === null && crowded))) {
    if (crowded && !create.retried) {
      refuse(draft, create);
      return;
    }
    draft.inFlight = null;
    if (create.doomed) return;
  } else if (isRace(error) || (about !== null && /^(cut|cancel|clear|commit)_/.test(about))) {
    draft.note.push(code ?? 'race');
    return;
  }
  draft.tell.push({ type: 'complaint', error: serverError(error) });
}
