import type { AnswerTurn } from '../engines/engine.ts';
import { RealtimeFault } from './errors.ts';
import type { Item, Part } from './items.ts';
import type { Truncation } from './session-config.ts';

/** A conversation as the answering engine reads it: what was said, shown, called, within what it can take. */

/** Tokens of conversation that an answer may stand on, at about four characters a token. */
export const MAX_PROMPT_TOKENS = 24000;

const estimateTokens = (turn: AnswerTurn): number => {
  switch (turn.role) {
    case 'tool-call':
      return Math.ceil(turn.arguments.length / 4);
    case 'tool-result':
      return Math.ceil(turn.output.length / 4);
    default:
      return Math.ceil(turn.text.length / 4) + turn.images.length * 800;
  }
};

function textOf(part: Part): string {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return part.text;
    case 'input_audio':
    case 'output_audio':
      return part.transcript ?? '';
    case 'input_image':
      return '';
  }
}

/** `heard`: words of audio items that are known but not shown to the client, by item id. */
export function toTurns(items: readonly Item[], heard: ReadonlyMap<string, string>): readonly AnswerTurn[] {
  return items.map((item): AnswerTurn => {
    if (item.type === 'function_call') {
      return { role: 'tool-call', callId: item.callId, name: item.name, arguments: item.arguments };
    }
    if (item.type === 'function_call_output') return { role: 'tool-result', callId: item.callId, output: item.output };
    const text = item.content
      .map((part) => (part.type === 'input_audio' && part.transcript === null ? (heard.get(item.id) ?? '') : textOf(part)))
      .filter((piece) => piece !== '')
      .join('\n');
    const images = item.content.flatMap((part) => (part.type === 'input_image' ? [part.bytes] : []));
    return { role: item.role, text, images };
  });
}

/** Leaves out the oldest turns as `truncation` says. Throws when that is `disabled` and they are too many. */
export function limitTurns(turns: readonly AnswerTurn[], truncation: Truncation): readonly AnswerTurn[] {
  const ratio = typeof truncation === 'object' ? truncation.retention_ratio : 0.8;
  const asked = typeof truncation === 'object' ? truncation.token_limits?.post_instructions : undefined;
  const limit = Math.min(asked ?? MAX_PROMPT_TOKENS, MAX_PROMPT_TOKENS);
  const costs = turns.map(estimateTokens);
  let total = costs.reduce((sum, cost) => sum + cost, 0);
  if (total <= limit) return turns;
  if (truncation === 'disabled') {
    throw new RealtimeFault(
      'context_length_exceeded',
      `The conversation has about ${total} tokens; ${limit} is the most, and truncation is disabled.`,
      'session.truncation',
    );
  }
  // More than needed is dropped at once, so that the next turns need not drop again.
  let first = 0;
  while (first < turns.length - 1 && total > limit * ratio) total -= costs[first++] ?? 0;
  return turns.slice(first);
}
