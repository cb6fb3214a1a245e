import { ContextEvent } from '@lit/context';
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { Assistant } from '../session/assistant.ts';
import type { TurnMode } from '../session/options.ts';
import { type ChatWishes, conversationContext, type Conversation, type KnownStrings, plainChat } from './conversation.ts';
import { panelStrings } from './strings.ts';

/** The base of every element that shows or moves a conversation: it finds the nearest one, or the one that `for` names. */
export abstract class AssistantElement extends LitElement {
  static override properties: PropertyDeclarations = {
    for: {},
    assistant: { attribute: false },
    strings: { attribute: false },
    turn: { attribute: false },
    voice: { attribute: false },
    chat: { attribute: false },
  };

  /** Id of a `<viva-voce>` anywhere on the page; without it the one around this element is meant. */
  declare for: string | undefined;
  /** The conversation that is shown; found by itself, or set by a page that has its own. */
  declare assistant: Assistant | null;
  /** The words that are shown; those of the tag around it. */
  declare strings: KnownStrings;
  /** How a spoken turn ends, as the tag around it says. */
  declare turn: TurnMode;
  /** The conversation is spoken; false = in writing only. */
  declare voice: boolean;
  /** What answers may link to and show, as the tag around it says. */
  declare chat: ChatWishes;

  #release: (() => void) | undefined;

  constructor() {
    super();
    this.assistant = null;
    this.strings = panelStrings;
    this.turn = 'vad';
    this.voice = true;
    this.chat = plainChat;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#join();
    // A provider that comes later says so with this event of the context protocol.
    document.addEventListener('context-provider', this.#join);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('context-provider', this.#join);
    this.#release?.();
    this.#release = undefined;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'for' && this.isConnected) this.#join();
  }

  /** What had the focus may go with what it was for: it is never lost to the page, the panel around takes it. */
  protected override update(changed: PropertyValues<this>): void {
    const had = this.shadowRoot?.activeElement;
    super.update(changed);
    if (had?.isConnected === false) (this.getRootNode() as { readonly host?: HTMLElement }).host?.focus();
  }

  readonly #join = (): void => {
    this.#release?.();
    this.#release = undefined;
    this.#source()?.dispatchEvent(new ContextEvent(conversationContext, this, this.#take, true));
  };

  #source(): Element | null {
    if (this.for === undefined) return this;
    const root = this.getRootNode();
    const near = root instanceof ShadowRoot ? root.getElementById(this.for) : null;
    return near ?? document.getElementById(this.for);
  }

  readonly #take = (conversation: Conversation | null, release?: () => void): void => {
    this.#release = release;
    if (conversation === null) return;
    this.assistant = conversation.assistant;
    this.strings = conversation.strings;
    this.turn = conversation.turn;
    this.voice = conversation.voice;
    this.chat = conversation.chat;
  };
}
