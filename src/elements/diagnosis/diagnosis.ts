import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { EMPTY, type Observable, Subscription } from 'rxjs';
import { controlStyles } from '../controls.styles.ts';
import { deviceStrings } from '../devices/device-strings.ts';
import { copyText } from '../copy-text.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import { diagnosisRows, type DiagnosisWords, heapLine } from './diagnosis-rows.ts';
import { diagnosisStrings } from './diagnosis-strings.ts';
import { diagnosisStyles } from './diagnosis.styles.ts';

/** Between two looks, ms. */
const LOOK_MS = 2_000;
/** dB of echo that the browser takes out, and that it does not. */
const [SOME_DB, STRONG_DB] = [3, 12];

/**
 * A device’s report of itself: what works, what is allowed, how it has been, the last errors; to be read, or copied for support.
 *
 * @csspart diagnosis - The table
 * @csspart diagnosis-errors - The last errors
 */
export class VivaDiagnosis extends LitElement {
  static override styles = [tokens, controlStyles, diagnosisStyles];
  static override properties: PropertyDeclarations = {
    read: { attribute: false },
    echo: { attribute: false },
    level: { attribute: false },
    strings: { attribute: false },
    facts: { state: true },
    heard: { state: true },
    copied: { state: true },
    loudness: { state: true },
  };

  /** Asked for the facts every two seconds. */
  declare read: (() => Promise<DiagnosisFacts>) | null;
  /** Plays two tones and says how much louder it became, dB. */
  declare echo: Observable<number>;
  /** RMS 0–1. */
  declare level: Observable<number>;
  declare strings: Partial<DiagnosisWords>;
  declare facts: DiagnosisFacts | null;
  /** What came of the test for echo, in words. */
  declare heard: string;
  declare copied: boolean;
  declare loudness: number;

  #looks: ReturnType<typeof setInterval> | undefined;
  #following = new Subscription();
  #testing = new Subscription();

  constructor() {
    super();
    this.read = this.facts = null;
    this.echo = this.level = EMPTY;
    this.strings = {};
    this.heard = '';
    this.copied = false;
    this.loudness = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#looks = setInterval(this.#look, LOOK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looks);
    this.#following.unsubscribe();
    this.#testing.unsubscribe();
  }

  protected override firstUpdated(): void {
    this.#look();
    this.#following = this.level.subscribe((level) => (this.loudness = level));
  }

  protected override render() {
    const { facts } = this;
    const words: DiagnosisWords = { ...deviceStrings, ...diagnosisStrings, ...this.strings };
    if (facts === null) return nothing;
    return html`<table part="diagnosis">
        <tbody>
          ${diagnosisRows(facts, words).map(([name, value]) => this.#row(name, value))}
          ${this.#row(
            words.diagnosisLevel,
            html`<meter min="0" max="0.5" .value=${this.loudness} aria-label=${words.diagnosisLevel}></meter>`,
          )}
          ${this.#row(
            words.diagnosisEcho,
            html`<button class="outline" @click=${this.#test}>${words.testEcho}</button>
              <span role="status">${this.heard}</span>`,
          )}
          ${
            facts.heap.length < 2
              ? nothing
              : this.#row(
                  words.diagnosisMemory,
                  html`<svg viewBox="0 0 120 24" role="img" aria-label=${words.diagnosisMemory}>
                    <path d=${heapLine(facts.heap, 120, 24)} />
                  </svg>`,
                )
          }
        </tbody>
      </table>
      <h3>${words.diagnosisErrors}</h3>
      <ol part="diagnosis-errors" reversed>
        ${
          facts.errors.length === 0
            ? html`<li>${words.diagnosisNoErrors}</li>`
            : [...facts.errors]
                .reverse()
                .map(({ at, code, message }) => html`<li><code>${new Date(at).toISOString()} ${code}</code> ${message}</li>`)
        }
      </ol>
      <button class="solid" @click=${this.#copy}>${this.copied ? words.reported : words.diagnosisCopy}</button>`;
  }

  #row(name: string, value: unknown) {
    return html`<tr>
      <th scope="row">${name}</th>
      <td>${value}</td>
    </tr>`;
  }

  readonly #look = (): void => {
    this.read?.().then(
      (facts) => (this.facts = facts),
      (cause: unknown) => {
        reportError(cause);
      },
    );
  };

  readonly #test = (): void => {
    const words = { ...deviceStrings, ...this.strings };
    this.#testing.unsubscribe();
    this.heard = words.testEchoRunning;
    this.#testing = this.echo.subscribe((level) => {
      const verdict = level >= STRONG_DB ? words.testEchoStrong : level >= SOME_DB ? words.testEchoSome : words.testEchoNone;
      this.heard = fill(verdict, { level });
    });
  };

  readonly #copy = (): void => {
    void copyText(JSON.stringify(this.facts, null, 2)).then((done) => (this.copied = done));
  };
}
