import { html } from 'lit';
import type { Side } from '../../session/interpreter.ts';

/** The two big buttons of two people: held by finger, mouse, space or Enter, one at a time. */

export interface TalkKey {
  readonly side: Side;
  /** BCP 47 of the button's words. */
  readonly language: string;
  /** The language as its speakers call it. */
  readonly name: string;
  readonly hint: string;
  readonly held: boolean;
  readonly disabled: boolean;
}

/** Decides what presses mean: only a change is told, and while one talks the other's key does nothing. */
export class TalkKeys {
  readonly #tell: (side: Side, down: boolean) => void;
  #held: Side | null = null;

  constructor(tell: (side: Side, down: boolean) => void) {
    this.#tell = tell;
  }

  get held(): Side | null {
    return this.#held;
  }

  down(side: Side): void {
    if (this.#held !== null) return;
    this.#held = side;
    this.#tell(side, true);
  }

  up(side: Side): void {
    if (this.#held !== side) return;
    this.#held = null;
    this.#tell(side, false);
  }

  /** Whoever is talking is let go: the button is leaving. */
  release(): void {
    if (this.#held !== null) this.up(this.#held);
  }
}

export function talkKey(key: TalkKey, keys: TalkKeys) {
  const { side } = key;
  const down = (): void => {
    if (!key.disabled) keys.down(side);
  };
  const up = (): void => keys.up(side);
  return html`<button
    part="talk talk-${side}"
    class="hold ${key.held ? 'pressed' : ''}"
    aria-pressed=${key.held}
    aria-disabled=${key.disabled}
    @pointerdown=${(event: PointerEvent) => {
      if (event.button !== 0) return;
      // The finger may slide off the button and still be talking.
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      down();
    }}
    @pointerup=${up}
    @pointercancel=${up}
    @lostpointercapture=${up}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      event.preventDefault();
      if (!event.repeat) down();
    }}
    @keyup=${(event: KeyboardEvent) => {
      if (event.key === ' ' || event.key === 'Enter') up();
    }}
    @blur=${up}
    @contextmenu=${(event: Event) => event.preventDefault()}
  >
    <strong lang=${key.language}>${key.name}</strong><span>${key.hint}</span>
  </button>`;
}
