import { css, html, nothing, type ReactiveController } from 'lit';
import { AssistantError } from '../../shared/errors.ts';
import { DISMISSED_KEY, read, remove, write, type Keep } from '../chat/storage.ts';
import { VivaErrorEvent } from '../events.ts';
import { placed } from '../panel/placement.ts';
import type { Extra } from './extras.ts';
import type { Launcher } from './launcher.ts';
import '../dismissing/define.ts';
import type { VivaDismissEvent } from '../dismissing/dismiss-event.ts';

const hidden = css`
  :host([dismissed]) [part='launcher'] {
    display: none;
  }
`;

/**
 * A launcher that its visitor can send away: for this view of the page, or for as long as the attribute says. What opens the panel or
 * begins a conversation brings it back, and so does the page.
 */
export class Dismissing implements Extra, ReactiveController {
  readonly #host: Launcher;
  #was = false;
  /** It has just gone, by the visitor's own press; stays until the visitor goes on to something else. */
  #noted = false;
  /** The focus has come to what says so: the button that was pressed lost it before, as it went. */
  #entered = false;
  #told: string | null = null;

  constructor(host: Launcher) {
    this.#host = host;
    const { styleSheet } = hidden;
    if (styleSheet !== undefined && host.shadowRoot !== null) host.shadowRoot.adoptedStyleSheets.push(styleSheet);
    const keep = this.#keep;
    if (keep !== null && read(keep, DISMISSED_KEY) !== null) host.dismissed = true;
    this.#was = host.dismissed;
    host.addController(this);
  }

  hostUpdate(): void {
    const { dismissible, dismissed, open, state } = this.#host;
    if (!['', 'true', 'false', 'session', 'local', null, this.#told].includes(dismissible)) {
      const message = `dismissible: “${dismissible ?? ''}” is none of session, local`;
      this.#told = dismissible;
      this.#host.dispatchEvent(new VivaErrorEvent(new AssistantError('bad-option', message, { field: 'dismissible' }).toFacts()));
    }
    // The way back to what runs, or stood open, is the launcher.
    if (dismissed && (open || !['idle', 'ended', 'error'].includes(state))) this.#host.dismissed = false;
  }

  hostUpdated(): void {
    const { dismissed } = this.#host;
    if (dismissed === this.#was) return;
    this.#was = dismissed;
    if (!dismissed) {
      this.#noted = false;
      remove(DISMISSED_KEY);
    } else if (this.#keep !== null) write(this.#keep, DISMISSED_KEY, new Date().toISOString());
  }

  dock(): unknown {
    const { dismissible, dismissed, words, placement } = this.#host;
    if (dismissed ? !this.#noted : dismissible === null || dismissible === 'false') return nothing;
    return html`<viva-dismiss
      exportparts="dismiss,dismissed"
      lang=${this.#host.shownLanguage}
      ?dismissed=${dismissed}
      ?below=${placed(placement, 'ltr').startsWith('top')}
      .strings=${words}
      @viva-dismiss=${this.#wished}
      @focusin=${this.#came}
      @focusout=${this.#left}
    ></viva-dismiss>`;
  }

  get #keep(): Keep | null {
    const { dismissible } = this.#host;
    return dismissible === 'session' || dismissible === 'local' ? dismissible : null;
  }

  /** After the page has been asked. */
  readonly #wished = (event: VivaDismissEvent): void => {
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      this.#noted = event.dismissed;
      this.#entered = false;
      this.#host.dismissed = event.dismissed;
      void this.#host.updateComplete.then(() =>
        this.#host.renderRoot.querySelector<HTMLElement>(event.dismissed ? 'viva-dismiss' : '[part="launcher"]')?.focus(),
      );
    });
  };

  readonly #came = (): void => {
    this.#entered = this.#host.dismissed;
  };

  /** A window that is left keeps the focus where it was. */
  readonly #left = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    const note = currentTarget as HTMLElement;
    queueMicrotask(() => {
      if (relatedTarget === null && note.shadowRoot?.activeElement) return;
      if (!this.#entered || !this.#host.dismissed || note.matches(':focus-within')) return;
      this.#noted = false;
      this.#host.requestUpdate();
    });
  };
}
