/** What `noise_reduction` does before voice activity and recognition: a rumble filter and a gate that learns the room's floor. */

export interface NoiseReductionSettings {
  readonly type: 'near_field' | 'far_field';
  /** 0–1 */
  readonly strength: number;
}

interface Profile {
  /** Corner of the high-pass, Hz. */
  readonly highPassHz: number;
  /** Attenuation of what is no louder than the floor, dB, at strength 1. */
  readonly gateDb: number;
  /** How far above the floor the gate is fully open, dB. */
  readonly openDb: number;
}

/**
 * A headset has little rumble and a clean floor; a microphone across the room has hum, fans and a voice nearer to them. No deeper, because
 * gates of 12 and 20 dB cut into soft sounds: `npx tsx test/prove/noise-reduction.ts` counts the words that a recogniser then gets wrong.
 */
const PROFILES: Record<NoiseReductionSettings['type'], Profile> = {
  near_field: { highPassHz: 80, gateDb: 6, openDb: 4 },
  far_field: { highPassHz: 110, gateDb: 8, openDb: 3 },
};

const RATE = 16000;
/** Samples that share one gate decision: 10 ms. */
const BLOCK = 160;
/** Blocks that the gate stays open after speech, so that soft word ends are kept: 400 ms. */
const HOLD_BLOCKS = 40;
/** Blocks that it is open at first, while the floor is not known: 500 ms. */
const FIRST_HOLD_BLOCKS = 50;
/** The floor is the quietest block of the last one to two seconds: speech has gaps, rooms have none. */
const FLOOR_BLOCKS = 100;
/** The quietest block lies below the mean of the noise by about this factor in power. */
const FLOOR_BIAS = 1.6;
/** Nothing louder than this mean square (−38 dBFS) is taken for a floor. */
const MAX_FLOOR = 160_000;

export class NoiseReduction {
  readonly #openRatio: number;
  readonly #closedGain: number;
  readonly #b0: number;
  readonly #b1: number;
  readonly #a1: number;
  readonly #a2: number;
  #x1 = 0;
  #x2 = 0;
  #y1 = 0;
  #y2 = 0;
  /** Quietest mean square of the last whole stretch and of the present one. */
  #quietestBefore = MAX_FLOOR;
  #quietestNow = MAX_FLOOR;
  #blocks = 0;
  #hold = FIRST_HOLD_BLOCKS;
  #gain = 1;
  #energy = 0;
  #filled = 0;
  #target = 1;

  constructor(settings: NoiseReductionSettings) {
    const profile = PROFILES[settings.type];
    this.#openRatio = 10 ** (profile.openDb / 10);
    this.#closedGain = 10 ** ((-profile.gateDb * settings.strength) / 20);
    // Second-order Butterworth high-pass by the bilinear transform.
    const k = Math.tan((Math.PI * profile.highPassHz) / RATE);
    const norm = 1 / (1 + Math.SQRT2 * k + k * k);
    this.#b0 = norm;
    this.#b1 = -2 * norm;
    this.#a1 = 2 * (k * k - 1) * norm;
    this.#a2 = (1 - Math.SQRT2 * k + k * k) * norm;
  }

  /** 16 kHz in, the same number of samples out. */
  process(pcm: Int16Array): Int16Array {
    const out = new Int16Array(pcm.length);
    for (let i = 0; i < pcm.length; i++) {
      const x = pcm[i] ?? 0;
      const y = this.#b0 * (x + this.#x2) + this.#b1 * this.#x1 - this.#a1 * this.#y1 - this.#a2 * this.#y2;
      this.#x2 = this.#x1;
      this.#x1 = x;
      this.#y2 = this.#y1;
      this.#y1 = y;
      this.#energy += y * y;
      if (++this.#filled === BLOCK) this.#decide();
      // Opens within about 2 ms, closes over about 30 ms: no clicks, no clipped onsets.
      this.#gain += (this.#target - this.#gain) * (this.#target > this.#gain ? 0.03 : 0.002);
      out[i] = Math.max(-32768, Math.min(32767, Math.round(y * this.#gain)));
    }
    return out;
  }

  #decide(): void {
    const power = this.#energy / BLOCK;
    this.#energy = 0;
    this.#filled = 0;
    this.#quietestNow = Math.min(this.#quietestNow, power);
    const floor = Math.min(this.#quietestBefore, this.#quietestNow) * FLOOR_BIAS + 1;
    if (++this.#blocks % FLOOR_BLOCKS === 0) {
      this.#quietestBefore = this.#quietestNow;
      this.#quietestNow = MAX_FLOOR;
    }
    if (power > floor * this.#openRatio) this.#hold = HOLD_BLOCKS;
    else if (this.#hold > 0) this.#hold--;
    this.#target = this.#hold > 0 ? 1 : this.#closedGain;
  }
}
