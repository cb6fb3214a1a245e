import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hearing, Speaking } from '../../demo/server/engines/engine.ts';
import { localHearing } from '../../demo/server/engines/local/hear.ts';
import { localSpeaking } from '../../demo/server/engines/local/speak.ts';
import { moonshine, piper } from '../../demo/server/engines/weights-table.ts';
import { at16k, joined, signal, weightsHere } from './here.ts';
import { pitchHz } from './pitch.ts';
import { errorRate } from './words.ts';

const SENTENCES = [
  'Standard delivery takes between two and five working days.',
  'Please tell me your order number and I will look it up.',
  'The museum opens at ten and the last visit begins at five.',
];

let speak: Speaking;
let hear: Hearing;

beforeAll(async () => {
  [speak, hear] = [localSpeaking(await weightsHere(piper)), localHearing(await weightsHere(moonshine))];
  await Promise.all([speak.warm(), hear.warm()]);
});
afterAll(() => Promise.all([speak.close(), hear.close()]));

async function say(
  text: string,
  voice = 'marin',
  speed = 1,
): Promise<{ readonly pcm: Int16Array; readonly rate: number; readonly parts: number }> {
  const parts: Int16Array[] = [];
  let rate = 0;
  for await (const chunk of speak.speak(text, { voice, speed, signal })) {
    parts.push(chunk.pcm);
    rate = chunk.rate;
  }
  return { pcm: joined(parts), rate, parts: parts.length };
}

const heardAgain = async (text: string, voice?: string, speed?: number): Promise<string> =>
  (await hear.transcribe(at16k(await say(text, voice, speed)), { signal })).text;

describe('the voices', () => {
  it('are all understood', async () => {
    for (const { name } of speak.voices) {
      const pairs = await Promise.all(SENTENCES.map(async (text) => [text, await heardAgain(text, name)] as const));
      expect(errorRate(pairs), `${name} ${JSON.stringify(pairs)}`).toBeLessThanOrEqual(0.2);
    }
  });

  it('differ in pitch, five high and five low, and are equally loud', async () => {
    const measured = await Promise.all(
      speak.voices.map(async ({ name }) => {
        // All sentences in one reading: the pitch of one sentence alone wanders, since the voice is a little random.
        const { pcm, rate } = await say(SENTENCES.join(' '), name);
        const sounding = pcm.filter((sample) => Math.abs(sample) > 330);
        return {
          name,
          hz: pitchHz(pcm, rate),
          level: Math.sqrt(sounding.reduce((sum, sample) => sum + sample * sample, 0) / sounding.length),
        };
      }),
    );
    const pitches = measured.toSorted((a, b) => a.hz - b.hz);
    const low = pitches.slice(0, 5).map(({ name }) => name);
    expect(low.sort(), JSON.stringify(measured)).toEqual(['ash', 'ballad', 'cedar', 'echo', 'verse']);
    expect((pitches.at(-1)?.hz ?? 0) / (pitches[0]?.hz ?? 1)).toBeGreaterThan(1.7);
    const levels = measured.map(({ level }) => level);
    expect(Math.max(...levels) / Math.min(...levels)).toBeLessThan(1.35);
  });

  it('an unknown one speaks like the first', async () => {
    expect(pitchHz(...pcmOf(await say(SENTENCES[0] ?? '', 'nobody')))).toBeGreaterThan(160);
  });
});

const pcmOf = ({ pcm, rate }: { readonly pcm: Int16Array; readonly rate: number }): readonly [Int16Array, number] => [pcm, rate];

it('takes speed 0.25 to 1.5 and keeps to its ends beyond them', async () => {
  const seconds = async (speed: number): Promise<number> => (await say(SENTENCES[0] ?? '', 'marin', speed)).pcm.length;
  const [slowest, slow, plain, fast, faster] = [
    await seconds(0.25),
    await seconds(0.5),
    await seconds(1),
    await seconds(1.5),
    await seconds(4),
  ];
  expect(slowest / plain).toBeGreaterThan(2.6);
  expect(slow / plain).toBeGreaterThan(1.4);
  expect(fast / plain).toBeLessThan(0.85);
  // No two readings are equal: the voice is a little random.
  expect(Math.abs(Math.log(faster / fast))).toBeLessThan(0.3);
  // Over several sentences, because one reading of one sentence is a little random.
  const quick = await Promise.all(
    SENTENCES.slice(0, 5).map(async (text) => [text, await heardAgain(text, 'marin', 1.5)] as const),
  );
  expect(errorRate(quick)).toBeLessThanOrEqual(0.25);
});

it('begins with sound, not with silence', async () => {
  for (const text of ['Hi.', ...SENTENCES]) {
    for await (const { pcm, rate } of speak.speak(text, { voice: 'marin', speed: 1, signal })) {
      const peak = pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      expect((pcm.findIndex((sample) => Math.abs(sample) > 0.018 * peak) / rate) * 1000, text).toBeLessThan(12);
      break;
    }
  }
});

it('gives a long answer in parts, the first of them a short one', async () => {
  const sizes: number[] = [];
  for await (const { pcm } of speak.speak(SENTENCES.join(' '), { voice: 'marin', speed: 1, signal })) sizes.push(pcm.length);
  expect(sizes.length).toBeGreaterThanOrEqual(3);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  // That they come one by one is seen below, where two voices take turns; how soon is the business of `prove:latency`.
  expect(sizes[0] ?? Infinity).toBeLessThan(sizes.reduce((sum, size) => sum + size, 0) * 0.6);
});

it('lets two speak in turn, by clauses', async () => {
  const order: string[] = [];
  const read = async (voice: string): Promise<void> => {
    for await (const chunk of speak.speak(SENTENCES.join(' '), { voice, speed: 1.1, signal })) {
      expect(chunk.rate).toBe(22_050);
      order.push(voice);
    }
  };
  await Promise.all([read('cedar'), read('sage')]);
  expect(order.slice(0, 2).sort()).toEqual(['cedar', 'sage']);
});

it('stops at the clause that it is at when it is cut off', async () => {
  const controller = new AbortController();
  const reading = (async () => {
    for await (const chunk of speak.speak(SENTENCES.join(' ').repeat(5), {
      voice: 'marin',
      speed: 1,
      signal: controller.signal,
    })) {
      expect(chunk.pcm.length).toBeGreaterThan(0);
      controller.abort(new Error('cut in'));
    }
  })();
  await expect(reading).rejects.toThrow('cut in');
  const before = performance.now();
  await say('Hi.');
  expect(performance.now() - before).toBeLessThan(1500);
});

it('says the same again as it said it before', async () => {
  const again = 'I could not find that on this site, I am afraid.';
  const first = await say(again);
  // No two readings are equal: this one was kept.
  expect((await say(again)).pcm).toEqual(first.pcm);
  expect((await say(again, 'cedar')).pcm).not.toEqual(first.pcm);
});

it('says nothing of nothing', async () => {
  expect((await say(' **…** ')).parts).toBe(0);
});

it.each([
  ['The plan costs $12.50 per month.', /12\.50|twelve dollars and fifty|12 dollars and (?:50|fifty)/i],
  // “9 a.m.” is short, and the hearing here often misses it: that it is written out is shown by the text itself (unit tests).
  ['We are open Mon-Fri, 9am-6pm.', /monday to friday.*(?:6|six)/i],
  ['It was founded in 1984.', /19 ?84|nineteen eighty/i],
  ['Visit https://www.example.com/ for more.', /visit example(?:\.| dot )com for more/i],
  ['Your **order** is `ready`.', /^your order is ready\b/i],
])('%s is heard as people would say it, by two of three voices', async (written, said) => {
  const heard = await Promise.all(['marin', 'cedar', 'alloy'].map((voice) => heardAgain(written, voice)));
  expect(heard.filter((text) => said.test(text)).length, JSON.stringify(heard)).toBeGreaterThanOrEqual(2);
});
