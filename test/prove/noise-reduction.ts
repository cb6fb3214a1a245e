import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import { createLog } from '../../demo/server/log.ts';
import { NoiseReduction } from '../../demo/server/realtime/audio/noise-reduction.ts';
import type { NoiseReductionSettings } from '../../demo/server/realtime/audio/noise-reduction.ts';
import { wordErrors, words } from '../support/conversation.ts';
import { readWav } from '../support/wav.ts';

/** `npx tsx test/prove/noise-reduction.ts`: words that the local ear gets wrong in white noise, with each setting of `noise_reduction`. */

const ROUNDS = 6;
const SNR_DB = [40, 20, 12];
const SETTINGS: readonly (readonly [string, NoiseReductionSettings | null])[] = [
  ['none', null],
  ['near_field', { type: 'near_field', strength: 1 }],
  ['far_field', { type: 'far_field', strength: 1 }],
];

const folder = join(import.meta.dirname, '../fixtures/speech');
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as readonly { file: string; text: string }[];
const clips = manifest.map(({ file, text }) => ({ text, pcm: readWav(readFileSync(join(folder, file))).pcm }));

/** The same noise for every setting. */
let seed = 0;
const random = (): number => ((seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff) * 2 - 1;

function inNoise(clip: Int16Array, snrDb: number): Int16Array {
  const level = Math.sqrt(clip.reduce((sum, x) => sum + x * x, 0) / clip.length) / 10 ** (snrDb / 20);
  const scene = new Int16Array(clip.length + 16000);
  scene.set(clip, 8000);
  return scene.map((x) => Math.max(-32768, Math.min(32767, Math.round(x + random() * level * Math.sqrt(3)))));
}

const config = readConfig({ ...process.env, DATA_DIR: join(tmpdir(), 'viva-noise'), GATEWAY_API_KEY: 'noise' }, 0);
const engines = await createEngines(config, { log: createLog({ logLevel: 'warn' }) });
await engines.hear.warm();

process.stdout.write(`wrong words, %      ${SNR_DB.map((snr) => `${snr} dB`.padStart(8)).join('')}\n`);
for (const [name, settings] of SETTINGS) {
  let line = name.padEnd(20);
  for (const snr of SNR_DB) {
    seed = 42;
    let wrong = 0;
    let all = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const { text, pcm } of clips) {
        const noisy = inNoise(pcm, snr);
        const scene = settings === null ? noisy : new NoiseReduction(settings).process(noisy);
        const heard = await engines.hear.transcribe(scene, { signal: AbortSignal.timeout(20_000) });
        wrong += wordErrors(text, heard.text);
        all += words(text).length;
      }
    }
    line += ((100 * wrong) / all).toFixed(1).padStart(8);
  }
  process.stdout.write(`${line}\n`);
}
await Promise.all([engines.hear, engines.activity, engines.answer, engines.speak, engines.see].map((engine) => engine.close()));
