import { html, nothing } from 'lit';
import type { CaptionFormat } from '../../pipelines/caption-export.ts';
import { localeTags } from '../../locales/tags.ts';
import { AssistantElement } from '../assistant-element.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import { sortedByName } from '../captions/language-names.ts';
import { chatStrings } from '../chat/chat-strings.ts';
import { binIcon, moreIcon } from '../chat/icons.ts';
import { isShown } from '../chat/written.ts';
import { controlStyles } from '../controls.styles.ts';
import { saveIcon } from '../live-captions/icons.ts';
import { languageAround } from '../locale-of.ts';
import { closeMenus, menu, menuStyles } from '../live-captions/menu.ts';
import { SessionValue } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';
import { chatMenuStyles } from './chat-menu.styles.ts';

/** Told here as well, so that what writes them is fetched when one is chosen. */
const formats: readonly CaptionFormat[] = ['txt', 'json', 'srt', 'vtt'];

/** What was chosen; the tag around the menu does it. */
export interface MenuChoice {
  readonly what: 'save' | 'forget' | 'language';
  /** The format, or the BCP 47 tag; '' = none. */
  readonly which: string;
}

/**
 * What can be done with the conversation as a whole: save it, delete it, choose the language it is held in.
 *
 * @attr spoken - BCP 47 tag of the language that is spoken
 * @fires choice - `save`, `forget` or `language`, and which, in `detail`
 * @slot - Further buttons
 * @csspart menu - The button and its sheet
 */
export class VivaChatMenu extends AssistantElement {
  static override styles = [tokens, controlStyles, menuStyles, chatMenuStyles];
  static override properties = { spoken: {}, told: { state: true } };

  declare spoken: string | null;
  declare told: string;

  /** Words come many times a second: whether there are any is all that matters here. */
  readonly #said = new SessionValue(this, ({ transcript }) =>
    transcript.some((entry) => isShown(entry) && !this.chat.forgotten.has(entry.id)),
  );
  #names: { readonly of: string; readonly list: ReturnType<typeof sortedByName> } = { of: '', list: [] };

  constructor() {
    super();
    this.spoken = null;
    this.told = '';
  }

  protected override render() {
    const words = { ...captionStrings, ...chatStrings, ...this.strings };
    const { earlier, kept } = this.chat;
    const none = !this.#said.value && !earlier.some(isShown);
    const content = html`${this.voice ? this.#languages(words) : nothing}
      <p class="title" id="save">${words.saveConversation}</p>
      <div class="formats" role="group" aria-labelledby="save">${formats.map((format) => this.#format(format, words, none))}</div>
      ${
        kept
          ? html`<p>${words.resumedKept}</p>
              <button name="forget" ?disabled=${none} @click=${this.#forget}>${binIcon}${words.forget}</button>`
          : nothing
      }
      <div @click=${this.#close}><slot></slot></div>`;
    return html`<div part="menu">${menu('chat', words.chatMore, moreIcon, content)}</div>
      <p class="unseen" role="status">${this.told}</p>`;
  }

  #format(format: CaptionFormat, words: typeof captionStrings, none: boolean) {
    const names: Record<CaptionFormat, string> = {
      txt: words.captionsTxt,
      json: words.captionsJson,
      srt: words.captionsSrt,
      vtt: words.captionsVtt,
    };
    return html`<button name=${format} ?disabled=${none} @click=${() => this.#choose('save', format)}>
      ${saveIcon}${names[format]}
    </button>`;
  }

  #languages(words: typeof chatStrings) {
    const chosen = this.spoken ?? '';
    const reader = languageAround(this);
    const of = `${reader} ${chosen}`;
    if (this.#names.of !== of)
      this.#names = { of, list: sortedByName([...localeTags, 'en', ...(chosen === '' ? [] : [chosen])], reader) };
    return html`<label>
      <span>${words.spokenLanguage}</span>
      <select name="language" @change=${this.#language}>
        <option value="" ?selected=${chosen === ''}>–</option>
        ${this.#names.list.map(({ tag, name }) => html`<option value=${tag} ?selected=${tag === chosen}>${name}</option>`)}
      </select>
    </label>`;
  }

  readonly #language = (event: Event): void => {
    this.#choose('language', (event.currentTarget as HTMLSelectElement).value);
  };

  readonly #forget = (): void => {
    this.#choose('forget', '');
    this.told = this.strings.forgotten ?? chatStrings.forgotten;
  };

  #choose(what: MenuChoice['what'], which: string): void {
    this.told = '';
    this.#close();
    this.dispatchEvent(new CustomEvent('choice', { detail: { what, which } satisfies MenuChoice }));
  }

  readonly #close = (): void => {
    closeMenus(this.renderRoot);
  };
}
