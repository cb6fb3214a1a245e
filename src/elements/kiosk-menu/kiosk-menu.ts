import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { ownName } from '../captions/language-names.ts';
import { controlStyles } from '../controls.styles.ts';
import { deviceStrings } from '../devices/device-strings.ts';
import { KeptFocus } from '../kept-focus.ts';
import { directionOf } from '../locale-of.ts';
import { closeIcon } from '../icons.ts';
import { kioskStrings } from '../kiosk/kiosk-strings.ts';
import { panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { fullIcon, languageIcon, loudspeakerIcon, sizeIcon } from './kiosk-menu.icons.ts';
import { kioskMenuStyles } from './kiosk-menu.styles.ts';

/**
 * What a visitor may choose, and the way out: language, size of the text, loudness, full screen, finish.
 *
 * @fires size - The text is to be larger, or its usual size again
 * @fires loudness - `detail`: the step of loudness that was chosen, 0 to `loudest`
 * @fires sample - A step was chosen and may be heard
 * @fires full - Full screen is wanted
 * @fires finish - The visitor has finished
 * @fires language - `detail`: BCP 47 tag of the language that was chosen
 * @csspart kiosk-size - The button for the size of the text
 * @csspart kiosk-volume - The button for the loudness
 * @csspart kiosk-language - The button for the language
 * @csspart kiosk-full - The button for full screen
 * @csspart kiosk-finish - The button that finishes
 */
export class VivaKioskMenu extends LitElement {
  static override styles = [tokens, controlStyles, kioskMenuStyles];
  static override properties: PropertyDeclarations = {
    languages: { attribute: false },
    language: { attribute: false },
    loudness: { attribute: false },
    loudest: { attribute: false },
    full: { attribute: false },
    strings: { attribute: false },
    choosing: { state: true },
  };

  /** BCP 47 tags to choose from. */
  declare languages: readonly string[];
  /** The one that is shown. */
  declare language: string;
  /** The step of loudness that is in force. */
  declare loudness: number;
  declare loudest: number;
  /** The screen is full, or cannot be. */
  declare full: boolean;
  declare strings: Partial<typeof kioskStrings & typeof panelStrings & typeof deviceStrings>;
  declare choosing: 'language' | 'volume' | null;
  #chose: 'language' | 'volume' = 'language';

  constructor() {
    super();
    this.languages = [];
    this.language = 'en';
    this.full = true;
    this.strings = {};
    this.loudness = this.loudest = 10;
    this.choosing = null;
    new KeptFocus(this, () => this.renderRoot.querySelector(`[part="kiosk-${this.#chose}"]`));
  }

  protected override render() {
    const words = { ...panelStrings, ...deviceStrings, ...kioskStrings, ...this.strings };
    return html`${
        this.languages.length < 2
          ? nothing
          : html`<button part="kiosk-language" class="outline" aria-haspopup="dialog" @click=${() => this.#choose('language')}>
              ${languageIcon}<span lang=${this.language}>${ownName(this.language)}</span>
            </button>`
      }
      ${this.#icon('kiosk-size', words.kioskText, sizeIcon, 'size')}
      <button
        part="kiosk-volume"
        class="icon outline"
        aria-haspopup="dialog"
        aria-label=${words.volume}
        title=${words.volume}
        @click=${() => this.#choose('volume')}
      >
        ${loudspeakerIcon}
      </button>
      ${this.full ? nothing : this.#icon('kiosk-full', words.kioskFullscreen, fullIcon, 'full')}
      <button part="kiosk-finish" class="outline" @click=${() => this.#tell('finish')}>${words.kioskFinish}</button>
      ${this.choosing === 'language' ? this.#languages() : this.choosing === 'volume' ? this.#volume(words) : nothing}`;
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

  #languages() {
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

  #volume(words: typeof panelStrings & typeof deviceStrings) {
    const { loudness, loudest } = this;
    // Large to press; whoever has no finger on the screen moves the slider between them.
    const step = (by: -1 | 1, sign: string) =>
      html`<button
        class="icon outline"
        aria-hidden="true"
        tabindex="-1"
        ?disabled=${by < 0 ? loudness <= 0 : loudness >= loudest}
        @click=${() => {
          this.#set(loudness + by);
          this.#heard();
        }}
      >
        ${sign}
      </button>`;
    return html`<dialog class="volume" aria-labelledby="volume" @close=${this.#chosen} @click=${this.#outside}>
      <header>
        <label id="volume" for="loudness">${words.volume}</label>
        <button class="icon" aria-label=${words.close} title=${words.close} @click=${this.#chosen}>${closeIcon}</button>
      </header>
      <div class="steps" dir="ltr">
        ${step(-1, '−')}
        <input
          id="loudness"
          type="range"
          min="0"
          max=${loudest}
          .value=${String(loudness)}
          aria-valuetext=${(loudness / loudest).toLocaleString(this.language, { style: 'percent' })}
          autofocus
          @input=${(event: Event) => this.#set((event.target as HTMLInputElement).valueAsNumber)}
          @change=${this.#heard}
        />
        ${step(1, '+')}
      </div>
    </dialog>`;
  }

  #set(step: number): void {
    this.dispatchEvent(new CustomEvent('loudness', { detail: step }));
  }

  readonly #heard = (): void => {
    this.dispatchEvent(new Event('sample'));
  };

  #tell(type: 'size' | 'full' | 'finish'): void {
    if (type === 'size') this.dispatchEvent(new Event('size'));
    else if (type === 'full') this.dispatchEvent(new Event('full'));
    else this.dispatchEvent(new Event('finish'));
  }

  #take(tag: string): void {
    this.#chosen();
    this.dispatchEvent(new CustomEvent('language', { detail: tag }));
  }

  #choose(what: 'language' | 'volume'): void {
    this.choosing = this.#chose = what;
  }

  readonly #chosen = (): void => {
    this.choosing = null;
  };

  readonly #outside = (event: Event): void => {
    if (event.target === event.currentTarget) this.#chosen();
  };
}
