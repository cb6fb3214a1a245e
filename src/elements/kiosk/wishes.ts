import { type KioskOptions, readKiosk } from '../../pipelines/kiosk-options.ts';
import { VivaErrorEvent } from '../events.ts';
import type { Launcher } from '../viva-voce/launcher.ts';

/** What the attributes of a kiosk say now; what cannot be meant is told once, although they are read with every update. */
export class Wishes {
  readonly #host: Launcher;
  #faults = '';

  constructor(host: Launcher) {
    this.#host = host;
  }

  read(): KioskOptions {
    const { options, faults } = readKiosk(this.#host, document.baseURI);
    const told = faults.map(({ message }) => message).join();
    if (told !== this.#faults) for (const fault of faults) this.#host.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
    this.#faults = told;
    return options;
  }
}
