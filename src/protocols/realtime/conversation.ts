import { ms } from '../../shared/time.ts';
import type { ResponseStatus, Uplink, Usage } from '../../shared/wire.ts';
import { eventId, put, type Conversation, type Draft, type Input, type SpokenItem } from './conversation-state.ts';
import { confirm, pump, refuse, want } from './creates.ts';
import { isRace, responseError, serverError } from './errors.ts';
import { list, number, object, text, type Json, type ServerEvent } from './events.ts';
import { cancel, interrupt, remove, silence } from './interruption.ts';
import { call, complete, hint, result } from './tool-calls.ts';

/** Turn taking as a pure machine: (state, input, now) → (state, what to send, tell and note). Specs §8 is its law. */

/** Shorter presses of the talk key are slips; servers refuse to commit them. */
const SHORTEST_PRESS_MS = 100;

export type Step = Omit<Draft, 's'> & { readonly s: Conversation };

export function step(state: Conversation, input: Input, nowMs: number): Step {
  const draft: Draft = { s: { ...state }, nowMs, send: [], tell: [], note: [] };
  if (input.type === 'up') say(draft, input.up, input.turnMs ?? 0);
  else if (input.type === 'server') hear(draft, input.event, input);
  else if (input.type === 'rules') draft.s.rules = input.rules;
  else if (!draft.s.speaking) draft.s.awaiting = false;
  pump(draft);
  return draft;
}

const add = (draft: Draft, item: Json): void => {
  draft.send.push({ type: 'conversation.item.create', event_id: eventId(draft, 'item'), item });
};

const message = (draft: Draft, id: string, role: string, content: readonly Json[]): void => {
  add(draft, { id, type: 'message', role, content });
};

const inputText = (words: string): Json => ({ type: 'input_text', text: words });

function say(draft: Draft, up: Uplink, turnMs: number): void {
  const { s } = draft;
  switch (up.type) {
    case 'turn-start':
    case 'turn-cancel':
      s.speaking = up.type === 'turn-start' && !s.rules.vad;
      draft.send.push({ type: 'input_audio_buffer.clear', event_id: eventId(draft, 'clear') });
      break;
    case 'turn-end':
      endTurn(draft, turnMs);
      break;
    case 'text':
    case 'context':
      message(draft, up.id, up.type === 'text' ? 'user' : 'system', [inputText(up.text)]);
      if (up.type === 'text' && up.respond) want(draft, false);
      break;
    case 'image':
      message(draft, up.id, 'user', [
        ...(up.text === '' ? [] : [inputText(up.text)]),
        { type: 'input_image', image_url: up.dataUrl },
      ]);
      if (up.respond) want(draft, false);
      break;
    case 'history':
      up.entries.forEach(({ role, text: words }, index) => {
        message(draft, `past_${index}`, role, [role === 'assistant' ? { type: 'output_text', text: words } : inputText(words)]);
      });
      if (up.respond) want(draft, false);
      break;
    case 'respond':
      want(draft, false);
      break;
    case 'interrupt':
      interrupt(draft, up);
      break;
    case 'played': {
      const item = s.items.get(up.itemId);
      if (item) s.items = put(s.items, up.itemId, { ...item, played: true });
      break;
    }
    case 'tool-result':
      result(draft, up.callId, up.output);
      break;
    // The connection's own: sound and settings.
    case 'audio':
    case 'settings':
      break;
  }
}

function endTurn(draft: Draft, turnMs: number): void {
  const { s } = draft;
  if (s.rules.vad) {
    draft.note.push('commit-with-vad');
    return;
  }
  s.speaking = false;
  if (turnMs < SHORTEST_PRESS_MS) {
    draft.note.push('press-too-short');
    draft.send.push({ type: 'input_audio_buffer.clear', event_id: eventId(draft, 'clear') });
    return;
  }
  draft.send.push({ type: 'input_audio_buffer.commit', event_id: eventId(draft, 'commit') });
  want(draft, false);
}

function hear(draft: Draft, event: ServerEvent, sound: { readonly pcm?: Int16Array; readonly rate?: number }): void {
  const { s } = draft;
  switch (event.type) {
    case 'input_audio_buffer.speech_started':
      if (s.startedItem === event.item_id) draft.note.push('speech-started-twice');
      else speechStarted(draft, event.item_id);
      break;
    case 'input_audio_buffer.speech_stopped':
      if (s.stoppedItem === event.item_id) draft.note.push('speech-stopped-twice');
      else {
        s.stoppedItem = event.item_id;
        s.speaking = false;
        s.awaiting = s.rules.responds;
      }
      break;
    case 'input_audio_buffer.committed':
      if (s.rules.vad) {
        s.speaking = false;
        s.awaiting = s.rules.responds;
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
  const { s } = draft;
  s.startedItem = itemId;
  s.speaking = true;
  s.awaiting = s.awaitedDoomed = false;
  if (!s.rules.interrupts) return;
  silence(draft, s.active);
  if (s.inFlight) s.inFlight = { ...s.inFlight, doomed: true };
  s.queue = s.queue.map((create) => ({ ...create, yields: true }));
}

function begin(draft: Draft, response: Json & { readonly id: string }): void {
  const { s } = draft;
  const unwanted = confirm(draft, response);
  s.active = response.id;
  s.cancelling = false;
  if (unwanted) {
    silence(draft, response.id);
    cancel(draft, response.id);
  } else draft.tell.push({ type: 'response-started', responseId: response.id });
}

function end(draft: Draft, response: Json & { readonly id: string }): void {
  const { s } = draft;
  const { id } = response;
  if (s.active === id) {
    s.active = null;
    s.cancelling = false;
  }
  s.blockedUntilMs = 0;
  for (const [itemId, item] of s.items) if (item.responseId === id) audioEnded(draft, itemId);
  const details = object(response['status_details']);
  const status = (['cancelled', 'incomplete', 'failed'] as const).find((known) => known === response['status']) ?? 'completed';
  const hints = status === 'completed' ? (s.calls.get(id)?.hints ?? []) : [];
  complete(draft, id, [...list(response['output']).map(object), ...hints]);
  draft.tell.push({
    type: 'response-ended',
    responseId: id,
    status: status satisfies ResponseStatus,
    reason: text(details['reason']),
    usage: usageOf(response['usage']),
    error: status === 'failed' ? responseError(details) : null,
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

/** Sound, or the words of sound: kept count of, told, or dropped when its response was cut. */
function spoken(
  draft: Draft,
  event: { readonly response_id: string; readonly item_id: string; readonly content_index?: number | null },
  pcm: Int16Array | undefined,
  rate: number,
): void {
  const { s } = draft;
  const { response_id: responseId, item_id: itemId } = event;
  const contentIndex = event.content_index ?? 0;
  const before = s.items.get(itemId);
  const item: SpokenItem =
    before?.contentIndex === contentIndex
      ? before
      : {
          responseId,
          turn: s.startedItem,
          contentIndex,
          received: 0,
          rate,
          ended: false,
          played: false,
          cut: before?.cut ?? false,
        };
  if (s.silenced.has(responseId) || item.cut) {
    draft.note.push('late-delta');
    if (item.received === 0 && !item.cut) remove(draft, itemId, item);
    return;
  }
  s.items = put(s.items, itemId, pcm ? { ...item, rate, received: item.received + pcm.length } : item);
  if (pcm && pcm.length > 0) draft.tell.push({ type: 'audio', itemId, contentIndex, responseId, rate, pcm });
}

function audioEnded(draft: Draft, itemId: string): void {
  const item = draft.s.items.get(itemId);
  if (!item || item.ended || item.cut || draft.s.silenced.has(item.responseId)) return;
  draft.s.items = put(draft.s.items, itemId, { ...item, ended: true });
  if (item.received > 0) draft.tell.push({ type: 'audio-ended', itemId });
}

function complain(draft: Draft, error: Json): void {
  const { s } = draft;
  const about = text(error['event_id']);
  const create = about !== null && s.confirmed?.eventId === about ? s.confirmed : s.inFlight;
  const code = text(error['code']);
  const crowded = code === 'conversation_already_has_active_response';
  if (create && (about === create.eventId || (about === null && crowded))) {
    if (crowded && !create.retried) {
      refuse(draft, create);
      return;
    }
    s.inFlight = null;
    if (create.doomed) return;
  } else if (isRace(error) || (about !== null && /^(cut|cancel|clear|commit)_/.test(about))) {
    draft.note.push(code ?? 'race');
    return;
  }
  draft.tell.push({ type: 'complaint', error: serverError(error) });
}
