import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineFailedError, type Hearing } from '../../demo/server/engines/engine.ts';
import { localHearing } from '../../demo/server/engines/local/hear.ts';
import { moonshine } from '../../demo/server/engines/weights-table.ts';
import { noise } from '../support/signals.ts';
import { RATE, recordedSpeech, signal, spanishHere, weightsHere, type Clip } from './here.ts';
import { errorRate } from './words.ts';

let hear: Hearing;
let clips: readonly Clip[];
let spanish: readonly Clip[];

beforeAll(async () => {
  hear = localHearing({ ...(await weightsHere(moonshine)), spanish: await spanishHere() });
  clips = await recordedSpeech('languages');
  spanish = clips.filter(({ language }) => language === 'es');
  await hear.warm();
});
afterAll(() => hear.close());

const textOf = async (pcm: Int16Array, interim = false): Promise<string> =>
  (await hear.transcribe(pcm, { language: 'es', interim, signal })).text;

describe('Spanish', () => {
  it('is heard within its known error rate', async () => {
    expect(hear.languages).toEqual(['en', 'es']);
    const pairs = await Promise.all(spanish.slice(0, 5).map(async ({ text, pcm }) => [text, await textOf(pcm)] as const));
    expect(errorRate(pairs), JSON.stringify(pairs)).toBeLessThanOrEqual(0.22);
    for (const [, heard] of pairs) expect(heard).toMatch(/^\p{Lu}/u);
  });

  it('is heard in the end as if nobody had asked before, and while it grows', async () => {
    const { pcm } = spanish[0] as Clip;
    const grown: string[] = [];
    for (let end = RATE; end < pcm.length; end += RATE / 2) grown.push(await textOf(pcm.slice(0, end), true));
    const final = await textOf(pcm);
    expect(final).toBe(await textOf(pcm));
    expect(grown.at(-1)?.split(' ').length).toBeGreaterThan(2);
    expect(final.toLowerCase()).toContain(
      grown
        .find((text) => text !== '')
        ?.toLowerCase()
        .split(' ')[0] ?? '?',
    );
  });

  it('is not heard in silence, hum or noise', async () => {
    const next = noise(3);
    const sounds = [() => 0, () => 20 * next(), (at: number) => 3000 * Math.sin((2 * Math.PI * 50 * at) / RATE)];
    for (const sample of sounds) expect(await textOf(Int16Array.from({ length: RATE }, (_, at) => sample(at)))).toBe('');
  });

  it('is refused in a language that nobody here hears', async () => {
    await expect(hear.transcribe(new Int16Array(RATE), { language: 'fr', among: ['fr', 'es'], signal })).rejects.toThrow(
      EngineFailedError,
    );
  });
});

describe('which language', () => {
  it('is told for recorded people, against what was announced', async () => {
    // A few of them: `npm run prove:languages` shows all.
    const some = clips.filter((_, index) => index % 3 === 1);
    const found = await Promise.all(
      some.map(async ({ id, language, pcm }) => {
        const announced = language === 'en' ? 'es-MX' : 'en-US';
        const heard = await hear.transcribe(pcm, { language: announced, among: ['en-US', 'es-MX', 'zh'], signal });
        return { id, language: heard.language, text: heard.text };
      }),
    );
    const wrong = found.filter(({ language }, index) => language !== some[index]?.language);
    // With the announcement against it, one clip of fifteen is taken for the other language.
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(1);
    expect(found.every(({ text }) => text !== '')).toBe(true);
  });

  it('does not matter where only one of them may be spoken', async () => {
    const english = clips.find(({ language }) => language === 'en') as Clip;
    expect(await hear.transcribe(english.pcm, { language: 'en', among: ['en', 'fr'], signal })).toEqual(
      await hear.transcribe(english.pcm, { language: 'en', signal }),
    );
  });
});
