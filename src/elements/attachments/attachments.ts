import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { chatStrings } from '../chat/chat-strings.ts';
import { controlStyles } from '../controls.styles.ts';
import type { KnownStrings } from '../conversation.ts';
import { counted } from '../counted.ts';
import { endIcon } from '../icons.ts';
import '../still/define.ts';
import { fill, panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { accepted, type Refusal } from './accepted.ts';
import { attachmentsStyles } from './attachments.styles.ts';
import { readPicture } from './read-picture.ts';

/**
 * Pictures that go along with the next message: small, to be looked at and taken away again.
 *
 * @fires change - A picture came or went
 * @fires emptied - The last picture was taken away by its button
 * @csspart attachments - All of them
 */
export class VivaAttachments extends LitElement {
  static override styles = [tokens, controlStyles, attachmentsStyles];
  static override properties: PropertyDeclarations = {
    pictures: { attribute: false },
    strings: { attribute: false },
    refusal: { state: true },
  };

  /** JPEG data URLs. */
  declare pictures: readonly string[];
  declare strings: KnownStrings;
  declare refusal: Refusal | null;

  /** Pictures being read; those that come meanwhile are counted with them. */
  #reading = 0;

  constructor() {
    super();
    this.pictures = [];
    this.strings = panelStrings;
    this.refusal = null;
  }

  /** Reads the files and adds those that are pictures; what is wrong with the others is said. */
  async add(files: readonly File[]): Promise<void> {
    const { files: fitting, refusal } = accepted(files, this.pictures.length + this.#reading);
    this.refusal = refusal;
    this.#reading += fitting.length;
    const read = await Promise.allSettled(fitting.map((file) => readPicture(file)));
    this.#reading -= fitting.length;
    if (read.some(({ status }) => status === 'rejected')) this.refusal ??= { key: 'attachBad', value: 0 };
    this.#show([...this.pictures, ...read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))]);
  }

  clear(): void {
    this.refusal = null;
    this.#show([]);
  }

  protected override render() {
    const words = { ...chatStrings, ...this.strings };
    return html`${
        this.pictures.length === 0
          ? nothing
          : html`<ul part="attachments">
              ${this.pictures.map((picture, index) => this.#preview(picture, index, words))}
            </ul>`
      }
      <p role="alert" ?hidden=${this.refusal === null}>${this.#why(words)}</p>`;
  }

  #preview(picture: string, index: number, words: typeof chatStrings) {
    return html`<li>
      <viva-still .source=${picture}></viva-still>
      <button
        class="icon"
        aria-label=${`${words.attachRemove} ${index + 1}`}
        title=${words.attachRemove}
        @click=${() => this.#remove(index)}
      >
        ${endIcon}
      </button>
    </li>`;
  }

  #why(words: typeof chatStrings): string {
    if (this.refusal === null) return '';
    const { key, value } = this.refusal;
    if (key === 'attachMany') return counted(words, key, value);
    return fill(words[key], { size: value });
  }

  #remove(index: number): void {
    this.refusal = null;
    this.#show(this.pictures.toSpliced(index, 1));
    void this.updateComplete.then(() => {
      const buttons = this.renderRoot.querySelectorAll('button');
      const next = buttons[Math.min(index, buttons.length - 1)];
      // The last one is gone: the field is where the reader goes on.
      if (next === undefined) this.dispatchEvent(new Event('emptied'));
      else next.focus();
    });
  }

  #show(pictures: readonly string[]): void {
    this.pictures = pictures;
    this.dispatchEvent(new Event('change'));
  }
}
