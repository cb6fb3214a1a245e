import { afterEach, beforeEach, expect, it } from 'vitest';
import { EngineBusyError, EngineFailedError } from '../../../../demo/server/engines/engine.ts';
import { openaiTranslating } from '../../../../demo/server/engines/openai/translate.ts';
import { scriptedOpenAI, type ChatAsked, type OpenAIScript, type ScriptedOpenAI } from '../../../support/scripted-openai.ts';

let server: ScriptedOpenAI;
let script: OpenAIScript;
const signal = new AbortController().signal;
const engine = () => openaiTranslating({ baseUrl: server.url, apiKey: 'key', model: 'scripted' });

beforeEach(async () => {
  script = {};
  server = await scriptedOpenAI(script);
});
afterEach(() => server.close());

it('asks for one sentence, naming both languages, and nothing of what was said before', async () => {
  const asked: ChatAsked[] = [];
  script.chat = (what) => {
    asked.push(what);
    return [{ text: ' Where is the station? ' }];
  };
  const translate = engine();
  expect(translate.pairs).toBeNull();
  expect(translate.quality).toBe('model');
  expect(await translate.translate('车站在哪里？', { from: 'zh-CN', to: 'en', signal })).toBe('Where is the station?');
  expect(await translate.translate('你好', { from: 'zh-CN', to: 'ar', signal })).toBe('Where is the station?');
  expect(asked[0]?.messages).toHaveLength(2);
  expect(asked[0]?.messages[0]?.content).toContain('from Chinese (China) (zh-CN) to English (en)');
  expect(asked[1]?.messages[0]?.content).toContain('to Arabic (ar)');
  expect(asked[1]?.messages[1]).toMatchObject({ role: 'user', content: '你好' });
  expect(asked[1]?.messages).toHaveLength(2);
});

it('asks nobody about nothing', async () => {
  expect(await engine().translate(' \n', { from: 'en', to: 'es', signal })).toBe('');
  expect(server.requests).toEqual([]);
});

it('refuses what is no language, and more than anybody says', async () => {
  await expect(engine().translate('hello', { from: 'english please', to: 'es', signal })).rejects.toThrow(RangeError);
  await expect(engine().translate('x'.repeat(5001), { from: 'en', to: 'es', signal })).rejects.toThrow(RangeError);
  expect(server.requests).toEqual([]);
});

it('fails on an empty answer instead of showing nothing', async () => {
  script.chat = () => [{ text: '' }];
  await expect(engine().translate('hello', { from: 'en', to: 'es', signal })).rejects.toThrow(EngineFailedError);
});

it('refuses interim sentences first when many are under way', async () => {
  script.chat = () => [{ text: 'hola' }];
  const translate = engine();
  const release = server.hold('/chat/completions');
  const held = Array.from({ length: 4 }, () => translate.translate('hello', { from: 'en', to: 'es', interim: true, signal }));
  await expect(translate.translate('hello', { from: 'en', to: 'es', interim: true, signal })).rejects.toThrow(EngineBusyError);
  const final = translate.translate('hello', { from: 'en', to: 'es', signal });
  release();
  expect(await final).toBe('hola');
  await Promise.all(held);
});
