import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import {
  noStreams,
  type DeskClip,
  type DeskHit,
  type DeskIndex,
  type DeskState,
  type DeskStream,
  type StreamsDesk,
} from '../../session/streams.ts';
import { AssistantError } from '../../shared/errors.ts';
import { controlStyles } from '../controls.styles.ts';
import { copyText } from '../copy-text.ts';
import { VivaErrorEvent } from '../events.ts';
import { KeptFocus } from '../kept-focus.ts';
import { Localized } from '../localized.ts';
import { tokens } from '../tokens.styles.ts';
import { connectForm } from './connect-form.ts';
import { DeskLink } from '../desk-link.ts';
import { formStyles } from './form.styles.ts';
import { paneStyles } from './pane.styles.ts';
import { paneOf, tabsFor, type Pane, type PaneHost } from './panes.ts';
import { spokenState, streamList } from './stream-list.ts';
import { StreamProperties } from './stream-properties.ts';
import { streamHead } from './stream-head.ts';
import { streamStrings, type StreamWords } from './stream-strings.ts';
import { streamsStyles } from './streams.styles.ts';
import { tabRow } from './tabs.ts';
import { trouble } from './trouble.ts';
import { Work } from './work.ts';

/**
 * A desk for streams: connect them, start and stop them, read what is said and seen, watch for events, play any stretch, export, search.
 *
 * @attr endpoint - Base URL of the gateway; default: where the script came from
 * @attr token-url - Answers a POST with a token
 * @attr collection - Id of the collection; default: the default one
 * @attr color-scheme - `auto`, `light` or `dark`
 * @fires {VivaErrorEvent} viva-error
 * @csspart frame - The whole
 * @csspart list - The streams there are
 * @csspart stream - One of them
 * @csspart connect - The form that connects one
 * @csspart detail - The chosen stream
 * @csspart player - Its picture
 * @csspart tabs - The row of tabs
 * @csspart pane - What the chosen tab shows
 * @csspart alert - A failure
 * @cssprop --viva-streams-height - Least height of the whole
 */
export class VivaStreams extends StreamProperties implements PaneHost {
  static override styles = [tokens, controlStyles, streamsStyles, formStyles, paneStyles];
  static override properties: PropertyDeclarations = {
    pane: { state: true },
    connecting: { state: true },
    push: { state: true },
    kind: { state: true },
    clip: { state: true },
    hits: { state: true },
    spoken: { state: true },
    copied: { state: true },
    answers: { state: true },
  };

  declare pane: Pane;
  /** The form that connects a stream is open. */
  declare connecting: boolean;
  declare push: boolean;
  declare kind: DeskIndex['kind'];
  /** Played instead of what is live. */
  declare clip: DeskClip | null;
  declare hits: readonly DeskHit[] | null;
  /** What the form of the transcript says is spoken; null = nobody chose. */
  declare spoken: string | null;
  /** What was copied last. */
  declare copied: string | null;
  /** What was told of videos, by what was asked and their ids. */
  declare answers: ReadonlyMap<string, string>;

  readonly #locale = new Localized(this, 'media');
  readonly #work = new Work(this, (facts) => this.dispatchEvent(new VivaErrorEvent(facts)));
  readonly #link = new DeskLink(this, noStreams, {
    connect: () => this.#connect(),
    failed: (facts) => this.dispatchEvent(new VivaErrorEvent(facts)),
  });
  /** Id of the stream that was looked at before. */
  #left: string | null = null;
  /** When the clip's fields were filled, Unix ms: they do not run away while somebody types. */
  #now = Date.now();

  constructor() {
    super();
    this.pane = 'transcript';
    this.connecting = false;
    this.push = false;
    this.kind = 'visual';
    this.clip = null;
    this.hits = null;
    this.spoken = null;
    this.copied = null;
    this.answers = new Map();
    new KeptFocus(this, (gone) => this.#goesOn(gone));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void import('../player/define.ts');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const making = ['endpoint', 'tokenUrl', 'tokenProvider', 'collection', 'connect'] as const;
    if (!this.hasUpdated || this.#link.desk === null || !making.some((name) => changed.has(name))) return;
    this.#link.again();
  }

  protected override render() {
    const words: StreamWords = { ...streamStrings, ...this.#locale.words, ...this.strings };
    const { phase, streams, error, notice, reconnecting } = this.#state;
    const { desk } = this.#link;
    return html`<div
      part="frame"
      class="frame ${this.#selected === null ? '' : 'chosen'}"
      lang=${this.#locale.tag}
      dir=${this.#locale.dir}
    >
      <nav aria-label=${words.streams}>
        <h2>${words.streams}</h2>
        ${
          phase === 'loading'
            ? html`<p role="status" class="empty">${words.streamsLoading}</p>`
            : phase === 'ready' && streams.length === 0
              ? html`<p class="empty">${words.streamsNone}</p>`
              : streamList(words, streams, this.#state.selected, (id) => this.#choose(id))
        }
        ${
          this.connecting
            ? nothing
            : html`<button class="solid" ?disabled=${phase !== 'ready'} @click=${() => (this.connecting = true)}>
                ${words.streamConnect}
              </button>`
        }
      </nav>
      <section part="detail" aria-label=${this.#selected?.name ?? words.streams}>
        <div role="alert">
          ${trouble(words, error ?? this.#work.failure ?? notice, error === null ? null : this.#link.again, () => this.#work.dismiss())}
        </div>
        <p role="status" class="unseen">${spokenState(words, this.#selected)}</p>
        <p role="status" class="unseen">${this.copied === null ? '' : words.streamCopied}</p>
        <p role="status" class=${reconnecting ? 'note' : 'unseen'}>${reconnecting ? words.streamsReconnecting : ''}</p>
        ${desk === null ? nothing : this.connecting ? this.#connectForm(words, desk) : this.#detail(words, desk)}
      </section>
    </div>`;
  }

  get #state(): DeskState {
    return this.#link.state;
  }

  get #selected(): DeskStream | null {
    return this.#state.streams.find(({ id }) => id === this.#state.selected) ?? null;
  }

  async #connect(): Promise<StreamsDesk> {
    const { endpoint, tokenUrl, tokenProvider, collection } = this;
    const connect = this.connect ?? (await import('../viva-voce/stream-edges.ts')).connectStreams;
    return connect({ endpoint, tokenUrl, tokenProvider, collection });
  }

  /** Where the focus belongs when what had it is gone. */
  #goesOn(gone: Element): HTMLElement | null {
    const find = (selector: string): HTMLElement | null => this.renderRoot.querySelector<HTMLElement>(selector);
    if (this.connecting) return find('[part="connect"] input');
    if (gone.matches('[part="connect"] [type="button"]')) return find('nav > button');
    if (gone.closest('header, [part="connect"]') !== null)
      return find('[part="stream"][aria-current="true"]') ?? this.#row(this.#left) ?? find('nav > button');
    // A stream that is gone gives it to the next one in the list.
    if (gone.matches('[part="stream"]')) return null;
    return find('[part="pane"] > button') ?? find('[part="pane"]');
  }

  #row(id: string | null): HTMLElement | null {
    const at = this.#state.streams.findIndex((stream) => stream.id === id);
    return this.renderRoot.querySelectorAll<HTMLElement>('[part="stream"]')[at] ?? null;
  }

  async #copy(text: string): Promise<void> {
    if (!(await copyText(text))) throw new AssistantError('unsupported', 'the browser did not copy it', { field: 'clipboard' });
    this.copied = text;
  }

  #choose(id: string | null): void {
    this.#left = this.#state.selected;
    this.connecting = false;
    this.clip = null;
    this.spoken = null;
    this.copied = null;
    this.#now = Date.now();
    this.#link.desk?.select(id);
  }

  #connectForm(words: StreamWords, desk: StreamsDesk) {
    return connectForm({
      words,
      busy: this.#work.busy('connect'),
      push: this.push,
      choosePush: (push) => (this.push = push),
      connect: (wish) =>
        void this.#work
          .run('connect', () => desk.connect(wish))
          .then((id) => {
            if (id !== null) this.#choose(id);
          }),
      cancel: () => (this.connecting = false),
    });
  }

  #detail(words: StreamWords, desk: StreamsDesk) {
    const stream = this.#selected;
    const state = this.#state;
    const { detail } = state;
    const tabs = tabsFor(words, stream);
    const chosen = tabs.find(({ name }) => name === this.pane)?.name ?? tabs[0]?.name ?? 'search';
    return html`${
        stream === null
          ? html`<p class="empty">${words.streamsChoose}</p>`
          : streamHead({
              words,
              stream,
              desk,
              work: this.#work,
              copied: this.copied !== null && this.copied === stream.pushUrl,
              copy: (text) => void this.#work.run('copy', () => this.#copy(text)),
              back: () => this.#choose(null),
            })
      }
      ${this.#player(stream)} ${tabRow(stream?.name ?? words.streams, tabs, chosen, (name) => (this.pane = name))}
      <div part="pane" class="pane" id="pane" role="tabpanel" tabindex="0" aria-labelledby="tab-${chosen}">
        ${paneOf(this, chosen, { words, desk, work: this.#work, stream, state, detail: detail?.streamId === stream?.id ? detail : null, now: this.#now, reader: this.#locale.tag })}
      </div>`;
  }

  #player(stream: DeskStream | null) {
    const src = this.clip?.streamUrl ?? (stream?.status === 'connected' ? stream.liveUrl : null);
    if (src === null) return nothing;
    return html`<viva-player
      part="player"
      src=${src}
      stream-id=${this.clip === null && stream !== null ? stream.id : nothing}
      endpoint=${this.endpoint ?? nothing}
      token-url=${this.tokenUrl ?? nothing}
      color-scheme=${this.colorScheme}
      muted
      autoplay
    ></viva-player>`;
  }
}
