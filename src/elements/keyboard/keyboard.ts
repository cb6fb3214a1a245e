import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { controlStyles } from '../controls.styles.ts';
import { tokens } from '../tokens.styles.ts';
import { keyboardStrings } from './keyboard-strings.ts';
import { keyboardStyles } from './keyboard.styles.ts';
import { layoutOf, symbolRows } from './layouts.ts';

/**
 * A keyboard on the screen, for devices that have none: letters of the language, capitals, marks, numbers and signs. It takes no focus.
 *
 * @attr shown - The keys are there; else only the button that brings them
 * @fires type - `detail`: text to be put in
 * @fires erase - The last letter is to go
 * @fires enter - What was written is to be sent
 * @csspart keyboard - The keys
 * @csspart key - One of them
 */
export class VivaKeyboard extends LitElement {
  static override styles = [tokens, controlStyles, keyboardStyles];
  static override properties: PropertyDeclarations = {
    language: { attribute: false },
    strings: { attribute: false },
    shown: { type: Boolean, reflect: true },
    shifted: { state: true },
    symbols: { state: true },
  };

  /** BCP 47 tag of what is written. */
  declare language: string;
  declare strings: Partial<typeof keyboardStrings>;
  declare shown: boolean;
  declare shifted: boolean;
  declare symbols: boolean;

  constructor() {
    super();
    this.language = 'en';
    this.strings = {};
    this.shown = true;
    this.shifted = this.symbols = false;
    // A press must leave the caret where it is.
    this.addEventListener('pointerdown', (event) => {
      event.preventDefault();
    });
  }

  protected override render() {
    const words = { ...keyboardStrings, ...this.strings };
    // One template for both, so that the button keeps the focus.
    return html`<button class="outline toggle" aria-expanded=${this.shown} @click=${this.#toggle}>
        ${this.shown ? words.keyboardHide : words.keyboardShow}
      </button>
      ${this.shown ? this.#keys(words) : nothing}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    // In large text they may be higher than the place that is left for them.
    if (this.shown && changed.get('shown') === false) this.scrollIntoView({ block: 'nearest' });
  }

  #keys(words: typeof keyboardStrings) {
    const layout = layoutOf(this.language);
    const lines = this.symbols ? symbolRows : [...(layout.more.length === 0 ? [] : [layout.more]), ...layout.rows];
    return html`<div part="keyboard" role="group" aria-label=${words.keyboard} lang=${this.language}>
      ${lines.map((line) => html`<div class="row">${line.map((letter) => this.#letter(letter))}</div>`)}
      <div class="row" dir="ltr">
        ${layout.capitals && !this.symbols ? this.#key('⇧', words.keyShift, this.#shift, this.shifted) : nothing}
        ${this.#key(this.symbols ? (layout.rows[0]?.slice(0, 3).join('') ?? '') : '12#', this.symbols ? words.keyLetters : words.keySymbols, this.#switch)}
        <button
          part="key"
          class="outline space"
          tabindex="-1"
          aria-label=${words.keySpace}
          @click=${() => this.#type(' ')}
        ></button>
        ${this.#key('⌫', words.keyBackspace, this.#erase)} ${this.#key('⏎', words.keyEnter, this.#enter)}
      </div>
    </div>`;
  }

  #letter(letter: string) {
    const shown = this.shifted && !this.symbols ? letter.toLocaleUpperCase(this.language) : letter;
    return html`<button part="key" class="outline" tabindex="-1" @click=${() => this.#type(shown)}>${shown}</button>`;
  }

  #key(sign: string, name: string, press: () => void, pressed = false) {
    // Who says what is written on a key must be understood too.
    const called = /[\p{L}\p{N}]/u.test(sign) ? `${sign} ${name}` : name;
    return html`<button
      part="key"
      class="outline ${pressed ? 'pressed' : ''}"
      tabindex="-1"
      aria-label=${called}
      aria-pressed=${pressed ? 'true' : nothing}
      @click=${press}
    >
      ${sign}
    </button>`;
  }

  #type(text: string): void {
    this.shifted = false;
    this.dispatchEvent(new CustomEvent('type', { detail: text }));
  }

  readonly #erase = (): void => {
    this.dispatchEvent(new Event('erase'));
  };

  readonly #enter = (): void => {
    this.dispatchEvent(new Event('enter'));
  };

  readonly #shift = (): void => {
    this.shifted = !this.shifted;
  };

  readonly #switch = (): void => {
    this.symbols = !this.symbols;
  };

  readonly #toggle = (): void => {
    this.shown = !this.shown;
  };
}
