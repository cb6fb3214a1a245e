import type { Uplink } from '../../shared/wire.ts';
import { put, send, type Draft } from './conversation-state.ts';
import { want } from './creates.ts';
import type { Json } from './events.ts';
import { interrupt } from './interruption.ts';
import { result } from './tool-calls.ts';

/** What the session wishes, as client events. */

/** Shorter presses of the talk key are slips; servers refuse to commit them. */
const SHORTEST_PRESS_MS = 100;

const message = (draft: Draft, id: string, role: string, content: readonly Json[]): void => {
  send(draft, 'item', { type: 'conversation.item.create', item: { id, type: 'message', role, content } });
};

const inputText = (words: string): Json => ({ type: 'input_text', text: words });

/** `turnMs`: sound appended since the talk key went down. */
export function say(draft: Draft, up: Uplink, turnMs: number): void {
  switch (up.type) {
    case 'turn-start':
    case 'turn-cancel':
      draft.speaking = up.type === 'turn-start' && !draft.rules.vad;
      send(draft, 'clear', { type: 'input_audio_buffer.clear' });
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
      const item = draft.items.get(up.itemId);
      if (item) draft.items = put(draft.items, up.itemId, { ...item, played: true });
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
  if (draft.rules.vad) {
    draft.note.push('commit-with-vad');
    return;
  }
  draft.speaking = false;
  if (turnMs < SHORTEST_PRESS_MS) {
    draft.note.push('press-too-short');
    send(draft, 'clear', { type: 'input_audio_buffer.clear' });
    return;
  }
  send(draft, 'commit', { type: 'input_audio_buffer.commit' });
  want(draft, false);
}
