import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { AnnouncedLines } from '../caption-rows/announced-lines.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import { controlStyles } from '../controls.styles.ts';
import { VivaErrorEvent } from '../events.ts';
import { copyText } from '../live-captions/caption-file.ts';
import { peopleIcon, saveIcon, shareIcon } from '../live-captions/icons.ts';
import { closeMenus, menu, menuStyles } from '../live-captions/menu.ts';
import { saveSheet } from '../live-captions/save-sheet.ts';
import { trouble, troubleStyles } from '../live-captions/trouble.ts';
import { Localized } from '../localized.ts';
import { tokens } from '../tokens.styles.ts';
import { controls, iconButton, sharing, type Bar, type Words } from './controls.ts';
import { history } from './history.ts';
import { InterpreterProperties } from './interpreter-properties.ts';
import { InterpreterSource } from './interpreter-source.ts';
import { interpreterStrings } from './interpreter-strings.ts';
import { interpreterStyles } from './interpreter.styles.ts';
import { pairPickers } from './pair-pickers.ts';
import { TalkKeys } from './talk-keys.ts';

/** Nearer than this to the end (px), the reader wants to stay there. */
const NEAR_END_PX = 40;
const BOTH = ['original', 'translation'] as const;

/**
 * An interpreter: hears one language and shows another while somebody talks; for one speaker, for two people with a button each, or to
 * read along in a room.
 *
 * @attr from - BCP 47 of what is spoken
 * @attr to - BCP 47 of the translation
 * @attr endpoint - Base URL of the gateway; default: where the script came from
 * @attr token-url - Answers a POST with a login
 * @attr turn - `vad` (default) listens all the time; `hold`: two people, a button each
 * @attr room - Name of a room to read along in; nothing else is done then
 * @attr room-url - Base URL of the room's service; default: `endpoint`
 * @attr room-token - Lets its holder follow the room; default: one is asked for
 * @attr color-scheme - `auto`, `light` or `dark`
 * @fires {VivaErrorEvent} viva-error
 * @csspart frame - The whole
 * @csspart header - Title and tools
 * @csspart title - The title
 * @csspart languages - The pair of languages
 * @csspart note - What to keep in mind of the translation
 * @csspart history - What was said before
 * @csspart line - A sentence of it
 * @csspart now - What is said right now
 * @csspart share - The link to follow
 * @csspart controls - The buttons
 * @csspart start - Begins and ends
 * @csspart talk - A button of two people
 * @csspart talk-near - Who speaks the first language
 * @csspart talk-far - Who speaks the second
 * @cssprop --viva-interpreter-height - Height of the whole
 */
export class VivaInterpreter extends InterpreterProperties {
  static override styles = [tokens, controlStyles, menuStyles, troubleStyles, interpreterStyles];
  static override properties: PropertyDeclarations = {
    link: { state: true },
    told: { state: true },
    dismissed: { state: true },
    failure: { state: true },
  };

  /** Under which others follow, while it is shown. */
  declare link: string | null;
  /** What a press on copy came to. */
  declare told: '' | 'captionsCopied' | 'captionsNotCopied';
  declare dismissed: ErrorFacts | null;
  /** A wish that failed without a trace in the interpreter's state. */
  declare failure: ErrorFacts | null;

  readonly #locale = new Localized(this, 'assistant');
  readonly #source: InterpreterSource = new InterpreterSource(this, (facts) => fail(this, facts));
  readonly #announced = new AnnouncedLines();
  readonly #keys = new TalkKeys((side, down) => {
    this.#source.interpreter?.hold(side, down);
    this.requestUpdate();
  });
  /** The reader is at the end of the history and follows; scrolling away stops that. */
  #following = true;

  constructor() {
    super();
    this.link = null;
    this.told = '';
    this.dismissed = null;
    this.failure = null;
  }

  /** Begins to listen and to translate. Call it from a click or a key. */
  async start(): Promise<void> {
    await this.#source.start();
  }

  /** Ends it: microphone and connection close. */
  async stop(): Promise<void> {
    await this.#source.stop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keys.release();
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (!this.isConnected) this.#source.dispose();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#source.update(changed);
  }

  /** Not in `willUpdate`, which runs before the controllers know a new source. */
  protected override update(changed: PropertyValues<this>): void {
    this.#announced.take(this.#source.lines, BOTH);
    super.update(changed);
  }

  protected override render() {
    const words: Words = { ...captionStrings, ...interpreterStrings, ...this.#locale.words, ...this.strings };
    const { lines, reads, state, pair, trouble: shown } = this.#source;
    return html`<div part="frame" class="frame" lang=${this.#locale.tag} dir=${this.#locale.dir}>
      ${this.#header(words)}
      ${
        reads
          ? nothing
          : pairPickers(
              words,
              state.languages,
              pair,
              (chosen) => this.#source.choose(chosen),
              () => this.#source.swap(),
            )
      }
      ${
        !reads && state.languages?.quality === 'rough'
          ? html`<p part="note" class="note"><bdi>${words.interpreterRough}</bdi></p>`
          : nothing
      }
      <div
        part="history"
        class="history"
        tabindex="0"
        role="region"
        aria-label=${words.interpreterHistory}
        @scroll=${this.#scrolled}
      >
        ${history(lines.slice(0, -1), this.#isFar)}
      </div>
      <viva-caption-rows
        part="now"
        .lines=${lines.slice(-1)}
        .wishes=${this.#translates ? BOTH : ['original']}
        .waiting=${lines.length > 0 ? '' : this.#running || reads ? this.#status(words) : words.interpreterEmpty}
        .label=${words.interpreterNow}
        .quiet=${true}
      ></viva-caption-rows>
      ${this.link === null ? nothing : sharing(words, this.link, this.#copy)}
      ${trouble({
        error: shown.error ?? this.failure,
        notice: shown.notice,
        words: { ...this.#locale.words, ...this.strings },
        dismissed: this.dismissed,
        again: this.#again,
        dismiss: (facts) => (this.dismissed = facts),
      })}
      ${reads ? nothing : controls(words, this.#source, this.#keys, this.#bar)}
      <div class="unseen" role="log" aria-live="polite" aria-label=${words.interpreterHistory}>
        ${this.#announced.places.map(({ text, language }) => html`<p lang=${language === '' ? nothing : language}>${text}</p>`)}
      </div>
    </div>`;
  }

  protected override updated(): void {
    const box = this.renderRoot.querySelector('.history');
    if (this.#following && box !== null) box.scrollTop = box.scrollHeight;
    if (this.#source.reads && !this.#source.joined && this.isConnected) this.#attempt(() => this.start());
  }

  get #translates(): boolean {
    return this.#source.reads || this.#source.pair.to !== null;
  }

  get #running(): boolean {
    const { phase } = this.#source.state;
    return phase === 'listening' || phase === 'connecting' || phase === 'reconnecting';
  }

  get #holds(): boolean {
    return this.turn === 'hold';
  }

  #status(words: Words): string {
    const { phase, reads, state } = this.#source;
    if (phase === 'listening') {
      if (reads) return words.interpreterFollowing;
      if (state.playing) return words.interpreterSpeaking;
      if (state.muted) return words.interpreterMuted;
    }
    return words[`interpreterPhase-${phase}`];
  }

  #header(words: Words) {
    const { reads, phase, lines } = this.#source;
    return html`<header part="header">
      <div class="titles">
        <h2 part="title">${words.interpreterTitle}</h2>
        <p class="status ${phase === 'listening' ? 'on' : ''}" role="status">
          <bdi>${this.told === '' ? this.#status(words) : words[this.told]}</bdi>
        </p>
      </div>
      ${
        reads || this.interpreter !== null || this.#running
          ? nothing
          : iconButton(this.#holds ? words.interpreterOne : words.interpreterTwo, peopleIcon, this.#people, this.#holds)
      }
      ${reads || !this.#running ? nothing : iconButton(words.interpreterShare, shareIcon, this.#share, this.link !== null)}
      ${menu(
        'save',
        words.captionsSave,
        saveIcon,
        saveSheet(words, lines, 'both', this.#copy, () => closeMenus(this.renderRoot)),
      )}
    </header>`;
  }

  /** Spoken by the second person: in the language that the first one reads. */
  readonly #isFar = ({ original }: CaptionLine): boolean => {
    const { to } = this.#source.pair;
    return this.#holds && to !== null && original?.language.split('-')[0] === to.split('-')[0];
  };

  get #bar(): Bar {
    return {
      running: this.#running,
      holds: this.#holds,
      translates: this.#translates,
      begin: this.#begin,
      stop: this.#stop,
    };
  }

  readonly #people = (): void => {
    this.turn = this.#holds ? 'vad' : 'hold';
  };

  readonly #begin = (): void => this.#attempt(() => this.start());

  readonly #stop = (): void => {
    this.#keys.release();
    this.link = null;
    this.#attempt(() => this.stop());
  };

  readonly #again = (): void => this.#attempt(() => this.#source.retry());

  readonly #share = (): void => {
    const { interpreter } = this.#source;
    const shown = this.link !== null;
    this.link = null;
    if (shown || interpreter === null) return;
    this.#attempt(async () => {
      this.link = await interpreter.share();
    });
  };

  readonly #copy = (text: string): void => {
    void copyText(text).then((copied) => {
      this.told = copied ? 'captionsCopied' : 'captionsNotCopied';
      if (!copied) this.renderRoot.querySelector<HTMLInputElement>('.share input')?.select();
    });
  };

  readonly #scrolled = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    this.#following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  };

  /** A failure that the state already shows needs no more; another one is shown here. */
  #attempt(wish: () => Promise<unknown>): void {
    this.told = '';
    this.failure = null;
    wish().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') return;
      const facts = AssistantError.from(cause, 'bad-option').toFacts();
      const { error, notice } = this.#source.trouble;
      if (error?.code === facts.code || notice?.code === facts.code) return;
      this.failure = facts;
      fail(this, facts);
    });
  }
}

const fail = (tag: EventTarget, facts: ErrorFacts): boolean => tag.dispatchEvent(new VivaErrorEvent(facts));
