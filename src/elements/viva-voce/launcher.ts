import { html, nothing, type PropertyValues } from 'lit';
import type { Assistant } from '../../session/assistant.ts';
import type { Phase } from '../../session/state.ts';
import { conversationContext } from '../conversation.ts';
import type { Strings } from '../english.ts';
import { VivaErrorEvent, VivaOpenChangeEvent, VivaReadyEvent } from '../events.ts';
import { launcherTokens } from '../launcher-tokens.styles.ts';
import { isTrapped } from './is-trapped.ts';
import { launcherStrings } from './launcher-strings.ts';
import { OnDemand } from './on-demand.ts';
import type { OwnAssistant } from './hosted-assistant.ts';
import type { Provider, Request } from './shell.ts';
import { TagProperties } from './tag-properties.ts';
import { vivaVoceStyles } from './viva-voce.styles.ts';

const live: ReadonlySet<Phase> = new Set<Phase>(['connecting', 'listening', 'thinking', 'speaking', 'reconnecting']);

/** More elements than this that wait for the conversation of one tag are none of a page's making. */
const MOST_ASKED = 100;

/** What of the tag is there before a press: the button that opens the panel, what it loads when, and where the focus goes. */
export abstract class Launcher extends TagProperties {
  static override styles = [vivaVoceStyles, launcherTokens];

  /** What is loaded at the first press, or when a pointer comes near. */
  protected readonly parts = new OnDemand(
    () => import('./parts.ts'),
    (parts) => {
      parts.report(this);
      this.requestUpdate();
    },
  );
  /** What is loaded when there is something to be seen. */
  readonly #shell = new OnDemand(
    () => import('./shell.ts'),
    (shell) => {
      this.#provider = shell.provider(this, this.#asked.splice(0));
      this.requestUpdate();
    },
  );
  /** What is loaded when speech is to be interpreted, alone or beside a conversation. */
  protected readonly interpreting = new OnDemand(
    async () => new (await import('./interpreting.ts')).Interpreting(this),
    () => {
      this.requestUpdate();
    },
  );
  /** What is loaded when one of the attributes is set that need it. */
  protected readonly extras = new OnDemand(
    async () => new (await import('./extras.ts')).Extras(this),
    () => {
      this.requestUpdate();
    },
  );
  /** What is loaded when the page is in another language than English. */
  readonly #locale = new OnDemand(
    async () => new (await import('../localized.ts')).Localized(this, 'assistant'),
    () => {
      this.requestUpdate();
    },
  );
  /** A page that changes its language says so at its root. */
  readonly #languages = new MutationObserver(() => {
    this.requestUpdate();
  });
  readonly #internals = this.attachInternals();
  #provider: Provider | null = null;
  /** Who wants to know the conversation before there is anything to be seen of it. */
  readonly #asked: Request[] = [];
  /** The panel was opened or closed, and the focus has not gone along yet. */
  #focusOwed = false;
  /** @internal The microphone is open and has been for a moment. */
  heard = false;
  /** Why the assistant could not be opened, in words. */
  #failure = '';

  constructor() {
    super();
    // What a server drew in its place would stay beside ours.
    this.shadowRoot?.replaceChildren();
    this.addEventListener('context-request', (event) => {
      if (event.context !== conversationContext || this.#provider !== null || this.#asked.length === MOST_ASKED) return;
      event.stopPropagation();
      this.#asked.push(event as Request);
    });
  }

  abstract start(): Promise<void>;
  abstract stop(): Promise<void>;
  abstract collapse(): Promise<void>;
  abstract forget(what?: 'conversation'): Promise<void>;

  /** @internal Takes an assistant to look after. */
  abstract own(assistant: OwnAssistant): Assistant;

  /** The assistant of the tag, made when there is none; what `begins` something waits for who has a say in that. */
  protected abstract ensure(begins?: boolean): Promise<Assistant>;

  /** @internal The assistant is not the tag's own. */
  abstract get given(): boolean;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#languages.observe(document.documentElement, { attributeFilter: ['lang'] });
    if (this.defaultOpen && !this.hasUpdated) this.open = true;
    // A popover closes when it leaves the document, also when it is only moved.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#languages.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { assistant } = this;
    const parts = this.parts.here;
    if (this.beyond) this.extras.load().catch(reportError);
    // `Localized` finds it through shadow roots too; here it is enough to see that it is not English.
    if (!/^en/.test(this.closest<HTMLElement>('[lang]')?.lang || document.documentElement.lang || navigator.language))
      this.#locale.load().catch(reportError);
    if (this.isConnected && this.#failure === '') {
      const shown = this.open || this.#fixed;
      if ((shown || assistant !== null) && (parts === null || assistant === null)) this.ensure().catch(this.#fail);
      if ((shown || assistant !== null) && (this.interprets || this.translateTo !== null))
        this.interpreting.load().catch(this.#fail);
      // A closed panel shows captions of a running conversation, but the voice goes first.
      const now = assistant?.state.value;
      const spoken = now !== undefined && (now.userSpeaking || now.transcript.length > 0);
      const worded = spoken || this.cameraOn || this.screenOn || this.heard;
      if (shown || this.given || (live.has(this.state) && worded)) this.#shell.load().catch(this.#fail);
    }
    if (parts === null || assistant === null) return;
    parts.apply(this, assistant, changed, this.extras.here?.gated);
    this.#provider?.setValue(this.#shell.here?.conversation(this, assistant, this.#provider.value) ?? null);
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
    const shown = this.#failure === '' && (this.#fixed || (this.open && this.#shell.here !== null && this.assistant !== null));
    return html`${shown ? nothing : this.#dock()}${this.#panel()}${this.extras.here?.over()}`;
  }

  #dock() {
    const words = { ...launcherStrings, ...this.words };
    const running = live.has(this.state);
    const busy = this.#shell.loading && this.open;
    return html`<div class="dock">
      ${this.#failure === '' ? nothing : html`<p part="toast" role="alert">${this.#failure}</p>`}
      ${running ? this.#shell.here?.closedView(this) : this.extras.here?.dock()}
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
    if (this.assistant === null) return nothing;
    return this.#shell.here?.panel(this, this.#fixed, this.interpreting.here?.view(), this.extras.here) ?? nothing;
  }

  /** The words in the language of the page, and those that the page put in their place. */
  get words(): Partial<Strings> {
    return { ...this.#locale.here?.words, ...this.strings };
  }

  /** BCP 47 tag of the language that is shown. */
  get shownLanguage(): string {
    return this.#locale.here?.tag ?? 'en';
  }

  /** The panel is part of the page instead of floating over it. */
  get #fixed(): boolean {
    return ['inline', 'embedded', 'full', 'bare', 'kiosk'].includes(this.variant);
  }

  readonly #press = (): void => {
    this.#failure = '';
    this.open = true;
    this.requestUpdate();
  };

  readonly #near = (): void => {
    Promise.all([this.parts.load(), this.#shell.load()]).catch(() => this.requestUpdate());
  };

  readonly #fail = (cause: unknown): void => {
    if (!this.isConnected) return;
    const facts = this.parts.here?.facts(cause) ?? { code: 'offline', message: String(cause), retryable: true, field: null };
    this.#failure = this.words.loadFailed ?? launcherStrings.loadFailed;
    this.open = false;
    void this.parts.here?.sentence(this, facts).then((sentence) => {
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
