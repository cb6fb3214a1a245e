import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { visit, wordErrors, words, type Visit } from '../support/conversation.ts';
import { endWithin, soundingStretches } from '../support/output-recorder.ts';
import { mouthAndEar, type MouthAndEar } from '../support/synthesise.ts';

/** The whole path: a recorded voice, the real worklets, the real wire, the real gateway, back to sound and text. */

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-questions-'));
const saturday = join(folder, 'saturday.wav');
const tomatoes = join(folder, 'tomatoes.wav');
let mouth: MouthAndEar;

test.beforeAll(async () => {
  mouth = await mouthAndEar();
  await mouth.say('Are you open on Saturday?', saturday);
  await mouth.say('When can I plant tomatoes outside?', tomatoes, 'ballad');
});
test.afterAll(async () => {
  await mouth.close();
  rmSync(folder, { recursive: true });
});

const lines = (visited: Visit): Promise<readonly { role: string; text: string; status: string; revealed: number }[]> =>
  visited
    .state()
    .then(({ transcript }) => transcript.map(({ role, text, status, revealed }) => ({ role, text, status, revealed })));

test('a recorded human voice is captioned within the engine’s own error, in frames of 20 ms', async () => {
  const fixtures = JSON.parse(readFileSync('test/fixtures/speech/manifest.json', 'utf8')) as { file: string; text: string }[];
  const clip = fixtures.find(({ file }) => file.includes('0880'));
  if (clip === undefined) throw new Error('the fixture is missing');
  const visited = await visit([{ silenceMs: 1_000 }, { wav: `test/fixtures/speech/${clip.file}` }, { silenceMs: 10_000 }]);
  try {
    await visited.talk();
    const { transcript } = await visited.until('the user is understood', ({ transcript: said }) =>
      said.some(({ role, status }) => role === 'user' && status === 'final'),
    );
    const heard = transcript.find(({ role }) => role === 'user')?.text ?? '';
    // The engine alone makes no error on this clip; echo and noise processing may cost it a compound word.
    expect(wordErrors(clip.text, heard), heard).toBeLessThanOrEqual(2);
    const appended = visited.crossings('up', 'input_audio_buffer.append');
    const sizes = new Set(appended.map(({ event }) => Buffer.from(String(event['audio']), 'base64').length));
    expect([...sizes]).toEqual([640]);
    const seconds = ((appended.at(-1)?.at ?? 0) - (appended[0]?.at ?? 0)) / 1000;
    expect((appended.length - 1) / seconds).toBeGreaterThan(45);
    expect((appended.length - 1) / seconds).toBeLessThan(55);
    const interim = visited.crossings('down', 'conversation.item.input_audio_transcription.delta').length;
    expect(interim, 'interim text while speaking').toBeGreaterThan(0);
  } finally {
    await visited.leave();
  }
});

test('the answer that comes out of the loudspeaker is the answer that is shown', async () => {
  const visited = await visit([{ silenceMs: 1_000 }, { wav: saturday }, { silenceMs: 15_000 }]);
  try {
    await visited.talk();
    await visited.until('the answer sounds', ({ phase }) => phase === 'speaking');
    const { transcript, latency } = await visited.until(
      'the answer was played',
      ({ phase, transcript: said }) =>
        phase === 'listening' && said.some(({ role, status }) => role === 'assistant' && status === 'final'),
    );
    const answer = transcript.find(({ role }) => role === 'assistant');
    expect(answer?.revealed).toBe(answer?.text.length);
    expect(answer?.citations[0]?.url).toContain('opening-hours');
    const output = await visited.output();
    const stretches = soundingStretches(output);
    expect(stretches).toHaveLength(1);
    const [stretch] = stretches;
    const heard = await mouth.hear(output.samples.subarray(stretch?.from, stretch?.to), output.rate);
    const wanted = answer?.text ?? '';
    expect(wordErrors(wanted, heard) / words(wanted).length, `${wanted} / ${heard}`).toBeLessThanOrEqual(0.25);
    console.log(`end of speech to first sound: ${String(Math.round(latency?.lastMs ?? 0))} ms, VAD window included`);
    await expect(visited.page.locator('viva-transcript')).toContainText(wanted.slice(0, 30));
  } finally {
    await visited.leave();
  }
});

/** The server keeps what was heard, to within 20 ms. */
const CUT_MS = 20;
/** A cut fades for 5 ms. */
const FADE_MS = 6;
/** Of 1; three times what counts as sound at the output. */
const AUDIBLE = 0.003;

/** How far from what the server was told the sound really stopped, ms: by what was being said last, not by how long it took. */
async function cutError(visited: Visit): Promise<number> {
  const [truncate] = visited.crossings('up', 'conversation.item.truncate');
  const itemId = truncate?.event['item_id'];
  const told = Number(truncate?.event['audio_end_ms']);
  expect(Number.isInteger(told)).toBe(true);
  const deltas = visited.crossings('down', 'response.output_audio.delta').filter(({ event }) => event['item_id'] === itemId);
  const bytes = Buffer.concat(deltas.map(({ event }) => Buffer.from(String(event['delta']), 'base64')));
  const received = Float32Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2) / 32_768);
  const output = await visited.output();
  const [played] = soundingStretches(output, 1_000);
  if (played === undefined) throw new Error('there was no sound');
  const heard = output.samples.subarray(played.from, played.to);
  const end = endWithin(received, 24_000, heard, output.rate, told);
  // Cut in a pause of the answer: silence that was played is not to be seen, but it was heard. What is plainly louder than that was not.
  const missed = received.subarray(Math.round((end + FADE_MS) * 24), told * 24).findIndex((value) => Math.abs(value) > AUDIBLE);
  const error = end >= told ? end - told : missed < 0 ? 0 : end + FADE_MS + missed / 24 - told;
  console.log(`cut told ${String(told)} ms, off by ${error.toFixed(1)} ms`);
  return error;
}

test('the keyboard alone is enough: to the launcher, in, talk, cut, out', async () => {
  const visited = await visit([{ silenceMs: 1_000 }, { wav: saturday }, { silenceMs: 15_000 }]);
  const focused = (): Promise<string> =>
    visited.page.evaluate(() => {
      let at: Element | null = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.getAttribute('part') ?? at?.localName ?? '';
    });
  try {
    await expect(visited.page.getByRole('button', { name: 'Ask us' })).toBeVisible();
    for (let tabs = 0; tabs < 90 && (await focused()) !== 'launcher'; tabs += 1) await visited.page.keyboard.press('Tab');
    await visited.page.keyboard.press('Enter');
    await expect.poll(focused).toBe('start');
    await visited.page.keyboard.press('Enter');
    await visited.until('words of the answer were heard', ({ phase, transcript }) => {
      return phase === 'speaking' && (transcript[1]?.revealed ?? 0) > 12;
    });
    await visited.page.keyboard.press('Escape');
    await visited.until('the answer is cut', ({ transcript }) => transcript[1]?.status === 'interrupted', 2_000);
    await visited.until('the session listens again', ({ phase }) => phase === 'listening');
    await visited.page.keyboard.press('Escape');
    await expect.poll(focused).toBe('launcher');
  } finally {
    await visited.leave();
  }
});

test('a second utterance cuts the answer, and the server keeps what was heard', async () => {
  const visited = await visit([
    { silenceMs: 1_000 },
    { wav: saturday },
    // In the middle of the answer: it begins half a second after the question and takes 5.6 s.
    { silenceMs: 2_600 },
    { wav: tomatoes },
    { silenceMs: 15_000 },
  ]);
  try {
    await visited.talk();
    await visited.until(
      'the second question is answered, and its answer is heard',
      ({ transcript }) => {
        const answers = transcript.filter(({ role }) => role === 'assistant');
        // What the loudspeaker has not played is not revealed.
        return (answers[1]?.revealed ?? 0) >= 'From our Growing tomatoes'.length;
      },
      40_000,
    );
    const said = await lines(visited);
    expect(said.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'final'],
      ['assistant', 'interrupted'],
      ['user', 'final'],
      ['assistant', expect.stringMatching(/interim|final/)],
    ]);
    expect(said[3]?.text.toLowerCase()).toContain('tomato');
    expect(soundingStretches(await visited.output(), 1_000), 'both answers sounded').toHaveLength(2);
    expect((await visited.state()).notice).toBeNull();
    expect(visited.crossings('down', 'conversation.item.truncated')).toHaveLength(1);
    expect(visited.crossings('down', 'error')).toEqual([]);
    expect(Math.abs(await cutError(visited))).toBeLessThanOrEqual(CUT_MS);
  } finally {
    await visited.leave();
  }
});

for (const [way, interrupt] of [
  ['the button', (visited: Visit) => visited.page.getByRole('button', { name: 'Stop answering' }).click()],
  ['Escape', (visited: Visit) => visited.page.keyboard.press('Escape')],
  [
    'a typed message',
    async (visited: Visit) => {
      // The next answer sounds 40 ms after the cut: it would be taken for the end of what was cut.
      visited.proxy.holdFrom('response.created');
      await visited.page.getByRole('textbox').fill('When can I plant tomatoes outside?');
      await visited.page.keyboard.press('Enter');
    },
  ],
] as const) {
  test(`${way} cuts the answer at once`, async () => {
    const visited = await visit([{ silenceMs: 1_000 }, { wav: saturday }, { silenceMs: 15_000 }]);
    try {
      await visited.talk();
      await visited.until(
        'words of the answer were heard',
        ({ transcript, phase }) => phase === 'speaking' && (transcript[1]?.revealed ?? 0) > 12,
      );
      await interrupt(visited);
      const { transcript } = await visited.until(
        'the answer is cut',
        ({ transcript: said }) => said[1]?.status === 'interrupted',
        2_000,
      );
      expect(transcript[1]?.text.length).toBeGreaterThan(0);
      await expect.poll(() => visited.crossings('down', 'conversation.item.truncated').length).toBe(1);
      expect(Math.abs(await cutError(visited))).toBeLessThanOrEqual(CUT_MS);
      expect(visited.crossings('down', 'error')).toEqual([]);
    } finally {
      await visited.leave();
    }
  });
}

test('an interruption is silence at once, by the clock of the sound itself', async () => {
  const visited = await visit([{ silenceMs: 1_000 }, { wav: saturday }, { silenceMs: 15_000 }]);
  try {
    await visited.talk();
    await visited.until('words of the answer were heard', ({ phase, transcript }) => {
      return phase === 'speaking' && (transcript[1]?.revealed ?? 0) > 12;
    });
    const at = await visited.widget.evaluate(async (host) => {
      const { assistant } = host as HTMLElement & { assistant: { interrupt(cause: string): void } };
      const { recordedContext, soundNow } = globalThis as unknown as {
        recordedContext: AudioContext;
        soundNow: (above: number) => Promise<void>;
      };
      // Not in a pause of the answer, where it is silent already.
      await soundNow(0.05);
      assistant.interrupt('button');
      return recordedContext.currentTime;
    });
    await visited.until('the answer is cut', ({ transcript }) => transcript[1]?.status === 'interrupted', 2_000);
    const output = await visited.output();
    const [played] = soundingStretches(output, 1_000);
    const silentAfterMs = (output.from + (played?.to ?? 0) / output.rate - at) * 1000;
    console.log(`interrupt to silence at the output: ${silentAfterMs.toFixed(1)} ms, worker and worklet hops included`);
    // 5 ms of fade, one render quantum, and two hops between threads, which a busy machine may hold up; what is not cut sounds for seconds.
    expect(silentAfterMs).toBeLessThanOrEqual(200);
  } finally {
    await visited.leave();
  }
});

test('an interruption before the first sound leaves no answer behind', async () => {
  const visited = await visit([{ silenceMs: 1_000 }, { wav: saturday }, { silenceMs: 15_000 }]);
  try {
    visited.proxy.holdFrom('response.output_audio.delta');
    await visited.talk();
    await expect
      .poll(() => visited.crossings('down', 'response.output_audio.delta').length, { timeout: 20_000 })
      .toBeGreaterThan(0);
    await visited.until('the answer is being made', ({ phase }) => phase === 'thinking');
    await visited.page.getByRole('button', { name: 'Stop answering' }).click();
    await visited.until('the session listens again', ({ phase }) => phase === 'listening');
    visited.proxy.release();
    await expect.poll(() => visited.crossings('down', 'response.done').length).toBeGreaterThan(0);
    const said = await lines(visited);
    expect(said.filter(({ role }) => role === 'assistant')).toEqual([]);
    expect(soundingStretches(await visited.output())).toEqual([]);
    // The answer may have been made whole before the button was pressed: then there is nothing left to cancel, which is no error.
    const errors = visited
      .crossings('down', 'error')
      .filter(({ event }) => !JSON.stringify(event).includes('response_cancel_not_active'));
    expect(errors).toEqual([]);
  } finally {
    await visited.leave();
  }
});
