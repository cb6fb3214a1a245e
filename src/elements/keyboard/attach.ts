import { html, nothing, type ReactiveController } from 'lit';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import './define.ts';
import { enter, erase, type Field, isField, type } from './typing.ts';

/** What `<viva-voce keyboard>` loads: keys below the field of the panel, in the language of the visitor. */
export const attach = (host: Launcher): Extra => new OnScreenKeyboard(host);

class OnScreenKeyboard implements ReactiveController, Extra {
  readonly #host: Launcher;
  /** The field that was written in last; the caret is there also while a key is pressed. */
  #field: Field | null = null;
  /** A kiosk shows its keys when somebody writes: until then they would take the place of what is said. */
  #wanted = false;
  #quieted: { readonly field: Field; readonly mode: string } | null = null;

  constructor(host: Launcher) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('focusin', this.#focused);
    // A focus that goes from one thing in the tag to another is told inside of it alone; a touch is told here.
    this.#host.addEventListener('click', this.#focused);
    this.#host.addEventListener('viva-reset', this.#left);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('focusin', this.#focused);
    this.#host.removeEventListener('click', this.#focused);
    this.#host.removeEventListener('viva-reset', this.#left);
    this.#letGo();
    this.#field = null;
  }

  hostUpdated(): void {
    if (!this.#host.keyboard) this.#letGo();
  }

  panel() {
    const { keyboard, language, shownLanguage, words } = this.#host;
    if (!keyboard) return nothing;
    return html`<viva-keyboard
      slot="footer"
      exportparts="keyboard,key"
      .language=${language ?? shownLanguage}
      .strings=${words}
      .shown=${this.#wanted || this.#host.variant !== 'kiosk'}
      @type=${(event: CustomEvent<string>) => this.#with((field) => type(field, event.detail))}
      @erase=${() => this.#with(erase)}
      @enter=${() => this.#with(enter)}
    ></viva-keyboard>`;
  }

  #with(act: (field: Field) => void): void {
    const field = this.#field?.isConnected === true ? this.#field : this.#composer();
    if (field === null) return;
    field.focus();
    act(field);
  }

  #composer(): Field | null {
    const panel = this.#host.renderRoot.querySelector('viva-panel');
    const composer = panel?.shadowRoot?.querySelector('viva-composer');
    const field = composer?.shadowRoot?.querySelector('textarea') ?? null;
    if (field !== null) this.#take(field);
    return field;
  }

  readonly #focused = (event: Event): void => {
    const [target] = event.composedPath();
    if (!(target instanceof Element) || !isField(target)) return;
    this.#take(target);
    if (this.#wanted) return;
    this.#wanted = true;
    this.#host.requestUpdate();
  };

  readonly #left = (): void => {
    this.#wanted = false;
    // With what was written in it.
    this.#letGo();
    this.#field = null;
  };

  /** The device's own keyboard, where it has one, stays away. */
  #take(field: Field): void {
    if (this.#field === field) return;
    this.#letGo();
    this.#field = field;
    this.#quieted = { field, mode: field.inputMode };
    field.inputMode = 'none';
  }

  #letGo(): void {
    if (this.#quieted !== null) this.#quieted.field.inputMode = this.#quieted.mode;
    this.#quieted = null;
  }
}
