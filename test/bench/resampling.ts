import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CaptureKernel } from '../../worklets/kernels/capture.ts';
import { Decimator } from '../../worklets/kernels/decimator.ts';
import { RationalResampler, type Resampler } from '../../worklets/kernels/resampler.ts';
import { clean, playOver } from '../support/playback-jitter.ts';
import { db, fit, rms, sine } from '../support/signals.ts';
import { notMeasured, quantile, round, type Row } from './report.ts';

/** T1–T3 and T10: what can be measured without a browser. */

const TO = 16_000;
const DELAY_MS = 2.75;
const RATES = [44_100, 48_000, 96_000];

/** A way to bring blocks of 128 down to 16 kHz. */
type Stream = (block: Float32Array) => Float32Array;

const create = (rate: number): Resampler => new (rate % TO === 0 ? Decimator : RationalResampler)(rate, TO, DELAY_MS);

function ours(rate: number): Stream {
  const resampler = create(rate);
  const output = new Float32Array(128);
  return (block) => output.subarray(0, resampler.process(block, 0, block.length, output, output.length));
}

/** What several clients do: the nearest two samples, no filter. */
function linear(rate: number): Stream {
  let position = 0;
  let last = 0;
  return (block) => {
    const out: number[] = [];
    for (; position < block.length; position += rate / TO) {
      const index = Math.floor(position);
      const before = index === 0 ? last : (block[index - 1] ?? 0);
      out.push(before + (position - index) * ((block[index] ?? 0) - before));
    }
    position -= block.length;
    last = block[127] ?? 0;
    return Float32Array.from(out);
  };
}

function through(stream: Stream, input: Float64Array): Float64Array {
  const parts: number[] = [];
  for (let at = 0; at + 128 <= input.length; at += 128) parts.push(...stream(Float32Array.from(input.subarray(at, at + 128))));
  return Float64Array.from(parts);
}

interface Quality {
  readonly aliasDb: number;
  readonly rippleDb: number;
  readonly thdnDb: number;
}

function quality(rate: number, of: (rate: number) => Stream): Quality {
  const settled = 200;
  const tones = Array.from({ length: Math.floor((rate / 2 - 8_500) / 503) }, (_, index) => 8_500 + index * 503);
  const alias = tones.map((tone) => db(rms(through(of(rate), sine(tone, rate, rate / 4)), settled) / Math.SQRT1_2));
  const ripple = [100, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 6_500, 7_000].map((tone) =>
    Math.abs(db(fit(through(of(rate), sine(tone, rate, rate / 4)), tone, TO, settled).amplitude)),
  );
  const output = through(of(rate), sine(997, rate, rate, 0.891)).map((sample) => Math.round(sample * 32_768));
  const { amplitude, rest } = fit(output, 997, TO, settled);
  return { aliasDb: Math.max(...alias), rippleDb: Math.max(...ripple), thdnDb: db(rest / (amplitude * Math.SQRT1_2)) };
}

interface SampleRateLibrary {
  readonly ConverterType: { readonly SRC_SINC_FASTEST: number };
  create(
    channels: number,
    from: number,
    to: number,
    options: { readonly converterType: number },
  ): Promise<{ full(input: Float32Array): Float32Array }>;
}

const load = (folder: string): SampleRateLibrary =>
  createRequire(import.meta.url)(join(folder, 'dist/libsamplerate.js')) as SampleRateLibrary;

async function libsamplerate(library: SampleRateLibrary, rate: number): Promise<Stream> {
  const converter = await library.create(1, rate, TO, { converterType: library.ConverterType.SRC_SINC_FASTEST });
  return (block) => converter.full(block);
}

/** ns for one output of each, in turns; the lower quartile, since other work on the machine only adds. */
function costs(streams: Readonly<Record<string, Stream>>, rate: number): Readonly<Record<string, number>> {
  const block = Float32Array.from(sine(440, rate, 128, 0.3));
  const times: Record<string, number[]> = {};
  for (let round = 0; round < 60; round++) {
    for (const [name, stream] of Object.entries(streams)) {
      const begun = performance.now();
      for (let at = 0; at < rate; at += 128) stream(block);
      if (round >= 10) (times[name] ??= []).push(((performance.now() - begun) * 1e6) / TO);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, quantile(values, 0.25)]));
}

/** `chromiumAliasDb`: worst alias of a 16 kHz context of this run's browser. */
export function qualityRow(chromiumAliasDb: number | null): Row {
  const found = RATES.map((rate) => ({ rate, ...quality(rate, ours) }));
  const worst = Math.max(...found.map(({ aliasDb }) => aliasDb));
  const plain = quality(48_000, linear);
  const better = chromiumAliasDb === null ? null : chromiumAliasDb - worst;
  return {
    target: 'T1',
    what: 'resampling to 16 kHz: alias of 8.5 kHz and up, ripple to 7 kHz, THD+N in 16 bits',
    ours: found
      .map(
        ({ rate, aliasDb, rippleDb, thdnDb }) =>
          `${rate / 1000}k: ${round(aliasDb)} dB, ${round(rippleDb, 4)} dB, ${round(thdnDb)} dB`,
      )
      .join(' · '),
    rivals: `linear: ${round(plain.aliasDb)} dB · Chromium 16 kHz context: ${chromiumAliasDb === null ? 'not measured' : `${round(chromiumAliasDb)} dB`}`,
    kept:
      worst <= -100 &&
      found.every(({ rippleDb, thdnDb }) => rippleDb <= 0.01 && thdnDb <= -96) &&
      (better === null || better >= 70),
    promise: '≤ −100 dB, ≤ 0.01 dB, ≤ −96 dB; ≥ 70 dB better than a 16 kHz context',
  };
}

export function delayRow(): Row {
  const delays = RATES.map((rate) => (create(rate).delay * 1000) / rate);
  const drift = RATES.map((rate) => {
    let frames = 0;
    const kernel = new CaptureKernel(rate, TO, 20, () => frames++);
    const block = new Float32Array(128);
    for (let taken = 0; taken < rate * 600; taken += 128) kernel.process(block);
    return 30_000 - frames;
  });
  return {
    target: 'T2',
    what: 'delay of the resampler; 20 ms frames missing after 10 minutes',
    ours: RATES.map((rate, index) => `${rate / 1000}k: ${round(delays[index] ?? NaN, 2)} ms, ${drift[index] ?? NaN}`).join(' · '),
    rivals: '',
    kept: Math.max(...delays) + (3 * 1000) / TO <= 3.3 && drift.every((frames) => Math.abs(frames) <= 1),
    promise: '≤ 3.3 ms (with up to 0.19 ms until a group of outputs is whole); 0 (the last may be under way)',
  };
}

export async function costRow(folder: string | null): Promise<Row> {
  const what = 'cost of one 16 kHz sample in JavaScript';
  const promise = '≤ 0.5 × libsamplerate FASTEST (WASM) at 48k, ≤ 1.0 × at 44.1k; nothing allocated (unit tests)';
  if (folder === null) return notMeasured('T3', what, promise, 'libsamplerate-js was not to be had');
  const library = load(folder);
  const found = [];
  for (const rate of [48_000, 44_100]) {
    const streams = { ours: ours(rate), fastest: await libsamplerate(library, rate), linear: linear(rate) };
    found.push({ rate, ...(costs(streams, rate) as { ours: number; fastest: number; linear: number }) });
  }
  const ratios = found.map(({ ours: mine, fastest }) => mine / fastest);
  return {
    target: 'T3',
    what,
    ours: found
      .map(({ rate, ours: mine }, index) => `${rate / 1000}k: ${round(mine, 0)} ns = ${round(ratios[index] ?? NaN, 2)} ×`)
      .join(' · '),
    rivals: found
      .map(
        ({ rate, fastest, linear: plain }) =>
          `${rate / 1000}k: libsamplerate FASTEST ${round(fastest, 0)} ns, linear ${round(plain, 0)} ns`,
      )
      .join(' · '),
    kept: (ratios[0] ?? NaN) <= 0.5 && (ratios[1] ?? NaN) <= 1,
    promise,
  };
}

export function jitterRow(): Row {
  const paced = playOver({ speed: 1, jitterMs: 120 }, 500, 11);
  const leading = playOver({ speed: 2, jitterMs: 120 }, 510, 12).slice(10);
  const wild = playOver({ speed: 1, jitterMs: 600 }, 50, 13);
  const lost = [...paced, ...leading, ...wild].reduce((sum, one) => sum + one.lost, 0);
  const start = (all: typeof paced): string => `${round(all.reduce((sum, one) => sum + one.startMs, 0) / all.length, 0)} ms`;
  return {
    target: 'T10',
    what: 'jitter of 0–120 ms, utterances of 8 s: without a gap; mean start; samples lost (also at 600 ms)',
    ours: `paced: ${round(clean(paced) * 100)} % of 500, ${start(paced)} · twice as fast: ${round(clean(leading) * 100)} % of 500, ${start(leading)} · lost ${lost}`,
    rivals: '',
    kept: clean(paced) === 1 && clean(leading) >= 0.99 && lost === 0,
    promise: '100 % when paced, ≥ 99 % at twice real time with 80 ms, 0 lost',
  };
}
