import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VoiceActivity } from '../../demo/server/engines/engine.ts';
import { localVoiceActivity } from '../../demo/server/engines/local/activity.ts';
import { localHearing } from '../../demo/server/engines/local/hear.ts';
import { moonshine, silero } from '../../demo/server/engines/weights-table.ts';
import { noise } from '../support/signals.ts';
import { joined, RATE, recordedSpeech, signal, weightsHere, type Clip } from './here.ts';

let activity: VoiceActivity;
let clips: readonly Clip[];
let clip: Int16Array;

beforeAll(async () => {
  activity = localVoiceActivity(await weightsHere(silero));
  clips = await recordedSpeech();
  clip = clips.find(({ id }) => id === 'austen-0890')?.pcm ?? new Int16Array();
  await activity.warm();
});
afterAll(() => activity.close());

async function judge(pcm: Int16Array, step = pcm.length): Promise<number[]> {
  const stream = activity.open();
  const all: number[] = [];
  for (let from = 0; from < pcm.length; from += step) all.push(...(await stream.push(pcm.subarray(from, from + step))));
  stream.close();
  return all;
}

it('computes what the reference runtime computes', async () => {
  const reference = JSON.parse(await readFile(new URL('silero-reference.json', import.meta.url), 'utf8')) as {
    'austen-0890': number[];
  };
  const judged = await judge(clip);
  expect(judged).toHaveLength(reference['austen-0890'].length);
  judged.forEach((probability, index) => expect(probability).toBeCloseTo(reference['austen-0890'][index] ?? NaN, 4));
});

it('judges the same whatever the sizes of the pieces', async () => {
  const whole = await judge(clip);
  for (const step of [320, 480, 511, 513, 4096]) expect(await judge(clip, step)).toEqual(whole);
});

describe('speech', () => {
  it('is noticed within 130 ms of its first loud sample, and its end within 400 ms of the last', async () => {
    for (const { id, pcm } of clips) {
      const judged = await judge(joined([new Int16Array(RATE), pcm, new Int16Array(RATE)]));
      const [onset, offset] = soundingPart(pcm).map((at) => RATE + at) as [number, number];
      const first = (judged.findIndex((probability) => probability >= 0.5) + 1) * 512;
      const last = (judged.findLastIndex((probability) => probability >= 0.5) + 1) * 512;
      expect((first - onset) / 16, id).toBeLessThan(130);
      expect((last - offset) / 16, id).toBeLessThan(400);
    }
  });

  it('is not found in silence, noise, hum and tones', async () => {
    const next = noise(5);
    for (const sample of [() => 0, () => 40 * next(), () => 4000 * next(), (at: number) => 6000 * Math.sin(at / 50)]) {
      const judged = await judge(Int16Array.from({ length: 4 * RATE }, (_, at) => sample(at)));
      expect(judged.filter((probability) => probability >= 0.5).length / judged.length).toBeLessThan(0.02);
    }
  });
});

/** From the first of three loud 10 ms in a row to the last loud one. Samples. */
function soundingPart(pcm: Int16Array): readonly [from: number, to: number] {
  const levels = Array.from({ length: Math.floor(pcm.length / 160) }, (_, index) =>
    Math.sqrt(pcm.subarray(index * 160, index * 160 + 160).reduce((sum, sample) => sum + sample * sample, 0)),
  );
  const loud = levels.map((level) => level > Math.max(...levels) / 10);
  return [
    160 * loud.findIndex((is, index) => is && loud[index + 1] === true && loud[index + 2] === true),
    160 * (loud.lastIndexOf(true) + 1),
  ];
}

it('keeps streams apart, and forgets on reset', async () => {
  const whole = await judge(clip);
  const [one, two] = [activity.open(), activity.open()];
  const next = noise(1);
  const other = Int16Array.from(clip, () => 9000 * next());
  const judged: number[] = [];
  for (let from = 0; from < clip.length; from += 512) {
    const both = await Promise.all([one.push(clip.subarray(from, from + 512)), two.push(other.subarray(from, from + 512))]);
    judged.push(...both[0]);
  }
  expect(judged).toEqual(whole);
  one.reset();
  expect([...(await one.push(clip))]).toEqual(whole);
  one.close();
  await expect(one.push(clip)).rejects.toThrow('closed');
  two.close();
});

it('answers in a few milliseconds while transcripts are made', async () => {
  const hear = localHearing(await weightsHere(moonshine));
  await hear.warm();
  const long = joined(clips.map(({ pcm }) => pcm));
  const hearing = Promise.all([hear.transcribe(long, { signal }), hear.transcribe(long, { signal })]);
  const stream = activity.open();
  const trips: number[] = [];
  for (let from = 0; from + 512 <= clip.length; from += 512) {
    const before = performance.now();
    await stream.push(clip.subarray(from, from + 512));
    trips.push(performance.now() - before);
  }
  await hearing;
  await hear.close();
  trips.sort((a, b) => a - b);
  // Far below a decode (100 ms and more), with room for a busy machine.
  expect(trips[Math.floor(trips.length / 2)]).toBeLessThan(16);
});
