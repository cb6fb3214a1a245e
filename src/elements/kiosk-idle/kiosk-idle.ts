import { html, LitElement, type PropertyDeclarations } from 'lit';
import { controlStyles } from '../controls.styles.ts';
import { counted } from '../counted.ts';
import { kioskStrings } from '../kiosk/kiosk-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { kioskIdleStyles } from './kiosk-idle.styles.ts';

/** Seconds at which a screen reader is told how many are left; each one would be noise. */
const TOLD_AT = 10;

/**
 * The warning before everything of a visitor is cleared: a countdown and one button that goes on. It is modal, so nothing else is pressed
 * by mistake; any key or touch goes on as well.
 *
 * @fires stay - The visitor is still there
 * @csspart idle - The box
 * @csspart idle-stay - The button
 */
export class VivaKioskIdle extends LitElement {
  static override styles = [tokens, controlStyles, kioskIdleStyles];
  static override properties: PropertyDeclarations = {
    seconds: { attribute: false },
    strings: { attribute: false },
  };

  /** Seconds left. */
  declare seconds: number;
  declare strings: Partial<typeof kioskStrings>;

  constructor() {
    super();
    this.seconds = 0;
    this.strings = {};
  }

  protected override render() {
    const words = { ...kioskStrings, ...this.strings };
    const { seconds } = this;
    const told = seconds > TOLD_AT ? Math.ceil(seconds / TOLD_AT) * TOLD_AT : TOLD_AT;
    return html`<dialog
      part="idle"
      role="alertdialog"
      aria-labelledby="asked"
      aria-describedby="told"
      @cancel=${this.#stay}
      @click=${this.#stay}
    >
      <h2 id="asked">${words.kioskIdle}</h2>
      <p aria-hidden="true">${counted(words, 'kioskIdleText', seconds)}</p>
      <p id="told" class="unseen" role="status">${counted(words, 'kioskIdleText', told)}</p>
      <button part="idle-stay" class="solid" autofocus @click=${this.#stay}>${words.kioskStay}</button>
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  readonly #stay = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(new Event('stay'));
  };
}
