import { html, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { copyText } from './copy-text.ts';

/** So long a button shows that it has copied, ms. */
const SHOWN_MS = 2_500;

/** Copies a text for an element, shows for a while which one it was, and says so to who cannot see it. */
export class Copying implements ReactiveController {
  /** What was copied just now. */
  last: string | null = null;
  readonly #host: ReactiveControllerHost;
  #refused = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.last = null;
  }

  copy(text: string): void {
    void copyText(text).then((copied) => {
      this.#show(copied ? text : null, !copied);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#show(null, false), SHOWN_MS);
    });
  }

  /** The place where it is said. */
  told(copied: string, notCopied: string) {
    return html`<p class="unseen" role="status">${this.last === null ? (this.#refused ? notCopied : '') : copied}</p>`;
  }

  #show(last: string | null, refused: boolean): void {
    this.last = last;
    this.#refused = refused;
    this.#host.requestUpdate();
  }
}
