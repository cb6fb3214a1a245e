import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { pino } from 'pino';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import { resampleWhole } from '../../demo/server/realtime/audio/resampler.ts';
import type { CaptionLine } from '../../src/pipelines/caption-lines.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { wordErrors, words } from '../support/conversation.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';
import { startSite } from '../support/site.ts';
import { readWav } from '../support/wav.ts';

/**
 * `npm run prove:interpreter`: recorded people, English and Spanish, through a microphone file, the worklet, RTVT and the gateway into
 * captions in Chromium; beside it the engines alone on the same files. Finals must be the same but for one word a language, translations
 * those of the engine on that text; how long each takes is told.
 */

interface Clip {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

/** A change of a line as the page saw it. */
interface Seen {
  /** ms since the epoch. */
  readonly at: number;
  readonly line: CaptionLine;
}

const GAP_MS = 1_800;
const read = (folder: string): readonly Clip[] =>
  (
    JSON.parse(readFileSync(join('test/fixtures', folder, 'manifest.json'), 'utf8')) as {
      file: string;
      language: string;
      text: string;
    }[]
  ).map(({ file, language, text }) => ({ path: join('test/fixtures', folder, file), language, text }));

const clips = [...read('speech'), ...read('languages')];
const signal = new AbortController().signal;

const site = await startSite();
const engines = await createEngines(readConfig({ MODELS_DIR: join(homedir(), '.cache', 'viva-voce'), ...process.env }, 0), {
  log: pino({ level: 'silent' }),
});
let wrong = 0;
for (const [from, to] of [
  ['en', 'es'],
  ['es', 'en'],
] as const) {
  wrong += await prove(
    clips.filter(({ language }) => language === from),
    from,
    to,
  );
}
await Promise.all([engines.hear, engines.activity, engines.speak, engines.see, engines.answer].map((engine) => engine.close()));
await engines.translate?.close();
await site.stop();
process.exit(wrong);

async function prove(said: readonly Clip[], from: string, to: string): Promise<number> {
  const seen = await listen(said, from, to);
  const lines = [...new Map(seen.map(({ line }) => [line.id, line])).values()].sort((a, b) => a.startMs - b.startMs);
  const through = lines.map(({ original }) => original?.text ?? '').join(' ');
  const alone: string[] = [];
  for (const { path } of said) {
    const { pcm, rate } = readWav(readFileSync(path));
    alone.push((await engines.hear.transcribe(resampleWhole(pcm, rate, 16_000), { language: from, signal })).text);
  }
  let translated = 0;
  let sameTranslation = 0;
  for (const { original, translation } of lines) {
    if (original === null || translation === null) continue;
    translated += 1;
    const again = await engines.translate?.translate(original.text, { from, to, signal });
    if (again === translation.text) sameTranslation += 1;
  }
  const truth = said.map(({ text }) => text).join(' ');
  const errors = { through: wordErrors(truth, through), alone: wordErrors(truth, alone.join(' ')) };
  console.log(
    `\n${from} → ${to}: ${String(said.length)} recorded clips, ${String(words(truth).length)} words, ${String(lines.length)} lines`,
  );
  console.log(`  words wrong: through everything ${String(errors.through)}, engine alone ${String(errors.alone)}`);
  console.log(`  lines final on both sides: ${String(lines.filter(isFinal).length)} of ${String(lines.length)}`);
  console.log(`  translation is the engine's on that text: ${String(sameTranslation)} of ${String(translated)}`);
  const first = lines.map(({ id }) => delay(seen, id, ({ line }) => line.original !== null, 'start'));
  const firstTranslation = lines.map(({ id }) => delay(seen, id, ({ line }) => line.translation !== null, 'start'));
  const final = lines.map(({ id }) => delay(seen, id, ({ line }) => line.original?.final === true, 'end'));
  const finalTranslation = lines.map(({ id }) => delay(seen, id, ({ line }) => line.translation?.final === true, 'end'));
  console.log('  ms                                                   p50    p90    max');
  tell('begin of the sentence → first interim words', first);
  tell('begin of the sentence → first words translated', firstTranslation);
  tell('end of the sentence → final words (500 ms of silence within)', final);
  tell('end of the sentence → final translation', finalTranslation);
  return errors.through > errors.alone + 1 || sameTranslation < translated || lines.some((line) => !isFinal(line)) ? 1 : 0;
}

function isFinal({ original, translation }: CaptionLine): boolean {
  return original?.final === true && translation?.final === true;
}

/** From the place of the sentence on the stream's clock until the page first saw it like this. */
function delay(seen: readonly Seen[], id: string, is: (seen: Seen) => boolean, since: 'start' | 'end'): number {
  const mine = seen.filter(({ line }) => line.id === id);
  const place = mine.at(-1)?.line;
  const found = mine.find(is);
  if (place === undefined || found === undefined) return Number.NaN;
  return found.at - place.at - (since === 'end' ? (place.endMs ?? place.startMs) - place.startMs : 0);
}

function tell(what: string, delays: readonly number[]): void {
  const sorted = delays.filter((each) => !Number.isNaN(each)).sort((a, b) => a - b);
  const at = (share: number): string =>
    String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)).padStart(6);
  console.log(`  ${what.padEnd(60)}${at(0.5)} ${at(0.9)} ${at(1)}`);
}

/** All clips said into the demo page, processing off, and every change of a line. */
async function listen(said: readonly Clip[], from: string, to: string): Promise<readonly Seen[]> {
  const folder = mkdtempSync(join(tmpdir(), 'viva-voce-interpreter-'));
  const { args, durationMs } = fakeMicrophone({
    path: join(folder, 'microphone.wav'),
    format: 'exact',
    parts: [{ silenceMs: 2_500 }, ...said.flatMap(({ path }) => [{ wav: path }, { silenceMs: GAP_MS }]), { silenceMs: 3_000 }],
  });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...args] });
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.evaluate(
    ([spoken, wanted]) => {
      const tag = document.querySelector('viva-voce') as HTMLElement;
      const seen: { at: number; line: unknown }[] = [];
      tag.addEventListener('viva-caption', ({ line }) => seen.push({ at: performance.timeOrigin + performance.now(), line }));
      Object.assign(globalThis, { seen });
      // Nothing between the recording and the wire.
      const devices = navigator.mediaDevices;
      const open = devices.getUserMedia.bind(devices);
      devices.getUserMedia = () => open({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
      for (const [name, value] of Object.entries({ mode: 'interpreter', language: spoken, 'translate-to': wanted }))
        tag.setAttribute(name, value);
    },
    [from, to] as const,
  );
  await page.locator('viva-voce').getByRole('button').first().click();
  await page.getByRole('button', { name: 'Start interpreting' }).click();
  await page.waitForTimeout(durationMs + 4_000);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen[] }).seen);
  await browser.close();
  rmSync(folder, { recursive: true });
  return seen;
}
