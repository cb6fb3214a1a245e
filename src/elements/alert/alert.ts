import { html, nothing, type PropertyDeclarations } from 'lit';
import type { ErrorFacts } from '../../shared/errors.ts';
import { AssistantElement } from '../assistant-element.ts';
import { attempt } from '../attempt.ts';
import { controlStyles } from '../controls.styles.ts';
import { diagnosisStrings } from '../diagnosis/diagnosis-strings.ts';
import { SessionValue } from '../session-value.ts';
import { fill } from '../strings.ts';
import { wordStrings } from '../words/word-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { alertStyles } from './alert.styles.ts';
import { errorStrings } from './error-strings.ts';
import { keptByFrame } from './kept-by-frame.ts';
import { waysBeside, waysOn, type Way } from './way-on.ts';

const labels: Record<Way, keyof typeof wordStrings | 'devices'> = {
  retry: 'retry',
  write: 'writeInstead',
  sound: 'soundOn',
  devices: 'devices',
  fresh: 'newConversation',
};

/**
 * What went wrong, in a sentence that says what to do, with buttons that do it.
 *
 * @fires way-on - `write` or `devices` was chosen; the panel moves the focus there
 * @csspart alert - The message
 */
export class VivaAlert extends AssistantElement {
  static override styles = [tokens, controlStyles, alertStyles];
  static override properties: PropertyDeclarations = { refusal: { attribute: false }, dismissed: { state: true } };

  /** A wish that failed beside the conversation, such as a camera that was refused. */
  declare refusal: ErrorFacts | null;
  declare dismissed: ErrorFacts | null;

  readonly #error = new SessionValue(this, (state) => state.error);
  readonly #notice = new SessionValue(
    this,
    (state) => state.notice,
    () => {
      this.refusal = null;
    },
  );

  constructor() {
    super();
    this.refusal = null;
    this.dismissed = null;
  }

  protected override render() {
    const error = this.#error.value;
    const facts = error ?? this.refusal ?? this.#notice.value;
    const hidden = facts === null || facts === this.dismissed;
    // The region stands before its words come: some screen readers overlook one that is born full.
    return html`<div role="alert">${hidden ? nothing : this.#message(facts, error !== null)}</div>`;
  }

  #message(facts: ErrorFacts, fatal: boolean) {
    const ways = fatal ? waysOn(facts.code) : waysBeside(facts.code);
    const kept = keptByFrame(facts.code);
    const advice = { ...diagnosisStrings, ...this.strings }.diagnosisMissingPolicy;
    const dismiss = (): void => {
      this.dismissed = facts;
    };
    return html`<div part="alert">
      <p>${this.strings[`error-${facts.code}`] ?? errorStrings[`error-${facts.code}`]}</p>
      ${kept.length === 0 ? nothing : html`<p>${fill(advice, { words: kept.join('; ') })}</p>`}
      <p class="code">${facts.code}${facts.field === null ? nothing : html` · ${facts.field}`}</p>
      <div class="ways">
        ${ways.map((way, index) => this.#button(labels[way], index === 0, () => this.#go(way)))}
        ${fatal ? nothing : this.#button('dismiss', ways.length === 0, dismiss)}
      </div>
    </div>`;
  }

  #button(label: keyof typeof wordStrings | 'devices', first: boolean, press: () => void) {
    return html`<button class=${first ? 'solid' : 'outline'} @click=${press}>
      ${{ ...wordStrings, ...this.strings }[label]}
    </button>`;
  }

  #go(way: Way): void {
    if (way === 'retry' || way === 'fresh') this.#again();
    else if (way === 'sound') attempt(this, (assistant) => assistant.unlock());
    else this.dispatchEvent(new CustomEvent('way-on', { detail: way }));
  }

  #again(): void {
    if (this.#error.value !== null) this.assistant?.retry();
    else attempt(this, (assistant) => assistant.start({ voice: true }));
  }
}
