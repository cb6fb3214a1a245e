import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { controlStyles } from '../controls.styles.ts';
import { deviceStrings } from '../devices/device-strings.ts';
import type { Strings } from '../english.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { figures, interpreterFigures, money, type FigureWords } from './figures.ts';
import { chartIcon, qualityIcons } from './icons.ts';
import type { Readings } from './metrics-events.ts';
import { metricsStrings } from './metrics-strings.ts';
import { metricsStyles } from './metrics.styles.ts';

/**
 * How good the connection is and what the conversation costs: one line, and all figures when it is opened.
 *
 * @csspart metrics - The line and its figures
 * @csspart limit - Says that the spending limit is reached
 */
export class VivaMetrics extends LitElement {
  static override styles = [tokens, controlStyles, metricsStyles];
  static override properties: PropertyDeclarations = {
    readings: { attribute: false },
    differences: { attribute: false },
    limit: { attribute: false },
    reached: { attribute: false },
    shown: { attribute: false },
    interprets: { attribute: false },
    strings: { attribute: false },
  };

  declare readings: Readings | null;
  /** Wishes that are not in force at the server, in its own words. */
  declare differences: readonly string[];
  /** In the currency of the readings; null = there is none. */
  declare limit: number | null;
  /** The limit ended the conversation. */
  declare reached: boolean;
  /** The figures are shown, not only that the limit is reached. */
  declare shown: boolean;
  /** They are those of an interpreter. */
  declare interprets: boolean;
  declare strings: Partial<Strings>;

  constructor() {
    super();
    this.readings = null;
    this.differences = [];
    this.limit = null;
    this.reached = false;
    this.shown = true;
    this.interprets = false;
    this.strings = {};
  }

  protected override render() {
    const words: FigureWords = { ...metricsStrings, unknown: deviceStrings.unknown, ...this.strings };
    return html`<div role="alert">${this.reached ? this.#limit(words) : nothing}</div>
      ${this.shown && this.readings !== null ? this.#figures(this.readings, words) : nothing}`;
  }

  #limit(words: FigureWords) {
    const { limit, readings } = this;
    const amount = limit === null || readings === null ? '' : money(limit, readings.currency, words.lang ?? 'en');
    return html`<p part="limit" class="limit">${fill(words.metricsLimitReached, { limit: amount })}</p>`;
  }

  #figures(readings: Readings, words: FigureWords) {
    const { quality, roundTripMs, cost, currency } = readings;
    const names = { good: words.metricsGood, fair: words.metricsFair, poor: words.metricsPoor };
    const ms = roundTripMs === null ? nothing : fill(words.metricsMs, { count: Math.round(roundTripMs) });
    // An interpreter costs nothing that is known here.
    const title = this.interprets ? words.metricsRoundTrip : words.metrics;
    return html`<details part="metrics">
      <summary title=${title}>
        <span class=${quality ?? ''}>${quality === null ? chartIcon : qualityIcons[quality]}</span>
        <span>${quality === null ? title : names[quality]}</span>
        ${ms === nothing ? nothing : html`<span class="more">${ms}</span>`}
        ${cost === null ? nothing : html`<span class="more">${money(cost, currency, words.lang ?? 'en')}</span>`}
      </summary>
      <div class="all" tabindex="0" role="group" aria-label=${title}>
        <dl>
          ${(this.interprets ? interpreterFigures(readings, words) : figures(readings, this.limit, words)).map(
            ([label, figure]) =>
              html`<dt>${label}</dt>
                <dd>${figure}</dd>`,
          )}
          ${
            this.differences.length === 0
              ? nothing
              : html`<dt class="wide">${words.metricsNotTaken}</dt>
                  ${this.differences.map((difference) => html`<dd class="wide" lang="en" dir="auto">${difference}</dd>`)}`
          }
        </dl>
      </div>
    </details>`;
  }
}
