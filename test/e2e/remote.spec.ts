import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { visit, type Visit } from '../support/conversation.ts';
import { soundingStretches } from '../support/output-recorder.ts';
import { scriptedOpenAI, type ChatAsked, type ScriptedOpenAI } from '../support/scripted-openai.ts';
import { startSite, type Site } from '../support/site.ts';
import { mouthAndEar } from '../support/synthesise.ts';

/** The same conversations with every role played by an OpenAI-compatible server: hear, answer, speak, see. */

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-remote-'));
const question = join(folder, 'question.wav');
const ANSWER = 'Yes, we are open on Saturday from eight in the morning until four in the afternoon, and you are very welcome.';
const chats: ChatAsked[] = [];
let remote: ScriptedOpenAI;
let site: Site;

test.beforeAll(async () => {
  const mouth = await mouthAndEar();
  await mouth.say('Are you open on Saturday?', question);
  await mouth.close();
  remote = await scriptedOpenAI({
    transcribe: () => 'Are you open on Saturday?',
    chat: (asked) => {
      chats.push(asked);
      const last = asked.messages.at(-1);
      const text = JSON.stringify(last?.content);
      if (last?.role === 'tool') return [{ text: `The basket holds ${JSON.stringify(last.content)}.` }];
      if (text.includes('basket')) return [{ tool: 'basket', arguments: '{}' }];
      if (text.includes('image_url')) return [{ text: 'I see a picture.' }];
      return [{ text: ANSWER }];
    },
  });
  site = await startSite({ OPENAI_BASE_URL: remote.url, OPENAI_API_KEY: 'sk-scripted' });
});
test.afterAll(async () => {
  await site.stop();
  await remote.close();
  rmSync(folder, { recursive: true });
});

const spoken = [{ silenceMs: 1_000 }, { wav: question }, { silenceMs: 20_000 }] as const;
const answered = (visited: Visit): Promise<unknown> =>
  visited.until(
    'the answer was played',
    ({ phase, transcript }) =>
      phase === 'listening' && transcript.some(({ role, status }) => role === 'assistant' && status === 'final'),
  );

test('a spoken question is heard, answered and spoken by the remote engines', async () => {
  const visited = await visit(spoken, { site: site.url });
  try {
    await visited.talk();
    await answered(visited);
    const { transcript } = await visited.state();
    expect(transcript.map(({ text }) => text)).toEqual(['Are you open on Saturday?', ANSWER]);
    expect(soundingStretches(await visited.output())).toHaveLength(1);
    for (const path of ['/audio/transcriptions', '/chat/completions', '/audio/speech']) {
      expect(remote.requests).toContain(`POST ${path}`);
    }
  } finally {
    await visited.leave();
  }
});

test('the button cuts a remote answer, and the next question knows what was heard', async () => {
  const visited = await visit(spoken, { site: site.url });
  try {
    await visited.talk();
    await visited.until(
      'words were heard',
      ({ phase, transcript }) => phase === 'speaking' && (transcript[1]?.revealed ?? 0) > 20,
    );
    await visited.page.getByRole('button', { name: 'Stop answering' }).click();
    await expect.poll(() => visited.crossings('down', 'conversation.item.truncated').length).toBe(1);
    await visited.page.getByRole('textbox').fill('Where did you stop?');
    await visited.page.keyboard.press('Enter');
    await visited.until('it is answered', ({ transcript }) => transcript.filter(({ role }) => role === 'assistant').length === 2);
    const told = (chats.at(-1)?.messages ?? []).flatMap(({ role, content }) =>
      role === 'assistant' && typeof content === 'string' ? [content] : [],
    );
    expect(told).toHaveLength(1);
    const heard = told.join('').replace(/\W+$/, '');
    expect(ANSWER.startsWith(heard)).toBe(true);
    expect(heard.length).toBeLessThan(ANSWER.length - 1);
  } finally {
    await visited.leave();
  }
});

test('a tool of the page is called, and its result is spoken of', async () => {
  const visited = await visit([{ silenceMs: 20_000 }], { site: site.url });
  try {
    await visited.widget.evaluate((host) => {
      Object.assign(globalThis, { opened: 0 });
      navigator.mediaDevices.getUserMedia = () => {
        Object.assign(globalThis, { opened: 1 });
        return Promise.reject(new Error('not for a text'));
      };
      Object.assign(host, {
        tools: {
          basket: {
            description: 'What is in the basket',
            parameters: { type: 'object', properties: {} },
            run: () => 'two roses',
          },
        },
      });
    });
    await visited.widget.getByRole('button').first().click();
    await visited.page.getByRole('textbox').fill('What is in my basket?');
    await visited.page.keyboard.press('Enter');
    const { transcript, microphone } = await visited.until('it is answered', ({ transcript: said }) =>
      said.some(({ role, text, status }) => role === 'assistant' && text.includes('two roses') && status === 'final'),
    );
    expect(transcript.map(({ role }) => role)).toEqual(['user', 'tool', 'assistant']);
    expect(microphone, 'a text turn never opens the microphone').toBe('off');
    const answer = transcript.at(-1);
    expect(answer?.revealed, 'a written answer is there to be read').toBe(answer?.text.length);
    expect(await visited.page.evaluate(() => (globalThis as { opened?: number }).opened)).toBe(0);
  } finally {
    await visited.leave();
  }
});
