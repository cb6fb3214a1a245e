import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { Alert } from '../../pipelines/alert-store.ts';
import type { ConnectFeed } from '../../session/player.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import type { StreamAlert, StreamFeed } from '../../shared/stream-feed.ts';
import { VivaErrorEvent } from '../events.ts';
import type { Strings } from '../english.ts';
import { Localized } from '../localized.ts';
import { tokens } from '../tokens.styles.ts';
import { AlertDesk } from './alert-desk.ts';
import { alertListStrings } from './alert-list-strings.ts';
import { alertsStyles } from './alerts.styles.ts';
import { VivaAlertEvent } from './viva-alert-event.ts';

/** What has alerts of its own: a `<viva-player>`. */
interface HasDesk {
  readonly desk: AlertDesk;
}

/**
 * Alerts of a stream: those that pop up and the list of all, of a player on the same page or of a feed of its own.
 *
 * @attr for - Id of a `<viva-player>` whose alerts these are
 * @attr stream-id - Stream (`rts-…`) that is followed where there is no player
 * @attr endpoint - Base URL of the gateway that tells of it; default: where the script came from
 * @attr token-url - Answers a POST with a client token
 * @attr view - `list`, `toasts` or `both`; default: the list beside a player, which has toasts of its own, else both
 * @attr storage-key - Under which muted labels are remembered; empty: not at all
 * @fires {VivaAlertEvent} viva-alert - An alert is about to pop up; cancelled, it is listed only
 * @fires {VivaErrorEvent} viva-error
 * @csspart toasts - Alerts that pop up
 * @csspart list - All alerts
 */
export class VivaAlerts extends LitElement {
  static override styles = [tokens, alertsStyles];
  static override properties: PropertyDeclarations = {
    for: {},
    streamId: { attribute: 'stream-id' },
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    view: {},
    storageKey: { attribute: 'storage-key' },
    strings: { attribute: false },
    connect: { attribute: false },
  };

  declare for: string | null;
  declare streamId: string | null;
  declare endpoint: string | null;
  declare tokenUrl: string | null;
  declare view: string | null;
  declare storageKey: string;
  /** Replaces any of the words that are shown. */
  declare strings: Partial<Strings>;
  /** Makes the feed; the built-in one by default. */
  declare connect: ConnectFeed | null;

  readonly #locale = new Localized(this, 'media');
  #own: AlertDesk | null = null;
  #followed = '';
  #feed: { unsubscribe(): void } | undefined;

  constructor() {
    super();
    this.for = null;
    this.streamId = null;
    this.endpoint = null;
    this.tokenUrl = null;
    this.view = null;
    this.storageKey = 'viva-player';
    this.strings = {};
    this.connect = null;
  }

  /** The words in the language of the page, and those that the page put in their place. */
  protected get words(): Partial<Strings> {
    return { ...this.#locale.words, ...this.strings };
  }

  /** Alerts a page adds by itself; times are Unix ms. */
  addAlert(alert: Pick<StreamAlert, 'id' | 'label' | 'startMs'> & Partial<StreamAlert>): void {
    this.#take({
      text: '',
      severity: 'info',
      confidence: null,
      endMs: alert.startMs,
      arrivedMs: Date.now(),
      ...alert,
      type: 'alert',
    });
  }

  /** Follows a feed of the page's own. */
  follow(feed: StreamFeed): void {
    this.#feed?.unsubscribe();
    this.#feed = feed.subscribe({
      next: (event) => {
        if (event.type === 'alert') this.#take(event);
      },
      error: (cause: unknown) => this.#fail(AssistantError.from(cause).toFacts()),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#feed?.unsubscribe();
      this.#followed = '';
      this.#own?.dispose();
    });
  }

  protected override render() {
    const desk = this.#desk();
    const beside = desk !== this.#own;
    const view = this.view ?? (beside ? 'list' : 'both');
    const label = this.words.alerts ?? alertListStrings.alerts;
    return html`${view === 'list' ? nothing : html`<viva-alert-toasts part="toasts" .desk=${desk} .words=${this.words}></viva-alert-toasts>`}
    ${
      view === 'toasts'
        ? nothing
        : html`<section part="list" aria-label=${label}>
            <viva-alert-list .desk=${desk} .words=${this.words}></viva-alert-list>
          </section>`
    }`;
  }

  protected override updated(): void {
    if (!this.isConnected || this.#playerDesk() !== null) return;
    const { streamId, endpoint, tokenUrl, connect } = this;
    const wished = streamId === null || streamId === '' ? '' : JSON.stringify([streamId, endpoint, tokenUrl]);
    if (wished === this.#followed) return;
    this.#followed = wished;
    this.#feed?.unsubscribe();
    if (streamId === null || wished === '') return;
    const make =
      connect === null
        ? import('../viva-voce/player-edges.ts').then(({ connectStream }) => connectStream)
        : Promise.resolve(connect);
    make.then(
      (connectFeed) => {
        if (this.isConnected && this.#followed === wished) this.follow(connectFeed({ streamId, endpoint, tokenUrl }));
      },
      (cause: unknown) => this.#fail(AssistantError.from(cause, 'offline').toFacts()),
    );
  }

  #desk(): AlertDesk {
    const other = this.#playerDesk();
    if (other !== null) return other;
    if (this.#own === null) {
      this.#own = new AlertDesk();
      this.#own.remember(this.storageKey);
      this.#own.announce = (alert) => popUp(this, alert);
    }
    return this.#own;
  }

  #playerDesk(): AlertDesk | null {
    if (this.for === null || this.for === '') return null;
    const root = this.getRootNode();
    const near = root instanceof ShadowRoot ? root.getElementById(this.for) : null;
    const named = near ?? document.getElementById(this.for);
    if (named === null) return null;
    if ('desk' in named) return (named as Element & HasDesk).desk;
    // Its script is not here yet: asked again when it is.
    void customElements.whenDefined(named.localName).then(() => this.requestUpdate());
    return null;
  }

  #take({ type: _type, ...alert }: StreamAlert): void {
    this.#desk().take(alert, { pictureMs: null, live: true, recorded: false });
  }

  #fail(facts: ErrorFacts): void {
    fail(this, facts);
  }
}

/** False = the page does not want it to pop up. */
const popUp = (tag: EventTarget, alert: Alert): boolean => tag.dispatchEvent(new VivaAlertEvent(alert));
const fail = (tag: EventTarget, facts: ErrorFacts): boolean => tag.dispatchEvent(new VivaErrorEvent(facts));
