import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { burnInShift } from '../../pipelines/kiosk-burn-in.ts';
import { isNight, readNight } from '../../pipelines/kiosk-night.ts';
import { AssistantError } from '../../shared/errors.ts';
import { controlStyles } from '../controls.styles.ts';
import { VivaErrorEvent } from '../events.ts';
import { kioskStrings } from '../kiosk/kiosk-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { attractStyles } from './kiosk-attract.styles.ts';

/** Between two moves of what stands on the screen. */
const SHIFT_MS = 60_000;

const FILM = /\.(mp4|m4v|webm|ogv|mov)([?#]|$)/i;

/**
 * The screen that waits for visitors: a film or a picture, a sentence and one button. It draws nothing by itself between two moves, and is
 * dark at night.
 *
 * @fires {VivaErrorEvent} viva-error - `--viva-night` cannot be meant
 * @fires begin - Somebody touched the screen or pressed the button
 * @slot attract - In the place of the film or picture
 * @csspart attract - The screen
 * @csspart attract-media - The film or picture
 * @csspart attract-begin - The button
 * @cssprop --viva-night - Hours at which it is dark, as `22:00-06:00` (default), or `none`
 */
export class VivaKioskAttract extends LitElement {
  static override styles = [tokens, controlStyles, attractStyles];
  static override properties: PropertyDeclarations = {
    src: { attribute: false },
    reason: { attribute: false },
    voice: { attribute: false },
    strings: { attribute: false },
  };

  /** URL of a film or a picture. */
  declare src: string | null;
  /** Why it cannot be begun by voice, in words; empty = nothing is wrong. */
  declare reason: string;
  /** The microphone is open: a word is enough. */
  declare voice: boolean;
  declare strings: Partial<typeof kioskStrings>;

  #moves: ReturnType<typeof setInterval> | undefined;
  #step = 0;
  /** A wish for the night that was told to be wrong. */
  #told = '';

  constructor() {
    super();
    this.src = null;
    this.reason = '';
    this.voice = false;
    this.strings = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#moves = setInterval(this.#move, SHIFT_MS);
    this.#dim();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#moves);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[part="attract-begin"]')?.focus(options);
  }

  protected override render() {
    const words = { ...kioskStrings, ...this.strings };
    return html`<div part="attract" @click=${this.#begin}>
      <slot name="attract">${this.#media()}</slot>
      <div class="veil"></div>
      <div class="words">
        <h2>${words.attract}</h2>
        <p>${words.attractHint}</p>
        <button part="attract-begin" class="solid">${words.kioskBegin}</button>
        <p class="state" role="status">${this.reason !== '' ? this.reason : this.voice ? words.attractVoice : nothing}</p>
      </div>
    </div>`;
  }

  #media() {
    const { src } = this;
    if (src === null || src === '') return nothing;
    if (!FILM.test(src)) return html`<img part="attract-media" src=${src} alt="" />`;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    return html`<video
      part="attract-media"
      src=${src}
      .muted=${true}
      ?autoplay=${!still}
      preload=${still ? 'metadata' : 'auto'}
      loop
      playsinline
      disablepictureinpicture
      aria-hidden="true"
      tabindex="-1"
    ></video>`;
  }

  /** Static words and signs move a little, without anybody seeing it. */
  readonly #move = (): void => {
    this.#step += 1;
    const { x, y } = burnInShift(this.#step);
    this.renderRoot.querySelector<HTMLElement>('.words')?.style.setProperty('translate', `${x}px ${y}px`);
    this.#dim();
  };

  /** By the clock, once a minute: a screen that shines into an empty hall burns in and wakes the street. */
  #dim(): void {
    const wish = getComputedStyle(this).getPropertyValue('--_night');
    const night = readNight(wish);
    const now = new Date();
    this.toggleAttribute('night', night != null && isNight(night, now.getHours() * 60 + now.getMinutes()));
    if (night !== undefined || wish === this.#told) return;
    this.#told = wish;
    const message = `--viva-night: “${wish.trim()}” is neither hours such as 22:00-06:00 nor none`;
    this.dispatchEvent(new VivaErrorEvent(new AssistantError('bad-option', message, { field: '--viva-night' }).toFacts()));
  }

  readonly #begin = (): void => {
    this.dispatchEvent(new Event('begin'));
  };
}
