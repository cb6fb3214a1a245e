import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';

import type { Alert } from '../../pipelines/alert-store.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import { alertListStrings } from '../alerts/alert-list-strings.ts';
import { muteIcon, severityIcons, tickIcon } from '../alerts/icons.ts';
import { severityStyles } from '../alerts/severity.styles.ts';
import { Followed } from '../captions/followed.ts';
import { controlStyles } from '../controls.styles.ts';
import { each } from '../each.ts';
import type { Strings } from '../english.ts';
import { KeptFocus } from '../kept-focus.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { alertListStyles } from './alert-list.styles.ts';

/** So many are in the document at once; more on request. */
const PAGE = 50;
const MOST_LABELS = 12;
/** Told later than this after the picture's time, it is said how much, ms. */
const LATE_MS = 1_000;
/** Told so much later, it was no live alert: the time itself is said, ms. */
const DAY_MS = 86_400_000;

/**
 * Alerts of a stream, the newest first: seen, sought out, marked as done, and muted by their label.
 *
 * @csspart item - One alert
 * @csspart labels - Labels, each of which can be muted
 */
export class VivaAlertList extends LitElement {
  static override styles = [tokens, controlStyles, severityStyles, alertListStyles];
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    words: { attribute: false },
    most: { state: true },
    mutedToo: { state: true },
  };

  declare desk: AlertDesk | null;
  declare words: Partial<Strings>;
  declare most: number;
  declare mutedToo: boolean;

  constructor() {
    super();
    this.desk = null;
    this.words = {};
    this.most = PAGE;
    this.mutedToo = false;
    new KeptFocus(this);
    new Followed(this, () => this.desk?.changes ?? null, 0);
  }

  protected override render() {
    const { desk } = this;
    const words = this.#words;
    if (desk === null || desk.store.list.length === 0) return html`<p class="none">${words.alertsNone}</p>`;
    const shown = this.#newest(desk);
    const more = shown.length > this.most;
    return html`${this.#labels(desk)}
      <div class="bar">
        <span class="count">${desk.store.unread > 0 ? desk.store.unread : nothing}</span>
        <button class="quiet" ?disabled=${desk.store.unread === 0} @click=${() => desk.acknowledgeAll()}>
          ${tickIcon}${words.alertsAcknowledgeAll}
        </button>
      </div>
      <ul>
        ${each(
          shown.slice(0, this.most),
          ({ id }) => id,
          (alert) => this.#item(desk, alert),
        )}
      </ul>
      ${more ? html`<button class="outline older" @click=${() => (this.most += PAGE)}>${words.alertsOlder}</button>` : nothing}`;
  }

  /** One more than is shown, to know whether there is one. */
  #newest({ store }: AlertDesk): readonly Alert[] {
    const found: Alert[] = [];
    for (let index = store.list.length - 1; index >= 0 && found.length <= this.most; index--) {
      const alert = store.list[index];
      if (alert !== undefined && (this.mutedToo || !store.isMuted(alert.label))) found.push(alert);
    }
    return found;
  }

  #labels({ store }: AlertDesk) {
    const words = this.#words;
    const labels = store.labels.slice(0, MOST_LABELS);
    if (labels.length === 0) return nothing;
    return html`<div part="labels" class="labels" role="group" aria-label=${words.alertsLabels}>
      ${labels.map(({ label, count }) => {
        const muted = store.isMuted(label);
        const what = fill(muted ? words.alertsUnmute : words.alertsMute, { label });
        return html`<button
          class="chip"
          aria-pressed=${muted ? 'true' : 'false'}
          title=${what}
          @click=${() => this.desk?.mute(label, !muted)}
        >
          <span class="unseen">${words.alertsMuteLabel}</span>${muted ? muteIcon : nothing}<bdi>${label}</bdi
          ><span class="number">${count}</span>
        </button>`;
      })}
      ${
        store.muted.size > 0
          ? html`<label class="muted-too">
              <input
                type="checkbox"
                .checked=${this.mutedToo}
                @change=${(event: Event) => (this.mutedToo = (event.target as HTMLInputElement).checked)}
              />
              ${words.alertsHidden}
            </label>`
          : nothing
      }
    </div>`;
  }

  #item(desk: AlertDesk, alert: Alert) {
    const words = this.#words;
    const { place, store } = desk;
    const done = store.isAcknowledged(alert.id);
    const time = place?.timeText(alert.startMs) ?? new Date(alert.startMs).toLocaleTimeString();
    const hint = fill(words.alertsSeeHint, { label: alert.label, time });
    return html`<li part="item" class="item ${alert.severity} ${done ? 'done' : ''}">
      <span class="sign" title=${words[`alertsSeverity-${alert.severity}`]}>
        ${severityIcons[alert.severity]}<span class="unseen">${words[`alertsSeverity-${alert.severity}`]}</span>
      </span>
      <div class="body">
        <p class="label"><bdi>${alert.label}</bdi></p>
        ${alert.text === '' ? nothing : html`<p class="text" dir="auto">${alert.text}</p>`}
        <p class="facts">
          <time datetime=${new Date(alert.startMs).toISOString()}><bdi>${time}</bdi></time>
          ${this.#arrived(alert)}
          ${alert.confidence === null ? nothing : html`<span dir="auto">${fill(words.alertsConfidence, { percent: Math.round(alert.confidence * 100) })}</span>`}
        </p>
      </div>
      <div class="ways">
        ${
          place?.canSeek(alert.startMs) === true
            ? html`<button class="outline" aria-label=${hint} @click=${() => desk.see(alert)}>${words.alertsSee}</button>`
            : nothing
        }
        ${
          done
            ? html`<span class="seen">${words.alertsAcknowledged}</span>`
            : html`<button
                class="icon"
                aria-label="${words.alertsAcknowledge}: ${alert.label}"
                title=${words.alertsAcknowledge}
                @click=${() => desk.acknowledge(alert.id)}
              >
                ${tickIcon}
              </button>`
        }
      </div>
    </li>`;
  }

  /** When it was told, apart from when it was: their distance is the alert's latency. */
  #arrived({ arrivedMs, endMs }: Alert) {
    const lateMs = arrivedMs - endMs;
    // A recording's own clock counts from 0: nothing can be said about it.
    if (!Number.isFinite(lateMs) || lateMs < LATE_MS || endMs < DAY_MS) return nothing;
    const words = this.#words;
    const told =
      lateMs < DAY_MS / 24
        ? fill(words.alertsArrived, { seconds: Math.round(lateMs / 1000) })
        : fill(words.alertsArrivedAt, { time: new Date(arrivedMs).toLocaleString() });
    return html`<span dir="auto">${told}</span>`;
  }

  get #words() {
    return { ...alertListStrings, ...this.words };
  }
}
