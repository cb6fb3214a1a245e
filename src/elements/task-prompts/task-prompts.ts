import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { TaskPrompt } from '../../session/tasks.ts';
import { controlStyles } from '../controls.styles.ts';
import { KeptFocus } from '../kept-focus.ts';
import { formStyles } from '../tasks/form.styles.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { taskPromptsStyles } from './task-prompts.styles.ts';

/** Stands for the prompt that has no name yet. */
const NEW = '';

/**
 * The prompts that reports are written by: read, changed and added, each with a preview. What was typed stays while another one is read.
 *
 * @fires save - `detail`: `{name, content}`
 * @fires close
 * @csspart prompts - The whole
 */
export class VivaTaskPrompts extends LitElement {
  static override styles = [tokens, controlStyles, formStyles, taskPromptsStyles];
  static override properties: PropertyDeclarations = {
    prompts: { attribute: false },
    busy: { attribute: false },
    saved: { attribute: false },
    words: { attribute: false },
    chosen: { state: true },
    name: { state: true },
  };

  declare prompts: readonly TaskPrompt[];
  declare busy: boolean;
  /** Name of the one that the service has just stored. */
  declare saved: string | null;
  declare words: Partial<TaskWords>;
  /** Null: the first there is. */
  declare chosen: string | null;
  /** Of a new one. */
  declare name: string;

  /** What was typed and not saved, by the name of its prompt. */
  readonly #drafts = new Map<string, string>();

  constructor() {
    super();
    this.prompts = [];
    this.busy = false;
    this.saved = null;
    this.words = {};
    this.chosen = null;
    this.name = '';
    new KeptFocus(this);
  }

  /** To the first field. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select')?.focus();
  }

  protected override willUpdate(): void {
    if (this.saved === null) return;
    const stored = this.prompts.find(({ name }) => name === this.saved);
    if (stored === undefined) return;
    // What is the same as what is stored is no draft; a new one is now an old one.
    if (this.#drafts.get(stored.name) === stored.content) this.#drafts.delete(stored.name);
    if (this.#name === NEW && this.name === stored.name && this.#drafts.get(NEW) === stored.content) {
      this.#drafts.delete(NEW);
      this.chosen = stored.name;
      this.name = '';
    }
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    const name = this.#name;
    const content = this.#content;
    const changed = this.#drafts.has(name);
    return html`<form part="prompts" @submit=${this.#save}>
      <label>
        <span>${words.promptsWhich}</span>
        <select name="which" @change=${this.#choose}>
          ${this.prompts.map(
            (each) =>
              html`<option value=${each.name} .selected=${each.name === name}>
                ${each.name}${this.#drafts.has(each.name) ? html` (${words.promptsChanged})` : nothing}
              </option>`,
          )}
          <option value=${NEW} .selected=${name === NEW}>${words.promptsNew}</option>
        </select>
      </label>
      ${
        name === NEW
          ? html`<label>
              <span id="name-label">${words.promptsName}</span>
              <input
                name="name"
                required
                maxlength="120"
                pattern="[^\\/\\\\]+\\.md"
                autocomplete="off"
                spellcheck="false"
                aria-labelledby="name-label"
                aria-describedby="name-hint"
                .value=${this.name}
                @input=${(event: Event) => (this.name = (event.target as HTMLInputElement).value)}
              />
              <small id="name-hint">${words.promptsNameHint}</small>
            </label>`
          : nothing
      }
      <div class="both">
        <label>
          <span>${words.promptsText}</span>
          <textarea name="content" required maxlength="100000" dir="auto" .value=${content} @input=${this.#type}></textarea>
        </label>
        <div class="field">
          <span class="name" id="preview">${words.promptsPreview}</span>
          <div class="preview" tabindex="0" role="region" aria-labelledby="preview">
            <viva-task-report .markdown=${content} .words=${this.words} images="none" heading-level="3"></viva-task-report>
          </div>
        </div>
      </div>
      <div class="ways">
        <button class="solid" ?disabled=${!changed} aria-disabled=${this.busy}>${words.promptsSave}</button>
        <button type="button" class="outline" @click=${() => this.dispatchEvent(new CustomEvent('close'))}>
          ${words.promptsClose}
        </button>
        <p role="status" class="facts">${this.saved !== null && this.saved === name && !changed ? words.promptsSaved : ''}</p>
      </div>
    </form>`;
  }

  get #name(): string {
    return this.chosen ?? this.prompts[0]?.name ?? NEW;
  }

  get #content(): string {
    const name = this.#name;
    return this.#drafts.get(name) ?? this.prompts.find((each) => each.name === name)?.content ?? '';
  }

  readonly #choose = (event: Event): void => {
    this.chosen = (event.target as HTMLSelectElement).value;
  };

  readonly #type = (event: Event): void => {
    const name = this.#name;
    const typed = (event.target as HTMLTextAreaElement).value;
    const stored = this.prompts.find((each) => each.name === name)?.content ?? '';
    if (typed === stored) this.#drafts.delete(name);
    else this.#drafts.set(name, typed);
    this.requestUpdate();
  };

  readonly #save = (event: Event): void => {
    event.preventDefault();
    if (this.busy) return;
    const name = this.#name === NEW ? this.name.trim() : this.#name;
    this.dispatchEvent(new CustomEvent('save', { detail: { name, content: this.#content } }));
  };
}
