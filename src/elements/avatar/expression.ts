import { loudness, Ripple } from '../visualizer/ripple.ts';
import type { Levels } from '../../session/assistant.ts';

/** What a face does with the sound of both sides: eyes that open to what is heard, a mouth through which runs what is said. */

/** Strokes of the mouth from its middle to one side. */
const REACH = 3;
/** Sound runs one stroke outwards in this time. */
const STEP_MS = 42;
/** Eyes close again by this share in each step. */
const FALL = 0.2;
/** Finer steps than this nobody sees. */
const GRAIN = 16;

export class Expression {
  #mouth = new Ripple(REACH);
  #heard = 0;
  #steppedAtMs = -Infinity;

  /** Takes the levels of now; false when it is no time yet for another step. */
  step({ input, output }: Levels, nowMs: number): boolean {
    if (nowMs - this.#steppedAtMs < STEP_MS) return false;
    this.#steppedAtMs = nowMs;
    this.#mouth.push(0, output);
    this.#heard = Math.max(loudness(input), this.#heard - FALL, 0);
    return true;
  }

  /** 0–1: how wide the eyes are open beyond what they are at rest. */
  get heard(): number {
    return grained(this.#heard);
  }

  /** 0–1 for each stroke of the mouth, the middle one first. */
  get said(): readonly number[] {
    return Array.from({ length: REACH }, (_, distance) => grained(this.#mouth.height(distance)));
  }

  get still(): boolean {
    return this.heard === 0 && this.#mouth.still;
  }
}

const grained = (value: number): number => Math.round(value * GRAIN) / GRAIN;
