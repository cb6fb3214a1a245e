import type { ReactiveController } from 'lit';
import type { Assistant, Levels } from '../../session/assistant.ts';
import { silence, type AssistantHost } from '../session-value.ts';

/** Worklets tell no levels while it is silent, so an old one counts as silence. */
const STALE_MS = 250;
/** RMS; less than this is the noise of a quiet room. */
const HEARD = 0.003;

/**
 * Animation frames while there is something to be heard and to be seen: none in silence, none out of sight, none where motion is to be
 * reduced. `move` draws what it is told and says whether it still moves.
 */
export class SoundFrames implements ReactiveController {
  readonly #host: AssistantHost & HTMLElement;
  readonly #move: (levels: Levels, nowMs: number) => boolean;
  #followed: Assistant | null = null;
  #subscription: { unsubscribe(): void } | undefined;
  #sight: IntersectionObserver | undefined;
  #seen = false;
  #frame = 0;
  #levels = silence;
  #heardAtMs = -Infinity;

  constructor(host: AssistantHost & HTMLElement, move: (levels: Levels, nowMs: number) => boolean) {
    this.#host = host;
    this.#move = move;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sight = new IntersectionObserver((entries) => {
      this.#seen = entries.at(-1)?.isIntersecting === true;
      if (this.#seen) this.#begin();
    });
    this.#sight.observe(this.#host);
    this.#follow(this.#host.assistant);
  }

  hostUpdate(): void {
    this.#follow(this.#host.assistant);
  }

  hostDisconnected(): void {
    this.#sight?.disconnect();
    this.#seen = false;
    this.#follow(null);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #follow(assistant: Assistant | null): void {
    if (assistant === this.#followed) return;
    this.#subscription?.unsubscribe();
    this.#followed = assistant;
    this.#subscription = assistant?.levels.subscribe((levels) => {
      this.#levels = levels;
      this.#heardAtMs = performance.now();
      if (levels.input > HEARD || levels.output > HEARD) this.#begin();
    });
  }

  get #mayMove(): boolean {
    return this.#seen && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  #begin(): void {
    if (this.#frame === 0 && this.#mayMove) this.#frame = requestAnimationFrame(this.#step);
  }

  readonly #step = (nowMs: number): void => {
    const levels = nowMs - this.#heardAtMs > STALE_MS ? silence : this.#levels;
    const moves = this.#move(levels, nowMs);
    this.#frame = moves && this.#mayMove ? requestAnimationFrame(this.#step) : 0;
  };
}
