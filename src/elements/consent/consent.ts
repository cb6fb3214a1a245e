import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { controlStyles } from '../controls.styles.ts';
import { linkAddress } from '../markdown/link-policy.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { consentStrings } from './consent-strings.ts';
import { consentStyles } from './consent.styles.ts';

/** What went before: nothing yet, a no, or a yes that was taken back. */
export type Answered = 'none' | 'declined' | 'withdrawn';

/**
 * Asks whether the conversation may begin; nothing goes anywhere before the answer.
 *
 * @attr recipient - Where what is said goes to: the host’s name
 * @attr privacy-url - Page that tells more
 * @attr answered - What went before: `none`, `declined` or `withdrawn`
 * @fires accept - The visitor agrees
 * @fires decline - The visitor does not
 * @slot - Stands in the place of our words
 * @csspart consent - The whole question
 * @csspart accept - Agrees
 * @csspart decline - Declines
 */
export class VivaConsent extends LitElement {
  static override styles = [tokens, controlStyles, consentStyles];
  static override properties: PropertyDeclarations = {
    recipient: {},
    privacyUrl: { attribute: 'privacy-url' },
    answered: {},
    strings: { attribute: false },
    asked: { state: true },
  };

  declare recipient: string;
  declare privacyUrl: string | null;
  declare answered: Answered;
  declare strings: Partial<typeof consentStrings>;
  /** After a no the visitor wants to be asked again. */
  declare asked: boolean;

  constructor() {
    super();
    this.recipient = '';
    this.privacyUrl = null;
    this.answered = 'none';
    this.strings = {};
    this.asked = false;
  }

  /** To the question: it is read first, the answers are the next stops. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('h3')?.focus());
  }

  protected override render() {
    const words = { ...consentStrings, ...this.strings };
    const declined = this.answered === 'declined' && !this.asked;
    const told = { none: '', declined: words.consentDeclined, withdrawn: words.consentWithdrawn }[this.answered];
    return html`<div part="consent" role="group" aria-labelledby="title">
      <h3 id="title" tabindex="-1">${words.consentTitle}</h3>
      <p class="told" role="status" ?hidden=${told === '' || this.asked}>${told}</p>
      ${declined ? html`<div class="answers"><button class="outline" @click=${this.#again}>${words.consentAgain}</button></div>` : this.#question(words)}
    </div>`;
  }

  #question(words: typeof consentStrings) {
    const privacy = linkAddress(this.privacyUrl ?? '', document.baseURI);
    return html`<slot><p>${fill(words.consentText, { host: this.recipient })}</p></slot>
      ${privacy === null ? nothing : html`<a href=${privacy} target="_blank" rel="noopener noreferrer">${words.privacyPage}</a>`}
      <div class="answers">
        <button part="accept" class="solid" @click=${this.#accept}>${words.consentAccept}</button>
        <button part="decline" class="outline" @click=${this.#decline}>${words.consentDecline}</button>
      </div>`;
  }

  readonly #accept = (): void => {
    this.dispatchEvent(new Event('accept'));
  };

  readonly #decline = (): void => {
    this.asked = false;
    this.dispatchEvent(new Event('decline'));
    this.focus();
  };

  readonly #again = (): void => {
    this.asked = true;
    this.focus();
  };
}
