import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { ownName } from '../captions/language-names.ts';
import { controlStyles } from '../controls.styles.ts';
import { directionOf } from '../locale-of.ts';
import { kioskStrings } from '../kiosk/kiosk-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { fullIcon, languageIcon, sizeIcon } from './kiosk-menu.icons.ts';
import { kioskMenuStyles } from './kiosk-menu.styles.ts';

/**
 * What a visitor may choose, and the way out: language, size of the text, full screen, finish.
 *
 * @fires size - The text is to be larger, or its usual size again
 * @fires full - Full screen is wanted
 * @fires finish - The visitor has finished
 * @fires language - `detail`: BCP 47 tag of the language that was chosen
 * @csspart kiosk-size - The button for the size of the text
 * @csspart kiosk-language - The button for the language
 * @csspart kiosk-full - The button for full screen
 * @csspart kiosk-finish - The button that finishes
 */
export class VivaKioskMenu extends LitElement {
  static override styles = [tokens, controlStyles, kioskMenuStyles];
  static override properties: PropertyDeclarations = {
    languages: { attribute: false },
    language: { attribute: false },
    full: { attribute: false },
    strings: { attribute: false },
    choosing: { state: true },
  };

  /** BCP 47 tags to choose from. */
  declare languages: readonly string[];
  /** The one that is shown. */
  declare language: string;
  /** The screen is full, or cannot be. */
  declare full: boolean;
  declare strings: Partial<typeof kioskStrings>;
  declare choosing: boolean;

  constructor() {
    super();
    this.languages = [];
    this.language = 'en';
    this.full = true;
    this.strings = {};
    this.choosing = false;
  }

  protected override render() {
    const words = { ...kioskStrings, ...this.strings };
    return html`${
        this.languages.length < 2
          ? nothing
          : html`<button part="kiosk-language" class="outline" aria-haspopup="dialog" @click=${this.#choose}>
              ${languageIcon}<span lang=${this.language}>${ownName(this.language)}</span>
            </button>`
      }
      ${this.#icon('kiosk-size', words.kioskText, sizeIcon, 'size')}
      ${this.full ? nothing : this.#icon('kiosk-full', words.kioskFullscreen, fullIcon, 'full')}
      <button part="kiosk-finish" class="outline" @click=${() => this.#tell('finish')}>${words.kioskFinish}</button>
      ${this.choosing ? this.#choice() : nothing}`;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog?.open === false) dialog.showModal();
  }

  #icon(part: string, label: string, icon: unknown, event: 'size' | 'full') {
    return html`<button part=${part} class="icon outline" aria-label=${label} title=${label} @click=${() => this.#tell(event)}>
      ${icon}
    </button>`;
  }

  #choice() {
    return html`<dialog aria-label=${ownName(this.language)} @close=${this.#chosen} @click=${this.#outside}>
      <ul>
        ${this.languages.map(
          (tag) =>
            html`<li>
              <button
                lang=${tag}
                dir=${directionOf(tag)}
                class=${tag === this.language ? 'solid' : 'outline'}
                aria-current=${tag === this.language ? 'true' : nothing}
                ?autofocus=${tag === this.language}
                @click=${() => this.#take(tag)}
              >
                ${ownName(tag)}
              </button>
            </li>`,
        )}
      </ul>
    </dialog>`;
  }

  #tell(type: 'size' | 'full' | 'finish'): void {
    if (type === 'size') this.dispatchEvent(new Event('size'));
    else if (type === 'full') this.dispatchEvent(new Event('full'));
    else this.dispatchEvent(new Event('finish'));
  }

  #take(tag: string): void {
    this.#chosen();
    this.dispatchEvent(new CustomEvent('language', { detail: tag }));
  }

  readonly #choose = (): void => {
    this.choosing = true;
  };

  readonly #chosen = (): void => {
    this.choosing = false;
  };

  readonly #outside = (event: Event): void => {
    if (event.target === event.currentTarget) this.#chosen();
  };
}
