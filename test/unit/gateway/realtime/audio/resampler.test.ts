import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resampleWhole, Resampler } from '../../../../../demo/server/realtime/audio/resampler.ts';

const sine = (hz: number, rate: number, length: number): Int16Array =>
  Int16Array.from({ length }, (_, i) => Math.round(20000 * Math.sin((2 * Math.PI * hz * i) / rate)));

const rms = (pcm: Int16Array): number => Math.sqrt(pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length);

const PAIRS = [
  [24000, 16000],
  [8000, 16000],
  [22050, 24000],
  [22050, 16000],
  [22050, 8000],
  [16000, 24000],
] as const;

describe('Resampler', () => {
  it.each(PAIRS)('%i to %i Hz: a tone stays where it was, sample by sample', (from, to) => {
    const out = resampleWhole(sine(1000, from, from), from, to);
    expect(out.length).toBe(to);
    const wanted = sine(1000, to, to);
    const middle = out.slice(300, -300).map((x, i) => x - (wanted[i + 300] ?? 0));
    expect(Math.max(...middle.map(Math.abs))).toBeLessThan(20);
  });

  it('keeps out what the lower rate cannot hold', () => {
    const out = resampleWhole(sine(11000, 24000, 24000), 24000, 16000);
    expect(20 * Math.log10(rms(out.slice(500, -500)) / 14142)).toBeLessThan(-60);
  });

  it('does not care how the sound is cut into pieces', () => {
    const pcm = sine(700, 22050, 9000);
    const whole = resampleWhole(pcm, 22050, 24000);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 40 }), (sizes) => {
        const resampler = new Resampler(22050, 24000);
        const out: number[] = [];
        let at = 0;
        for (const size of sizes) {
          out.push(...resampler.push(pcm.slice(at, at + size)));
          at = Math.min(pcm.length, at + size);
        }
        out.push(...resampler.push(pcm.slice(at)), ...resampler.finish());
        expect(Int16Array.from(out)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('hands equal rates through untouched', () => {
    const pcm = sine(440, 16000, 100);
    expect(resampleWhole(pcm, 16000, 16000)).toEqual(pcm);
  });
});
