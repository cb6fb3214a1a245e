/** Loudness that runs outwards from a middle: what was loudest now stands in the centre, what was a moment ago beside it. */
export class Ripple {
  readonly #heights: Float32Array;
  readonly #sources: Uint8Array;
  #newest = 0;

  /** `reach`: strokes from the centre to one side. */
  constructor(readonly reach: number) {
    this.#heights = new Float32Array(reach);
    this.#sources = new Uint8Array(reach);
  }

  /** RMS levels, 0–1; the louder of both sides is shown. */
  push(input: number, output: number): void {
    this.#newest = (this.#newest + this.reach - 1) % this.reach;
    this.#heights[this.#newest] = loudness(Math.max(input, output));
    this.#sources[this.#newest] = output > input ? 1 : 0;
  }

  /** Height 0–1 of the stroke so far from the centre, thinning out towards the ends. */
  height(distance: number): number {
    const fade = 1 - (distance / this.reach) ** 2;
    return (this.#heights[(this.#newest + distance) % this.reach] ?? 0) * fade;
  }

  /** The stroke is the assistant's sound. */
  isOutput(distance: number): boolean {
    return this.#sources[(this.#newest + distance) % this.reach] === 1;
  }

  /** Nothing is to be seen any more. */
  get still(): boolean {
    return this.#heights.every((height) => height < 0.02);
  }
}

/** RMS to what the eye takes for loud: −50 dB is nothing, −12 dB is full. */
export const loudness = (level: number): number => Math.min(1, Math.max(0, (20 * Math.log10(Math.max(level, 1e-6)) + 50) / 38));
