import type { ChatCompletionContentPart, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { AnswerRequest, AnswerTurn } from '../engine.ts';
import { imageUrl } from './image-url.ts';

/** The conversation so far, as chat messages. */
export function chatMessages({
  instructions,
  turns,
}: Pick<AnswerRequest, 'instructions' | 'turns'>): ChatCompletionMessageParam[] {
  const messages: ChatCompletionMessageParam[] = instructions.trim() === '' ? [] : [{ role: 'system', content: instructions }];
  for (const turn of turns) add(messages, turn);
  return messages;
}

function add(messages: ChatCompletionMessageParam[], turn: AnswerTurn): void {
  switch (turn.role) {
    case 'tool-call': {
      const call = { id: turn.callId, type: 'function' as const, function: { name: turn.name, arguments: turn.arguments } };
      const last = messages.at(-1);
      // Calls that were made together are one message.
      if (last?.role === 'assistant' && last.tool_calls !== undefined) last.tool_calls.push(call);
      else messages.push({ role: 'assistant', content: null, tool_calls: [call] });
      break;
    }
    case 'tool-result':
      messages.push({ role: 'tool', tool_call_id: turn.callId, content: turn.output });
      break;
    case 'user':
      messages.push({ role: 'user', content: turn.images.length === 0 ? turn.text : parts(turn.text, turn.images) });
      break;
    case 'assistant':
    case 'system':
      messages.push({ role: turn.role, content: turn.text });
      break;
  }
}

function parts(text: string, images: readonly Uint8Array[]): ChatCompletionContentPart[] {
  const shown = images.map((image) => ({ type: 'image_url' as const, image_url: { url: imageUrl(image) } }));
  return text === '' ? shown : [{ type: 'text', text }, ...shown];
}
