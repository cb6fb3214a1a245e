import { html, nothing } from 'lit';
import type { Entry } from '../../session/state.ts';
import { AssistantElement } from '../assistant-element.ts';
import { controlStyles } from '../controls.styles.ts';
import { downIcon } from '../icons.ts';
import { SessionValue } from '../session-value.ts';
import { isDone, shownText } from '../shown-text.ts';
import { tokens } from '../tokens.styles.ts';
import { wordStrings } from '../words/word-strings.ts';
import { safeLink } from './safe-link.ts';
import { transcriptStyles } from './transcript.styles.ts';

/** Nearer than this to the end (px), the reader wants to stay there. */
const NEAR_END_PX = 40;

/**
 * The conversation as written down: both sides, interim words, answers cut where the listener stopped hearing, sources, pictures.
 *
 * @slot empty - Shown while nothing has been said
 * @csspart message - Any entry
 * @csspart message-user - What the user said
 * @csspart message-agent - What the assistant said
 * @csspart message-system - Notes and steps
 * @csspart citation - A link to a page the answer stands on
 */
export class VivaTranscript extends AssistantElement {
  static override styles = [tokens, controlStyles, transcriptStyles];

  readonly #entries = new SessionValue(this, (state) => state.transcript);
  /** The reader is at the end and follows; scrolling away stops that. */
  #following = true;
  #top = 0;
  readonly #growth = new ResizeObserver(() => {
    if (this.#following) this.#jump();
  });

  protected override render() {
    const words = { ...wordStrings, ...this.strings };
    const shown = this.#entries.value.filter(
      (entry) => shownText(entry) !== '' || entry.images.length > 0 || entry.status === 'failed',
    );
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.transcript} @scroll=${this.#scrolled}>
        ${
          shown.length === 0
            ? html`<slot name="empty"></slot>`
            : html`<ol>
                ${shown.map((entry) => this.#entry(entry, words))}
              </ol>`
        }
      </div>
      <button class="latest solid" ?hidden=${this.#following || shown.length === 0} @click=${this.#toEnd}>
        ${downIcon}${words.latest}
      </button>`;
  }

  protected override updated(): void {
    if (this.#following) this.#jump();
    const list = this.renderRoot.querySelector('ol');
    if (list !== null) this.#growth.observe(list);
    if (this.#entries.value.some((entry) => entry.images.length > 0)) void import('../still/define.ts');
  }

  #entry(entry: Entry, words: typeof wordStrings) {
    const side = entry.role === 'user' ? 'user' : entry.role === 'assistant' ? 'agent' : 'system';
    const mark = entry.status === 'interrupted' ? words.interrupted : entry.status === 'failed' ? words.failed : '';
    return html`<li part="message message-${side}" class="${side} ${isDone(entry) ? '' : 'live'}">
      <span class="who">${entry.role === 'user' ? words.you : words[entry.role]}</span>
      ${entry.images.map((image) => html`<viva-still .source=${image} role="img" aria-label=${words.picture}></viva-still>`)}
      <p dir="auto">
        <span class="words">${shownText(entry)}</span>${mark === '' ? nothing : html`<span class="cut">${mark}</span>`}
      </p>
      ${entry.citations.length === 0 || !isDone(entry) ? nothing : this.#sources(entry, words)}
    </li>`;
  }

  #sources(entry: Entry, words: typeof wordStrings) {
    return html`<p class="sources">
      <span>${words.sources}</span>
      ${entry.citations.map(({ url, title }) => {
        const href = safeLink(url, document.baseURI);
        const label = title === '' ? url : title;
        return href === null
          ? html`<span>${label}</span>`
          : html`<a part="citation" href=${href} target="_blank" rel="noopener noreferrer">${label}</a>`;
      })}
    </p>`;
  }

  readonly #scrolled = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    const nearEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    // Growing text leaves the scroll position alone; only a reader moves it back.
    const following = nearEnd || (this.#following && box.scrollTop >= this.#top);
    this.#top = box.scrollTop;
    if (following === this.#following) return;
    this.#following = following;
    this.requestUpdate();
  };

  readonly #toEnd = (): void => {
    this.#following = true;
    this.requestUpdate();
    this.renderRoot.querySelector<HTMLElement>('.scroll')?.focus();
  };

  #jump(): void {
    const box = this.renderRoot.querySelector('.scroll');
    if (box === null) return;
    box.scrollTop = box.scrollHeight;
    this.#top = box.scrollTop;
  }
}
