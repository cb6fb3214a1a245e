import { html, nothing } from 'lit';
import type { Entry } from '../../session/state.ts';
import { AssistantElement } from '../assistant-element.ts';
import { chatStrings } from '../chat/chat-strings.ts';
import { isShown, together } from '../chat/written.ts';
import { controlStyles } from '../controls.styles.ts';
import { each } from '../each.ts';
import { downIcon } from '../icons.ts';
import { stepText } from '../page-actions/step-texts.ts';
import { answerLink } from '../markdown/link-policy.ts';
import { hasMarkdown, plainWords, withoutHalfMarks } from '../markdown/marks.ts';
import { SessionValue } from '../session-value.ts';
import { isDone, shownText } from '../shown-text.ts';
import { tokens } from '../tokens.styles.ts';
import { wordStrings } from '../words/word-strings.ts';
import { transcriptStyles } from './transcript.styles.ts';

/** Nearer than this to the end (px), the reader wants to stay there. */
const NEAR_END_PX = 40;

type Words = typeof wordStrings & typeof chatStrings;

/**
 * The conversation as written down: both sides, interim words, answers cut where the listener stopped hearing, sources, pictures.
 *
 * @slot empty - Shown while nothing has been said
 * @csspart transcript - The box that scrolls
 * @csspart latest - Goes back to the newest line
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
    const words = { ...wordStrings, ...chatStrings, ...this.strings };
    const { earlier, forgotten } = this.chat;
    const shown = together(earlier, this.#entries.value, forgotten).filter(isShown);
    return html`<div
        part="transcript"
        class="scroll ${shown.length === 0 ? 'none' : ''}"
        tabindex="0"
        role="region"
        aria-label=${words.transcript}
        @scroll=${this.#scrolled}
      >
        ${
          shown.length === 0
            ? html`<slot name="empty"></slot>`
            : html`<ol>
                ${each(
                  shown,
                  ({ id }) => id,
                  (entry) => this.#entry(entry, words),
                )}
              </ol>`
        }
      </div>
      <button part="latest" class="latest solid" ?hidden=${this.#following || shown.length === 0} @click=${this.#toEnd}>
        ${downIcon}${words.latest}
      </button>`;
  }

  protected override updated(): void {
    if (this.#following) this.#jump();
    // The list grows, and what stands below it takes room from it.
    for (const box of this.renderRoot.querySelectorAll('.scroll, ol')) this.#growth.observe(box);
    // Each is fetched with the first that needs it; what fails is asked for again with the next change.
    const { renderRoot } = this;
    const wanted = (tag: string): boolean => renderRoot.querySelector(`${tag}:not(:defined)`) !== null;
    if (wanted('viva-still')) import('../still/define.ts').catch(reportError);
    if (wanted('viva-markdown')) import('../markdown/define.ts').catch(reportError);
    if (wanted('viva-answer-tools')) import('../answer-tools/define.ts').catch(reportError);
  }

  #entry(entry: Entry, words: Words) {
    const side = entry.role === 'user' ? 'user' : entry.role === 'assistant' ? 'agent' : 'system';
    const done = isDone(entry);
    const answer = side === 'agent' && done && entry.text !== '';
    return html`<li part="message message-${side}" class="${side} ${done ? '' : 'live'}">
        <span class="who">${entry.role === 'user' ? words.you : words[entry.role]}</span>
        ${entry.images.map((image) => html`<viva-still .source=${image} role="img" aria-label=${words.picture}></viva-still>`)}
        ${this.#said(entry, words)} ${entry.citations.length === 0 || !done ? nothing : this.#sources(entry, words)}
        ${
          answer
            ? html`<viva-answer-tools
                exportparts="copy,rate"
                answer-id=${entry.id}
                text=${entry.text}
                ?rated=${this.chat.rated}
                .strings=${this.strings}
              ></viva-answer-tools>`
            : nothing
        }
      </li>
      ${entry.id === this.chat.resumedTo ? html`<li class="system resumed">${words.resumed}</li>` : nothing}`;
  }

  /** An answer with Markdown in it is formatted; everything else is text as it was said. */
  #said(entry: Entry, words: Words) {
    const mark = entry.status === 'interrupted' ? words.interrupted : entry.status === 'failed' ? words.failed : '';
    const cut = mark === '' ? nothing : html`<span class="cut">${mark}</span>`;
    const text = (entry.role === 'tool' ? stepText(entry.id) : undefined) ?? shownText(entry);
    if (entry.role !== 'assistant' || !hasMarkdown(entry.text)) {
      const words = entry.role === 'assistant' && entry.status === 'interim' ? withoutHalfMarks(text) : text;
      return html`<p dir="auto"><span class="words">${words}</span>${cut}</p>`;
    }
    return html`<viva-markdown
        exportparts="markdown,copy-code"
        text=${text}
        ?live=${!isDone(entry)}
        ?cut=${entry.status === 'interrupted'}
        link-hosts=${this.chat.linkHosts ?? nothing}
        image-hosts=${this.chat.imageHosts ?? nothing}
        .strings=${this.strings}
        >${customElements.get('viva-markdown') === undefined ? plainWords(text) : nothing}</viva-markdown
      >${cut}`;
  }

  #sources(entry: Entry, words: Words) {
    return html`<p class="sources">
      <span>${words.sources}</span>
      ${entry.citations.map(({ url, title }) => {
        const href = answerLink(url, document.baseURI, this.chat.linkHosts);
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
