import { html, type PropertyDeclarations } from 'lit';
import { AssistantElement } from '../assistant-element.ts';
import { attempt } from '../attempt.ts';
import { controlStyles } from '../controls.styles.ts';
import { sendIcon } from '../icons.ts';
import { SessionValue } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';
import { composerStyles } from './composer.styles.ts';

/**
 * Where the user writes: Enter sends, Shift+Enter breaks the line, the first character interrupts the assistant. Never asks for the
 * microphone.
 *
 * @csspart input - The field
 * @csspart send - The button
 */
export class VivaComposer extends AssistantElement {
  static override shadowRootOptions = { ...AssistantElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [tokens, controlStyles, composerStyles];
  static override properties: PropertyDeclarations = { value: {} };

  /** What is written and not sent yet. */
  declare value: string;

  readonly #answering = new SessionValue(this, (state) => state.playing || state.phase === 'speaking');

  constructor() {
    super();
    this.value = '';
  }

  protected override render() {
    const { write, send } = this.strings;
    return html`<form @submit=${this.#submit}>
      <textarea
        part="input"
        rows="1"
        aria-label=${write}
        placeholder=${write}
        enterkeyhint="send"
        maxlength="4000"
        .value=${this.value}
        @input=${this.#typed}
        @keydown=${this.#key}
      ></textarea>
      <button part="send" class="icon solid" aria-label=${send} title=${send} aria-disabled=${this.#text === ''}>
        ${sendIcon}
      </button>
    </form>`;
  }

  get #text(): string {
    return this.value.trim();
  }

  readonly #typed = (event: Event): void => {
    this.value = (event.currentTarget as HTMLTextAreaElement).value;
    if (this.#answering.value && this.#text !== '') this.assistant?.interrupt('text');
  };

  readonly #key = (event: KeyboardEvent): void => {
    // Enter that ends a composition (Japanese, Chinese, …) chooses a word and sends nothing.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    const { value } = this;
    const text = this.#text;
    if (this.assistant === null || text === '') return;
    this.value = '';
    attempt(
      this,
      (assistant) => assistant.send(text),
      () => {
        if (this.value === '') this.value = value;
      },
    );
  }
}
