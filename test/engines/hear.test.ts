import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineBusyError, EngineFailedError, type Hearing } from '../../demo/server/engines/engine.ts';
import { localHearing } from '../../demo/server/engines/local/hear.ts';
import { moonshine } from '../../demo/server/engines/weights-table.ts';
import { noise } from '../support/signals.ts';
import { joined, RATE, recordedSpeech, signal, weightsHere, type Clip } from './here.ts';
import { errorRate } from './words.ts';

let hear: Hearing;
let clips: readonly Clip[];

beforeAll(async () => {
  hear = localHearing(await weightsHere(moonshine));
  clips = await recordedSpeech();
  await hear.warm();
});
afterAll(() => hear.close());

const textOf = async (pcm: Int16Array): Promise<string> => (await hear.transcribe(pcm, { signal })).text;

it('hears recorded speech within its known error rate of 3.8 %', async () => {
  const pairs = await Promise.all(clips.map(async ({ text, pcm }) => [text, await textOf(pcm)] as const));
  expect(errorRate(pairs), JSON.stringify(pairs)).toBeLessThanOrEqual(0.038);
});

it('hears speech in noise 20 dB below it within twice that', async () => {
  const next = noise(7);
  const pairs = await Promise.all(
    clips.map(async ({ text, pcm }) => {
      const level = Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length) / 10;
      return [text, await textOf(pcm.map((sample) => sample + Math.round(level * Math.sqrt(3) * next())))] as const;
    }),
  );
  expect(errorRate(pairs), JSON.stringify(pairs)).toBeLessThanOrEqual(0.076);
});

it('hears a speaker of more than a minute, cut in pauses, without losing the joints', async () => {
  const pause = new Int16Array(0.4 * RATE);
  const all = [...clips, ...clips, ...clips].flatMap(({ pcm }) => [pcm, pause]);
  const said = [...clips, ...clips, ...clips].map(({ text }) => text).join(' ');
  expect(errorRate([[said, await textOf(joined(all))]])).toBeLessThanOrEqual(0.06);
});

describe('nothing is heard', () => {
  const next = noise(3);
  const SOUNDS: Readonly<Record<string, (at: number) => number>> = {
    'in digital silence': () => 0,
    'in the noise of a quiet room': () => 20 * next(),
    'in loud noise': () => 6000 * next(),
    'in mains hum': (at) => 3000 * Math.sin((2 * Math.PI * 50 * at) / RATE),
    'in a tone': (at) => 9000 * Math.sin((2 * Math.PI * 440 * at) / RATE),
    'in clicks': (at) => (at % 4000 < 20 ? 16_000 : 0),
    'in a fan': (at) => 2500 * next() * (1 + Math.sin((2 * Math.PI * 8 * at) / RATE)),
  };
  it.each(Object.entries(SOUNDS))('%s', async (_, sample) => {
    for (const seconds of [0.05, 0.3, 1, 3])
      expect(await textOf(Int16Array.from({ length: seconds * RATE }, (__, at) => sample(at)))).toBe('');
  });
});

it('refuses a language that it does not hear instead of making up English', async () => {
  const [clip] = clips;
  await expect(hear.transcribe(clip?.pcm ?? new Int16Array(), { language: 'es-ES', signal })).rejects.toThrow(EngineFailedError);
  expect((await hear.transcribe(clip?.pcm ?? new Int16Array(), { language: 'en-GB', signal })).language).toBe('en');
});

it('keeps a place for final transcripts while interim ones press', async () => {
  const clip = clips[2]?.pcm ?? new Int16Array();
  const order: string[] = [];
  const interim = Array.from({ length: 40 }, () =>
    hear.transcribe(clip, { interim: true, signal }).then(
      () => order.push('interim'),
      (error: unknown) => order.push(error instanceof EngineBusyError ? 'dropped' : String(error)),
    ),
  );
  const final = textOf(clips[4]?.pcm ?? new Int16Array()).then((text) => {
    order.push('final');
    return text;
  });
  expect(await final).toContain('amiable');
  await Promise.all(interim);
  expect(new Set(order)).toEqual(new Set(['interim', 'dropped', 'final']));
  // The one that was under way may end first, and one more meanwhile.
  expect(order.filter((what) => what !== 'dropped').indexOf('final')).toBeLessThanOrEqual(2);
});

it('stops waiting when nobody wants it any more', async () => {
  const controller = new AbortController();
  const heard = hear.transcribe(joined(clips.map(({ pcm }) => pcm)), { signal: controller.signal });
  controller.abort(new Error('hung up'));
  await expect(heard).rejects.toThrow('hung up');
});
