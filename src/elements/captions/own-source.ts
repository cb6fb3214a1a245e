import type { PropertyValues } from 'lit';
import type { CaptionSource, CaptionSourceState } from '../../session/caption-source.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import type { CaptionProperties } from './caption-properties.ts';
import { sourceKind, type SourceKind } from './caption-wishes.ts';
import { Followed } from './followed.ts';

/** Where captions that stand alone come from: what their tag says, made into a source when it is to begin, let go of when it says something else. */

const silent: CaptionSourceState = { phase: 'idle', lines: [], to: null, error: null, notice: null };
const wished = ['from', 'to', 'endpoint', 'tokenUrl', 'room', 'roomUrl', 'roomToken', 'connect', 'for', 'source'] as const;

export class OwnSource {
  readonly #host: CaptionProperties;
  readonly #followed: Followed<CaptionSourceState>;
  readonly #failed: (facts: ErrorFacts) => void;
  /** Its end is this tag's business. */
  #made: CaptionSource | null = null;
  #making: Promise<CaptionSource> | null = null;
  #media: HTMLMediaElement | null = null;
  #failure: ErrorFacts | null = null;

  /** `told` hears every state; `failed`, why no source could be made. */
  constructor(host: CaptionProperties, told: (state: CaptionSourceState) => void, failed: (facts: ErrorFacts) => void) {
    this.#host = host;
    this.#failed = failed;
    this.#followed = new Followed<CaptionSourceState>(host, () => this.#current?.state ?? null, silent, told);
  }

  get state(): CaptionSourceState {
    return this.#followed.value;
  }

  /** Why no source was made. */
  get failure(): ErrorFacts | null {
    return this.#failure;
  }

  get kind(): SourceKind {
    const { source, interpreter, lines } = this.#host;
    return sourceKind({ ...this.#said(), source, interpreter, lines });
  }

  /** Something is being listened to, or followed, that is not the conversation's own. */
  get isLive(): boolean {
    return ['listening', 'reconnecting'].includes(this.state.phase);
  }

  /** It is to begin without a press: a room is followed, what plays is heard, and a microphone where the tag says so. */
  get isDue(): boolean {
    if (this.#made !== null || this.#making !== null || this.#failure !== null) return false;
    const { kind } = this;
    const playing = this.#media !== null && !this.#media.paused;
    return kind === 'room' || (kind === 'microphone' && this.#host.autostart) || (kind === 'media' && playing);
  }

  async start(): Promise<void> {
    const source = this.#host.interpreter ?? (await this.#source());
    await source.start();
  }

  async stop(): Promise<void> {
    await this.#current?.stop();
  }

  /** A failure is in the source's state, which is shown; only one that made no source is told. */
  begin(): void {
    this.#failure = null;
    this.start().catch((cause: unknown) => {
      if (this.#current !== null || !this.#host.isConnected) return;
      if (cause instanceof DOMException && cause.name === 'AbortError') return;
      this.#failure = AssistantError.from(cause, 'bad-option').toFacts();
      this.#failed(this.#failure);
      this.#host.requestUpdate();
    });
  }

  readonly again = (): void => {
    if (this.#current === null) this.begin();
    else this.#current.retry();
  };

  /** Attributes changed: those that a running source cannot follow end it. */
  update(changed: PropertyValues<CaptionProperties>): void {
    const media = this.#mediaElement();
    const other = media !== this.#media;
    this.#listenTo(media);
    if (this.#host.hasUpdated && (other || wished.some((name) => changed.has(name)))) this.#forget();
  }

  dispose(): void {
    this.#listenTo(null);
    this.#forget();
  }

  get #current(): CaptionSource | null {
    return this.#host.interpreter ?? this.#made;
  }

  #said() {
    const { from, to, endpoint, tokenUrl, tokenProvider, room, roomUrl, roomToken } = this.#host;
    return { from, to, endpoint, tokenUrl, tokenProvider, room, roomUrl, roomToken, media: this.#media };
  }

  #source(): Promise<CaptionSource> {
    this.#making ??= this.#connected();
    return this.#making;
  }

  #connected(): Promise<CaptionSource> {
    const making = this.#connect().then((source) => {
      if (this.#making !== making) {
        source.dispose();
        throw abandoned();
      }
      this.#made = source;
      this.#host.requestUpdate();
      return source;
    });
    making.catch(() => {
      if (this.#making === making) this.#making = null;
    });
    return making;
  }

  async #connect(): Promise<CaptionSource> {
    const connect = this.#host.connect ?? (await import('../viva-voce/caption-edges.ts')).connectCaptions;
    if (!this.#host.isConnected) throw abandoned();
    return connect(this.#said());
  }

  #forget(): void {
    this.#made?.dispose();
    this.#made = null;
    this.#making = null;
    this.#failure = null;
  }

  #mediaElement(): HTMLMediaElement | null {
    const { for: id } = this.#host;
    if (id === undefined || id === '') return null;
    const root = this.#host.getRootNode();
    const near = root instanceof ShadowRoot ? root.getElementById(id) : null;
    const named = near ?? document.getElementById(id);
    return named instanceof HTMLMediaElement ? named : null;
  }

  #listenTo(media: HTMLMediaElement | null): void {
    if (media === this.#media) return;
    this.#media?.removeEventListener('play', this.#played);
    this.#media = media;
    media?.addEventListener('play', this.#played);
  }

  readonly #played = (): void => {
    this.#host.requestUpdate();
  };
}

const abandoned = (): DOMException => new DOMException('Nobody waits for it any more', 'AbortError');
