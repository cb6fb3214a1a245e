import { describe, expect, it } from 'vitest';
import { FeedbackGate } from '../../../src/pipelines/feedback-gate.ts';

const RATE = 16_000;
const LENGTH = 320;

const frame = (index: number) => ({ pcm: new Int16Array(LENGTH).fill(index + 1), at: index * LENGTH });

/** What came out so far, by the number in each frame; 0 = silenced. */
class Driven {
  readonly gate = new FeedbackGate<ReturnType<typeof frame>>(RATE);
  readonly out: { at: number; value: number }[] = [];
  #next = 0;

  hear(count: number): this {
    for (let index = 0; index < count; index += 1) {
      for (const { pcm, at } of this.gate.hear(frame(this.#next++))) this.out.push({ at, value: pcm[0] ?? -1 });
    }
    return this;
  }
}

describe('the feedback gate', () => {
  it('passes everything at once while nothing plays', () => {
    const driven = new Driven().hear(5);
    expect(driven.out.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives silence while the loudspeaker talks, and for 300 ms after it', () => {
    const driven = new Driven().hear(2);
    driven.gate.playing(true);
    driven.hear(30);
    driven.gate.playing(false);
    driven.hear(40);
    const values = driven.out.map(({ value }) => value);
    expect(values.slice(0, 2)).toEqual([1, 2]);
    // 30 frames of playing and 15 of ringing on.
    expect(values.slice(2, 47).every((value) => value === 0)).toBe(true);
    expect(values.slice(47)).toEqual(Array.from({ length: values.length - 47 }, (_, index) => index + 48));
  });

  it('loses and doubles no frame, whatever comes in between', () => {
    const driven = new Driven();
    for (let round = 0; round < 6; round += 1) {
      driven.gate.playing(round % 2 === 0);
      driven.hear(7 * round);
    }
    driven.gate.playing(false);
    driven.hear(60);
    expect(driven.out.map(({ at }) => at)).toEqual(Array.from({ length: 165 }, (_, index) => index * LENGTH));
  });

  it('lets through who speaks over it, from the first sample of the word', () => {
    const driven = new Driven();
    driven.gate.playing(true);
    driven.hear(20);
    // Frame 16 began the word; the detector is sure four frames later.
    driven.gate.activity({ type: 'speech', at: 16 * LENGTH });
    driven.hear(20);
    const values = driven.out.map(({ value }) => value);
    expect(values.slice(0, 16).every((value) => value === 0)).toBe(true);
    expect(values.slice(16, 20)).toEqual([17, 18, 19, 20]);
    driven.gate.activity({ type: 'silence', at: 40 * LENGTH });
    driven.hear(20);
    expect(driven.out.at(-1)?.value).toBe(0);
  });
});
