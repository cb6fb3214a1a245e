import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { controlStyles } from '../controls.styles.ts';
import { counted } from '../counted.ts';
import type { Strings } from '../english.ts';
import { tokens } from '../tokens.styles.ts';
import { VivaFeedbackEvent } from './feedback-events.ts';
import { feedbackStrings } from './feedback-strings.ts';
import { feedbackStyles } from './feedback.styles.ts';

const STARS = [1, 2, 3, 4, 5];
const LONGEST = 2_000;

const star = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8Z" />
</svg>`;

/**
 * Asks how a conversation was, once it is over: stars, and words if somebody has any.
 *
 * @attr conversation - Id of its last line
 * @fires {VivaFeedbackEvent} viva-feedback - It was rated
 * @fires skip - It is not to be rated
 * @csspart feedback - The whole question
 */
export class VivaFeedback extends LitElement {
  static override styles = [tokens, controlStyles, feedbackStyles];
  static override properties: PropertyDeclarations = {
    conversation: {},
    strings: { attribute: false },
    stars: { state: true },
    sent: { state: true },
  };

  declare conversation: string;
  declare strings: Partial<Strings>;
  /** 0 = none yet. */
  declare stars: number;
  declare sent: boolean;

  constructor() {
    super();
    this.conversation = '';
    this.strings = {};
    this.stars = 0;
    this.sent = false;
  }

  protected override render() {
    const words = { ...feedbackStrings, ...this.strings };
    if (this.sent) return html`<p class="thanks" tabindex="-1">${words.feedbackThanks}</p>`;
    return html`<fieldset part="feedback">
      <legend>${words.feedbackAsk}</legend>
      <div class="stars">${STARS.map((count) => this.#star(count, counted(words, 'feedbackStars', count)))}</div>
      ${this.stars === 0 ? nothing : html`<textarea aria-label=${words.feedbackText} placeholder=${words.feedbackText} maxlength=${LONGEST}></textarea>`}
      <div class="answers">
        <button class="outline" aria-disabled=${this.stars === 0} @click=${this.#send}>${words.feedbackSend}</button>
        <button @click=${this.#skip}>${words.feedbackSkip}</button>
      </div>
    </fieldset>`;
  }

  #star(count: number, label: string) {
    const choose = (): void => {
      this.stars = count;
    };
    return html`<label class=${count <= this.stars ? 'on' : ''} title=${label}
      ><input
        type="radio"
        name="stars"
        value=${count}
        aria-label=${label}
        .checked=${count === this.stars}
        @change=${choose}
      />${star}</label
    >`;
  }

  readonly #send = (): void => {
    if (this.stars === 0) return;
    const text = this.renderRoot.querySelector('textarea')?.value.trim() ?? '';
    const rated = new VivaFeedbackEvent('conversation', this.conversation, this.stars, text);
    this.dispatchEvent(rated);
    this.sent = true;
    // The button that was pressed is gone: who reads goes on at the thanks.
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.thanks')?.focus());
  };

  readonly #skip = (): void => {
    this.dispatchEvent(new Event('skip'));
  };
}
