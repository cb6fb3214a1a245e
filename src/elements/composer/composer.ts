import { html, nothing, type PropertyDeclarations } from 'lit';
import { AssistantElement } from '../assistant-element.ts';
import type { VivaAttachments } from '../attachments/attachments.ts';
import { attempt } from '../attempt.ts';
import { chatStrings } from '../chat/chat-strings.ts';
import { pictureIcon } from '../chat/icons.ts';
import { controlStyles } from '../controls.styles.ts';
import { sendIcon } from '../icons.ts';
import { SessionValue } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';
import { composerStyles } from './composer.styles.ts';

/**
 * Where the user writes: Enter sends, Shift+Enter breaks the line, the first character interrupts the assistant. Never asks for the
 * microphone. Pictures are chosen, dropped or pasted, and go along with the next message.
 *
 * @csspart attach - Chooses pictures
 * @csspart input - The field
 * @csspart send - The button
 */
export class VivaComposer extends AssistantElement {
  static override shadowRootOptions = { ...AssistantElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [tokens, controlStyles, composerStyles];
  static override properties: PropertyDeclarations = { value: {}, pictures: { state: true }, dropping: { state: true } };

  /** What is written and not sent yet. */
  declare value: string;
  /** JPEG data URLs that go along. */
  declare pictures: readonly string[];
  /** Files are being dragged over the field. */
  declare dropping: boolean;

  readonly #answering = new SessionValue(this, (state) => state.playing || state.phase === 'speaking');

  constructor() {
    super();
    this.value = '';
    this.pictures = [];
    this.dropping = false;
  }

  override focus(): void {
    this.#toField();
  }

  protected override render() {
    const { write, send, attach, attachDrop } = { ...chatStrings, ...this.strings };
    return html`<form
      class=${this.dropping ? 'dropping' : ''}
      @submit=${this.#submit}
      @dragover=${this.#dragged}
      @dragleave=${this.#dragged}
      @drop=${this.#dropped}
    >
      <viva-attachments
        exportparts="attachments"
        .strings=${this.strings}
        @change=${this.#attached}
        @emptied=${this.#toField}
      ></viva-attachments>
      <button part="attach" type="button" class="icon" aria-label=${attach} title=${attach} @click=${this.#choose}>
        ${pictureIcon}
      </button>
      <input type="file" accept="image/*" multiple hidden @change=${this.#chosen} />
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
        @paste=${this.#pasted}
      ></textarea>
      <button part="send" class="icon solid" aria-label=${send} title=${send} aria-disabled=${!this.#sendable}>
        ${sendIcon}
      </button>
      ${this.dropping ? html`<p class="drop">${attachDrop}</p>` : nothing}
    </form>`;
  }

  get #text(): string {
    return this.value.trim();
  }

  get #sendable(): boolean {
    return this.#text !== '' || this.pictures.length > 0;
  }

  get #attachments(): VivaAttachments | null {
    return this.renderRoot.querySelector('viva-attachments');
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
    const { value, pictures } = this;
    if (this.assistant === null || !this.#sendable) return;
    this.value = '';
    if (pictures.length > 0) this.#attachments?.clear();
    attempt(
      this,
      (assistant) => assistant.send(value.trim(), pictures.length === 0 ? undefined : { images: pictures }),
      () => {
        if (this.value === '') this.value = value;
        const attachments = this.#attachments;
        if (attachments === null || pictures.length === 0 || this.pictures.length > 0) return;
        attachments.pictures = this.pictures = pictures;
      },
    );
  }

  readonly #choose = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type="file"]')?.click();
  };

  readonly #chosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    this.#attach([...(input.files ?? [])]);
    // The same file can be chosen again.
    input.value = '';
    this.#toField();
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    if (files.length === 0) return;
    event.preventDefault();
    this.#attach(files);
  };

  readonly #dragged = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.dropping = event.type === 'dragover';
  };

  readonly #dropped = (event: DragEvent): void => {
    this.dropping = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#attach(files);
    this.#toField();
  };

  /** What shows and reads pictures is fetched with the first. */
  #attach(files: readonly File[]): void {
    if (files.length === 0) return;
    import('../attachments/define.ts').then(() => this.#attachments?.add(files)).catch(reportError);
  }

  readonly #attached = (event: Event): void => {
    this.pictures = (event.currentTarget as VivaAttachments).pictures;
  };

  readonly #toField = (): void => {
    this.renderRoot.querySelector('textarea')?.focus();
  };
}
