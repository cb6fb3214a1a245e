import type { SessionConfig } from './session-config.ts';

/** `idle_timeout_ms`: how long after the last answer was heard nobody has said anything. */
export class IdleTimer {
  readonly #config: () => SessionConfig;
  readonly #onIdle: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(config: () => SessionConfig, onIdle: () => void) {
    this.#config = config;
    this.#onIdle = onIdle;
  }

  /** An answer ended; `unheardMs` of it are still to be played. */
  arm(unheardMs: number): void {
    this.disarm();
    const { turnDetection } = this.#config();
    if (turnDetection?.type !== 'server_vad' || turnDetection.idle_timeout_ms === null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#onIdle();
    }, unheardMs + turnDetection.idle_timeout_ms);
  }

  /** Somebody did something. */
  disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
