import { localHearing } from '../../demo/server/engines/local/hear.ts';
import { moonshine } from '../../demo/server/engines/weights-table.ts';
import { CaptureKernel } from '../../worklets/kernels/capture.ts';
import { RationalResampler } from '../../worklets/kernels/resampler.ts';
import { recordedSpeech, signal, weightsHere } from '../engines/here.ts';
import { errorRate } from '../engines/words.ts';
import { noise, rms } from '../support/signals.ts';
import { notMeasured, round, type Row } from './report.ts';

/** T4: what the resampler does to recognition, with the recogniser of the gateway. */

const DEVICE = 48_000;
const RATE = 16_000;
/** dB within 0–8 kHz. */
const SNR_DB = 10;
const SEEDS = 6;

/** Without a delay and as well as can be had. */
function ideal(input: Float64Array, from: number, to: number): Float64Array {
  const resampler = new RationalResampler(from, to, 20);
  resampler.restart();
  const whole = Float32Array.from([...input, ...new Float64Array(resampler.delay)]);
  const output = new Float32Array(Math.ceil((whole.length * to) / from) + 8);
  let made = 0;
  for (let at = 0; at < whole.length; at += 1_000) {
    made += resampler.process(whole, at, Math.min(1_000, whole.length - at), output.subarray(made), output.length - made);
  }
  return Float64Array.from(output.subarray(0, made));
}

const toPcm = (samples: Float64Array): Int16Array =>
  Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))));

function ours(input: Float64Array): Int16Array {
  const parts: number[] = [];
  const kernel: CaptureKernel = new CaptureKernel(DEVICE, RATE, 20, () => void parts.push(...kernel.framer.pcm));
  kernel.process(Float32Array.from(input));
  return Int16Array.from(parts);
}

/** Every third sample: what linear interpolation comes to from 48 to 16 kHz. */
const linear = (input: Float64Array): Int16Array => toPcm(input.filter((_, index) => index % 3 === 0));

/** The clip as a microphone at 48 kHz hears it in white noise. */
function noisy(pcm: Int16Array, seed: number): Float64Array {
  const speech = ideal(
    Float64Array.from(pcm, (sample) => sample / 32_768),
    RATE,
    DEVICE,
  );
  const next = noise(seed);
  const white = Float64Array.from({ length: speech.length }, next);
  // A third of the noise's power is below 8 kHz.
  const gain = ((rms(speech) / rms(white)) * Math.sqrt(DEVICE / RATE)) / 10 ** (SNR_DB / 20);
  return speech.map((sample, index) => 0.5 * (sample + (white[index] ?? 0) * gain));
}

export async function wordsRow(): Promise<Row> {
  const what = `word error rate in white noise ${SNR_DB} dB below the speech, from ${DEVICE / 1000} kHz (Moonshine tiny)`;
  const promise = 'within noise of the ideal resampler, ≤ 0.5 × linear';
  let hear: ReturnType<typeof localHearing>;
  try {
    hear = localHearing(await weightsHere(moonshine));
    await hear.warm();
  } catch (cause) {
    return notMeasured('T4', what, promise, cause instanceof Error ? cause.message : String(cause));
  }
  try {
    const clips = await recordedSpeech();
    const rate = async (way: (input: Float64Array) => Int16Array): Promise<number> => {
      const pairs: (readonly [string, string])[] = [];
      for (let seed = 1; seed <= SEEDS; seed++) {
        for (const { text, pcm } of clips) pairs.push([text, (await hear.transcribe(way(noisy(pcm, seed)), { signal })).text]);
      }
      return errorRate(pairs);
    };
    const mine = await rate(ours);
    const best = await rate((input) => toPcm(ideal(input, DEVICE, RATE)));
    const plain = await rate(linear);
    const words = clips.reduce((sum, { text }) => sum + text.split(' ').length, 0) * SEEDS;
    const chance = 2 * Math.sqrt((best * (1 - best)) / words);
    return {
      target: 'T4',
      what,
      ours: `${round(mine * 100)} % of ${words} words`,
      rivals: `ideal (20 ms) ${round(best * 100)} % · linear ${round(plain * 100)} %`,
      kept: mine <= best + Math.max(chance, 0.01) && mine <= 0.5 * plain,
      promise: `${promise} (${round(mine / plain, 2)})`,
    };
  } finally {
    await hear.close();
  }
}
