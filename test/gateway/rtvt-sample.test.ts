import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createGateway } from '../../demo/server/app.ts';
import type { Gateway } from '../../demo/server/mount.ts';
import { readConfig } from '../../demo/server/config.ts';
import { openaiHearing } from '../../demo/server/engines/openai/hear.ts';
import { openaiTranslating } from '../../demo/server/engines/openai/translate.ts';
import { RtvtClient } from '../../src/protocols/rtvt/client.ts';
import { fakeEngines, silence, speech } from '../support/fake-engines.ts';
import { scriptedOpenAI } from '../support/scripted-openai.ts';
import type { ScriptedOpenAI } from '../support/scripted-openai.ts';
import { KEY } from './client.ts';
import { login, PID, SECRET } from './rtvt-wire.ts';

/** The sample of the SDK's README, Chinese into English, line by line: our client, the gateway, and an OpenAI-compatible server behind it. */

let openai: ScriptedOpenAI;
let gateway: Gateway;
let endpoint = '';
beforeAll(async () => {
  openai = await scriptedOpenAI({
    transcribe: ({ language, pcm }) =>
      language === 'zh' ? (pcm.length > 16_000 ? '我想作为大家的朋友，' : '我想') : 'wrong language',
    chat: ({ messages }) => {
      const [system, user] = messages;
      const right = /from Chinese .* to English/.test(JSON.stringify(system?.content));
      return [{ text: right && user?.content === '我想作为大家的朋友，' ? "I want to be everyone's friend," : 'I want' }];
    },
  });
  const remote = { baseUrl: openai.url, apiKey: 'k', model: 'scripted' };
  const engines = { ...fakeEngines(), hear: openaiHearing(remote), translate: openaiTranslating(remote) };
  const config = readConfig(
    { GATEWAY_API_KEY: KEY, RTVT_SECRET: SECRET, RTVT_PID: String(PID), TRANSLATE_BASE_URL: openai.url },
    0,
  );
  gateway = await createGateway(config, engines, { log: pino({ level: 'silent' }), site: false, streams: false });
  endpoint = (await gateway.listen(0, '127.0.0.1')).replace(/^http/, 'ws');
});
afterAll(async () => {
  await gateway.close();
  await openai.close();
});

it('runs whole', async () => {
  const client = new RtvtClient(endpoint, PID, { uid: 123456, WebSocket });
  const said: unknown[] = [];
  client.connected$.subscribe(({ connected, connectionId }) => said.push(['connected', connectionId, connected]));
  client.closed$.subscribe(({ causedByError }) => said.push(['closed', causedByError]));
  const finals: unknown[] = [];
  const interims: unknown[] = [];
  client.recognizedResult$.subscribe(({ asr, lang, taskId }) => finals.push([lang, taskId, asr]));
  client.translatedResult$.subscribe(({ trans, lang, taskId }) => finals.push([lang, taskId, trans]));
  client.recognizedTempResult$.subscribe(({ asr, lang }) => interims.push([lang, asr]));
  client.translatedTempResult$.subscribe(({ trans, lang }) => interims.push([lang, trans]));

  const { token, ts } = login();
  expect(await client.login(token, ts)).toEqual({ successed: true, errorCode: 0 });
  const { streamId, errorCode } = await client.createStream('zh', 'en', {
    asr: true,
    temp: true,
    trans: true,
    srcAltLanguages: [],
  });
  expect(errorCode).toBe(0);
  expect(BigInt(streamId)).toBeGreaterThan(2n ** 53n);
  const first = Int16Array.from([...silence(300), ...speech(0, 900)]);
  for (let seq = 0; seq * 320 < first.length; seq++) {
    expect(await client.sendVoice(streamId, seq, first.slice(seq * 320, seq * 320 + 320))).toBe(0);
  }
  await expect.poll(() => interims.length).toBeGreaterThan(1);
  // Of any length, as the SDK's third way of sending; it numbers frames on its own.
  const other = await client.createStream('zh', 'en');
  client.sendVoiceVariable(other.streamId, Int16Array.from([...silence(300), ...speech(0, 1500), ...silence(700)]));
  await expect
    .poll(() => finals)
    .toEqual([
      ['zh', '1', '我想作为大家的朋友，'],
      ['en', '1', "I want to be everyone's friend,"],
    ]);
  expect(interims).toContainEqual(['zh', '我想']);
  expect(interims).toContainEqual(['en', 'I want']);
  expect(await client.closeStream(other.streamId)).toBe(0);
  expect(await client.closeStream(streamId)).toBe(0);
  // What was being said on the first stream is told after its end.
  await expect.poll(() => finals.length).toBe(4);
  expect((await client.createStream('xx', 'en')).errorCode).toBe(800105);
  client.destroy();
  expect(said).toEqual([
    ['connected', 1, true],
    ['closed', false],
  ]);
});
