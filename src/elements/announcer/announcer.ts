import { css, html, type PropertyValues } from 'lit';
import type { Assistant } from '../../session/assistant.ts';
import type { Entry } from '../../session/state.ts';
import { AssistantElement } from '../assistant-element.ts';
import { plainWords } from '../markdown/marks.ts';
import { SessionValue } from '../session-value.ts';
import { isDone, shownText } from '../shown-text.ts';
import { tokens } from '../tokens.styles.ts';
import { wordStrings } from '../words/word-strings.ts';

/** So many lines can stand side by side, for a screen reader that is slow. */
const PLACES = 4;
/** A line that was told goes, so that nobody who reads the page meets it beside the transcript. */
const STANDS_MS = 1000;

/** The live-region twin of the transcript: each line is written once, when it is whole; interim words never are. */
export class VivaAnnouncer extends AssistantElement {
  static override styles = [
    tokens,
    css`
      :host {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  readonly #transcript = new SessionValue(this, (state) => state.transcript);
  /** Each new line replaces the oldest in its place, so that nothing but the new line changes. */
  readonly #lines: string[] = Array.from({ length: PLACES }, () => '');
  #next = 0;
  #joined: Assistant | null = null;
  #said: ReadonlySet<string> = new Set();
  #going: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#going);
    this.#lines.fill('');
  }

  /** Not in `willUpdate`, which runs before the controllers know a new assistant. */
  protected override update(changed: PropertyValues<this>): void {
    const done = this.#transcript.value.filter((entry) => isDone(entry) && shownText(entry) !== '');
    // What was said before this element came is history, not news.
    const news = this.#joined === this.assistant ? done.filter(({ id }) => !this.#said.has(id)) : [];
    for (const entry of news) this.#lines[this.#next++ % PLACES] = this.#sentence(entry);
    if (news.length > 0) this.#clearLater();
    this.#said = new Set(done.map(({ id }) => id));
    this.#joined = this.assistant;
    super.update(changed);
  }

  protected override render() {
    return html`<div role="log" aria-live="polite" aria-label=${this.strings.captions ?? wordStrings.captions}>
      ${this.#lines.map((line) => html`<p>${line}</p>`)}
    </div>`;
  }

  #clearLater(): void {
    clearTimeout(this.#going);
    this.#going = setTimeout(() => {
      this.#lines.fill('');
      this.requestUpdate();
    }, STANDS_MS);
  }

  #sentence(entry: Entry): string {
    const words = { ...wordStrings, ...this.strings };
    const who = entry.role === 'user' ? words.you : words[entry.role];
    const said = entry.role === 'assistant' ? plainWords(shownText(entry)) : shownText(entry);
    return `${who}: ${said}${entry.status === 'interrupted' ? ` (${words.interrupted})` : ''}`;
  }
}
