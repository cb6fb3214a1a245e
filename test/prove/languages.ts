import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import { at16k, joined, recordedSpeech, signal, type Clip } from '../engines/here.ts';
import { errorRate } from '../engines/words.ts';
import { chrF } from './languages/chrf.ts';
import { SENTENCES } from './languages/sentences.ts';

/**
 * `npm run prove:languages`: what is heard of recorded English and Spanish, which language is told, what translation is like in every pair
 * there is, and whether what is spoken is heard again.
 */

const config = readConfig(process.env, 0);
const engines = await createEngines(config, { log: pino({ level: 'warn' }) });
const { hear, speak, translate = null } = engines;
await Promise.all([hear.warm(), speak.warm()]);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const seconds = (clips: readonly Clip[]): number => clips.reduce((sum, { pcm }) => sum + pcm.length / 16_000, 0);

const clips = [...(await recordedSpeech()), ...(await recordedSpeech('languages'))];
let failed = 0;

console.log(`\nHearing (${hear.name})`);
for (const language of ['en', 'es']) {
  const own = clips.filter((clip) => clip.language === language);
  const before = performance.now();
  const pairs: (readonly [string, string])[] = [];
  for (const { text, pcm } of own) pairs.push([text, (await hear.transcribe(pcm, { language, signal })).text]);
  const rtf = (performance.now() - before) / 1000 / seconds(own);
  console.log(
    `  ${language}: ${percent(errorRate(pairs))} of words wrong, ${String(own.length)} clips, real-time factor ${rtf.toFixed(2)}`,
  );
}

console.log('\nWhich of the two is spoken (both hear it)');
for (const announced of ['right', 'wrong'] as const) {
  let right = 0;
  for (const { id, language, pcm } of clips) {
    const other = language === 'en' ? 'es' : 'en';
    const heard = await hear.transcribe(pcm, { language: announced === 'right' ? language : other, among: ['en', 'es'], signal });
    if (heard.language === language) right++;
    else console.log(`    ${id} taken for ${heard.language}: ${heard.text}`);
  }
  console.log(`  announced ${announced}: ${String(right)} of ${String(clips.length)}`);
  if (right < 0.9 * clips.length) failed++;
}

console.log(`\nTranslation (${translate?.name ?? `none: ${engines.noTranslate ?? ''}`}), chrF2 against our own references`);
for (const { from, to } of translate?.pairs ?? []) {
  if (translate === null) break;
  const times: number[] = [];
  const pairs: (readonly [string, string])[] = [];
  for (const sentence of SENTENCES) {
    const before = performance.now();
    pairs.push([sentence[to] ?? '', await translate.translate(sentence[from] ?? '', { from, to, signal })]);
    times.push(performance.now() - before);
  }
  const [first = 0, ...rest] = times;
  const median = rest.toSorted((a, b) => a - b)[rest.length >> 1] ?? 0;
  const example = `${SENTENCES[0]?.[from] ?? ''} → ${pairs[0]?.[1] ?? ''}`;
  console.log(
    `  ${from}-${to}: ${chrF(pairs).toFixed(0)}   first ${first.toFixed(0)} ms, then ${median.toFixed(1)} ms   ${example}`,
  );
  if (chrF(pairs) < 30) failed++;
}

console.log(`\nVoices (${speak.name}), spoken and heard again`);
for (const language of speak.languages ?? ['en']) {
  const texts = SENTENCES.map((sentence) => sentence[language] ?? '');
  const first: number[] = [];
  const pairs: (readonly [string, string])[] = [];
  let spoken = 0;
  for (const text of texts) {
    const before = performance.now();
    const parts: Int16Array[] = [];
    let rate = 0;
    for await (const chunk of speak.speak(text, { voice: 'marin', speed: 1, language, signal })) {
      if (parts.length === 0) first.push(performance.now() - before);
      parts.push(chunk.pcm);
      rate = chunk.rate;
    }
    const pcm = joined(parts);
    spoken += pcm.length / rate;
    if (hear.languages.includes(language))
      pairs.push([text, (await hear.transcribe(at16k({ pcm, rate }), { language, signal })).text]);
  }
  const again = pairs.length === 0 ? 'nobody here hears it' : `${percent(errorRate(pairs))} of words wrong when heard again`;
  const median = first.toSorted((a, b) => a - b)[first.length >> 1] ?? 0;
  console.log(`  ${language}: ${spoken.toFixed(1)} s of speech, first sound after ${median.toFixed(0)} ms; ${again}`);
}

await Promise.all(
  [hear, speak, engines.activity, engines.see, engines.answer, ...(translate === null ? [] : [translate])].map((engine) =>
    engine.close(),
  ),
);
process.exitCode = failed === 0 ? 0 : 1;
