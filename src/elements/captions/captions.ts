import { html, nothing, type PropertyValues } from 'lit';
import type { CaptionFormat } from '../../pipelines/caption-export.ts';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { changedLines } from '../../pipelines/changed-lines.ts';
import type { CaptionSourceState } from '../../session/caption-source.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import { Awake } from '../awake/awake.ts';
import { VivaCaptionEvent } from '../caption-event.ts';
import type { KnownStrings } from '../conversation.ts';
import { VivaErrorEvent } from '../events.ts';
import { Localized } from '../localized.ts';
import { SessionValue } from '../session-value.ts';
import { panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { captionsStyles } from './captions.styles.ts';
import { CaptionProperties } from './caption-properties.ts';
import type { SourceKind } from './caption-wishes.ts';
import { conversationRows } from './conversation-rows.ts';
import { OwnSource } from './own-source.ts';
import { readPreferences, writePreferences, type CaptionPreferences } from './preferences.ts';
import { withPushed, type PushedCaption } from './pushed-caption.ts';

export type { PushedCaption } from './pushed-caption.ts';

/**
 * Live captions: inside (or `for`) a `<viva-voce>` both sides of its conversation; alone, what a microphone, an audio or video element, a
 * room or the page itself has to say, as rows of original and translation.
 *
 * @attr source - `microphone` (also meant by the attributes from and to) or `pushed`: the page adds captions itself
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
  readonly #own: OwnSource = new OwnSource(
    this,
    (state) => {
      this.#tell(state);
    },
    (facts) => {
      fail(this, facts);
    },
  );
  #choices: Partial<CaptionPreferences> = {};
  #began: number | null = null;
  #toldError: ErrorFacts | null = null;
  #toldLines: readonly CaptionLine[] = [];
  #loaded = false;

  constructor() {
    super();
    new Awake(this, () => this.isConnected && this.#own.isLive);
  }

  /** Adds a sentence or its next state. Lines of the page's own take the place of any other source. */
  addCaption(caption: PushedCaption): void {
    this.#began ??= Date.now();
    this.lines = withPushed(this.lines, caption, this.#began, Date.now());
  }

  /** Begins to listen or to follow. Rejects with an `AssistantError`, which is also shown. */
  async start(): Promise<void> {
    await this.#own.start();
  }

  /** Ends what the captions listen to; what was said stays. */
  async stop(): Promise<void> {
    await this.#own.stop();
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
      if (!this.isConnected) this.#own.dispose();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#own.update(changed);
  }

  protected override render() {
    const { kind } = this.#own;
    const conversation = kind === 'conversation' || (this.assistant !== null && kind === 'interpreter');
    return html`${conversation ? conversationRows(this.#words, this.#transcript.value, this.#phase.value) : nothing}
    ${kind === 'conversation' ? nothing : this.#live(kind)}`;
  }

  protected override updated(): void {
    const { kind, isDue } = this.#own;
    if (kind === 'conversation' || !this.isConnected) return;
    if (!this.#loaded) {
      this.#loaded = true;
      void import('../live-captions/define.ts');
      // What plays does not wait: whatever listens to it has to be there by then.
      if (kind === 'media' && this.connect === null) void import('../viva-voce/caption-edges.ts');
    }
    if (isDue) this.#own.begin();
  }

  get #lines(): readonly CaptionLine[] {
    return this.#own.kind === 'pushed' ? this.lines : this.#own.state.lines;
  }

  /** Beside a conversation its words; alone those of the page's language. */
  get #words(): KnownStrings {
    return this.strings === panelStrings ? { ...panelStrings, ...this.#locale.words } : this.strings;
  }

  #live(kind: SourceKind) {
    const { phase, error, notice, to } = this.#own.state;
    return html`<viva-live-captions
      part="live"
      exportparts="box,caption,caption-original,caption-translation,caption-language,bar"
      .kind=${kind}
      .lines=${this.#lines}
      .phase=${phase}
      .error=${error ?? this.#own.failure}
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
      @again=${this.#own.again}
    ></viva-live-captions>`;
  }

  readonly #chosen = ({ detail }: CustomEvent<Partial<CaptionPreferences>>): void => {
    this.#choices = { ...this.#choices, ...detail };
    Object.assign(this, detail);
    writePreferences(this.storageKey, this.#choices);
  };

  readonly #pressed = ({ detail }: CustomEvent<'start' | 'stop'>): void => {
    if (detail === 'start') this.#own.begin();
    else void this.stop();
  };

  #tell({ error, notice, lines, to }: CaptionSourceState): void {
    if (this.interpreter === null) {
      for (const line of changedLines(lines, this.#toldLines)) show(this, line, to);
    }
    this.#toldLines = lines;
    const facts = error ?? notice;
    if (facts === this.#toldError) return;
    this.#toldError = facts;
    if (facts !== null && this.interpreter === null) fail(this, facts);
  }
}

const show = (tag: EventTarget, line: CaptionLine, to: string | null): boolean =>
  tag.dispatchEvent(new VivaCaptionEvent(line, to !== null));
const fail = (tag: EventTarget, facts: ErrorFacts): boolean => tag.dispatchEvent(new VivaErrorEvent(facts));
