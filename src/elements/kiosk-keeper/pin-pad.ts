import { html, type ReactiveControllerHost } from 'lit';
import { counted } from '../counted.ts';
import type { kioskStrings } from '../kiosk/kiosk-strings.ts';

/** Keys for a PIN on the screen; a keyboard works too. What was entered is shown as dots and is nowhere in the document. */

const MOST = 12;
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export class PinPad {
  readonly #host: ReactiveControllerHost;
  readonly #enter: (digits: string) => void;
  #digits = '';
  /** The last digit came from a keyboard, and so Enter is the end of it and presses nothing. */
  #typed = false;

  constructor(host: ReactiveControllerHost, enter: (digits: string) => void) {
    this.#host = host;
    this.#enter = enter;
  }

  clear(): void {
    this.#digits = '';
  }

  view(words: typeof kioskStrings, locked: boolean) {
    const count = this.#digits.length;
    const key = (label: string, press: () => void, name = label) =>
      html`<button class="outline" aria-label=${name} aria-disabled=${locked} @click=${press}>${label}</button>`;
    return html`<p class="dots" role="status" aria-label=${counted(words, 'kioskPinDigits', count)}>${'●'.repeat(count)}</p>
      <div class="keys" dir="ltr">
        ${DIGITS.map((digit) => key(digit, () => this.#add(digit)))} ${key('⌫', this.#back, words.kioskPinDelete)}
        ${key('0', () => this.#add('0'))} ${key(words.kioskPinOk, this.#done)}
      </div>`;
  }

  #add(digit: string, typed = false): void {
    this.#typed = typed;
    if (this.#digits.length < MOST) this.#digits += digit;
    this.#host.requestUpdate();
  }

  readonly #back = (): void => {
    this.#digits = this.#digits.slice(0, -1);
    this.#host.requestUpdate();
  };

  readonly #done = (): void => {
    if (this.#digits !== '') this.#enter(this.#digits);
  };

  /** A key of a keyboard. */
  readonly typed = (event: KeyboardEvent): void => {
    if (/^\d$/.test(event.key)) this.#add(event.key, true);
    else if (event.key === 'Backspace') this.#back();
    else if (event.key === 'Enter' && this.#typed) this.#done();
    else return;
    event.preventDefault();
  };
}
