import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { captionFormats, exportCaptions, type CaptionFormat } from '../../pipelines/caption-export.ts';
import type { CaptionLine, CaptionText } from '../../pipelines/caption-lines.ts';
import type { CaptionSource, CaptionSourceState } from '../../session/caption-source.ts';
import { idleInterpreter, type Interpreter, type InterpreterState } from '../../session/interpreter.ts';
import type { InterpreterOptions } from '../../session/interpreter/options.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { AnnouncedLines } from '../caption-rows/announced-lines.ts';
import { textFor } from '../caption-rows/viewer-choice.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import type { ConnectCaptions } from '../captions/caption-wishes.ts';
import { Followed } from '../captions/followed.ts';
import { ownName, sortedByName, viewerLanguage } from '../captions/language-names.ts';
import { controlStyles } from '../controls.styles.ts';
import type { Strings } from '../english.ts';
import { VivaErrorEvent } from '../events.ts';
import { endIcon, microphoneIcon, mutedIcon, voiceIcon } from '../icons.ts';
import { copyText, saveCaptions } from '../live-captions/caption-file.ts';
import { copyIcon, peopleIcon, saveIcon, shareIcon, silentIcon, speakIcon, swapIcon } from '../live-captions/icons.ts';
import { menu, menuStyles } from '../live-captions/menu.ts';
import { trouble, troubleStyles } from '../live-captions/trouble.ts';
import { tokens } from '../tokens.styles.ts';
import { interpreterStrings } from './interpreter-strings.ts';
import { interpreterStyles } from './interpreter.styles.ts';
import { canSpeak, canSwap, heardLanguages, targetLanguages, withFrom } from './language-choice.ts';
import { TalkKeys, talkKey } from './talk-keys.ts';

/** Nearer than this to the end (px), the reader wants to stay there. */
const NEAR_END_PX = 40;
const BOTH = ['original', 'translation'] as const;

const unread: CaptionSourceState = { phase: 'idle', lines: [], to: null, error: null, notice: null };

/** What a tag says about the interpreter it wants. */
export interface InterpreterWishes {
  readonly from: string | null;
  readonly to: string | null;
  readonly endpoint: string | null;
  readonly tokenUrl: string | null;
  readonly tokenProvider: NonNullable<InterpreterOptions['tokenProvider']> | null;
  readonly turn: 'vad' | 'hold';
}

type Words = typeof captionStrings & typeof interpreterStrings;

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
export class VivaInterpreter extends LitElement {
  static override styles = [tokens, controlStyles, menuStyles, troubleStyles, interpreterStyles];
  static override properties: PropertyDeclarations = {
    interpreter: { attribute: false },
    from: {},
    to: {},
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    tokenProvider: { attribute: false },
    turn: {},
    room: {},
    roomUrl: { attribute: 'room-url' },
    roomToken: { attribute: 'room-token' },
    colorScheme: { attribute: 'color-scheme', reflect: true },
    strings: { attribute: false },
    connect: { attribute: false },
    follow: { attribute: false },
    link: { state: true },
    told: { state: true },
    dismissed: { state: true },
  };

  /** Set it to bring your own; never disposed of here. */
  declare interpreter: Interpreter | null;
  declare from: string | null;
  declare to: string | null;
  declare endpoint: string | null;
  declare tokenUrl: string | null;
  declare tokenProvider: NonNullable<InterpreterOptions['tokenProvider']> | null;
  declare turn: string;
  declare room: string | null;
  declare roomUrl: string | null;
  declare roomToken: string | null;
  declare colorScheme: string;
  /** Replaces any of the words that are shown. */
  declare strings: Partial<Strings>;
  /** Makes the interpreter; the built-in one by default. */
  declare connect: ((wishes: InterpreterWishes) => Interpreter) | null;
  /** Makes the follower of a room; the built-in one by default. */
  declare follow: ConnectCaptions | null;
  declare link: string | null;
  declare told: '' | 'captionsCopied' | 'captionsNotCopied';
  declare dismissed: ErrorFacts | null;

  #made: Interpreter | null = null;
  #making: Promise<Interpreter> | null = null;
  #followed: CaptionSource | null = null;
  #reading: Promise<CaptionSource> | null = null;
  #failure: ErrorFacts | null = null;
  /** Languages chosen before there is an interpreter. */
  #wished: { readonly from: string; readonly to: string | null } | null = null;
  /** What was said before the interpreter was made anew. */
  #earlier: readonly CaptionLine[] = [];
  #following = true;
  #toldError: ErrorFacts | null = null;
  readonly #announced = new AnnouncedLines();
  readonly #keys = new TalkKeys((side, down) => {
    this.#current?.hold(side, down);
    this.requestUpdate();
  });
  readonly #state = new Followed<InterpreterState>(
    this,
    () => this.#current?.state ?? null,
    idleInterpreter,
    (state) => this.#tell(state),
  );
  readonly #room = new Followed<CaptionSourceState>(
    this,
    () => this.#followed?.state ?? null,
    unread,
    (state) => this.#tell(state),
  );

  constructor() {
    super();
    this.interpreter = null;
    this.from = null;
    this.to = null;
    this.endpoint = null;
    this.tokenUrl = null;
    this.tokenProvider = null;
    this.turn = 'vad';
    this.room = null;
    this.roomUrl = null;
    this.roomToken = null;
    this.colorScheme = 'auto';
    this.strings = {};
    this.connect = null;
    this.follow = null;
    this.link = null;
    this.told = '';
    this.dismissed = null;
  }

  async start(): Promise<void> {
    if (this.#reads) await this.#reader().then((source) => source.start());
    else await this.#interpreter().then((interpreter) => interpreter.start());
  }

  async stop(): Promise<void> {
    await (this.#reads ? this.#followed : this.#current)?.stop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keys.release();
    this.#forget();
    this.#leaveRoom();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const remade = (['endpoint', 'tokenUrl', 'turn', 'connect'] as const).some((name) => changed.has(name));
    if (this.#made !== null && remade) this.#forget();
    if (changed.has('from') || changed.has('to')) {
      this.#wished = null;
      if (this.#made !== null) this.#made.setLanguages(this.from ?? 'en', this.to);
    }
    const room = (['room', 'roomUrl', 'roomToken'] as const).some((name) => changed.has(name));
    if (room) this.#leaveRoom();
  }

  /** Not in `willUpdate`, which runs before the controllers know a new source. */
  protected override update(changed: PropertyValues<this>): void {
    this.#announced.take(this.#lines, BOTH);
    super.update(changed);
  }

  protected override render() {
    const words: Words = { ...captionStrings, ...interpreterStrings, ...this.strings };
    const lines = this.#lines;
    const { error, notice } = this.#trouble;
    return html`<div part="frame" class="frame" lang="en">
      ${this.#header(words)} ${this.#reads ? nothing : this.#pair(words)}
      ${!this.#reads && this.#state.value.languages?.quality === 'rough' ? html`<p part="note" class="note"><bdi>${words.interpreterRough}</bdi></p>` : nothing}
      ${this.#history(words, lines.slice(0, -1))}
      <viva-caption-rows
        part="now"
        .lines=${lines.slice(-1)}
        .wishes=${this.#translates ? BOTH : ['original']}
        .waiting=${lines.length > 0 ? '' : this.#running ? this.#status(words) : words.interpreterEmpty}
        .label=${words.interpreterNow}
        .quiet=${true}
      ></viva-caption-rows>
      ${this.link === null ? nothing : this.#sharing(words, this.link)}
      ${trouble({
        error: error ?? this.#failure,
        notice,
        words: this.strings,
        dismissed: this.dismissed,
        again: this.#again,
        dismiss: (facts) => (this.dismissed = facts),
      })}
      ${this.#controls(words)}
      <div class="unseen" role="log" aria-live="polite" aria-label=${words.interpreterHistory}>
        ${this.#announced.places.map(({ text, language }) => html`<p lang=${language === '' ? nothing : language}>${text}</p>`)}
      </div>
    </div>`;
  }

  protected override updated(): void {
    const box = this.renderRoot.querySelector('.history');
    if (this.#following && box !== null) box.scrollTop = box.scrollHeight;
    if (this.#reads && this.#reading === null && this.isConnected) this.#attempt(() => this.start());
  }

  get #current(): Interpreter | null {
    return this.interpreter ?? this.#made;
  }

  /** This is a page that reads along in a room. */
  get #reads(): boolean {
    return this.room !== null && this.room !== '';
  }

  get #lines(): readonly CaptionLine[] {
    const lines = this.#reads ? this.#room.value.lines : [...this.#earlier, ...this.#state.value.lines];
    return lines.filter((line) => BOTH.some((wish) => textFor(line, wish) !== null));
  }

  get #trouble(): { readonly error: ErrorFacts | null; readonly notice: ErrorFacts | null } {
    return this.#reads ? this.#room.value : this.#state.value;
  }

  get #pairNow(): { readonly from: string; readonly to: string | null } {
    if (this.#current !== null) return this.#state.value;
    return this.#wished ?? { from: this.from ?? 'en', to: this.to };
  }

  get #translates(): boolean {
    return this.#reads || this.#pairNow.to !== null;
  }

  get #running(): boolean {
    const { phase } = this.#state.value;
    return phase === 'listening' || phase === 'connecting' || phase === 'reconnecting';
  }

  get #holds(): boolean {
    return this.turn === 'hold';
  }

  #status(words: Words): string {
    const { phase, muted, playing } = this.#state.value;
    if (this.#reads)
      return this.#room.value.phase === 'listening'
        ? words.interpreterFollowing
        : words[`interpreterPhase-${this.#room.value.phase}`];
    if (phase === 'listening' && playing) return words.interpreterSpeaking;
    if (phase === 'listening' && muted) return words.interpreterMuted;
    return words[`interpreterPhase-${phase}`];
  }

  #header(words: Words) {
    const live = this.#reads ? this.#room.value.phase === 'listening' : this.#state.value.phase === 'listening';
    return html`<header part="header">
      <div class="titles">
        <h2 part="title">${words.interpreterTitle}</h2>
        <p class="status ${live ? 'on' : ''}" role="status">
          <bdi>${this.told === '' ? this.#status(words) : words[this.told]}</bdi>
        </p>
      </div>
      ${
        this.#reads || this.interpreter !== null || this.#running
          ? nothing
          : this.#icon(this.#holds ? words.interpreterOne : words.interpreterTwo, peopleIcon, this.#togglePeople, this.#holds)
      }
      ${this.#reads || !this.#running ? nothing : this.#icon(words.interpreterShare, shareIcon, this.#share, this.link !== null)}
      ${menu('save', words.captionsSave, saveIcon, this.#save(words))}
    </header>`;
  }

  #icon(label: string, icon: unknown, press: () => void, pressed: boolean | null = null, disabled = false) {
    return html`<button
      class="icon ${pressed === true ? 'pressed' : ''}"
      aria-label=${label}
      title=${label}
      aria-pressed=${pressed ?? nothing}
      ?disabled=${disabled}
      @click=${press}
    >
      ${icon}
    </button>`;
  }

  #pair(words: Words) {
    const { languages } = this.#state.value;
    const pair = this.#pairNow;
    const reader = viewerLanguage();
    const option = (now: string | null) => (each: { readonly tag: string; readonly name: string }) =>
      html`<option value=${each.tag} .selected=${each.tag === now}>${each.name}</option>`;
    return html`<div part="languages" class="pair" role="group">
      <label>
        <span>${words.interpreterFrom}</span>
        <select name="from" lang=${reader} @change=${this.#chooseFrom}>
          ${sortedByName(heardLanguages(languages, pair), reader).map(option(pair.from))}
        </select>
      </label>
      ${this.#icon(words.interpreterSwap, swapIcon, this.#swap, null, !canSwap(languages, pair))}
      <label>
        <span>${words.interpreterTo}</span>
        <select name="to" lang=${reader} @change=${this.#chooseTo}>
          ${sortedByName(targetLanguages(languages, pair), reader).map(option(pair.to))}
          <option value="" lang="en" .selected=${pair.to === null}>${words.interpreterNone}</option>
        </select>
      </label>
    </div>`;
  }

  #history(words: Words, lines: readonly CaptionLine[]) {
    return html`<div
      part="history"
      class="history"
      tabindex="0"
      role="region"
      aria-label=${words.interpreterHistory}
      @scroll=${this.#scrolled}
    >
      ${
        lines.length === 0
          ? nothing
          : html`<ol>
              ${repeat(
                lines,
                ({ id }) => id,
                (line) =>
                  html`<li part="line" class=${this.#holds && this.#isFar(line) ? 'far' : ''}>
                    ${this.#side('said', line.original)} ${this.#side('heard', line.translation)}
                  </li>`,
              )}
            </ol>`
      }
    </div>`;
  }

  #side(kind: string, text: CaptionText | null) {
    if (text === null || text.text === '') return nothing;
    return html`<p
      class="${kind} ${text.final ? '' : 'interim'}"
      dir="auto"
      lang=${text.language}
      .textContent=${text.text}
    ></p>`;
  }

  /** Spoken by the second person: in the language that the first one reads. */
  #isFar({ original }: CaptionLine): boolean {
    const { to } = this.#pairNow;
    return to !== null && original !== null && original.language.split('-')[0] === to.split('-')[0];
  }

  #controls(words: Words) {
    if (this.#reads) return nothing;
    const { phase, muted, speakAloud, languages } = this.#state.value;
    const spoken = canSpeak(languages, this.#pairNow);
    const aloud = speakAloud ? words.interpreterSilent : words.interpreterAloud;
    return html`${this.#holds ? this.#people(words) : nothing}
      <div part="controls">
        ${
          this.#running
            ? html`${this.#holds ? nothing : this.#icon(muted ? words.interpreterUnmute : words.interpreterMute, muted ? mutedIcon : microphoneIcon, this.#mute, muted)}
              ${
                this.#translates
                  ? this.#icon(
                      spoken ? aloud : words.interpreterNoVoice,
                      speakAloud ? speakIcon : silentIcon,
                      this.#aloud,
                      speakAloud,
                      !spoken,
                    )
                  : nothing
              }`
            : nothing
        }
        <button
          part="start"
          class=${this.#running ? 'outline end wide' : phase === 'error' ? 'outline wide' : 'solid wide'}
          @click=${this.#running ? this.#stop : this.#begin}
        >
          ${this.#running ? endIcon : voiceIcon}<span>${this.#running ? words.interpreterStop : words.interpreterStart}</span>
        </button>
      </div>`;
  }

  #people(words: Words) {
    const { from, to } = this.#pairNow;
    const { phase } = this.#state.value;
    const key = (side: 'near' | 'far', language: string | null) => {
      const held = this.#keys.held === side;
      const hint = held ? words.interpreterHolding : words.interpreterHold;
      const disabled = phase !== 'listening' || language === null;
      return talkKey(
        { side, language: language ?? 'en', name: language === null ? '–' : ownName(language), hint, held, disabled },
        this.#keys,
      );
    };
    return html`<div class="people">${key('near', from)}${key('far', to)}</div>`;
  }

  #sharing(words: Words, link: string) {
    return html`<div part="share" class="share">
      <label>
        <bdi>${words.interpreterShared}</bdi>
        <input
          readonly
          aria-label=${words.interpreterLink}
          .value=${link}
          @focus=${(event: Event) => (event.currentTarget as HTMLInputElement).select()}
        />
      </label>
      <button class="outline" @click=${() => this.#copy(link)}>${copyIcon}${words.interpreterCopyLink}</button>
    </div>`;
  }

  #save(words: Words) {
    const names: Record<CaptionFormat, string> = {
      txt: words.captionsTxt,
      json: words.captionsJson,
      srt: words.captionsSrt,
      vtt: words.captionsVtt,
    };
    const none = this.#lines.length === 0;
    return html`<button ?disabled=${none} @click=${() => this.#copy(exportCaptions(this.#lines, 'txt'))}>
        ${copyIcon}${words.captionsCopy}
      </button>
      ${captionFormats.map(
        (format) =>
          html`<button name=${format} ?disabled=${none} @click=${() => saveCaptions(this.#lines, format, 'both')}>
            ${saveIcon}${names[format]}
          </button>`,
      )}`;
  }

  readonly #chooseFrom = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    const { from, to } = withFrom(this.#state.value.languages, this.#pairNow, value);
    this.#choose(from, to);
  };

  readonly #chooseTo = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    this.#choose(this.#pairNow.from, value === '' ? null : value);
  };

  #choose(from: string, to: string | null): void {
    this.#wished = { from, to };
    this.#current?.setLanguages(from, to);
    this.requestUpdate();
  }

  readonly #swap = (): void => {
    const { from, to } = this.#pairNow;
    if (to === null) return;
    if (this.#current !== null) this.#current.swap();
    else this.#choose(to, from);
  };

  readonly #togglePeople = (): void => {
    this.turn = this.#holds ? 'vad' : 'hold';
  };

  readonly #begin = (): void => this.#attempt(() => this.start());

  readonly #stop = (): void => {
    this.#keys.release();
    this.link = null;
    this.#attempt(() => this.stop());
  };

  readonly #again = (): void => {
    this.#failure = null;
    const source = this.#reads ? this.#followed : this.#current;
    if (source === null) this.#leaveRoom();
    if (source === null || source.state.value.error === null) this.#begin();
    else source.retry();
    this.requestUpdate();
  };

  readonly #mute = (): void => this.#current?.mute(!this.#state.value.muted);

  readonly #aloud = (): void => this.#current?.speakAloud(!this.#state.value.speakAloud);

  readonly #share = (): void => {
    const interpreter = this.#current;
    if (this.link !== null || interpreter === null) this.link = null;
    else
      this.#attempt(async () => {
        this.link = await interpreter.share();
      });
  };

  #copy(text: string): void {
    void copyText(text).then((copied) => {
      this.told = copied ? 'captionsCopied' : 'captionsNotCopied';
      if (!copied) this.renderRoot.querySelector<HTMLInputElement>('.share input')?.select();
    });
  }

  readonly #scrolled = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    this.#following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  };

  /** A failure that the state already shows needs no more; another one is shown here. */
  #attempt(wish: () => Promise<unknown>): void {
    this.told = '';
    this.#failure = null;
    wish().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') return;
      const facts = AssistantError.from(cause, 'bad-option').toFacts();
      const { error, notice } = this.#trouble;
      if (error?.code === facts.code || notice?.code === facts.code) return;
      this.#failure = facts;
      fail(this, facts);
      this.requestUpdate();
    });
  }

  #tell({ error, notice }: CaptionSourceState): void {
    const facts = error ?? notice;
    if (facts !== null && facts !== this.#toldError) fail(this, facts);
    this.#toldError = facts;
  }

  #interpreter(): Promise<Interpreter> {
    if (this.#current !== null) return Promise.resolve(this.#current);
    this.#making ??= this.#connected().then((interpreter) => {
      this.#made = interpreter;
      this.requestUpdate();
      return interpreter;
    });
    this.#making.catch(() => (this.#making = null));
    return this.#making;
  }

  async #connected(): Promise<Interpreter> {
    const connect = this.connect ?? (await import('../viva-voce/caption-edges.ts')).connectInterpreter;
    if (!this.isConnected) throw new DOMException('The tag is not on the page', 'AbortError');
    const { endpoint, tokenUrl, tokenProvider } = this;
    return connect({ ...this.#pairNow, endpoint, tokenUrl, tokenProvider, turn: this.#holds ? 'hold' : 'vad' });
  }

  #reader(): Promise<CaptionSource> {
    this.#reading ??= this.#joined().then((source) => {
      this.#followed = source;
      this.requestUpdate();
      return source;
    });
    return this.#reading;
  }

  async #joined(): Promise<CaptionSource> {
    const { endpoint, tokenUrl, room, roomUrl, roomToken } = this;
    const wishes = { from: null, to: null, endpoint, tokenUrl, tokenProvider: null, room, roomUrl, roomToken, media: null };
    const follow = this.follow ?? (await import('../viva-voce/caption-edges.ts')).connectCaptions;
    if (!this.isConnected) throw new DOMException('The tag is not on the page', 'AbortError');
    return follow(wishes);
  }

  #leaveRoom(): void {
    this.#followed?.dispose();
    this.#followed = null;
    this.#reading = null;
  }

  #forget(): void {
    if (this.#made === null) return;
    const { lines, from, to } = this.#made.state.value;
    this.#earlier = [...this.#earlier, ...lines].slice(-500);
    this.#wished = { from, to };
    this.#made.dispose();
    this.#made = null;
    this.#making = null;
  }
}

const fail = (tag: EventTarget, facts: ErrorFacts): boolean => tag.dispatchEvent(new VivaErrorEvent(facts));
