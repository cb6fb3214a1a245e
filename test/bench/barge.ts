import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RationalResampler } from '../../worklets/kernels/resampler.ts';
import { phrasesOf, readClips } from '../support/phrases.ts';
import { noise } from '../support/signals.ts';
import { writeWav } from '../support/wav.ts';
import { FILE_RATE, zero } from './alignment.ts';
import { inBrowser } from './browser.ts';
import { quantile, round, type Row } from './report.ts';
import { cacheFolder } from './rivals.ts';
import type { Site } from './site.ts';

/**
 * T11: speech over a playing answer, from its onset at the microphone to silence at the output, in one page without a server. Not through
 * PulseAudio: its sink that goes nowhere and Chromium's made microphone run on two clocks, which costs the recording up to 100 ms.
 */

const RATE = 16_000;
const FOLDER = join(import.meta.dirname, '../fixtures/speech');
/** One phrase each so many s, the first after so many. */
const EVERY_S = 4.5;
const FIRST_S = 5;
/** A quiet room. */
const ROOM = 0.0008;

interface Scene {
  readonly file: Int16Array;
  /** s of the file. */
  readonly onsets: readonly number[];
}

function scene(): Scene {
  const phrases = readClips(FOLDER, RATE).flatMap((clip) => phrasesOf(clip, RATE));
  const random = noise(23);
  const slow = Float32Array.from({ length: (FIRST_S + EVERY_S * phrases.length) * RATE }, () => random() * ROOM);
  const onsets = phrases.map(({ sound, onset }, index) => {
    const at = Math.round((FIRST_S + EVERY_S * index) * RATE);
    const long = Math.min(sound.length, RATE);
    for (let sample = 0; sample < long; sample++) slow[at + sample] = (slow[at + sample] ?? 0) + (sound[sample] ?? 0);
    return at / RATE + onset;
  });
  const resampler = new RationalResampler(RATE, FILE_RATE, 8);
  resampler.restart();
  const fast = new Float32Array(Math.ceil((slow.length * FILE_RATE) / RATE) + 8);
  let made = 0;
  for (let at = 0; at < slow.length; at += 1_000) {
    made += resampler.process(slow, at, Math.min(1_000, slow.length - at), fast.subarray(made), fast.length - made);
  }
  return { file: Int16Array.from(fast, (sample) => Math.round(sample * 32_767)), onsets };
}

/** What is played: all the phrases in a row, as an answer of 25 s would be. */
export function answerPcm(): Buffer {
  const parts = readClips(FOLDER, RATE).flatMap((clip) => [...clip]);
  return Buffer.from(Int16Array.from(parts, (sample) => Math.round(sample * 32_767)).buffer);
}

export async function bargeRow(site: Site): Promise<Row> {
  const { file, onsets } = scene();
  const microphone = join(cacheFolder('sound'), 'interruptions.wav');
  writeFileSync(microphone, writeWav({ rate: FILE_RATE, pcm: file }, 2));
  const seconds = Math.ceil(FIRST_S + EVERY_S * onsets.length);
  const barged = await inBrowser(site.url, { microphone }, (page) =>
    page.evaluate((options) => window.bench.barge(options), { seconds, answer: 'answer.pcm' }),
  );
  const start = zero(barged, file);
  const turns = onsets.map((onset) => {
    const at = start + onset * 1000;
    const speech = barged.heard.find((one) => one.type === 'speech' && one.at >= at && one.at < at + 1_000);
    const silence = barged.silences.find(({ renderedAt }) => renderedAt >= at && renderedAt < at + 1_500);
    return { detectedMs: (speech?.at ?? NaN) - at, silentMs: speech === undefined ? NaN : (silence?.heardAt ?? NaN) - at };
  });
  const caught = turns.filter(({ silentMs }) => !Number.isNaN(silentMs));
  const early = barged.heard.filter(({ type, at }) => type === 'speech' && at < start + (onsets[0] ?? 0) * 1000).length;
  const p50 = quantile(
    caught.map(({ silentMs }) => silentMs),
    0.5,
  );
  const detected = quantile(
    caught.map(({ detectedMs }) => detectedMs),
    0.5,
  );
  const rule = 500 + p50 - detected;
  return {
    target: 'T11',
    what: 'from the onset of speech to silence at the output (by the context’s own clock), over a playing answer',
    ours: `p50 ${round(p50, 0)} ms, p90 ${round(
      quantile(
        caught.map(({ silentMs }) => silentMs),
        0.9,
      ),
      0,
    )} ms; detected p50 ${round(detected, 0)} ms · ${caught.length} of ${onsets.length} interruptions taken, ${early} by itself`,
    rivals: `a server's rule of 500 ms with no network at all: ${round(rule, 0)} ms`,
    kept: p50 <= 150 && p50 <= 0.4 * rule,
    promise: `p50 ≤ 150 ms with no round trip, ≤ 0.4 × the server's rule (${round(p50 / rule, 2)})`,
  };
}
