import { html, nothing, type PropertyValues } from 'lit';
import type { CaptionFormat } from '../../pipelines/caption-export.ts';
import { addSentence, type CaptionLine } from '../../pipelines/caption-lines.ts';
import { changedLines } from '../../pipelines/changed-lines.ts';
import type { CaptionSource, CaptionSourceState } from '../../session/caption-source.ts';
import type { Entry } from '../../session/state.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { VivaCaptionEvent } from '../caption-event.ts';
import type { KnownStrings } from '../conversation.ts';
import { VivaErrorEvent } from '../events.ts';
import { Localized } from '../localized.ts';
import { SessionValue } from '../session-value.ts';
import { isDone, shownText } from '../shown-text.ts';
import { panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { wordStrings } from '../words/word-strings.ts';
import { captionsStyles } from './captions.styles.ts';
import { CaptionProperties } from './caption-properties.ts';
import { sourceKind, type SourceKind } from './caption-wishes.ts';
import { Followed } from './followed.ts';
import { liveLines } from './live-lines.ts';
import { readPreferences, writePreferences, type CaptionPreferences } from './preferences.ts';

/** One sentence, or what is known of it, that a page adds by itself. */
export interface PushedCaption {
  /** The same for every state of the sentence, and for its translation. */
  readonly id: string;
  /** The whole sentence so far. */
  readonly text: string;
  /** BCP 47 */
  readonly language?: string;
  /** Default `original`. */
  readonly side?: 'original' | 'translation';
  /** No more changes come; default true. */
  readonly final?: boolean;
  /** ms since the first caption; default: now. */
  readonly startMs?: number;
  readonly endMs?: number | null;
}

const silent: CaptionSourceState = { phase: 'idle', lines: [], to: null, error: null, notice: null };

/**
 * Live captions: inside (or `for`) a `<viva-voce>` both sides of its conversation; alone, what a microphone, an audio or video element, a
 * room or the page itself has to say, as rows of original and translation.
 *
 * @attr source - `microphone` (also meant by `from` or `to`) or `pushed`: the page adds captions itself
 * @attr from - BCP 47 of what is spoken
 * @attr to - BCP 47 of the translation; without it there is none
 * @attr endpoint - Base URL of the gateway; default: where the script came from
 * @attr token-url - Answers a POST with a login of the interpreter, or with a room's token
 * @attr room - Name of a room that is followed
 * @attr room-url - Base URL of the room's service; default: `endpoint`
 * @attr room-token - Lets its holder follow the room; default: one is asked for
 * @attr rows - Rows of each language, 1–8
 * @attr languages - What is read: `original`, `translation`, or language tags; several words, several blocks
 * @attr placement - `inline` (default), `bottom` or `top` of the window
 * @attr size - `s`, `m`, `l`, `xl` or `xxl`
 * @attr contrast - `page`, `dark`, `light` or `yellow`
 * @attr nocontrols - Without buttons
 * @attr autostart - Begins without a press
 * @attr storage-key - Under which a viewer's choices are remembered; empty: not at all
 * @fires {VivaErrorEvent} viva-error
 * @fires {VivaCaptionEvent} viva-caption - A line of a source of this tag’s own was added or changed
 * @csspart caption - Either line
 * @csspart caption-user - The user's line
 * @csspart caption-agent - The assistant's line
 * @csspart live - Captions that stand alone, with their buttons
 * @cssprop --viva-caption-rows - Rows shown of each side, newest last (2)
 * @cssprop --viva-caption-size - Size of the text
 */
export class VivaCaptions extends CaptionProperties {
  static override styles = [tokens, captionsStyles];
  readonly #locale = new Localized(this, 'assistant');
  readonly #transcript = new SessionValue(this, (state) => state.transcript);
  readonly #phase = new SessionValue(this, (state) => state.phase);
  /** The source that this tag made; its end is this tag's business. */
  #made: CaptionSource | null = null;
  #making: Promise<CaptionSource> | null = null;
  #media: HTMLMediaElement | null = null;
  #choices: Partial<CaptionPreferences> = {};
  #began: number | null = null;
  #toldError: ErrorFacts | null = null;
  #toldLines: readonly CaptionLine[] = [];
  /** Why no source was made. */
  #failure: ErrorFacts | null = null;
  #loaded = false;
  readonly #followed = new Followed<CaptionSourceState>(
    this,
    () => (this.interpreter ?? this.#made)?.state ?? null,
    silent,
    (state) => this.#tell(state),
  );

  /** Adds a sentence or its next state. Lines of the page's own take the place of any other source. */
  addCaption(caption: PushedCaption): void {
    this.#began ??= Date.now();
    const { id, text, language = '', side = 'original', final = true, endMs = null } = caption;
    const { startMs = this.lines.find((line) => line.id === pushedId(id))?.startMs ?? Date.now() - this.#began } = caption;
    const event = { type: 'sentence', stream: PUSHED, task: id, side, language, text, final, startMs, endMs } as const;
    this.lines = addSentence(this.lines, event, this.#began);
  }

  /** Begins to listen or to follow. Rejects with an `AssistantError`, which is also shown. */
  async start(): Promise<void> {
    const source = this.interpreter ?? (await this.#source());
    await source.start();
  }

  /** Ends what the captions listen to; what was said stays. */
  async stop(): Promise<void> {
    await (this.interpreter ?? this.#made)?.stop();
  }

  /** The captions as a file's text. */
  async exportText(format: CaptionFormat): Promise<string> {
    const { exportCaptions } = await import('../../pipelines/caption-export.ts');
    return exportCaptions(this.#lines, format);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#choices = readPreferences(this.storageKey);
    Object.assign(this, this.#choices);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#listenTo(null);
      this.#forget();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const wished = ['from', 'to', 'endpoint', 'tokenUrl', 'room', 'roomUrl', 'roomToken', 'connect', 'for', 'source'] as const;
    const media = this.#mediaElement();
    const other = media !== this.#media;
    this.#listenTo(media);
    if (this.hasUpdated && (other || wished.some((name) => changed.has(name)))) this.#forget();
  }

  protected override render() {
    const kind = this.#kind;
    if (kind === 'conversation') return this.#conversation();
    return html`${this.assistant !== null && kind === 'interpreter' ? this.#conversation() : nothing} ${this.#live(kind)}`;
  }

  protected override updated(): void {
    const kind = this.#kind;
    if (kind === 'conversation' || !this.isConnected) return;
    if (!this.#loaded) {
      this.#loaded = true;
      void import('../live-captions/define.ts');
      // What plays does not wait: whatever listens to it has to be there by then.
      if (kind === 'media' && this.connect === null) void import('../viva-voce/caption-edges.ts');
    }
    const begins = kind === 'room' || (kind === 'microphone' && this.autostart) || (kind === 'media' && this.#playing);
    if (begins && this.#made === null && this.#making === null && this.#failure === null) this.#begin();
  }

  get #kind(): SourceKind {
    return sourceKind({ ...this.#said(), source: this.source, interpreter: this.interpreter, lines: this.lines });
  }

  get #lines(): readonly CaptionLine[] {
    return this.#kind === 'pushed' ? this.lines : this.#followed.value.lines;
  }

  get #playing(): boolean {
    return this.#media !== null && !this.#media.paused;
  }

  #said() {
    const { from, to, endpoint, tokenUrl, tokenProvider, room, roomUrl, roomToken } = this;
    return { from, to, endpoint, tokenUrl, tokenProvider, room, roomUrl, roomToken, media: this.#media };
  }

  /** Beside a conversation its words; alone those of the page's language. */
  get #words(): KnownStrings {
    return this.strings === panelStrings ? { ...panelStrings, ...this.#locale.words } : this.strings;
  }

  #conversation() {
    const words = { ...wordStrings, ...this.#words };
    const { user, assistant } = liveLines(this.#transcript.value);
    const quiet = user === null && assistant === null;
    return html`${quiet ? html`<p class="hint">${this.#words[`phase-${this.#phase.value}`]}</p>` : nothing}
      ${this.#line('user', words.you, user)} ${this.#line('agent', words.assistant, assistant)}
      <viva-announcer></viva-announcer>`;
  }

  #line(side: 'user' | 'agent', who: string, entry: Entry | null) {
    if (entry === null || shownText(entry) === '') return nothing;
    return html`<div class="${side} ${isDone(entry) ? '' : 'live'}" part="caption caption-${side}">
      <p dir="auto"><span class="unseen">${who}: </span>${shownText(entry)}</p>
    </div>`;
  }

  #live(kind: SourceKind) {
    const { phase, error, notice, to } = this.#followed.value;
    return html`<viva-live-captions
      part="live"
      exportparts="box,caption,caption-original,caption-translation,caption-language,bar"
      .kind=${kind}
      .lines=${this.#lines}
      .phase=${phase}
      .error=${error ?? this.#failure}
      .notice=${notice}
      .translated=${kind === 'interpreter' || kind === 'media' || kind === 'microphone' ? (to ?? this.to) !== null : true}
      .rows=${this.rows}
      .languages=${this.languages}
      .size=${this.size}
      .placement=${this.placement}
      .contrast=${this.contrast}
      .words=${this.#words}
      ?nocontrols=${this.nocontrols}
      @choose=${this.#chosen}
      @press=${this.#pressed}
      @again=${this.#again}
    ></viva-live-captions>`;
  }

  readonly #chosen = ({ detail }: CustomEvent<Partial<CaptionPreferences>>): void => {
    this.#choices = { ...this.#choices, ...detail };
    Object.assign(this, detail);
    writePreferences(this.storageKey, this.#choices);
  };

  readonly #pressed = ({ detail }: CustomEvent<'start' | 'stop'>): void => {
    if (detail === 'start') this.#begin();
    else void this.stop();
  };

  readonly #again = (): void => {
    const source = this.interpreter ?? this.#made;
    if (source === null) this.#begin();
    else source.retry();
  };

  /** A failure is in the source's state, which is shown; only one that made no source is told here. */
  #begin(): void {
    this.#failure = null;
    this.start().catch((cause: unknown) => {
      if (this.#made !== null || this.interpreter !== null || !this.isConnected) return;
      this.#failure = AssistantError.from(cause, 'bad-option').toFacts();
      fail(this, this.#failure);
      this.requestUpdate();
    });
  }

  #source(): Promise<CaptionSource> {
    this.#making ??= this.#connected().then((source) => {
      this.#made = source;
      this.requestUpdate();
      return source;
    });
    this.#making.catch(() => (this.#making = null));
    return this.#making;
  }

  async #connected(): Promise<CaptionSource> {
    const connect = this.connect ?? (await import('../viva-voce/caption-edges.ts')).connectCaptions;
    if (!this.isConnected) throw new DOMException('The tag is not on the page', 'AbortError');
    return connect(this.#said());
  }

  #forget(): void {
    this.#made?.dispose();
    this.#made = null;
    this.#making = null;
    this.#failure = null;
  }

  #tell({ error, notice, lines, to }: CaptionSourceState): void {
    if (this.interpreter === null) for (const line of changedLines(lines, this.#toldLines)) show(this, line, to);
    this.#toldLines = lines;
    const facts = error ?? notice;
    if (facts === this.#toldError) return;
    this.#toldError = facts;
    if (facts !== null && this.interpreter === null) fail(this, facts);
  }

  #mediaElement(): HTMLMediaElement | null {
    if (this.for === undefined || this.for === '') return null;
    const root = this.getRootNode();
    const near = root instanceof ShadowRoot ? root.getElementById(this.for) : null;
    const named = near ?? document.getElementById(this.for);
    return named instanceof HTMLMediaElement ? named : null;
  }

  #listenTo(media: HTMLMediaElement | null): void {
    if (media === this.#media) return;
    this.#media?.removeEventListener('play', this.#played);
    this.#media = media;
    media?.addEventListener('play', this.#played);
  }

  readonly #played = (): void => {
    this.requestUpdate();
  };
}

const show = (tag: EventTarget, line: CaptionLine, to: string | null): boolean =>
  tag.dispatchEvent(new VivaCaptionEvent(line, to !== null));
const fail = (tag: EventTarget, facts: ErrorFacts): boolean => tag.dispatchEvent(new VivaErrorEvent(facts));

const PUSHED = 'page';
const pushedId = (task: string): string => `${PUSHED.length}:${PUSHED}:${task}`;
