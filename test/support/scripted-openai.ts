import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWav } from './wav.ts';

/**
 * A server that speaks OpenAI's REST dialect and says what a test wrote for it: transcriptions, speech, chat completions with tools and
 * pictures, models. Loopback only, any key but `wrong` is taken.
 */

export interface TranscriptionAsked {
  /** 16-bit mono, as it came in the WAV file. */
  readonly pcm: Int16Array;
  readonly rate: number;
  readonly model: string;
  readonly language: string | null;
  readonly prompt: string | null;
}

export interface SpeechAsked {
  readonly input: string;
  readonly voice: string;
  readonly speed: number;
  readonly model: string;
}

export interface ChatAsked {
  readonly model: string;
  readonly stream: boolean;
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly { readonly function: { readonly name: string } }[];
  readonly toolChoice: unknown;
  /** Whichever of the two fields was sent. */
  readonly maxTokens: number | null;
  /** The whole body. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ChatMessage {
  readonly role: string;
  readonly content:
    string | null | readonly { readonly type: string; readonly text?: string; readonly image_url?: { readonly url: string } }[];
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
  readonly tool_call_id?: string;
}

export type ChatPart =
  | { readonly text: string }
  | { readonly tool: string; readonly arguments: string }
  | { readonly finish: 'stop' | 'length' | 'tool_calls' };

export interface OpenAIScript {
  /** Default: `hello from the script`, or nothing when the sound is silent. */
  transcribe?(asked: TranscriptionAsked): string | Promise<string>;
  /** Words are given a tenth of a second each when their times are asked for; false: the server refuses to. */
  readonly timesWords?: boolean;
  /** 24 kHz. Default: 60 ms of a tone a word. */
  speak?(asked: SpeechAsked): Int16Array | Promise<Int16Array>;
  /** Default: says back what the user said last. */
  chat?(asked: ChatAsked): readonly ChatPart[] | Promise<readonly ChatPart[]>;
}

export interface ScriptedOpenAI {
  /** With `/v1`, for `OPENAI_BASE_URL`. */
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly requests: readonly string[];
  /** Answers the next `times` requests on `path` with this status; 0 = the connection is cut. */
  failNext(path: string, status: number, times?: number): void;
  /** Requests on `path` get no answer until the returned function is called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

export async function scriptedOpenAI(script: OpenAIScript = {}): Promise<ScriptedOpenAI> {
  const requests: string[] = [];
  const failures = new Map<string, number[]>();
  const holds = new Map<string, Promise<void>>();

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) fail(response, 500, String(error));
      else response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/^\/v1/, '');
    requests.push(`${request.method ?? ''} ${path}`);
    const body = await read(request);
    const status = failures.get(path)?.shift();
    await holds.get(path);
    if (status === 0) request.socket.destroy();
    else if (status !== undefined) fail(response, status, 'the script says so');
    else if (request.headers.authorization === 'Bearer wrong') fail(response, 401, 'Incorrect API key provided');
    else await route(path, request, body, response);
  }

  async function route(path: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    switch (path) {
      case '/models':
        json(response, { object: 'list', data: [{ id: 'scripted', object: 'model', created: 0, owned_by: 'test' }] });
        break;
      case '/audio/transcriptions':
        await transcribe(script, request, body, response);
        break;
      case '/audio/speech':
        await speak(script, body, response);
        break;
      case '/chat/completions':
        await chat(script, body, response);
        break;
      default:
        fail(response, 404, `no such path: ${path}`);
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    requests,
    failNext: (path, status, times = 1) => {
      failures.set(path, [...(failures.get(path) ?? []), ...Array.from({ length: times }, () => status)]);
    },
    hold: (path) => {
      let release = (): void => undefined;
      holds.set(path, new Promise((resolve) => (release = resolve)));
      return () => {
        holds.delete(path);
        release();
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function transcribe(script: OpenAIScript, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) {
    fail(response, 400, 'file is missing');
    return;
  }
  const { pcm, rate } = readWav(Buffer.from(await file.arrayBuffer()));
  const field = (name: string): string | null => {
    const value = form.get(name);
    return typeof value === 'string' ? value : null;
  };
  const asked = { pcm, rate, model: field('model') ?? '', language: field('language'), prompt: field('prompt') };
  const isTimed = field('response_format') === 'verbose_json';
  if (isTimed && script.timesWords === false) {
    fail(response, 400, 'response_format is not supported');
    return;
  }
  const text = await (script.transcribe ?? heard)(asked);
  const words = text.split(' ').map((word, at) => ({ word: word.replace(/\W/g, ''), start: at / 10, end: (at + 1) / 10 }));
  json(response, isTimed ? { text, words } : { text });
}

function heard({ pcm }: TranscriptionAsked): string {
  return pcm.some((sample) => Math.abs(sample) > 300) ? 'hello from the script' : '';
}

const SPEECH_RATE = 24_000;
/** Bytes; odd on purpose: a chunk may end inside a sample. */
const SPEECH_CHUNK = 4_801;

async function speak(script: OpenAIScript, body: Buffer, response: ServerResponse): Promise<void> {
  const { input = '', voice = '', speed = 1, model = '' } = JSON.parse(body.toString()) as Partial<SpeechAsked>;
  const pcm = await (script.speak ?? tone)({ input, voice, speed, model });
  const bytes = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  response.writeHead(200, { 'content-type': 'audio/pcm' });
  for (let from = 0; from < bytes.length; from += SPEECH_CHUNK) response.write(bytes.subarray(from, from + SPEECH_CHUNK));
  response.end();
}

function tone({ input, speed }: SpeechAsked): Int16Array {
  const words = input.split(/\s+/).filter((word) => word !== '').length;
  return Int16Array.from({ length: Math.round((words * 0.06 * SPEECH_RATE) / speed) }, (_, at) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / SPEECH_RATE)),
  );
}

async function chat(script: OpenAIScript, body: Buffer, response: ServerResponse): Promise<void> {
  const whole = JSON.parse(body.toString()) as Record<string, unknown>;
  const asked: ChatAsked = {
    model: String(whole['model']),
    stream: whole['stream'] === true,
    messages: (whole['messages'] ?? []) as ChatAsked['messages'],
    tools: (whole['tools'] ?? []) as ChatAsked['tools'],
    toolChoice: whole['tool_choice'] ?? null,
    maxTokens: (whole['max_completion_tokens'] ?? whole['max_tokens'] ?? null) as number | null,
    body: whole,
  };
  const parts = await (script.chat ?? echo)(asked);
  if (asked.stream) streamParts(parts, asked.model, response);
  else json(response, completion(parts, asked.model));
}

function echo({ messages }: ChatAsked): readonly ChatPart[] {
  const last = messages.filter(({ role }) => role === 'user').at(-1)?.content ?? '';
  const text = typeof last === 'string' ? last : last.map((part) => part.text ?? '').join('');
  return [{ text: 'You said: ' }, { text }];
}

function streamParts(parts: readonly ChatPart[], model: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (choices: readonly unknown[], rest: Readonly<Record<string, unknown>> = {}): void => {
    response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model, choices, ...rest })}\n\n`,
    );
  };
  const delta = (value: unknown, finish: string | null = null): void => send([{ index: 0, delta: value, finish_reason: finish }]);
  delta({ role: 'assistant', content: '' });
  let calls = 0;
  let finish = 'stop';
  for (const part of parts) {
    if ('finish' in part) {
      finish = part.finish;
    } else if ('text' in part) {
      delta({ content: part.text });
    } else {
      const index = calls++;
      finish = 'tool_calls';
      const half = Math.ceil(part.arguments.length / 2);
      delta({
        tool_calls: [{ index, id: `call_${String(index)}`, type: 'function', function: { name: part.tool, arguments: '' } }],
      });
      for (const piece of [part.arguments.slice(0, half), part.arguments.slice(half)])
        delta({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  delta({}, finish);
  send([], { usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 } });
  response.end('data: [DONE]\n\n');
}

function completion(parts: readonly ChatPart[], model: string): unknown {
  const content = parts.map((part) => ('text' in part ? part.text : '')).join('');
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop', logprobs: null }],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function fail(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'scripted', code: null, param: null } }));
}
