import { html, nothing, type ReactiveController } from 'lit';
import { Carried } from '../chat/carried.ts';
import { CONSENT_KEY, read, remove, write, type Keep } from '../chat/storage.ts';
import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';
import type { Extra } from './extras.ts';
import type { Launcher } from './launcher.ts';
import { VivaConsentEvent } from '../consent/consent-events.ts';
import { consentStrings } from '../consent/consent-strings.ts';
import { guard } from '../consent/guarded.ts';
import type { Answered } from '../consent/consent.ts';
import '../consent/define.ts';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

const refused = (): DOMException => new DOMException('The visitor did not agree', 'AbortError');

/**
 * Nothing begins before the visitor has agreed, whoever wants it to: a press, a method of the tag, or its assistant. What cannot be known
 * counts as a no.
 */
export class ConsentGate implements Extra, ReactiveController {
  readonly #host: Launcher;
  /** Methods of the tag that wait for the answer. */
  readonly #waiting: Waiting[] = [];
  /** Under which names it was agreed to, while this page is open: a browser may keep nothing. */
  #agreed = '';
  #before: Answered = 'none';
  /** Camera and screen that the page wants to go along from the start. */
  #pictures: { readonly camera: boolean; readonly screen: boolean } | null = null;
  #told = '';
  #shut = false;

  constructor(host: Launcher) {
    this.#host = host;
    Carried.of(host).forgetting.add((all) => {
      if (!all) return;
      this.#agreed = '';
      host.requestUpdate();
    });
    host.addController(this);
    if (host.isConnected) this.hostConnected();
    this.hostUpdate();
  }

  get gated(): boolean {
    return this.#wanted && !this.#granted;
  }

  hostConnected(): void {
    this.#host.addEventListener('viva-before-start', this.#veto, { capture: true });
    addEventListener('storage', this.#elsewhere);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('viva-before-start', this.#veto, { capture: true });
    removeEventListener('storage', this.#elsewhere);
    this.#answerWaiting(false);
  }

  hostUpdate(): void {
    const { consent, assistant, open } = this.#host;
    if (this.#wanted && consent !== 'once' && consent !== 'session' && consent !== this.#told) {
      this.#told = consent ?? '';
      const message = `consent: “${consent ?? ''}” is none of once, session`;
      const error = new AssistantError('bad-option', message, { field: 'consent' });
      this.#host.dispatchEvent(new VivaErrorEvent(error.toFacts()));
    }
    if (assistant !== null && !this.#host.given) guard(assistant, this, this.#host.interprets);
    // Who takes the assistant away begins with somebody else.
    if (assistant === null && read(this.#keep, this.#key) === null) this.#agreed = '';
    // Who closes the panel has not agreed.
    if (!open && !this.#fixed) {
      this.#before = 'none';
      this.#answerWaiting(false);
    }
    if (this.gated) this.#withoutPictures();
  }

  hostUpdated(): void {
    const shut = this.gated;
    // Whoever is in the panel when it is shut stands before the question.
    if (shut && !this.#shut && this.#host.renderRoot.querySelector('viva-panel:focus-within') !== null) void this.#focusPanel();
    this.#shut = shut;
  }

  /** Resolves when the conversation may begin; rejects with an `AbortError` when it may not. */
  async admit(): Promise<void> {
    if (!this.gated) return;
    // There is no place to ask.
    if (this.#host.variant === 'bare') throw refused();
    this.#host.open = true;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  panel(): unknown {
    if (!this.gated) return nothing;
    const host = this.#host;
    const filled = host.querySelector(':scope > [slot="consent"]') !== null;
    return html`<viva-consent
      slot="gate"
      exportparts="consent,accept,decline"
      recipient=${this.#recipient}
      privacy-url=${host.privacyUrl ?? nothing}
      answered=${this.#before}
      .strings=${host.words}
      @accept=${this.#accept}
      @decline=${this.#decline}
      >${filled ? html`<slot name="consent"></slot>` : nothing}</viva-consent
    >`;
  }

  menu(): unknown {
    if (!this.#wanted || this.gated) return nothing;
    const words = { ...consentStrings, ...this.#host.words };
    return html`<button name="withdraw" @click=${this.#withdraw}>${words.consentWithdraw}</button>`;
  }

  get #wanted(): boolean {
    return this.#host.consent !== null && this.#host.consent !== 'none';
  }

  get #keep(): Keep {
    return this.#host.consent === 'once' ? 'local' : 'session';
  }

  get #key(): string {
    return this.#host.consentKey ?? CONSENT_KEY;
  }

  get #granted(): boolean {
    return this.#agreed === `${this.#keep} ${this.#key}` || read(this.#keep, this.#key) !== null;
  }

  /** The panel is a piece of the page: it cannot be closed. */
  get #fixed(): boolean {
    return ['inline', 'embedded', 'full', 'kiosk'].includes(this.#host.variant);
  }

  /** The server that gets what is said. */
  get #recipient(): string {
    const home = new URL(import.meta.url).origin;
    return URL.parse(this.#host.endpoint ?? home, document.baseURI)?.host ?? location.host;
  }

  readonly #veto = (event: Event): void => {
    if (!this.gated) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#host.open = true;
  };

  readonly #accept = (): void => {
    this.#agreed = `${this.#keep} ${this.#key}`;
    write(this.#keep, this.#key, new Date().toISOString());
    this.#before = 'none';
    const host = this.#host;
    if (this.#pictures !== null) {
      host.cameraOn = this.#pictures.camera;
      host.screenOn = this.#pictures.screen;
      this.#pictures = null;
    }
    host.requestUpdate();
    host.dispatchEvent(new VivaConsentEvent(true));
    this.#answerWaiting(true);
    void this.#focusPanel();
  };

  readonly #decline = (): void => {
    this.#before = 'declined';
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new VivaConsentEvent(false));
    this.#answerWaiting(false);
    if (!this.#fixed) void this.#host.collapse();
  };

  readonly #withdraw = (): void => {
    this.#take();
    this.#host.dispatchEvent(new VivaConsentEvent(false));
    void this.#focusPanel();
  };

  /** Withdrawn in another tab. */
  readonly #elsewhere = ({ key, newValue }: StorageEvent): void => {
    if (this.#keep !== 'local' || newValue !== null || (key !== null && key !== this.#key) || this.#agreed === '') return;
    this.#take();
    this.#host.dispatchEvent(new VivaConsentEvent(false));
  };

  #take(): void {
    this.#agreed = '';
    remove(this.#key);
    this.#before = 'withdrawn';
    const { assistant } = this.#host;
    assistant?.stopCamera();
    assistant?.stopScreen();
    void assistant?.stop();
    this.#host.requestUpdate();
  }

  #withoutPictures(): void {
    const { cameraOn, screenOn } = this.#host;
    if (!cameraOn && !screenOn) return;
    this.#pictures = { camera: cameraOn, screen: screenOn };
    this.#host.cameraOn = false;
    this.#host.screenOn = false;
  }

  #answerWaiting(granted: boolean): void {
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (granted) resolve();
      else reject(refused());
    }
  }

  async #focusPanel(): Promise<void> {
    await this.#host.updateComplete;
    const panel = this.#host.renderRoot.querySelector('viva-panel');
    await panel?.updateComplete;
    panel?.focus();
  }
}
