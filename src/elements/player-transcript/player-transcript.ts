import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';

import { counted } from '../counted.ts';
import { lineOf, type TimedCaption } from '../../pipelines/playback-captions.ts';
import { MOST_HITS, searchCaptions } from '../../pipelines/playback-search.ts';
import type { CaptionWish } from '../caption-rows/viewer-choice.ts';
import { controlStyles } from '../controls.styles.ts';
import { each } from '../each.ts';
import type { Strings } from '../english.ts';
import { KeptFocus } from '../kept-focus.ts';
import { menuStyles } from '../live-captions/menu.ts';
import type { Playback } from '../player/playback.ts';
import { playerStrings } from '../player/player-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { playerTranscriptStyles } from './player-transcript.styles.ts';
import { saveMenu } from './save-menu.ts';
import { sentence } from './sentence.ts';

/** So many sentences are in the document at once, however many there are. */
const WINDOW = 80;
const STEP = 40;
/** Typing is let go on for so long before it is searched, ms. */
const TYPING_MS = 160;

/**
 * What was said, beside the picture: the sentence of the moment is marked and kept in view, words are searched, a press goes there.
 *
 * @fires seek-date - `detail` is a time on the picture's clock, ms
 * @csspart search - Where words are looked for
 * @csspart sentence - One sentence
 */
export class VivaPlayerTranscript extends LitElement {
  static override styles = [tokens, controlStyles, menuStyles, playerTranscriptStyles];
  static override properties: PropertyDeclarations = {
    playback: { attribute: false },
    version: { attribute: false },
    current: { attribute: false },
    wishes: { attribute: false },
    to: { attribute: false },
    words: { attribute: false },
    timeText: { attribute: false },
    query: { state: true },
    following: { state: true },
    from: { state: true },
    told: { state: true },
  };

  declare playback: Playback | null;
  /** Of the captions' store. */
  declare version: number;
  /** Index of the sentence that began last; −1 = none did. Not the time itself: most moments change nothing here. */
  declare current: number;
  declare wishes: readonly CaptionWish[];
  /** BCP 47 of the translation that is read. */
  declare to: string | null;
  declare words: Partial<Strings>;
  declare timeText: (dateMs: number) => string;
  declare query: string;
  declare following: boolean;
  /** Index of the first sentence in the document. */
  declare from: number;
  declare told: string;

  #hits: readonly number[] = [];
  #searched = '';
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.playback = null;
    this.version = 0;
    this.current = -1;
    this.wishes = ['original', 'translation'];
    this.to = null;
    this.words = {};
    this.timeText = String;
    this.query = '';
    this.following = true;
    this.from = 0;
    this.told = '';
    new KeptFocus(this, () => this.renderRoot.querySelector('[aria-current]'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const list = this.#list;
    if (this.query !== '' && (changed.has('query') || changed.has('version'))) this.#hits = searchCaptions(list, this.query);
    this.#searched = this.query;
    if (this.following && this.query === '') {
      const { current } = this;
      // The window moves in steps, so that most sentences stay as they are.
      if (current < this.from + 10 || current > this.from + WINDOW - 10) this.from = current - STEP;
    }
    this.from = Math.max(0, Math.min(this.from, list.length - WINDOW));
  }

  protected override render() {
    const words = { ...playerStrings, ...this.words };
    const list = this.#list;
    const searching = this.query !== '';
    const indexes = searching
      ? this.#hits
      : Array.from({ length: Math.min(WINDOW, list.length) }, (_, index) => this.from + index);
    return html`<div class="bar">
        <input
          part="search"
          type="search"
          placeholder=${words.playerSearch}
          aria-label=${words.playerSearch}
          @input=${this.#typed}
          @keydown=${this.#searchKey}
        />
        ${saveMenu(
          { ...words, ...this.words },
          list.length === 0,
          () => this.#lines(),
          this.renderRoot,
          (told) => (this.told = told),
        )}
      </div>
      <p class="told" role="status">${searching ? this.#found(words) : this.told}</p>
      ${list.length === 0 ? html`<p class="none">${words.playerNoTranscript}</p>` : nothing}
      <div class="list" @scroll=${this.#scrolled} @wheel=${this.#loose} @touchmove=${this.#loose} @pointerdown=${this.#grabbed}>
        ${!searching && this.from > 0 ? this.#more(words.playerEarlier, -STEP) : nothing}
        <ol>
          ${each(
            indexes,
            (index) => list[index]?.id ?? index,
            (index) => this.#sentence(list[index], index),
          )}
        </ol>
        ${!searching && this.from + WINDOW < list.length ? this.#more(words.playerLater, STEP) : nothing}
      </div>
      ${
        this.following || searching || list.length === 0
          ? nothing
          : html`<button class="solid follow" @click=${() => (this.following = true)}>${words.playerFollow}</button>`
      }`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.following || this.#searched !== '') return;
    if (!changed.has('current') && !changed.has('following') && !changed.has('version') && !changed.has('from')) return;
    const list = this.renderRoot.querySelector<HTMLElement>('.list');
    const row = this.renderRoot.querySelector<HTMLElement>('[aria-current]');
    if (list === null || row === null) return;
    // Not `scrollIntoView`: that would move the page as well.
    const wished = row.offsetTop - list.offsetTop - (list.clientHeight - row.offsetHeight) / 2;
    if (Math.abs(list.scrollTop - wished) > 4) list.scrollTop = wished;
  }

  get #list(): readonly TimedCaption[] {
    return this.playback?.captions.list ?? [];
  }

  #lines() {
    const origin = this.#list[0]?.startMs ?? 0;
    const begins = this.playback?.clock.real === true ? origin : 0;
    return this.#list.map((caption) => lineOf(caption, this.to, begins));
  }

  #found(words: typeof playerStrings): string {
    if (this.#hits.length === 0) return words.playerNoHits;
    return counted(words, 'playerHits', this.#hits.length, this.#hits.length === MOST_HITS ? { count: `${MOST_HITS}+` } : {});
  }

  #more(label: string, by: number) {
    return html`<button
      class="outline more"
      @click=${() => {
        this.following = false;
        this.from += by;
      }}
    >
      ${label}
    </button>`;
  }

  #sentence(caption: TimedCaption | undefined, index: number) {
    const { to, wishes, query, timeText } = this;
    if (caption === undefined) return nothing;
    return sentence({ caption, to, wishes, query, timeText, current: index === this.current, go: (ms) => this.#go(ms) });
  }

  #go(detail: number): void {
    this.following = true;
    this.dispatchEvent(new CustomEvent('seek-date', { detail }));
  }

  readonly #typed = (event: Event): void => {
    const { value } = event.currentTarget as HTMLInputElement;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => (this.query = value.trim()), TYPING_MS);
  };

  readonly #searchKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.query !== '') {
      (event.currentTarget as HTMLInputElement).value = '';
      this.query = '';
      event.stopPropagation();
    }
    const first = this.#list[this.#hits[0] ?? -1];
    if (event.key === 'Enter' && this.query !== '' && first !== undefined) this.#go(first.startMs);
  };

  readonly #loose = (): void => {
    this.following = false;
  };

  /** The scroll bar itself is taken, which no other event tells. */
  readonly #grabbed = (event: PointerEvent): void => {
    if (event.target === event.currentTarget) this.following = false;
  };

  /** Near an end of the window, the window moves on. */
  readonly #scrolled = (event: Event): void => {
    if (this.following || this.query !== '') return;
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as HTMLElement;
    if (scrollTop < 40 && this.from > 0) this.from -= STEP;
    else if (scrollHeight - scrollTop - clientHeight < 40 && this.from + WINDOW < this.#list.length) this.from += STEP;
  };
}
