import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';

import { counted } from '../counted.ts';
import type { Toast } from '../../pipelines/alert-toasts.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import { alertListStrings } from '../alerts/alert-list-strings.ts';
import { severityIcons } from '../alerts/icons.ts';
import { severityStyles } from '../alerts/severity.styles.ts';
import { Followed } from '../captions/followed.ts';
import { controlStyles } from '../controls.styles.ts';
import { each } from '../each.ts';
import type { Strings } from '../english.ts';
import { endIcon } from '../icons.ts';
import { KeptFocus } from '../kept-focus.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { alertToastsStyles } from './alert-toasts.styles.ts';

/**
 * Alerts that pop up: told to screen readers once, politely or at once by severity; the focus stays where it is, and while the pointer or
 * the focus is on them nothing leaves.
 *
 * @csspart toast - One alert
 * @csspart toast-info - A notice
 * @csspart toast-warning - A warning
 * @csspart toast-critical - What cannot wait
 */
export class VivaAlertToasts extends LitElement {
  static override styles = [tokens, controlStyles, severityStyles, alertToastsStyles];
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    words: { attribute: false },
  };

  declare desk: AlertDesk | null;
  declare words: Partial<Strings>;

  /** What had the focus before it came here. */
  #before: HTMLElement | null = null;

  constructor() {
    super();
    this.desk = null;
    this.words = {};
    new KeptFocus(this, () => (this.desk?.toasts.shown.length === 0 ? this.#before : null));
    new Followed(this, () => this.desk?.changes ?? null, 0);
  }

  protected override render() {
    const toasts = this.desk?.toasts.shown ?? [];
    return html`<div
        class="toasts"
        @pointerenter=${this.#hold(true)}
        @pointerleave=${this.#hold(false)}
        @focusin=${this.#came}
        @focusout=${this.#hold(false)}
        @keydown=${this.#escape}
      >
        ${each(
          toasts,
          ({ alert }) => alert.id,
          (toast) => this.#toast(toast),
        )}
      </div>
      ${this.#told(
        'status',
        toasts.filter(({ alert }) => alert.severity !== 'critical'),
      )}
      ${this.#told(
        'alert',
        toasts.filter(({ alert }) => alert.severity === 'critical'),
      )}`;
  }

  /** What readers are told stands apart from what is seen, so that no button is read with it; of several only what is new is read. */
  #told(role: 'status' | 'alert', toasts: readonly Toast[]) {
    return html`<div class="unseen" role=${role} aria-atomic="false">
      ${each(
        toasts,
        ({ alert }) => alert.id,
        ({ alert }) => html`<p>${this.#words[`alertsSeverity-${alert.severity}`]}: ${alert.label}. ${alert.text}</p>`,
      )}
    </div>`;
  }

  #toast({ alert, more }: Toast) {
    const words = this.#words;
    const place = this.desk?.place ?? null;
    const time = place?.timeText(alert.startMs) ?? '';
    return html`<div part="toast toast-${alert.severity}" class="toast ${alert.severity}">
      <span class="sign">${severityIcons[alert.severity]}</span>
      <div class="body">
        <p class="label">
          <bdi>${alert.label}</bdi> <span class="time"><bdi>${time}</bdi></span>
        </p>
        ${alert.text === '' ? nothing : html`<p class="text" dir="auto">${alert.text}</p>`}
        ${more > 0 ? html`<p class="more">${counted(words, 'alertsMore', more)}</p>` : nothing}
        <div class="ways">
          ${
            place?.canSeek(alert.startMs) === true
              ? html`<button
                  class="outline"
                  aria-label=${fill(words.alertsSeeHint, { label: alert.label, time })}
                  @click=${() => this.desk?.see(alert)}
                >
                  ${words.alertsSee}
                </button>`
              : nothing
          }
          ${place?.toLive ? html`<button class="outline" @click=${place.toLive}>${words.alertsToLive}</button>` : nothing}
        </div>
      </div>
      <button
        class="icon"
        aria-label="${words.alertsDismiss}: ${alert.label}"
        title=${words.alertsDismiss}
        @click=${() => this.desk?.dismiss(alert.id)}
      >
        ${endIcon}
      </button>
    </div>`;
  }

  get #words() {
    return { ...alertListStrings, ...this.words };
  }

  #hold(held: boolean) {
    return (event: Event): void => {
      // The focus went from one of them to another.
      const to = event instanceof FocusEvent ? event.relatedTarget : null;
      if (!held && to instanceof Node && this.renderRoot.contains(to)) return;
      this.desk?.hold(held);
    };
  }

  readonly #came = (event: FocusEvent): void => {
    const { relatedTarget } = event;
    if (relatedTarget instanceof HTMLElement && !this.renderRoot.contains(relatedTarget)) this.#before = relatedTarget;
    this.desk?.hold(true);
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    for (const { alert } of this.desk?.toasts.shown ?? []) this.desk?.dismiss(alert.id);
  };
}
