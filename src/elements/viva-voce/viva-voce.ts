import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import type { Assistant, Device } from '../../session/assistant.ts';
import { idle, type Phase } from '../../session/state.ts';
import { VivaErrorEvent, VivaOpenChangeEvent, VivaReadyEvent } from '../events.ts';
import { conversationContext } from '../session-value.ts';
import { launcherTokens } from '../launcher-tokens.styles.ts';
import { launcherStrings } from './launcher-strings.ts';
import type { OwnAssistant } from './hosted-assistant.ts';
import type * as parts from './parts.ts';
import type * as shell from './shell.ts';
import { isTrapped } from './is-trapped.ts';
import { TagProperties } from './tag-properties.ts';
import { vivaVoceStyles } from './viva-voce.styles.ts';

/** What is loaded at the first press, or when a pointer comes near. */
type Parts = typeof parts;
/** What is loaded when there is something to be seen. */
type Shell = typeof shell;

const live: ReadonlySet<Phase> = new Set<Phase>(['connecting', 'listening', 'thinking', 'speaking', 'reconnecting']);

/**
 * A realtime voice and text assistant: a launcher that, once pressed, opens a panel to speak, write, read and interrupt.
 *
 * @attr endpoint - Base URL of the gateway or provider, or its `wss:` URL; default: where this script came from
 * @attr protocol - `realtime`
 * @attr preset - The kind of server: `gateway` (default), `openai`, `azure`, `xai`, `qwen`, `localai`, `speaches`
 * @attr model - The model asked for
 * @attr token-url - Answers a POST with a short-lived secret; default `/auth/page-token` of the endpoint
 * @attr language - BCP 47 tag of what is spoken
 * @attr voice - Name of the assistant's voice
 * @attr instructions - What the assistant is to be and do
 * @attr mode - `assistant` (voice and text) or `chat` (text only, never asks for the microphone)
 * @attr turn - How a spoken turn ends: `vad`, `hold` or `toggle`
 * @attr vad-threshold - 0–1
 * @attr vad-silence-ms - Silence that ends a turn, ms
 * @attr vad-prefix-ms - Sound kept from before speech was noticed, ms
 * @attr barge-in - What may interrupt: `natural`, `button` or `never`
 * @attr muted - The microphone is muted
 * @attr open - The panel is open
 * @attr default-open - The panel is open at first
 * @attr placement - `bottom-end` (default), `bottom-start`, `top-end`, …; also `-left`, `-right`, `top`, `bottom`
 * @attr variant - `launcher` (default), `compact`, `inline`, `full`, or `bare`: shows only what stands inside the tag
 * @attr color-scheme - `auto`, `light` or `dark`
 * @attr microphone - Device id
 * @attr speaker - Device id
 * @attr camera - Device id
 * @attr camera-on - The camera goes along
 * @attr screen-on - The screen goes along
 * @attr asset-base - Folder the worklets and the worker are served from
 * @attr worklet-url - Where the worklets are
 * @attr worker-url - Where the voice worker is
 * @attr strings - JSON that replaces any of the words; the property takes an object
 * @attr state - Reflects the phase of the conversation; also `:state(listening)` and so on
 *
 * @fires {VivaReadyEvent} viva-ready
 * @fires {VivaOpenChangeEvent} viva-open-change
 * @fires {VivaBeforeStartEvent} viva-before-start - Cancellable; `options` may be changed
 * @fires {VivaStateChangeEvent} viva-state-change
 * @fires {VivaTranscriptEvent} viva-transcript
 * @fires {VivaInterruptEvent} viva-interrupt
 * @fires {VivaMetricsEvent} viva-metrics
 * @fires {VivaDeviceChangeEvent} viva-device-change
 * @fires {VivaErrorEvent} viva-error
 *
 * @slot - Label of the launcher
 * @slot avatar - A picture at the start of the panel's header
 * @slot header-start - Beside the title
 * @slot header-end - Before the close button
 * @slot empty - Shown while nothing has been said yet
 * @slot footer - Below the composer
 *
 * @csspart launcher - The button that opens the panel
 * @csspart toast - What went wrong while nothing else is on the screen
 * @csspart captions - Live captions while the panel is closed
 * @csspart indicator - Says that camera or screen go along while the panel is closed
 * @csspart panel - The opened assistant
 *
 * @cssprop --viva-primary - Colour of what is to be pressed
 * @cssprop --viva-primary-hover - The same under a pointer
 * @cssprop --viva-primary-active - The same while pressed
 * @cssprop --viva-on-primary - Text on it
 * @cssprop --viva-bg - Ground of the panel
 * @cssprop --viva-bg-raised - Ground of what stands out of it
 * @cssprop --viva-bg-input - Ground of fields
 * @cssprop --viva-bg-hover - Ground of a quiet button under a pointer
 * @cssprop --viva-bg-active - The same while pressed
 * @cssprop --viva-text - Text
 * @cssprop --viva-text-muted - Text that stands back
 * @cssprop --viva-border - Lines
 * @cssprop --viva-error - Failures, and the button that ends
 * @cssprop --viva-overlay - Ground of labels on pictures
 * @cssprop --viva-msg-user-bg - Ground of the user’s words
 * @cssprop --viva-msg-user-border - Line beside the user’s words
 * @cssprop --viva-radius - Corners of the panel
 * @cssprop --viva-btn-radius - Corners of buttons
 * @cssprop --viva-input-radius - Corners of the field
 * @cssprop --viva-msg-radius - Corners of messages and notes
 * @cssprop --viva-fab-size - Height of the launcher
 * @cssprop --viva-target-size - Least size of anything that can be pressed (44px)
 * @cssprop --viva-padding - Space inside the panel
 * @cssprop --viva-font - Typeface
 * @cssprop --viva-font-voice - Typeface of the assistant’s words
 * @cssprop --viva-font-size - Size of the text
 * @cssprop --viva-max-h - Greatest height of the panel
 * @cssprop --viva-min-h - Least height of the panel
 * @cssprop --viva-aspect - Aspect ratio of an inline panel
 * @cssprop --viva-inset-inline - Distance from the side of the window
 * @cssprop --viva-inset-block - Distance from the bottom or top of the window
 * @cssprop --viva-z - Stacking of the launcher; the panel is in the top layer
 */
export class VivaVoce extends TagProperties {
  static override styles = [launcherTokens, vivaVoceStyles];

  readonly #internals: ElementInternals;
  readonly #provider = new ContextProvider(this, { context: conversationContext, initialValue: null });
  #parts: Parts | null = null;
  #loading: Promise<Parts> | null = null;
  #shell: Shell | null = null;
  #shellLoading: Promise<Shell> | null = null;
  /** The panel was opened or closed, and the focus has not gone along yet. */
  #focusOwed = false;
  /** Why the assistant could not be opened, in words. */
  #failure = '';
  #own: OwnAssistant | null = null;

  constructor() {
    super();
    this.#internals = this.attachInternals();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.defaultOpen && !this.hasUpdated) this.open = true;
    // A popover closes when it leaves the document, also when it is only moved.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  /** @internal Takes an assistant to look after: it is let go of when the tag leaves the page or gets another one. */
  own(assistant: OwnAssistant): Assistant {
    this.#own?.dispose();
    this.#own = assistant;
    this.assistant = assistant;
    return assistant;
  }

  #leave(): void {
    if (this.#own === null) return;
    if (this.assistant === this.#own) this.assistant = null;
    this.#own.dispose();
    this.#own = null;
  }

  /** Begins to talk (in `chat` mode: to write). Call it from a click or a key. */
  async start(): Promise<void> {
    await (await this.#ensure()).start({ voice: this.mode !== 'chat' });
  }

  async stop(): Promise<void> {
    await this.assistant?.stop();
  }

  async expand(): Promise<void> {
    this.open = true;
    await this.updateComplete;
  }

  async collapse(): Promise<void> {
    this.open = false;
    await this.updateComplete;
  }

  async mute(): Promise<void> {
    this.muted = true;
    await this.updateComplete;
  }

  async unmute(): Promise<void> {
    this.muted = false;
    await this.updateComplete;
  }

  /** Stops the answer that is being spoken. */
  async interrupt(): Promise<void> {
    await Promise.resolve(this.assistant?.interrupt('button'));
  }

  /** Sends a written message; connects when needed and never asks for the microphone. */
  async send(message: string, options?: { readonly images?: readonly string[] }): Promise<void> {
    await (await this.#ensure()).send(message, options);
  }

  /** Tells the assistant something it should know and not answer. */
  async addContext(fact: string): Promise<void> {
    (await this.#ensure()).addContext(fact);
  }

  /** Puts one picture of the camera or the screen into the conversation. */
  async snapshot(question?: string): Promise<void> {
    await (await this.#ensure()).snapshot(question);
  }

  async startCamera(): Promise<void> {
    await (await this.#ensure()).startCamera();
  }

  async stopCamera(): Promise<void> {
    await Promise.resolve(this.assistant?.stopCamera());
  }

  async startScreen(): Promise<void> {
    await (await this.#ensure()).startScreen();
  }

  async stopScreen(): Promise<void> {
    await Promise.resolve(this.assistant?.stopScreen());
  }

  async setDevice(kind: Device['kind'], id: string | null): Promise<void> {
    await (await this.#ensure()).setDevice(kind, id);
  }

  /** A report for a support ticket: no secrets, no speech. */
  async diagnose(): Promise<Readonly<Record<string, unknown>>> {
    return (await this.#ensure()).diagnose();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const parts = this.#parts;
    const assistant = this.assistant;
    const wanted = this.isConnected && (this.open || this.#fixed || assistant !== null);
    if (wanted && this.#failure === '' && (parts === null || assistant === null)) this.#ensure().catch(this.#fail);
    // A closed panel shows captions of a running conversation, but the voice goes first.
    const given = assistant !== null && assistant !== this.#own;
    const { userSpeaking, transcript } = assistant?.state.value ?? idle;
    const worded = userSpeaking || transcript.length > 0 || this.cameraOn || this.screenOn;
    const seen = this.isConnected && (this.open || this.#fixed || given || (live.has(this.state) && worded));
    if (seen && this.#failure === '') this.#show().catch(this.#fail);
    if (parts === null || assistant === null) return;
    parts.apply(this, assistant, changed);
    if (this.#shell !== null) this.#provider.setValue(this.#shell.conversation(this, assistant, this.#provider.value));
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new VivaReadyEvent());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('state')) {
      const states = this.#internals.states;
      const before = changed.get('state');
      if (before !== undefined) states.delete(before);
      states.add(this.state);
    }
    const dock = this.renderRoot.querySelector<HTMLElement>('.dock');
    if (dock !== null && this.isConnected && (dock.popover !== null || isTrapped(dock))) {
      dock.popover = 'manual';
      dock.togglePopover(true);
    }
    // The panel may still be on its way; one that was open from the start takes the focus from nobody.
    if (changed.get('open') !== undefined) this.#focusOwed = true;
    const panel = this.renderRoot.querySelector('viva-panel');
    if (panel !== null && this.isConnected && !this.#fixed && panel.matches(':popover-open') !== this.open) {
      panel.togglePopover(this.open);
      if (this.#focusOwed) void this.#moveFocus(panel);
      this.#focusOwed = false;
    }
    if (changed.get('open') !== undefined) this.dispatchEvent(new VivaOpenChangeEvent(this.open));
  }

  protected override render() {
    if (this.variant === 'bare') return html`<slot></slot>`;
    const shown = this.#failure === '' && (this.#fixed || (this.open && this.#shell !== null && this.assistant !== null));
    return html`${shown ? nothing : this.#dock()}${this.#panel()}`;
  }

  #dock() {
    const words = { ...launcherStrings, ...this.strings };
    const running = live.has(this.state);
    const busy = this.#shellLoading !== null && this.#shell === null && this.open;
    return html`<div class="dock">
      ${this.#failure === '' ? nothing : html`<p part="toast" role="alert">${this.#failure}</p>`}
      ${running ? this.#shell?.closedView(this) : nothing}
      <button
        part="launcher"
        type="button"
        aria-haspopup="dialog"
        aria-expanded="false"
        aria-busy=${busy}
        title=${running ? words.launcherLive : words.launcherHint}
        @click=${this.#press}
        @pointerenter=${this.#near}
        @focus=${this.#near}
      >
        <svg class=${running || busy ? 'live' : ''} viewBox="0 0 24 24" aria-hidden="true">
          <path d="M3 11v2M7.5 8v8M12 4v16M16.5 8v8M21 11v2" />
        </svg>
        <slot>${words.launcher}</slot>
      </button>
    </div>`;
  }

  #panel() {
    if (this.#shell === null || this.assistant === null) return nothing;
    return this.#shell.panel(this, this.#fixed);
  }

  /** The panel is part of the page instead of floating over it. */
  get #fixed(): boolean {
    return this.variant === 'inline' || this.variant === 'full' || this.variant === 'bare';
  }

  readonly #press = (): void => {
    this.#failure = '';
    this.open = true;
    this.requestUpdate();
  };

  readonly #near = (): void => {
    Promise.all([this.#load(), this.#show()]).catch(() => this.requestUpdate());
  };

  #load(): Promise<Parts> {
    this.#loading ??= import('./parts.ts').then(
      (parts) => {
        this.#parts = parts;
        parts.report(this);
        this.requestUpdate();
        return parts;
      },
      (cause: unknown) => {
        this.#loading = null;
        throw cause;
      },
    );
    return this.#loading;
  }

  #show(): Promise<Shell> {
    this.#shellLoading ??= import('./shell.ts').then(
      (shell) => {
        this.#shell = shell;
        this.requestUpdate();
        return shell;
      },
      (cause: unknown) => {
        this.#shellLoading = null;
        throw cause;
      },
    );
    return this.#shellLoading;
  }

  async #ensure(): Promise<Assistant> {
    const parts = await this.#load();
    if (!this.isConnected) throw new DOMException('The tag is not on the page', 'AbortError');
    return this.assistant ?? this.own(parts.hosted(this));
  }

  readonly #fail = (cause: unknown): void => {
    if (!this.isConnected) return;
    const facts = this.#parts?.facts(cause) ?? { code: 'offline', message: String(cause), retryable: true, field: null };
    this.#failure = { ...launcherStrings, ...this.strings }.loadFailed;
    this.open = false;
    void this.#parts?.sentence(this, facts).then((sentence) => {
      this.#failure = sentence;
      this.requestUpdate();
    });
    this.requestUpdate();
    this.dispatchEvent(new VivaErrorEvent(facts));
  };

  async #moveFocus(panel: HTMLElementTagNameMap['viva-panel']): Promise<void> {
    await this.updateComplete;
    if (this.open) await panel.updateComplete;
    if (this.open) panel.focus();
    else this.renderRoot.querySelector<HTMLElement>('[part="launcher"]')?.focus();
  }
}
