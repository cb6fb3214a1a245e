import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { counted } from '../counted.ts';
import { controlStyles } from '../controls.styles.ts';
import { downIcon } from '../icons.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { linesAfter, logLine } from './log-lines.ts';
import { taskLogStyles } from './task-log.styles.ts';

/** Nearer to the end than this is at the end, px. */
const NEAR_PX = 24;

/**
 * A log that grows: it follows its end until somebody scrolls up, and again when asked to.
 *
 * @csspart log - The lines
 * @csspart follow - The button that follows again
 */
export class VivaTaskLog extends LitElement {
  static override styles = [tokens, controlStyles, taskLogStyles];
  static override properties: PropertyDeclarations = {
    lines: { attribute: false },
    words: { attribute: false },
    following: { state: true },
  };

  /** Oldest first: `2025-10-23 10:00:00,123 - INFO - …`. */
  declare lines: readonly string[];
  declare words: Partial<TaskWords>;
  declare following: boolean;

  /** The newest line when somebody stopped following. */
  #last: string | null = null;

  constructor() {
    super();
    this.lines = [];
    this.words = {};
    this.following = true;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.following && (changed.has('lines') || changed.has('following'))) this.#toEnd();
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    if (this.lines.length === 0) return html`<p class="empty">${words.logNone}</p>`;
    const more = this.following ? 0 : linesAfter(this.lines, this.#last);
    return html`<div class="frame">
      <div
        part="log"
        role="log"
        aria-live="off"
        aria-label=${words.taskViewLog}
        tabindex="0"
        lang="en"
        dir="ltr"
        @scroll=${this.#scrolled}
      >
        <ol>
          ${this.lines
            .map(logLine)
            .map(
              ({ time, level, text }) =>
                html`<li class=${level === '' ? nothing : level}>
                  ${time === '' ? nothing : html`<time>${time}</time> `}${level === '' ? nothing : html`<b>${level}</b> `}<span
                    >${text}</span
                  >
                </li>`,
            )}
        </ol>
      </div>
      ${
        this.following
          ? nothing
          : html`<button part="follow" class="solid" @click=${this.#followAgain}>
              ${downIcon}${words.logFollow}${more === 0 ? nothing : html` (${counted(words, 'logNew', more)})`}
            </button>`
      }
    </div>`;
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector('[part="log"]');
  }

  readonly #scrolled = (): void => {
    const list = this.#list;
    if (list === null) return;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
    if (atEnd === this.following) return;
    if (!atEnd) this.#last = this.lines.at(-1) ?? null;
    this.following = atEnd;
  };

  readonly #followAgain = (): void => {
    this.following = true;
    this.#list?.focus();
  };

  #toEnd(): void {
    const list = this.#list;
    if (list !== null) list.scrollTop = list.scrollHeight;
  }
}
