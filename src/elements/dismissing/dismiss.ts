import { html, LitElement, type PropertyDeclarations } from 'lit';
import { controlStyles } from '../controls.styles.ts';
import { actionStrings } from '../page-actions/action-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { VivaDismissEvent } from './dismiss-event.ts';
import { dismissStrings } from './dismiss-strings.ts';
import { dismissStyles } from './dismiss.styles.ts';

/**
 * Stands beside a launcher and sends it away; then, for as long as it has the focus, says so and takes it back.
 *
 * @attr dismissed - The launcher was sent away
 * @attr below - The launcher lies at the top: this stands below it
 * @fires {VivaDismissEvent} viva-dismiss - Cancellable: the launcher is to go, or to come back
 * @csspart dismiss - The button that sends it away
 * @csspart dismissed - What is shown instead
 */
export class VivaDismiss extends LitElement {
  static override styles = [tokens, controlStyles, dismissStyles];
  static override properties: PropertyDeclarations = {
    dismissed: { type: Boolean },
    below: { type: Boolean, reflect: true },
    strings: { attribute: false },
  };

  declare dismissed: boolean;
  declare below: boolean;
  /** Replaces any of the words. */
  declare strings: Partial<typeof dismissStrings & typeof actionStrings>;

  constructor() {
    super();
    this.dismissed = false;
    this.below = false;
    this.strings = {};
  }

  /** To its one button. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('button')?.focus());
  }

  protected override render() {
    const words = { ...dismissStrings, ...actionStrings, ...this.strings };
    if (this.dismissed)
      return html`<div part="dismissed">
        <p id="told">${words.launcherDismissed}</p>
        <button aria-describedby="told" @click=${() => this.#wish(false)}>${words.actionUndo}</button>
      </div>`;
    return html`<button
      part="dismiss"
      aria-label=${words.launcherDismiss}
      title=${words.launcherDismiss}
      @click=${() => this.#wish(true)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 5l14 14M19 5 5 19" /></svg>
    </button>`;
  }

  #wish(dismissed: boolean): void {
    const event = new VivaDismissEvent(dismissed);
    this.dispatchEvent(event);
  }
}
