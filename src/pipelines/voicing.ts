/** How much a stretch of sound repeats itself at the pitch of a human voice, and how loud it is without rumble. */

/** Hz that the sound is brought down to: pitch is far below its half. */
const SLOW_RATE = 4_000;
/** Pitch of men's to children's voices. */
const LOWEST_HZ = 75;
const HIGHEST_HZ = 400;
/** Samples at the slow rate that are compared with themselves: 32 ms. */
const WINDOW = 128;
/** Rumble and handling noise are below, glasses and hisses above; a voice has most of its power between. */
const HIGH_PASS_HZ = 90;
const LOW_PASS_HZ = 1_000;

const SHORTEST_LAG = Math.floor(SLOW_RATE / HIGHEST_HZ);
const LONGEST_LAG = Math.ceil(SLOW_RATE / LOWEST_HZ);

export interface Heard {
  /** RMS between `HIGH_PASS_HZ` and `LOW_PASS_HZ`, 0–1 */
  readonly level: number;
  /** Normalised autocorrelation at the best pitch, 0 (noise) to 1 (a vowel). */
  readonly voicing: number;
}

export class Voicing {
  readonly #rate: number;
  readonly #highPole: number;
  readonly #lowPole: number;
  readonly #slow = new Float64Array(WINDOW + LONGEST_LAG);
  #last = 0;
  #high = 0;
  #low = 0;
  #lower = 0;
  #sum = 0;
  #summed = 0;
  #due = 0;

  /** Hz of what will be heard; at least 8000. */
  constructor(rate: number) {
    this.#rate = rate;
    this.#highPole = Math.exp((-2 * Math.PI * HIGH_PASS_HZ) / rate);
    this.#lowPole = Math.exp((-2 * Math.PI * LOW_PASS_HZ) / rate);
  }

  /** Takes the next samples; tells of them (level) and of the last 45 ms (voicing). */
  hear(pcm: Int16Array): Heard {
    let squares = 0;
    const made = Math.ceil((pcm.length * SLOW_RATE) / this.#rate) + 1;
    const fresh = new Float64Array(made);
    let count = 0;
    for (let index = 0; index < pcm.length; index++) {
      const sample = pcm[index]! / 32768;
      this.#high = sample - this.#last + this.#highPole * this.#high;
      this.#last = sample;
      this.#low += (1 - this.#lowPole) * (this.#high - this.#low);
      this.#lower += (1 - this.#lowPole) * (this.#low - this.#lower);
      squares += this.#lower * this.#lower;
      this.#sum += this.#lower;
      this.#summed++;
      this.#due += SLOW_RATE;
      if (this.#due < this.#rate) continue;
      this.#due -= this.#rate;
      fresh[count++] = this.#sum / this.#summed;
      this.#sum = this.#summed = 0;
    }
    this.#slow.copyWithin(0, count);
    this.#slow.set(fresh.subarray(0, count), this.#slow.length - count);
    return { level: pcm.length === 0 ? 0 : Math.sqrt(squares / pcm.length), voicing: this.#periodicity() };
  }

  /** The highest peak of the autocorrelation behind its first dip: without a dip it is slow noise, not a pitch. */
  #periodicity(): number {
    let dipped = false;
    let best = 0;
    for (let lag = 4; lag <= LONGEST_LAG; lag++) {
      const likeness = this.#likeness(lag);
      if (likeness < 0.3) dipped = true;
      if (dipped && lag >= SHORTEST_LAG && likeness > best) best = likeness;
    }
    return best;
  }

  /** Of the newest window with the one `lag` samples before it: −1…1. */
  #likeness(lag: number): number {
    const slow = this.#slow;
    let product = 0;
    let newer = 1e-9;
    let older = 1e-9;
    for (let index = LONGEST_LAG; index < slow.length; index++) {
      const a = slow[index]!;
      const b = slow[index - lag]!;
      product += a * b;
      newer += a * a;
      older += b * b;
    }
    return product / Math.sqrt(newer * older);
  }
}
