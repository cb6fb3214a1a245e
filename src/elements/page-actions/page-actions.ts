import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { controlStyles } from '../controls.styles.ts';
import { KeptFocus } from '../kept-focus.ts';
import { tokens } from '../tokens.styles.ts';
import { actionStrings } from './action-strings.ts';
import type { ActionState, PageActor, Step } from './actor.ts';
import { Frame } from './frame.ts';
import { pageActionsStyles } from './page-actions.styles.ts';

/**
 * What the assistant does on the page: asks before it presses anything, says what it did, and undoes it.
 *
 * @fires {VivaPageActionEvent} viva-page-action - At the tag it belongs to, before each step; cancellable
 * @fires {VivaErrorEvent} viva-error - At the tag it belongs to: an action is named that there is not
 * @fires change - At a field of the page that was filled in
 * @csspart question - What waits for the user's word
 * @csspart allow - Allows it
 * @csspart refuse - Does not
 * @csspart step - What was done last
 * @csspart undo - Undoes it
 * @csspart mark - The frame around what is highlighted
 */
export class VivaPageActions extends LitElement {
  static override styles = [tokens, controlStyles, pageActionsStyles];
  static override properties: PropertyDeclarations = {
    actor: { attribute: false },
    words: { attribute: false },
    state: { state: true },
  };

  declare actor: PageActor | null;
  declare words: typeof actionStrings;
  declare state: ActionState | null;

  readonly #frame = new Frame(this);
  #followed: { unsubscribe(): void } | undefined;
  /** What had the focus when the question came. */
  #before: HTMLElement | null = null;

  constructor() {
    super();
    this.actor = null;
    this.words = actionStrings;
    this.state = null;
    new KeptFocus(this, () => this.closest('viva-panel'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#followed?.unsubscribe();
    this.#followed = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('actor')) this.#follow();
  }

  protected override render() {
    const { words, state } = this;
    const question = state?.question ?? null;
    const last = state?.steps.at(-1);
    return html`<div class="asked" role="alert">
        ${
          question === null
            ? nothing
            : html`<div part="question" role="group" aria-label=${question.text}>
                <p>${question.text}</p>
                <button part="allow" class="solid" @click=${() => question.answer(true)}>${words.actionAllow}</button>
                <button part="refuse" class="outline" @click=${() => question.answer(false)}>${words.actionRefuse}</button>
              </div>`
        }
      </div>
      <div class="told">
        <p part="step" role="status">${last?.text}</p>
        ${last === undefined || last.undo === null ? nothing : this.#undoButton(last)}
      </div>
      <div part="mark" popover="manual" aria-hidden="true"></div>`;
  }

  #undoButton(step: Step) {
    return html`<button part="undo" class="outline" @click=${() => this.actor?.undo(step)}>${this.words.actionUndo}</button>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#frame.draw(this.renderRoot.querySelector('[part="mark"]'), this.state?.marked ?? null);
    const before = changed.get('state');
    const asked = this.state?.question ?? null;
    if (asked !== null && before?.question !== asked) this.#question();
    if (asked === null && before?.question != null) this.#before?.focus();
  }

  /** Whoever is at the panel is led to the question; whoever is elsewhere on the page only hears it. */
  #question(): void {
    const root = this.getRootNode();
    const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
    this.#before = active instanceof HTMLElement ? active : null;
    // The refusal is the one that does no harm when Enter is pressed a moment too late.
    if (this.#before !== null) this.renderRoot.querySelector<HTMLElement>('[part="refuse"]')?.focus();
  }

  #follow(): void {
    this.#followed?.unsubscribe();
    this.#followed = this.isConnected ? this.actor?.state.subscribe((state) => (this.state = state)) : undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'viva-page-actions': VivaPageActions;
  }
}
