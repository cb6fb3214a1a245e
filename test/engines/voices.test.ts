import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineFailedError, type Hearing, type Speaking } from '../../demo/server/engines/engine.ts';
import { localHearing } from '../../demo/server/engines/local/hear.ts';
import { localSpeaking } from '../../demo/server/engines/local/speak.ts';
import { espeak, moonshine, piper } from '../../demo/server/engines/weights-table.ts';
import { at16k, joined, signal, spanishHere, weightsHere } from './here.ts';
import { pitchHz } from './pitch.ts';

let speak: Speaking;
let hear: Hearing;

beforeAll(async () => {
  speak = localSpeaking({ ...(await weightsHere(piper)), espeak: (await weightsHere(espeak)).weights });
  hear = localHearing({ ...(await weightsHere(moonshine)), spanish: await spanishHere() });
});
afterAll(() => Promise.all([speak.close(), hear.close()]));

async function say(text: string, language: string, voice = 'marin', speed = 1) {
  const parts: Int16Array[] = [];
  let rate = 0;
  for await (const chunk of speak.speak(text, { voice, speed, language, signal })) {
    parts.push(chunk.pcm);
    rate = chunk.rate;
  }
  return { pcm: joined(parts), rate, parts: parts.length };
}

it.each([
  ['es', 'Buenos días. ¿En qué puedo ayudarle?'],
  ['fr', 'Bonjour. Comment puis-je vous aider ?'],
  ['ca', 'Bon dia. Com us puc ajudar?'],
  ['pt-BR', 'Bom dia. Como posso ajudar?'],
  ['it', 'Buongiorno. Come posso aiutarla?'],
])('speaks %s, sentence by sentence', async (language, text) => {
  expect(speak.languages).toContain(language.split('-')[0]);
  const { pcm, rate, parts } = await say(text, language);
  expect(parts).toBe(2);
  expect(rate).toBe(22_050);
  expect(pcm.length / rate).toBeGreaterThan(1.5);
  expect(pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeGreaterThan(5000);
});

it('says Spanish words that a recogniser made for people finds again', async () => {
  const spoken = at16k(await say('Mañana por la mañana vamos a la playa.', 'es'));
  expect((await hear.transcribe(spoken, { language: 'es', signal })).text).toMatch(/vamos a la playa/i);
});

it('sounds high or low as the English voice of that name does, and as quick as it is asked to', async () => {
  const text = 'El precio de la entrada es de cinco euros.';
  const [high, low, quick] = [await say(text, 'es', 'shimmer'), await say(text, 'es', 'ash'), await say(text, 'es', 'ash', 1.5)];
  expect(pitchHz(high.pcm, high.rate)).toBeGreaterThan(1.3 * pitchHz(low.pcm, low.rate));
  expect(quick.pcm.length / low.pcm.length).toBeLessThan(0.8);
});

it('reads what looks like an option, and nothing at all', async () => {
  expect((await say('--help', 'es')).pcm.length).toBeGreaterThan(0);
  expect((await say(' … ', 'es')).parts).toBe(0);
});

it('refuses a language that it does not speak', async () => {
  await expect(say('Guten Tag', 'de')).rejects.toThrow(EngineFailedError);
});
