import type { AnswerPart } from '../../engine.ts';
import { foreignLanguage } from './foreign.ts';
import type { ToolCall } from './tools/call.ts';

/** A reply as parts: text sentence by sentence, its page, its calls, and an end that counts. */

export interface Reply {
  /** The words of somebody else, in whatever language. */
  readonly asGiven?: true;
  readonly sentences: readonly string[];
  readonly citation: { readonly url: string; readonly title: string } | null;
  readonly calls: readonly ToolCall[];
}

export function text(...sentences: readonly string[]): Reply {
  return { sentences: sentences.filter((sentence) => sentence !== ''), citation: null, calls: [] };
}

/** Estimated, as everywhere where an engine does not count. */
const CHARS_PER_TOKEN = 4;

/** `maxTokens` cuts at the end of a word. */
export function* emit(reply: Reply, inputChars: number, maxTokens: number | null): Generator<AnswerPart> {
  let room = maxTokens === null ? Number.POSITIVE_INFINITY : maxTokens * CHARS_PER_TOKEN;
  let said = 0;
  let cut = false;
  for (const [index, sentence] of reply.sentences.entries()) {
    const piece = index === 0 ? sentence : ` ${sentence}`;
    const fitting = piece.length <= room ? piece : piece.slice(0, Math.max(0, piece.slice(0, room + 1).lastIndexOf(' ')));
    cut = fitting.length < piece.length;
    if (fitting.trim() !== '') {
      const ours = reply.asGiven !== true && foreignLanguage(sentence) === null;
      yield { type: 'text', text: fitting, ...(ours ? { language: 'en' } : {}) };
      said += fitting.length;
    }
    room -= piece.length;
    if (cut) break;
  }
  if (reply.citation !== null && said > 0) yield { type: 'citation', ...reply.citation };
  for (const call of reply.calls) {
    const args = JSON.stringify(call.arguments);
    said += call.name.length + args.length;
    yield { type: 'tool-call', name: call.name, arguments: args };
  }
  yield {
    type: 'end',
    inputTokens: Math.ceil(inputChars / CHARS_PER_TOKEN),
    outputTokens: Math.ceil(said / CHARS_PER_TOKEN),
    cut,
  };
}
