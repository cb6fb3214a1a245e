import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaptureKernel } from '../../../../worklets/kernels/capture.ts';
import { countCollections } from '../../../support/garbage.ts';
import { db, fit, noise, sine } from '../../../support/signals.ts';

interface Captured {
  readonly pcm: Int16Array;
  readonly frames: readonly { readonly at: number; readonly level: number; readonly clipped: number }[];
}

function capture(deviceRate: number, targetRate: number, input: Float32Array, blocks: readonly number[] = [128]): Captured {
  const frames: { at: number; level: number; clipped: number }[] = [];
  const parts: Int16Array[] = [];
  const kernel: CaptureKernel = new CaptureKernel(deviceRate, targetRate, 20, () => {
    frames.push({ at: kernel.framer.at, level: kernel.framer.level, clipped: kernel.clipped });
    parts.push(kernel.framer.pcm.slice());
  });
  for (let at = 0, turn = 0; at < input.length; turn++) {
    const count = blocks[turn % blocks.length]!;
    kernel.process(input.slice(at, at + count));
    at += count;
  }
  const frame = kernel.framer.pcm.length;
  const pcm = new Int16Array(parts.length * frame);
  parts.forEach((part, index) => {
    pcm.set(part, index * frame);
  });
  return { pcm, frames };
}

describe.each([44_100, 48_000, 96_000])('%i Hz to 16 kHz', (rate) => {
  test('T1: THD+N of a 1 kHz tone at −1 dBFS is at most −96 dB after 16-bit rounding', () => {
    const { pcm } = capture(rate, 16_000, Float32Array.from(sine(997, rate, rate / 2, 0.891)));
    const { amplitude, rest } = fit(pcm, 997, 16_000, 320);
    expect(db(rest / (amplitude * Math.SQRT1_2))).toBeLessThanOrEqual(-96);
  });
});

test('the clock has no holes and the sizes of the blocks change no bit', () => {
  const random = noise(3);
  fc.assert(
    fc.property(
      fc.constantFrom(8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000),
      fc.constantFrom(16_000, 24_000),
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 }),
      (deviceRate, targetRate, blocks) => {
        const input = Float32Array.from({ length: deviceRate / 10 }, random);
        const { pcm, frames } = capture(deviceRate, targetRate, input, blocks);
        expect(pcm).toEqual(capture(deviceRate, targetRate, input).pcm);
        expect(frames.map(({ at }) => at)).toEqual(frames.map((_, index) => (index * targetRate) / 50));
      },
    ),
    { numRuns: 30 },
  );
});

test('clipping is told once, with the frame it fell into', () => {
  const input = new Float32Array(4_800).fill(0.1);
  input.fill(1, 1_100, 1_110);
  const { frames } = capture(48_000, 16_000, input);
  expect(frames.map(({ clipped }) => clipped)).toEqual([0, 10, 0, 0, 0]);
});

test('broken input (not a number) stays in the filter no longer than the filter is', () => {
  const input = Float32Array.from(sine(500, 48_000, 9_600, 0.5));
  input[2_000] = NaN;
  const { pcm } = capture(48_000, 16_000, input);
  expect(fit(pcm.subarray(1_600), 500, 16_000, 0).amplitude / 32_768).toBeCloseTo(0.5, 2);
});

test.each([44_100, 48_000])('10 minutes at %i Hz cost at most one garbage collection', async (rate) => {
  let frames = 0;
  const kernel = new CaptureKernel(rate, 16_000, 20, () => frames++);
  const block = Float32Array.from(sine(300, rate, 128, 0.3));
  const run = (seconds: number): void => {
    for (let taken = 0; taken < rate * seconds; taken += 128) kernel.process(block);
  };
  const collections = await countCollections(
    () => {
      frames = 0;
      run(600);
    },
    () => {
      run(5);
    },
  );
  expect(frames).toBeGreaterThanOrEqual(29_998);
  expect(collections).toBeLessThanOrEqual(1);
});
