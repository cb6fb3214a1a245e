import { html, nothing } from 'lit';
import { AssistantElement } from '../assistant-element.ts';
import { controlStyles } from '../controls.styles.ts';
import { SessionValue } from '../session-value.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { statusStyles } from './status.styles.ts';
import { statusWord } from './status-word.ts';

/**
 * Where the conversation stands, as a colour, a word for eyes and screen readers, and the time the last answer took.
 *
 * @csspart status - The word
 * @csspart latency - The time from the end of speech to the first sound
 */
export class VivaStatus extends AssistantElement {
  static override styles = [tokens, controlStyles, statusStyles];

  readonly #state = new SessionValue(this, (state) => state);

  protected override render() {
    const { phase, latency, retryInMs } = this.#state.value;
    const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 2 : 0);
    const mean = latency !== null && latency.turns > 1 ? fill(this.strings.latencyMean, { mean: seconds(latency.meanMs) }) : '';
    return html`<div>
      <span class="now"
        ><span class="dot ${phase}"></span>
        <span part="status" role="status">${this.strings[statusWord(this.#state.value)]}</span></span
      >
      ${
        retryInMs === null || phase !== 'reconnecting'
          ? nothing
          : html`<span class="more">${fill(this.strings.retryIn, { seconds: Math.ceil(retryInMs / 1000) })}</span>`
      }
      ${
        latency === null || phase === 'reconnecting'
          ? nothing
          : html`<span class="more" part="latency" title=${mean}
              >${fill(this.strings.latency, { last: seconds(latency.lastMs) })}</span
            >`
      }
    </div>`;
  }
}
