import type { AnswerTurn } from '../../engine.ts';
import { readEarlier, type EarlierTurn } from './earlier.ts';

/** What the turns amount to: what is asked now, what was said before, what waits. */

export interface Exchange {
  /** What the user said; several messages in a row are joined. */
  readonly asked: string;
  /** What the user heard of the answer: an interrupted one arrives cut. Null when nothing was answered. */
  readonly answered: string | null;
  /** The last tool that was called for it. */
  readonly called: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> } | null;
}

export interface ToolOutcome {
  readonly name: string;
  readonly arguments: string;
  readonly output: string;
}

export interface Conversation {
  /** The user's words to be answered; empty when the assistant is asked to begin, or when a picture came without words. */
  readonly asked: string;
  /** Pictures since the last answer. */
  readonly images: readonly Uint8Array[];
  /** The last picture shown before, for "and what colour is it?". */
  readonly earlierImage: Uint8Array | null;
  /** Results that came after the user's words and were not told yet. */
  readonly outcomes: readonly ToolOutcome[];
  /** Oldest first, the one being answered not among them. */
  readonly before: readonly Exchange[];
  /** What the host page added. */
  readonly context: readonly string[];
  /** The user has said nothing yet. */
  readonly fresh: boolean;
}

interface OpenExchange {
  readonly asked: string[];
  readonly answered: string[];
  readonly images: Uint8Array[];
  called: Exchange['called'];
}

/** Nothing of it waits for an answer: what was not answered then is not answered now. */
function past(turns: readonly EarlierTurn[]): OpenExchange[] {
  const exchanges: OpenExchange[] = [];
  for (const { role, text } of turns) {
    const last = exchanges.at(-1);
    if (role === 'assistant' && last !== undefined) last.answered.push(text.trim());
    else
      exchanges.push({
        asked: role === 'user' ? [text.trim()] : [],
        answered: role === 'user' ? [] : [text.trim()],
        images: [],
        called: null,
      });
  }
  return exchanges.filter(({ answered }) => answered.length > 0);
}

export function readConversation(turns: readonly AnswerTurn[]): Conversation {
  const exchanges: OpenExchange[] = [];
  const context: string[] = [];
  const calls = new Map<string, { name: string; arguments: string }>();
  let outcomes: ToolOutcome[] = [];
  let earlierImage: Uint8Array | null = null;
  for (const turn of turns) {
    const last = exchanges.at(-1);
    switch (turn.role) {
      case 'system': {
        const earlier = readEarlier(turn.text);
        if (earlier !== null) exchanges.push(...past(earlier));
        else if (turn.text.trim() !== '') context.push(turn.text.trim());
        break;
      }
      case 'user':
        outcomes = [];
        if (last === undefined || last.answered.length > 0) {
          earlierImage = last?.images.at(-1) ?? earlierImage;
          exchanges.push({ asked: [turn.text.trim()], answered: [], images: [...turn.images], called: null });
        } else {
          last.asked.push(turn.text.trim());
          last.images.push(...turn.images);
        }
        break;
      case 'assistant':
        outcomes = [];
        if (turn.text.trim() === '') break;
        if (last === undefined) exchanges.push({ asked: [], answered: [turn.text.trim()], images: [], called: null });
        else last.answered.push(turn.text.trim());
        break;
      case 'tool-call':
        calls.set(turn.callId, { name: turn.name, arguments: turn.arguments });
        if (last !== undefined) last.called = { name: turn.name, arguments: objectIn(turn.arguments) };
        break;
      case 'tool-result':
        outcomes.push({ ...(calls.get(turn.callId) ?? { name: 'tool', arguments: '{}' }), output: turn.output });
        break;
    }
  }
  const last = exchanges.at(-1);
  const open = last !== undefined && (last.answered.length === 0 || outcomes.length > 0) ? last : null;
  const before = open === null ? exchanges : exchanges.slice(0, -1);
  return {
    asked: (open?.asked ?? []).filter((text) => text !== '').join(' '),
    images: open?.images ?? [],
    earlierImage: open === null ? (last?.images.at(-1) ?? earlierImage) : earlierImage,
    outcomes,
    before: before.map(({ asked, answered, called }) => ({
      asked: asked.join(' ').trim(),
      answered: answered.length === 0 ? null : answered.join(' '),
      called,
    })),
    context,
    fresh: exchanges.every(({ asked }) => asked.every((text) => text === '')),
  };
}

/** Arguments are JSON that a client may have written: anything else counts as none. */
function objectIn(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : {};
  } catch {
    return {};
  }
}
