import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { changedWords } from '../changed-words.ts';
import { badIcon, goodIcon, tickIcon } from '../chat/icons.ts';
import { controlStyles } from '../controls.styles.ts';
import type { KnownStrings } from '../conversation.ts';
import { Copying } from '../copying.ts';
import { VivaFeedbackEvent } from '../feedback/feedback-events.ts';
import { feedbackStrings } from '../feedback/feedback-strings.ts';
import { copyIcon } from '../live-captions/icons.ts';
import { markdownStrings } from '../markdown/markdown-strings.ts';
import { panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { answerToolsStyles } from './answer-tools.styles.ts';

/**
 * What can be done with an answer: copy it, and say whether it was good.
 *
 * @attr answer-id - Of the answer
 * @attr text - What is copied
 * @attr rated - The answer can be rated
 * @fires {VivaFeedbackEvent} viva-feedback - The answer was rated
 * @csspart copy - Copies the answer
 * @csspart rate - Says that the answer was good, or bad
 */
export class VivaAnswerTools extends LitElement {
  static override styles = [tokens, controlStyles, answerToolsStyles];
  static override properties: PropertyDeclarations = {
    answerId: { attribute: 'answer-id' },
    text: {},
    rated: { type: Boolean },
    strings: { attribute: false, hasChanged: changedWords({ ...markdownStrings, ...feedbackStrings }) },
    rating: { state: true },
  };

  declare answerId: string;
  declare text: string;
  declare rated: boolean;
  declare strings: KnownStrings;
  declare rating: 'good' | 'bad' | null;

  readonly #copying = new Copying(this);

  constructor() {
    super();
    this.answerId = '';
    this.text = '';
    this.rated = false;
    this.strings = panelStrings;
    this.rating = null;
  }

  protected override render() {
    const words = { ...markdownStrings, ...feedbackStrings, ...this.strings };
    const copy = (): void => this.#copying.copy(this.text);
    return html`<button part="copy" class="icon" aria-label=${words.copyAnswer} title=${words.copyAnswer} @click=${copy}>
        ${this.#copying.last === null ? copyIcon : tickIcon}
      </button>
      ${
        this.rated
          ? html`${this.#thumb('good', words.feedbackGood, goodIcon)}${this.#thumb('bad', words.feedbackBad, badIcon)}`
          : nothing
      }
      ${this.#copying.told(words.copied, words.captionsNotCopied)}`;
  }

  #thumb(rating: 'good' | 'bad', label: string, icon: unknown) {
    const press = (): void => {
      this.rating = this.rating === rating ? null : rating;
      const rated = new VivaFeedbackEvent('answer', this.answerId, this.rating, '');
      this.dispatchEvent(rated);
    };
    return html`<button
      part="rate"
      name=${rating}
      class="icon"
      aria-label=${label}
      title=${label}
      aria-pressed=${this.rating === rating}
      @click=${press}
    >
      ${icon}
    </button>`;
  }
}
