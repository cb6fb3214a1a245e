/** At most so many pictures are encoded anew at once: each costs as much as thirty that are copied. */
export class TranscodeSlots {
  readonly #max: number;
  #taken = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** How to give it back; null = none is free. */
  take(): (() => void) | null {
    if (this.#taken >= this.#max) return null;
    this.#taken++;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#taken--;
    };
  }
}
