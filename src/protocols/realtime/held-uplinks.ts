import type { Uplink } from '../../shared/wire.ts';

/**
 * Nothing goes up before the settings are in force: sound that came first would be answered with the server's defaults. What is held is
 * released in its order; of the sound, the newest.
 */
export class HeldUplinks {
  readonly #mostSamples: number;
  #uplinks: Uplink[] = [];
  #samples = 0;

  constructor(mostSamples: number) {
    this.#mostSamples = mostSamples;
  }

  push(up: Uplink): void {
    // There is nothing yet that could be interrupted or played.
    if (up.type === 'interrupt' || up.type === 'played') return;
    this.#uplinks.push(up);
    if (up.type === 'audio') this.#samples += up.pcm.length;
    while (this.#samples > this.#mostSamples) {
      const oldest = this.#uplinks.findIndex(({ type }) => type === 'audio');
      const [dropped] = this.#uplinks.splice(oldest, 1);
      if (dropped?.type === 'audio') this.#samples -= dropped.pcm.length;
    }
  }

  release(): readonly Uplink[] {
    this.#samples = 0;
    return this.#uplinks.splice(0);
  }
}
