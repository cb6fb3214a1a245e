import type { ReactiveController } from 'lit';
import type { Assistant } from '../../session/assistant.ts';
import { silence } from '../session-value.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { VivaLevelEvent } from './level-event.ts';

/** What a listener to `viva-level` loads. */
export function attach(host: Launcher): Extra {
  new LevelTelling(host);
  return {};
}

/** Tells the page the levels of a conversation as they change; nothing in silence. */
class LevelTelling implements ReactiveController {
  readonly #host: Launcher;
  #followed: Assistant | null = null;
  #subscription: { unsubscribe(): void } | undefined;
  #levels = silence;
  #told = silence;
  #frame = 0;

  constructor(host: Launcher) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow(this.#host.assistant);
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#follow(this.#host.assistant);
  }

  hostDisconnected(): void {
    this.#follow(null);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#told = silence;
  }

  #follow(assistant: Assistant | null): void {
    if (assistant === this.#followed) return;
    this.#subscription?.unsubscribe();
    this.#followed = assistant;
    this.#subscription = assistant?.levels.subscribe((levels) => {
      this.#levels = levels;
      if (this.#frame === 0 && this.#isNew) this.#frame = requestAnimationFrame(this.#tell);
    });
  }

  get #isNew(): boolean {
    return this.#levels.input !== this.#told.input || this.#levels.output !== this.#told.output;
  }

  readonly #tell = (): void => {
    this.#frame = 0;
    if (!this.#isNew) return;
    this.#told = this.#levels;
    this.#host.dispatchEvent(new VivaLevelEvent(this.#told.input, this.#told.output));
  };
}
