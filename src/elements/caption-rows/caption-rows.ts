import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';

import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { controlStyles } from '../controls.styles.ts';
import { each } from '../each.ts';
import { tokens } from '../tokens.styles.ts';
import { AnnouncedLines } from './announced-lines.ts';
import { captionRowsStyles } from './caption-rows.styles.ts';
import { textFor, type CaptionWish } from './viewer-choice.ts';

/** Sentences of one block at most; each has at least one row, of which there are at most 8. */
const MOST_KEPT = 32;

/**
 * Caption lines as rolled-up rows of a fixed number, a block for each language the viewer reads; with a live region that reads whole
 * sentences once.
 *
 * @csspart box - Ground of all rows
 * @csspart caption - The rows of one language
 * @csspart caption-original - What was said
 * @csspart caption-translation - Its translation
 * @csspart caption-language - One language, whoever speaks it
 * @cssprop --viva-caption-bg - Ground of standalone captions
 * @cssprop --viva-caption-text - Text of standalone captions
 */
export class VivaCaptionRows extends LitElement {
  static override styles = [tokens, controlStyles, captionRowsStyles];
  static override properties: PropertyDeclarations = {
    lines: { attribute: false },
    wishes: { attribute: false },
    rows: { attribute: false },
    waiting: { attribute: false },
    label: { attribute: false },
    quiet: { attribute: false },
  };

  declare lines: readonly CaptionLine[];
  declare wishes: readonly CaptionWish[];
  /** Rows of each language, 1–8. */
  declare rows: number;
  /** Shown while there is nothing to show. */
  declare waiting: string;
  declare label: string;
  /** Somebody else tells screen readers of these lines. */
  declare quiet: boolean;

  readonly #announced = new AnnouncedLines();
  /** The id of the first sentence in each block. */
  readonly #firsts = new Map<CaptionWish, string>();
  /** Follows whatever changes how sentences break. */
  #watch: ResizeObserver | null = null;
  #watched: readonly Element[] = [];

  constructor() {
    super();
    this.lines = [];
    this.wishes = ['original', 'translation'];
    this.rows = 2;
    this.waiting = '';
    this.label = '';
    this.quiet = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch ??= new ResizeObserver(() => this.#roll());
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.disconnect();
    this.#watched = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rows')) this.setAttribute('rows', String(Math.min(8, Math.max(1, Math.round(this.rows) || 2))));
    if (changed.has('lines')) this.#announced.take(this.lines, this.wishes);
  }

  protected override render() {
    const empty = !this.lines.some((line) => this.wishes.some((wish) => textFor(line, wish) !== null));
    return html`<div part="box" class="box" role="group" aria-label=${this.label}>
        ${this.wishes.map((wish, index) => this.#block(wish, empty && index === 0))}
      </div>
      ${this.quiet ? nothing : this.#log()}`;
  }

  protected override updated(): void {
    this.#roll();
    this.#look();
  }

  /** The newest row is the last one that is seen. Scrolled, not laid out anew: to a browser that is no layout shift, nor to an eye. */
  #roll(): void {
    for (const block of this.renderRoot.querySelectorAll('.block')) block.scrollTop = block.scrollHeight;
  }

  /** Where the box gets narrower, or the letters larger, sentences break elsewhere and need other rows. */
  #look(): void {
    const rolls = this.hasUpdated ? Array.from(this.renderRoot.querySelectorAll('.roll')) : [];
    if (!this.isConnected || (rolls.length === this.#watched.length && rolls.every((roll) => this.#watched.includes(roll))))
      return;
    this.#watch?.disconnect();
    for (const roll of rolls) this.#watch?.observe(roll);
    this.#watched = rolls;
  }

  #block(wish: CaptionWish, waiting: boolean) {
    const kind = wish === 'original' || wish === 'translation' ? wish : 'language';
    const told = this.lines.filter((line) => textFor(line, wish) !== null);
    const voices = new Set(told.map(({ stream }) => stream)).size;
    const first = this.#first(wish, told);
    return html`<div part="caption caption-${kind}" class="block">
      ${waiting ? html`<p class="waiting" dir="auto">${this.waiting}</p>` : nothing}
      <div class="roll">
        ${each(
          told.slice(first),
          ({ id }) => id,
          (line, index) => {
            const text = textFor(line, wish);
            const turn = voices > 1 && told[first + index - 1]?.stream !== line.stream;
            return html`<p
              dir="auto"
              lang=${text?.language ?? nothing}
              class="${text?.final === true ? '' : 'interim'} ${turn ? 'turn' : ''}"
              .textContent=${text?.text ?? ''}
            ></p>`;
          },
        )}
      </div>
    </div>`;
  }

  /**
   * Which sentence is the first in the rows' box; older ones have rolled out of it. They leave many at a time: where sentences leave one by
   * one, those that stay are laid out anew under the reader's eyes.
   */
  #first(wish: CaptionWish, told: readonly CaptionLine[]): number {
    const known = told.findIndex(({ id }) => id === this.#firsts.get(wish));
    const first = known >= 0 && told.length - known <= MOST_KEPT ? known : Math.max(0, told.length - MOST_KEPT / 2);
    const id = told[first]?.id;
    if (id !== undefined) this.#firsts.set(wish, id);
    return first;
  }

  #log() {
    return html`<div class="unseen" role="log" aria-live="polite" aria-label=${this.label}>
      ${this.#announced.places.map(({ text, language }) => html`<p lang=${language === '' ? nothing : language}>${text}</p>`)}
    </div>`;
  }
}
