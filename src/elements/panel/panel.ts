import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { ErrorFacts } from '../../shared/errors.ts';
import { AssistantElement } from '../assistant-element.ts';
import { controlStyles } from '../controls.styles.ts';
import type { VivaErrorEvent } from '../events.ts';
import { closeIcon, devicesIcon } from '../icons.ts';
import { AssistantValue, noPictures, SessionValue } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';
import { aboveKeyboard } from './above-keyboard.ts';
import { panelFrameStyles } from './panel-frame.styles.ts';
import { panelStyles } from './panel.styles.ts';
import { partNames } from './part-names.ts';
import { fillWindow } from './whole-window.ts';

/**
 * The assistant as a whole: status, conversation, sound, buttons and a field to write in.
 *
 * @fires close - The user wants the panel gone
 * @slot avatar - A picture at the start of the header
 * @slot header-start - Beside the title
 * @slot header-end - Before the close button
 * @slot empty - Shown while nothing has been said
 * @slot footer - Below the composer
 * @slot translation - Captions under the answer
 * @slot menu - Further buttons of the header
 * @slot gate - What shuts the conversation off until it is answered
 * @slot notice - What is to be told above the buttons
 * @slot interpreter - What stands in the place of a conversation
 * @csspart header - Title, status and the buttons of the panel
 * @csspart title - The title
 * @csspart close - Closes the panel
 * @csspart visualizer - The line that moves with the sound
 * @csspart controls - The buttons
 * @csspart composer - The field and its button
 */
export class VivaPanel extends AssistantElement {
  static override styles = [tokens, controlStyles, panelFrameStyles, panelStyles];
  static override properties: PropertyDeclarations = {
    floating: { type: Boolean, reflect: true },
    interprets: { type: Boolean },
    gated: { type: Boolean, reflect: true },
    choosing: { state: true },
    refusal: { state: true },
  };

  /** The panel lies over the page and can be closed. */
  declare floating: boolean;
  /** No conversation: the slot `interpreter` is all there is below the header. */
  declare interprets: boolean;
  /** The slot `gate` is filled, and nothing else can be reached. */
  declare gated: boolean;
  /** The device menu is open. */
  declare choosing: boolean;
  declare refusal: ErrorFacts | null;

  readonly #phase = new SessionValue(this, (state) => state.phase);
  readonly #microphone = new SessionValue(this, (state) => state.microphone);
  readonly #answering = new SessionValue(
    this,
    (state) => state.playing || state.phase === 'speaking' || state.phase === 'thinking',
  );
  readonly #showing = new AssistantValue(
    this,
    (assistant) => assistant.pictures,
    ({ camera, screen }) => camera !== null || screen !== null,
    noPictures,
  );

  constructor() {
    super();
    this.floating = false;
    this.interprets = false;
    this.gated = false;
    this.choosing = false;
    this.refusal = null;
    this.addController(aboveKeyboard(this));
    this.addEventListener('keydown', this.#escape);
  }

  /** Goes to what is most likely wanted: the button to talk, or the field to write in. */
  override focus(): void {
    if (this.gated) {
      this.querySelector<HTMLElement>('[slot="gate"]')?.focus();
      return;
    }
    if (this.interprets) {
      // It is still on its way when the panel opens for the first time.
      (this.querySelector('viva-interpreter') ?? this.renderRoot.querySelector<HTMLElement>('[part="close"]'))?.focus();
      return;
    }
    const keyboardAppears = matchMedia('(pointer: coarse)').matches;
    const target = this.voice ? 'viva-controls' : keyboardAppears ? '[part="close"]' : 'viva-composer';
    this.renderRoot.querySelector<HTMLElement>(target)?.focus();
  }

  /** What can take the focus is there only when the parts are rendered too. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    const parts = this.renderRoot.querySelectorAll<AssistantElement>('viva-controls, viva-composer');
    await Promise.all(Array.from(parts, (part) => part.updateComplete));
    return complete;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('floating')) {
      this.role = this.floating ? 'dialog' : 'region';
    }
    this.ariaLabel = this.strings.title;
  }

  protected override render() {
    const { strings } = this;
    return html`<header part="header" role="none">
        <slot name="avatar"></slot>
        <div class="titles">
          <div class="title-row">
            ${this.interprets ? nothing : html`<h2 part="title">${strings.title}</h2>`}
            <slot name="header-start"></slot>
          </div>
          ${this.interprets ? nothing : html`<viva-status exportparts=${partNames}></viva-status>`}
        </div>
        <slot name="header-end"></slot>
        <slot name="menu"></slot>
        ${
          this.interprets || this.gated
            ? nothing
            : html`<button
                class="icon"
                aria-label=${strings.devices}
                title=${strings.devices}
                aria-expanded=${this.choosing}
                @click=${this.#toggleDevices}
              >
                ${devicesIcon}
              </button>`
        }
        ${
          this.floating
            ? html`<button part="close" class="icon" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>
                ${closeIcon}
              </button>`
            : nothing
        }
      </header>
      <slot name="gate"></slot>
      ${
        this.interprets
          ? html`<div class="body" ?inert=${this.gated}><slot name="interpreter"></slot></div>`
          : this.#conversation()
      }`;
  }

  #conversation() {
    const { strings } = this;
    return html`<div class="body" ?inert=${this.gated}>
        ${this.choosing ? html`<viva-devices exportparts=${partNames}></viva-devices>` : nothing}
        <viva-transcript exportparts=${partNames} ?inert=${this.choosing}>
          <slot name="empty" slot="empty">
            <div class="empty">
              <p class="big">${this.voice ? strings.emptyVoice : strings.emptyText}</p>
              ${
                // What it promises is no longer so once the microphone is open.
                this.#microphone.value === 'off'
                  ? html`<p>${this.voice ? strings.emptyVoiceHint : strings.emptyTextHint}</p>`
                  : nothing
              }
            </div>
          </slot>
          ${
            this.chat.suggestions.length === 0
              ? nothing
              : html`<viva-suggestions slot="empty" exportparts=${partNames} @suggested=${this.#toTranscript}></viva-suggestions>`
          }
        </viva-transcript>
      </div>
      <div class="stage ${this.#phase.value}" ?inert=${this.gated} @viva-error=${this.#refused}>
        <viva-alert .refusal=${this.refusal} exportparts=${partNames} @way-on=${this.#wayOn}>
          ${this.#phase.value === 'error' ? html`<p role="alert">${strings['phase-error']}</p>` : nothing}
        </viva-alert>
        ${this.#showing.value ? html`<viva-pictures exportparts=${partNames}></viva-pictures>` : nothing}
        ${this.voice && this.#phase.value !== 'error' ? html`<viva-visualizer part="visualizer"></viva-visualizer>` : nothing}
        <slot name="notice"></slot>
        <slot name="translation"></slot>
        <viva-controls part="controls" exportparts=${partNames}></viva-controls>
        <viva-composer part="composer" exportparts=${partNames}></viva-composer>
        <slot name="footer"></slot>
      </div>
      <viva-announcer></viva-announcer>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A popover closes when it leaves the document, also when it is only moved.
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override updated(): void {
    if (!this.floating && this.isConnected && getComputedStyle(this).position === 'fixed') fillWindow(this);
    if (this.choosing) void import('../devices/define.ts');
    if (this.#showing.value) void import('../pictures/define.ts');
    if (this.chat.suggestions.length > 0) void import('../suggestions/define.ts');
  }

  /** Its button is about to go. */
  readonly #toTranscript = (): void => {
    this.renderRoot.querySelector<HTMLElement>('viva-composer')?.focus();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  readonly #toggleDevices = (): void => {
    this.choosing = !this.choosing;
  };

  /** Escape does the nearest thing: closes the menu, stops the answer, closes the panel. */
  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (this.choosing) {
      this.choosing = false;
      this.renderRoot.querySelector<HTMLElement>('[aria-expanded]')?.focus();
    } else if (this.#answering.value) this.assistant?.interrupt('escape');
    else if (this.floating) this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #refused = (event: VivaErrorEvent): void => {
    const { code, message, recoverable, field } = event;
    this.refusal = { code, message, retryable: recoverable, field };
  };

  readonly #wayOn = (event: CustomEvent<'write' | 'devices'>): void => {
    if (event.detail === 'devices') this.choosing = true;
    else this.renderRoot.querySelector<HTMLElement>('viva-composer')?.focus();
  };
}
