import { describe, expect, it } from 'vitest';
import { NoiseReduction } from '../../../../../demo/server/realtime/audio/noise-reduction.ts';
import type { NoiseReductionSettings } from '../../../../../demo/server/realtime/audio/noise-reduction.ts';

const RATE = 16000;
let seed = 7;
const random = (): number => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff) * 2 - 1;

const hum = (i: number): number => 1200 * Math.sin((2 * Math.PI * 50 * i) / RATE);
const hiss = (): number => 150 * random();
const voice = (i: number): number => 6000 * Math.sin((2 * Math.PI * 500 * i) / RATE);

/** 2 s of room, 1 s of voice in it, 2 s of room. */
const scene = (): Int16Array =>
  Int16Array.from({ length: 5 * RATE }, (_, i) => Math.round(hum(i) + hiss() + (i >= 2 * RATE && i < 3 * RATE ? voice(i) : 0)));

const db = (pcm: Int16Array): number => 10 * Math.log10(pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length + 1);

function run(settings: NoiseReductionSettings): { room: number; voice: number; raw: { room: number; voice: number } } {
  const pcm = scene();
  const reduction = new NoiseReduction(settings);
  const parts: number[] = [];
  for (let from = 0; from < pcm.length; from += 320) parts.push(...reduction.process(pcm.slice(from, from + 320)));
  const out = Int16Array.from(parts);
  const measure = (sound: Int16Array): { room: number; voice: number } => ({
    room: db(sound.slice(RATE, 2 * RATE)),
    voice: db(sound.slice(2.3 * RATE, 2.9 * RATE)),
  });
  return { ...measure(out), raw: measure(pcm) };
}

describe('NoiseReduction', () => {
  it('near field: the room goes down by 12 dB or more, the voice by less than 1.5', () => {
    const { room, voice: loud, raw } = run({ type: 'near_field', strength: 1 });
    expect(raw.room - room).toBeGreaterThan(12);
    expect(Math.abs(raw.voice - loud)).toBeLessThan(1.5);
  });

  it('far field takes more of the room away than near field', () => {
    expect(run({ type: 'far_field', strength: 1 }).room).toBeLessThan(run({ type: 'near_field', strength: 1 }).room - 6);
  });

  it('strength 0 leaves the rumble filter alone', () => {
    expect(run({ type: 'near_field', strength: 0 }).room).toBeGreaterThan(run({ type: 'near_field', strength: 1 }).room + 6);
  });
});
