import { html, nothing, type ReactiveController } from 'lit';
import { BehaviorSubject, Subject, Subscription } from 'rxjs';
import { isBusy, wordsOf } from '../../pipelines/kiosk-activity.ts';
import { idleness, type Idleness } from '../../pipelines/kiosk-idle.ts';
import { type KioskOptions, readKiosk } from '../../pipelines/kiosk-options.ts';
import { attempt } from '../attempt.ts';
import { VivaErrorEvent } from '../events.ts';
import '../kiosk-attract/define.ts';
import '../kiosk-idle/define.ts';
import { SessionValue } from '../session-value.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { clearVisitor, defaultsOf, type KioskDefaults } from './clear-visitor.ts';
import { FullScreen } from './full-screen.ts';
import { kioskSheet } from './kiosk.styles.ts';
import { type ResetReason, type VisitCause, VivaResetEvent, VivaVisitEvent } from './kiosk-events.ts';
import { visitorSigns, type VisitorSign } from './visitor-signs.ts';

/** A kiosk on a tag: the screen that waits, the visit, the warning, the clearing, and round again. */
export class Kiosk implements ReactiveController, Extra {
  readonly #host: Launcher;
  readonly #defaults: KioskDefaults;
  readonly #sign$ = new Subject<null>();
  readonly #busy$ = new BehaviorSubject(false);
  readonly #fullScreen: FullScreen;
  #running = new Subscription();
  #visit = new Subscription();
  #stage: 'attract' | 'visit' | 'clearing' = 'attract';
  #idle: Idleness = { kind: 'present' };
  #options: KioskOptions;
  /** The visit began before there was an assistant to begin it with. */
  #owed = false;
  #words = 0;
  #focusOwed = false;
  readonly #sheet = new CSSStyleSheet();

  constructor(host: Launcher) {
    this.#host = host;
    this.#defaults = defaultsOf(host);
    this.#options = this.#read();
    this.#fullScreen = new FullScreen(() => host.requestUpdate());
    this.#sheet.replaceSync(kioskSheet(host));
    new SessionValue(
      host,
      (state) => state,
      (state) => {
        this.#busy$.next(isBusy(state));
        const words = wordsOf(state);
        if (words > this.#words) this.#sign$.next(null);
        this.#words = words;
      },
    );
    host.addController(this);
  }

  hostConnected(): void {
    const { shadowRoot } = this.#host;
    if (shadowRoot !== null) shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, this.#sheet];
    this.#fullScreen.connect();
    this.#running = visitorSigns.subscribe((sign) => {
      this.#noticed(sign);
    });
  }

  hostDisconnected(): void {
    const { shadowRoot } = this.#host;
    if (shadowRoot !== null)
      shadowRoot.adoptedStyleSheets = shadowRoot.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    this.#running.unsubscribe();
    this.#visit.unsubscribe();
    this.#fullScreen.disconnect();
    this.#stage = 'attract';
  }

  hostUpdated(): void {
    const panel = this.#host.renderRoot.querySelector<HTMLElement>('viva-panel');
    if (panel === null) return;
    panel.inert = this.#stage !== 'visit';
    if (this.#owed && this.#host.assistant !== null) this.#start();
    if (this.#focusOwed) this.#focus(panel);
  }

  over() {
    const { words, attractSrc } = this.#host;
    if (this.#stage !== 'visit')
      return html`<viva-kiosk-attract
        exportparts="attract,attract-media,attract-begin"
        .src=${attractSrc}
        .strings=${words}
        @begin=${() => this.#begin('touch')}
        >${
          this.#host.querySelector(':scope > [slot="attract"]') === null
            ? nothing
            : html`<slot name="attract" slot="attract"></slot>`
        }</viva-kiosk-attract
      >`;
    if (this.#idle.kind !== 'warning') return nothing;
    return html`<viva-kiosk-idle
      exportparts="idle,idle-stay"
      .seconds=${this.#idle.secondsLeft}
      .strings=${words}
      @stay=${() => this.#sign$.next(null)}
    ></viva-kiosk-idle>`;
  }

  #noticed({ kind, event }: VisitorSign): void {
    if (kind === 'touch' && event.type === 'pointerdown') this.#fullScreen.ask();
    this.#sign$.next(null);
    if (kind === 'key' && this.#stage === 'attract') this.#begin('key');
  }

  #begin(cause: VisitCause): void {
    if (this.#stage !== 'attract') return;
    this.#stage = 'visit';
    this.#options = this.#read();
    this.#fullScreen.renew();
    this.#words = 0;
    this.#owed = true;
    this.#focusOwed = true;
    this.#visit = idleness(this.#sign$, this.#busy$, this.#options).subscribe((idle) => {
      this.#idle = idle;
      this.#host.requestUpdate();
      if (idle.kind === 'gone') this.#reset('idle');
    });
    this.#host.dispatchEvent(new VivaVisitEvent(cause));
    this.#host.requestUpdate();
  }

  /** The conversation opens the microphone before it makes an AudioContext: a page that records may sound. */
  #start(): void {
    this.#owed = false;
    if (this.#host.mode !== 'chat' && !this.#host.interprets)
      attempt(this.#host, (assistant) => assistant.start({ voice: true }));
  }

  #reset(reason: ResetReason): void {
    if (this.#stage !== 'visit') return;
    this.#stage = 'clearing';
    this.#visit.unsubscribe();
    this.#idle = { kind: 'present' };
    this.#owed = false;
    const done = (): void => {
      this.#stage = 'attract';
      this.#focusOwed = true;
      this.#host.dispatchEvent(new VivaResetEvent(reason));
      this.#host.requestUpdate();
    };
    clearVisitor(this.#host, this.#defaults).then(done, (cause: unknown) => {
      reportError(cause);
      done();
    });
  }

  #focus(panel: HTMLElement): void {
    this.#focusOwed = false;
    if (this.#stage === 'visit') panel.focus();
    else this.#host.renderRoot.querySelector<HTMLElement>('viva-kiosk-attract')?.focus();
  }

  #read(): KioskOptions {
    const { options, faults } = readKiosk(this.#host, document.baseURI);
    for (const fault of faults) this.#host.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
    return options;
  }
}
