import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { CaptionSourceState } from '../../session/caption-source.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import { languagesIn, wishesIn, type CaptionWish } from '../caption-rows/viewer-choice.ts';
import type { SourceKind } from '../captions/caption-wishes.ts';
import { captionStrings, type CaptionStrings } from '../captions/caption-strings.ts';
import { sortedByName, viewerLanguage } from '../captions/language-names.ts';
import { contrasts, placements, sizes, type CaptionPreferences } from '../captions/preferences.ts';
import { controlStyles } from '../controls.styles.ts';
import type { Strings } from '../english.ts';
import { endIcon } from '../icons.ts';
import { KeptFocus } from '../kept-focus.ts';
import { tokens } from '../tokens.styles.ts';
import { copyText } from '../copy-text.ts';
import { sidesOf } from './caption-file.ts';
import { captionsIcon, lookIcon, saveIcon } from './icons.ts';
import { liveCaptionsStyles } from './live-captions.styles.ts';
import { closeMenus, menu, menuStyles } from './menu.ts';
import { saveSheet } from './save-sheet.ts';
import { trouble, troubleStyles } from './trouble.ts';

/**
 * What `<viva-captions>` shows when it stands alone: rows, and a bar to begin, choose languages, change the look and save.
 *
 * @attr placement - Where `<viva-captions>` stands
 * @attr nocontrols - Without the bar
 * @fires choose - The viewer changed how captions look; `detail` has what
 * @fires press - `detail` is `start` or `stop`
 * @fires again - Try again after a failure
 * @csspart bar - The buttons
 * @csspart alert - What went wrong
 */
export class VivaLiveCaptions extends LitElement {
  static override styles = [tokens, controlStyles, menuStyles, troubleStyles, liveCaptionsStyles];
  static override properties: PropertyDeclarations = {
    kind: { attribute: false },
    lines: { attribute: false },
    phase: { attribute: false },
    error: { attribute: false },
    notice: { attribute: false },
    translated: { attribute: false },
    rows: { attribute: false },
    languages: { attribute: false },
    size: { attribute: false },
    contrast: { attribute: false },
    words: { attribute: false },
    placement: { reflect: true },
    nocontrols: { type: Boolean, reflect: true },
    dismissed: { state: true },
    told: { state: true },
  };

  declare kind: SourceKind;
  declare lines: readonly CaptionLine[];
  declare phase: CaptionSourceState['phase'];
  declare error: ErrorFacts | null;
  declare notice: ErrorFacts | null;
  /** There is, or may be, a translation. */
  declare translated: boolean;
  declare rows: number;
  declare languages: string;
  declare size: string;
  declare contrast: string;
  declare words: Partial<Strings>;
  declare placement: string;
  declare nocontrols: boolean;
  declare dismissed: ErrorFacts | null;
  /** What a press on copy came to. */
  declare told: '' | 'captionsCopied' | 'captionsNotCopied';

  constructor() {
    super();
    this.kind = 'pushed';
    this.lines = [];
    this.phase = 'idle';
    this.error = null;
    this.notice = null;
    this.translated = true;
    this.rows = 2;
    this.languages = '';
    this.size = 'm';
    this.contrast = 'page';
    this.words = {};
    this.placement = 'inline';
    this.nocontrols = false;
    this.dismissed = null;
    this.told = '';
    new KeptFocus(this);
  }

  protected override render() {
    const words = { ...captionStrings, ...this.words };
    const { error, notice, dismissed } = this;
    return html`<viva-caption-rows
        exportparts="box,caption,caption-original,caption-translation,caption-language"
        size=${this.size}
        contrast=${this.contrast}
        .lines=${this.lines}
        .wishes=${this.#wishes}
        .rows=${this.rows}
        .waiting=${this.nocontrols ? '' : this.#status(words)}
        .label=${this.words.captions ?? 'Live captions'}
      ></viva-caption-rows>
      ${this.nocontrols ? nothing : this.#bar(words)}
      ${trouble({
        error,
        notice,
        words: this.words,
        dismissed,
        again: () => this.dispatchEvent(new CustomEvent('again')),
        dismiss: (facts) => (this.dismissed = facts),
        elsewhere: this.#toBar,
      })}`;
  }

  get #wishes(): readonly CaptionWish[] {
    const wishes = wishesIn(this.languages);
    const possible = this.translated ? wishes : wishes.filter((wish) => wish !== 'translation');
    return possible.length === 0 ? ['original'] : possible;
  }

  #status(words: CaptionStrings): string {
    switch (this.phase) {
      case 'connecting':
        return words.captionsConnecting;
      case 'listening':
        return this.kind === 'room' ? words.captionsFollowing : words.captionsListening;
      case 'reconnecting':
        return words.captionsReconnecting;
      case 'ending':
        return words.captionsEnding;
      case 'ended':
        return words.captionsEnded;
      default:
        return words.captionsWaiting;
    }
  }

  #bar(words: CaptionStrings) {
    const ending = this.phase === 'ending';
    const running = ending || this.phase === 'listening' || this.phase === 'connecting' || this.phase === 'reconnecting';
    const begins = this.kind === 'microphone' || this.kind === 'media' || this.kind === 'room' || this.kind === 'interpreter';
    const follows = this.kind === 'room';
    const start = follows ? words.captionsFollow : words.captionsStart;
    const stop = follows ? words.captionsUnfollow : words.captionsStop;
    return html`<div part="bar">
      ${
        begins
          ? html`<button
              class=${running ? 'outline' : 'solid'}
              aria-disabled=${ending}
              @click=${ending ? nothing : () => this.#press(running ? 'stop' : 'start')}
            >
              ${running ? endIcon : captionsIcon}<span>${running ? stop : start}</span>
            </button>`
          : nothing
      }
      <p class="status ${this.phase === 'listening' ? 'on' : ''}" role="status">
        <bdi>${this.told === '' ? (begins && this.phase !== 'idle' ? this.#status(words) : '') : words[this.told]}</bdi>
      </p>
      <div class="tools">
        ${this.translated ? this.#show(words) : nothing} ${menu('look', words.captionsLook, lookIcon, this.#look(words))}
        ${menu(
          'save',
          words.captionsSave,
          saveIcon,
          saveSheet(words, this.lines, sidesOf(this.#wishes), this.#copy, () => closeMenus(this.renderRoot)),
        )}
      </div>
    </div>`;
  }

  #show(words: CaptionStrings) {
    const now = wishesIn(this.languages).join(' ');
    const seen = sortedByName(languagesIn(this.lines), viewerLanguage());
    const ways = [
      { value: 'original translation', name: words.captionsBoth },
      { value: 'original', name: words.captionsOriginal },
      { value: 'translation', name: words.captionsTranslation },
      ...seen.map(({ tag, name }) => ({ value: tag, name })),
    ];
    const known = ways.some(({ value }) => value === now) ? ways : [...ways, { value: now, name: now }];
    return html`<select
      class="show"
      aria-label=${words.captionsShow}
      title=${words.captionsShow}
      @change=${this.#choose('languages')}
    >
      ${known.map(({ value, name }) => html`<option value=${value} .selected=${value === now}>${name}</option>`)}
    </select>`;
  }

  #look(words: CaptionStrings) {
    return html`${this.#choice('size', words.captionsSize, sizes, (size) => words[`captionsSize-${size}`])}
    ${this.#choice('placement', words.captionsPlace, placements, (place) => words[`captionsPlace-${place}`])}
    ${this.#choice('contrast', words.captionsColours, contrasts, (contrast) => words[`captionsColours-${contrast}`])}`;
  }

  #choice<N extends 'size' | 'placement' | 'contrast'>(
    name: N,
    label: string,
    among: readonly CaptionPreferences[N][],
    word: (value: CaptionPreferences[N]) => string,
  ) {
    return html`<label>
      <span>${label}</span>
      <select name=${name} @change=${this.#choose(name)}>
        ${among.map((value) => html`<option value=${value} .selected=${value === this[name]}>${word(value)}</option>`)}
      </select>
    </label>`;
  }

  #choose(name: keyof CaptionPreferences) {
    return (event: Event): void => {
      const { value } = event.currentTarget as HTMLSelectElement;
      this.dispatchEvent(new CustomEvent('choose', { detail: { [name]: value } }));
    };
  }

  #press(detail: 'start' | 'stop'): void {
    this.told = '';
    this.dispatchEvent(new CustomEvent('press', { detail }));
  }

  readonly #toBar = (): void => {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[part="bar"] :is(button, select, summary)')?.focus(),
    );
  };

  readonly #copy = (text: string): void => {
    void copyText(text).then((copied) => {
      this.told = copied ? 'captionsCopied' : 'captionsNotCopied';
    });
  };
}
