import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { Remote } from '../../config.ts';
import { EngineFailedError, type Answering, type AnswerPart, type AnswerRequest } from '../engine.ts';
import { Connection, lively } from './connection.ts';
import { chatMessages } from './messages.ts';

/** Answers by streamed `POST /chat/completions`, with tools and pictures. */

const STALLED_MS = 30_000;

export function openaiAnswering(remote: Remote): Answering {
  const connection = new Connection('answer', remote, 'gpt-4.1-mini');

  async function* answer(request: AnswerRequest, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    const stop = new AbortController();
    const chunks = await connection.client.chat.completions.create(order(request, connection), {
      signal: AbortSignal.any([signal, stop.signal]),
    });
    yield* answerParts(
      lively(chunks, STALLED_MS, () => stop.abort()),
      request,
    );
  }

  return {
    name: connection.label,
    warm: () => connection.warm(),
    close: () => connection.close(),
    // A language model takes all instructions for what they are.
    limits: () => [],
    answer: (request) => connection.stream(request.signal, (signal) => answer(request, signal)),
  };
}

function order(request: AnswerRequest, connection: Connection): ChatCompletionCreateParamsStreaming {
  const tools = request.tools.map(({ name, description, parameters }) => ({
    type: 'function' as const,
    function: { name, description, parameters: { ...parameters } },
  }));
  const choice =
    typeof request.toolChoice === 'string' ? request.toolChoice : { type: 'function' as const, function: request.toolChoice };
  return {
    model: connection.model,
    messages: chatMessages(request),
    stream: true,
    stream_options: { include_usage: true },
    ...(tools.length === 0 ? {} : { tools, tool_choice: choice }),
    // OpenAI's newer models refuse the old name, most compatible servers know no other.
    ...(request.maxTokens === null ? {} : { [connection.isOpenAI ? 'max_completion_tokens' : 'max_tokens']: request.maxTokens }),
  };
}

interface Call {
  name: string;
  arguments: string;
}

/** What is told of the chunks: text as it comes, calls once they are whole, the count last. Throws when a call is not JSON. */
export async function* answerParts(
  chunks: AsyncIterable<ChatCompletionChunk>,
  request: Pick<AnswerRequest, 'instructions' | 'turns'>,
): AsyncGenerator<AnswerPart> {
  const calls = new Map<number, Call>();
  let characters = 0;
  let finish: string | null = null;
  let usage: ChatCompletionChunk['usage'] = null;
  for await (const { choices, usage: told } of chunks) {
    usage = told ?? usage;
    const choice = choices[0];
    if (choice === undefined) continue;
    finish = choice.finish_reason ?? finish;
    const { content, refusal, tool_calls: pieces } = choice.delta;
    const text = content ?? refusal ?? '';
    characters += text.length;
    if (text !== '') yield { type: 'text', text };
    for (const piece of pieces ?? []) {
      const call = calls.get(piece.index) ?? { name: '', arguments: '' };
      calls.set(piece.index, call);
      // Some servers repeat the name in every piece.
      if (call.name === '') call.name = piece.function?.name ?? '';
      call.arguments += piece.function?.arguments ?? '';
      characters += piece.function?.arguments?.length ?? 0;
    }
  }
  const cut = finish === 'length';
  // A call whose arguments were cut off is none.
  if (!cut) for (const call of calls.values()) yield { type: 'tool-call', name: call.name, arguments: checked(call) };
  yield {
    type: 'end',
    inputTokens: usage?.prompt_tokens ?? Math.ceil(lengthOf(request) / 4),
    outputTokens: usage?.completion_tokens ?? Math.ceil(characters / 4),
    cut,
  };
}

function checked(call: Call): string {
  const text = call.arguments.trim() === '' ? '{}' : call.arguments;
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new EngineFailedError(`answer: the arguments for ${call.name} are not JSON`, { cause });
  }
  return text;
}

function lengthOf({ instructions, turns }: Pick<AnswerRequest, 'instructions' | 'turns'>): number {
  return turns.reduce(
    (sum, turn) => sum + ('text' in turn ? turn.text : 'output' in turn ? turn.output : turn.arguments).length,
    instructions.length,
  );
}
