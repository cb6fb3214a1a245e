import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../../demo/server/config.ts';
import {
  EngineBusyError,
  EngineFailedError,
  type AnswerPart,
  type AnswerRequest,
} from '../../../../demo/server/engines/engine.ts';
import { openaiAnswering } from '../../../../demo/server/engines/openai/answer.ts';
import { openaiHearing } from '../../../../demo/server/engines/openai/hear.ts';
import { openaiSeeing } from '../../../../demo/server/engines/openai/see.ts';
import { openaiSpeaking } from '../../../../demo/server/engines/openai/speak.ts';
import {
  scriptedOpenAI,
  type ChatAsked,
  type OpenAIScript,
  type ScriptedOpenAI,
  type SpeechAsked,
  type TranscriptionAsked,
} from '../../../support/scripted-openai.ts';

let server: ScriptedOpenAI;
let script: OpenAIScript;
const signal = new AbortController().signal;
const remote = (apiKey: string | null = 'key') => ({ baseUrl: server.url, apiKey, model: 'scripted' });
const loud = Int16Array.from({ length: 16_000 }, (_, at) => Math.round(9000 * Math.sin(at / 7)));

async function collect<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

function request(rest: Partial<AnswerRequest> = {}): AnswerRequest {
  const turns = [{ role: 'user', text: 'hello', images: [] }] as const;
  return { instructions: '', turns, tools: [], toolChoice: 'auto', maxTokens: null, signal, ...rest };
}

beforeEach(async () => {
  script = {};
  server = await scriptedOpenAI(script);
});

afterEach(() => server.close());

describe('hear', () => {
  it('sends the samples as they are, with language and prompt', async () => {
    const asked: TranscriptionAsked[] = [];
    script.transcribe = (what) => {
      asked.push(what);
      return 'what time is it?';
    };
    const heard = await openaiHearing(remote()).transcribe(loud, { language: 'es-MX', prompt: 'shop', signal });
    expect(heard).toEqual({ text: 'what time is it?', language: 'es' });
    expect(asked[0]).toMatchObject({ rate: 16_000, model: 'scripted', language: 'es', prompt: 'shop' });
    expect(asked[0]?.pcm).toEqual(loud);
  });

  it('tells when words were said where the model knows, and asks a server that refuses only once', async () => {
    script = Object.assign(script, { transcribe: () => 'Hello, world.' });
    const whisper = { ...remote(), model: 'whisper-1' };
    expect(await openaiHearing(whisper).transcribe(loud, { signal })).toEqual({
      text: 'Hello, world.',
      language: 'und',
      words: [
        { text: 'Hello,', startMs: 0, endMs: 100 },
        { text: 'world.', startMs: 100, endMs: 200 },
      ],
    });
    expect(await openaiHearing(whisper).transcribe(loud, { signal, interim: true })).not.toHaveProperty('words');
    expect(await openaiHearing(remote()).transcribe(loud, { signal })).not.toHaveProperty('words');
    script = Object.assign(script, { timesWords: false });
    const engine = openaiHearing(whisper);
    const before = server.requests.length;
    for (let times = 0; times < 2; times++)
      expect(await engine.transcribe(loud, { signal })).toEqual({ text: 'Hello, world.', language: 'und' });
    expect(server.requests.length - before).toBe(3);
  });

  it('asks nobody about silence, and cuts what a second cannot hold', async () => {
    script.transcribe = () => 'thank you '.repeat(40);
    const engine = openaiHearing(remote());
    expect(await engine.transcribe(new Int16Array(16_000), { signal })).toEqual({ text: '', language: 'und' });
    expect(server.requests).toEqual([]);
    expect((await engine.transcribe(loud, { signal })).text.split(' ').length).toBeLessThan(12);
  });

  it('refuses interim calls first when many are under way', async () => {
    const engine = openaiHearing(remote());
    const release = server.hold('/audio/transcriptions');
    const held = Array.from({ length: 4 }, () => engine.transcribe(loud, { signal, interim: true }));
    await expect(engine.transcribe(loud, { signal, interim: true })).rejects.toThrow(EngineBusyError);
    const final = engine.transcribe(loud, { signal });
    release();
    expect((await final).text).toBe('hello from the script');
    await Promise.all(held);
  });
});

describe('speak', () => {
  it('streams samples whole though the chunks are odd, without Markdown, with voice and speed', async () => {
    const pcm = Int16Array.from({ length: 20_001 }, (_, at) => (at * 7919) % 32_768);
    const asked: SpeechAsked[] = [];
    script.speak = (what) => {
      asked.push(what);
      return pcm;
    };
    const chunks = await collect(openaiSpeaking(remote()).speak('**Yes**, we do.', { voice: 'marin', speed: 1.25, signal }));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.flatMap((chunk) => [...chunk.pcm])).toEqual([...pcm]);
    expect(new Set(chunks.map(({ rate }) => rate))).toEqual(new Set([24_000]));
    expect(asked).toEqual([{ input: 'Yes, we do.', voice: 'marin', speed: 1.25, model: 'scripted' }]);
  });

  it('ends with the reason of its signal in the middle', async () => {
    script.speak = () => new Int16Array(480_000);
    const controller = new AbortController();
    const reading = (async () => {
      for await (const chunk of openaiSpeaking(remote()).speak('a long story', {
        voice: 'alloy',
        speed: 1,
        signal: controller.signal,
      })) {
        expect(chunk.pcm.length).toBeGreaterThan(0);
        controller.abort(new Error('cut in'));
      }
    })();
    await expect(reading).rejects.toThrow('cut in');
  });
});

describe('answer', () => {
  it('streams text, tells calls whole and the count last', async () => {
    script.chat = () => [
      { text: 'One ' },
      { text: 'moment.' },
      { tool: 'find_order', arguments: '{"id":10482}' },
      { tool: 'now', arguments: '' },
    ];
    expect(await collect(openaiAnswering(remote()).answer(request()))).toEqual([
      { type: 'text', text: 'One ' },
      { type: 'text', text: 'moment.' },
      { type: 'tool-call', name: 'find_order', arguments: '{"id":10482}' },
      { type: 'tool-call', name: 'now', arguments: '{}' },
      { type: 'end', inputTokens: 11, outputTokens: 7, cut: false },
    ] satisfies AnswerPart[]);
  });

  it('says the whole conversation: instructions, pictures, calls made together, results, tools, limit', async () => {
    const asked: ChatAsked[] = [];
    script.chat = (what) => {
      asked.push(what);
      return [{ text: 'Done.' }];
    };
    await collect(
      openaiAnswering(remote()).answer(
        request({
          instructions: 'Be brief.',
          turns: [
            { role: 'user', text: 'look', images: [new Uint8Array([0xff, 0xd8, 0xff])] },
            { role: 'tool-call', callId: 'a', name: 'one', arguments: '{}' },
            { role: 'tool-call', callId: 'b', name: 'two', arguments: '{}' },
            { role: 'tool-result', callId: 'a', output: '1' },
            { role: 'tool-result', callId: 'b', output: '2' },
            { role: 'assistant', text: 'three', images: [] },
          ],
          tools: [{ name: 'one', description: 'first', parameters: { type: 'object', properties: {} } }],
          toolChoice: { name: 'one' },
          maxTokens: 99,
        }),
      ),
    );
    expect(asked[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'tool', 'assistant']);
    expect(asked[0]?.messages[1]?.content).toEqual([
      { type: 'text', text: 'look' },
      { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/' } },
    ]);
    expect(asked[0]?.messages[2]?.tool_calls?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(asked[0]).toMatchObject({ toolChoice: { type: 'function', function: { name: 'one' } }, maxTokens: 99, stream: true });
    expect(asked[0]?.body).toHaveProperty('max_tokens');
  });

  it('tells a cut answer and makes no call of half an argument', async () => {
    script.chat = () => [{ text: 'It is' }, { tool: 'find', arguments: '{"id":1' }, { finish: 'length' }];
    const parts = await collect(openaiAnswering(remote()).answer(request()));
    expect(parts.map(({ type }) => type)).toEqual(['text', 'end']);
    expect(parts.at(-1)).toMatchObject({ cut: true });
  });

  it('fails when arguments are not JSON', async () => {
    script.chat = () => [{ tool: 'find', arguments: 'id=1' }];
    await expect(collect(openaiAnswering(remote()).answer(request()))).rejects.toThrow('the arguments for find are not JSON');
  });

  it('is cut off by its signal', async () => {
    const controller = new AbortController();
    const release = server.hold('/chat/completions');
    const reading = collect(openaiAnswering(remote()).answer(request({ signal: controller.signal })));
    controller.abort(new Error('barge-in'));
    await expect(reading).rejects.toThrow('barge-in');
    release();
  });
});

describe('see', () => {
  const picture = () =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: '#d02020' } })
      .png()
      .toBuffer();

  it('reads the description, fenced or not, and measures the colours itself', async () => {
    const asked: ChatAsked[] = [];
    script.chat = (what) => {
      asked.push(what);
      return [
        {
          text: '```json\n{"text":[{"line":"EXIT","confidence":0.9}],"people":{"count":2,"confidence":0.8},"objects":[{"name":"dog","confidence":7}]}\n```',
        },
      ];
    };
    const seen = await openaiSeeing(remote()).look(await picture(), { signal });
    expect(seen.text).toEqual([{ line: 'EXIT', confidence: 0.9 }]);
    expect(seen.people).toEqual({ count: 2, confidence: 0.8 });
    // Out of range: unsure.
    expect(seen.objects).toEqual([{ name: 'dog', confidence: 0.5 }]);
    expect(seen.colours[0]).toMatchObject({ name: 'red', share: 1 });
    const content = asked[0]?.messages[0]?.content;
    expect(typeof content === 'string' ? '' : content?.[1]?.image_url?.url).toMatch(/^data:image\/jpeg;base64,/);
  });

  it('asks again without the format where the server does not know it', async () => {
    server.failNext('/chat/completions', 400);
    script.chat = ({ body }) => [
      { text: JSON.stringify({ text: [], people: { count: 'response_format' in body ? 1 : 0, confidence: 1 }, objects: [] }) },
    ];
    expect((await openaiSeeing(remote()).look(await picture(), { signal })).people.count).toBe(0);
  });

  it('fails on prose and on what is no picture', async () => {
    script.chat = () => [{ text: 'I see a dog.' }];
    await expect(openaiSeeing(remote()).look(await picture(), { signal })).rejects.toThrow('not the JSON');
    await expect(openaiSeeing(remote()).look(new Uint8Array(9), { signal })).rejects.toThrow('cannot be read');
  });
});

describe('failures', () => {
  const transcribe = (apiKey?: string) => openaiHearing(remote(apiKey)).transcribe(loud, { signal });

  it.each([
    [429, EngineBusyError, 'takes no more calls'],
    [503, EngineFailedError, 'answered 503'],
    [404, EngineFailedError, 'does not know the model'],
    [0, EngineFailedError, 'cannot be reached'],
  ])('status %i is told as %o', async (status, kind, words) => {
    // Twice: the client tries once more by itself.
    server.failNext('/audio/transcriptions', status, 2);
    const error: unknown = await transcribe().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toContain(words);
  });

  it('one hiccup is tried again', async () => {
    server.failNext('/audio/transcriptions', 500);
    expect((await transcribe()).text).toBe('hello from the script');
  });

  it('a refused key is named, at warm too, and never quoted', async () => {
    await expect(transcribe('wrong')).rejects.toThrow('refuses the API key');
    await expect(openaiAnswering(remote('wrong')).warm()).rejects.toThrow('refuses the API key');
    await expect(openaiAnswering(remote('wrong')).warm()).rejects.not.toThrow(/wrong/);
  });

  it('warm is content with a server that lists no models', async () => {
    server.failNext('/models', 404);
    await openaiSpeaking(remote(null)).warm();
  });

  it('close ends what is under way', async () => {
    const engine = openaiHearing(remote());
    const release = server.hold('/audio/transcriptions');
    const held = engine.transcribe(loud, { signal });
    await engine.close();
    await expect(held).rejects.toThrow('closed');
    release();
  });
});

describe('the environment', () => {
  it('gives one key to all roles, and a role its own server', () => {
    const { roles } = readConfig(
      {
        OPENAI_API_KEY: 'k',
        OPENAI_BASE_URL: 'http://a.test/v1',
        SPEAK_BASE_URL: 'http://b.test/v1',
        SPEAK_API_KEY: 's',
        SPEAK_MODEL: 'kokoro',
      },
      0,
    );
    expect(roles.hear).toEqual({ baseUrl: 'http://a.test/v1', apiKey: 'k', model: null });
    expect(roles.speak).toEqual({ baseUrl: 'http://b.test/v1', apiKey: 's', model: 'kokoro' });
    expect(openaiSpeaking(roles.speak ?? remote()).name).toBe('kokoro (b.test)');
  });
});
