import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { idleCapture, type CaptureState, type Recorder } from '../../session/recorder.ts';
import { Awake } from '../awake/awake.ts';
import { Followed } from '../captions/followed.ts';
import { controlStyles } from '../controls.styles.ts';
import { Localized } from '../localized.ts';
import { filmTokens, tokens } from '../tokens.styles.ts';
import { choiceOf, isEmpty, wishesIn, type Wish } from './choice.ts';
import { eventsOf, failed } from './events.ts';
import { indicate } from './indicator.ts';
import { choicesView, controlsView } from './recorder-controls.ts';
import { RecorderProperties } from './recorder-properties.ts';
import { recorderErrorStrings, recorderStrings } from './recorder-strings.ts';
import { announcement, isRunning, isUnsaved, markOf } from './recorder-words.ts';
import { recorderStyles } from './recorder.styles.ts';
import { channelsView, elapsedView, previewsView, troubleView, uploadView, type Words } from './recording-view.ts';

/**
 * Records microphone, camera, screen and the sound of what is shared, and saves it on the gateway while it is recorded: over lost
 * connections, with pauses. While it records, the window and the tab say so.
 *
 * @attr record - What is chosen at first: `microphone` (default), `camera`, `screen`, `system-audio`; several words, several devices
 * @attr choices - What may be chosen; default all four
 * @attr endpoint - Base URL of the gateway; default: where the script came from
 * @attr token-url - Answers a POST with leave to upload; default: the gateway's
 * @attr session-id - A capture session that the page's server made; default: a new one
 * @attr end-user-id - Whose recording it is
 * @attr nopreview - Without pictures of what is recorded
 * @attr color-scheme - `auto`, `light` or `dark`
 * @fires {VivaRecorderChangeEvent} viva-recorder-change - It began, paused, went on, stopped or failed
 * @fires {VivaRecordedEvent} viva-recorded - Everything is saved
 * @fires {VivaErrorEvent} viva-error
 * @slot - Shown below the buttons
 * @csspart frame - The whole
 * @csspart header - Title, state and time
 * @csspart elapsed - Time recorded
 * @csspart choices - What can be chosen
 * @csspart preview - Each picture
 * @csspart channels - What is recorded, and how it goes
 * @csspart upload - How saving goes
 * @csspart alert - A failure
 * @csspart controls - The buttons
 * @csspart start - Begins
 * @csspart pause - Pauses and goes on
 * @csspart stop - Ends
 * @cssprop --viva-recorder-preview-height - Most that a preview is high (260px)
 */
export class VivaRecorder extends RecorderProperties {
  static override styles = [tokens, filmTokens, controlStyles, recorderStyles];
  static override properties: PropertyDeclarations = {
    chosen: { state: true },
    failure: { state: true },
    dismissed: { state: true },
  };

  /** Null: as the attribute says. */
  declare chosen: ReadonlySet<Wish> | null;
  /** Why no recorder was made. */
  declare failure: ErrorFacts | null;
  declare dismissed: ErrorFacts | null;

  readonly #locale = new Localized(this, 'media');
  #made: Recorder | null = null;
  #told: CaptureState = idleCapture;
  /** A button has the focus, or had it when it went away: keys go on where they were. */
  #pressed = false;
  #tick: ReturnType<typeof setInterval> | undefined;
  readonly #followed = new Followed<CaptureState>(
    this,
    () => (this.recorder ?? this.#made)?.state ?? null,
    idleCapture,
    (state) => this.#tell(state),
  );

  constructor() {
    super();
    this.chosen = null;
    this.failure = null;
    this.dismissed = null;
    new Awake(this, () => this.isConnected && isRunning(this.state.phase));
  }

  /** Where the recording stands; read only. */
  get state(): CaptureState {
    return this.#followed.value;
  }

  /** Asks for permission and records what is chosen. Called within a press. Rejects with an `AssistantError`, which is also shown. */
  async start(): Promise<void> {
    this.failure = null;
    const choice = choiceOf(this.#chosen, this.#offered);
    try {
      if (isEmpty(choice)) throw new AssistantError('bad-option', 'nothing is chosen', { field: 'record' });
      const recorder = this.recorder ?? this.#made ?? (await this.#make());
      recorder.start(choice);
    } catch (cause) {
      const error = AssistantError.from(cause, 'bad-option');
      this.failure = error.toFacts();
      this.dispatchEvent(failed(this.failure));
      throw error;
    }
  }

  pause(): void {
    this.#recorder?.pause();
  }

  /** Goes on after `pause()`. */
  resume(): void {
    this.#recorder?.resume();
  }

  /** Records no more; `viva-recorded` tells when everything is saved. */
  stop(): void {
    this.#recorder?.stop();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#leaving);
    // A press has to open the screen's question at once: what it needs is here by then.
    void import('../viva-voce/recorder-edges.ts');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#leaving);
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (this.isConnected) return;
      clearInterval(this.#tick);
      indicate(this, null);
      this.#made?.dispose();
      this.#made = null;
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#pressed ||= this.shadowRoot?.activeElement?.closest('[part="controls"]') != null;
    const making = ['endpoint', 'tokenUrl', 'sessionId', 'token', 'endUserId', 'connect'] as const;
    if (!this.hasUpdated || !making.some((name) => changed.has(name)) || isUnsaved(this.state)) return;
    this.#made?.dispose();
    this.#made = null;
  }

  protected override updated(): void {
    if (this.isConnected) this.#indicate();
    if (!this.#pressed) return;
    const { shadowRoot } = this;
    // While the browser asks or the rest is saved there is nothing to press; it goes to what comes then.
    const next = shadowRoot?.querySelector<HTMLElement>('[part="controls"] button:not([disabled])');
    const elsewhere = document.activeElement !== document.body && document.activeElement !== this;
    if (next == null && !elsewhere) return;
    this.#pressed = false;
    if (!elsewhere && shadowRoot?.activeElement == null) next?.focus();
  }

  protected override render() {
    const words = this.#words;
    const { state } = this;
    const running = isRunning(state.phase);
    const underWay = running || state.phase === 'stopping';
    const facts = this.failure ?? state.error ?? state.notice;
    const choosing = { offered: this.#offered, chosen: this.#chosen, choose: this.#choose };
    return html`<section
      part="frame"
      class="frame"
      lang=${this.#locale.tag}
      dir=${this.#locale.dir}
      aria-label=${words.recorderTitle}
    >
      <header part="header">
        <h2>${words.recorderTitle}</h2>
        ${underWay ? elapsedView(state, performance.timeOrigin + performance.now(), words) : nothing}
        <p class="muted ${state.phase === 'recording' ? 'live' : ''}"><bdi>${words[`recorderPhase-${state.phase}`]}</bdi></p>
      </header>
      ${underWay ? nothing : choicesView(state, choosing, words)}
      ${running && !this.nopreview ? previewsView(state, words) : nothing} ${running ? channelsView(state, words) : nothing}
      ${underWay ? uploadView(state, words) : nothing}
      ${troubleView(facts === this.dismissed ? null : facts, () => (this.dismissed = facts), words)}
      ${controlsView(state, isEmpty(choiceOf(this.#chosen, this.#offered)), this.#presses, words)}
      <slot></slot>
      <p class="unseen" role="status">${announcement(state, words)}</p>
    </section>`;
  }

  get #words(): Words {
    return { ...recorderStrings, ...recorderErrorStrings, ...this.#locale.words, ...this.strings };
  }

  get #recorder(): Recorder | null {
    return this.recorder ?? this.#made;
  }

  get #offered(): readonly Wish[] {
    return wishesIn(this.choices);
  }

  get #chosen(): ReadonlySet<Wish> {
    return this.chosen ?? new Set(wishesIn(this.record));
  }

  async #make(): Promise<Recorder> {
    const { endpoint, tokenUrl, sessionId, token, endUserId } = this;
    const connect = this.connect ?? (await import('../viva-voce/recorder-edges.ts')).connectRecorder;
    if (!this.isConnected) throw new DOMException('The tag is not on the page', 'AbortError');
    this.#made = connect({ endpoint, tokenUrl, sessionId, token, endUserId });
    this.#followed.hostUpdate();
    return this.#made;
  }

  readonly #choose = (wish: Wish, wanted: boolean): void => {
    const chosen = new Set(this.#chosen);
    if (wanted) chosen.add(wish);
    else chosen.delete(wish);
    this.chosen = chosen;
  };

  readonly #begin = (): void => {
    this.dismissed = null;
    // Shown by then.
    this.start().catch(() => undefined);
  };

  readonly #presses = {
    start: this.#begin,
    pause: () => this.pause(),
    resume: () => this.resume(),
    stop: () => this.stop(),
  };

  readonly #leaving = (event: BeforeUnloadEvent): void => {
    if (isUnsaved(this.state)) event.preventDefault();
  };

  #indicate(): void {
    indicate(this, markOf(this.#told, this.#locale.coming ? null : this.#words));
  }

  #tell(state: CaptureState): void {
    const before = this.#told;
    this.#told = state;
    this.#indicate();
    for (const event of eventsOf(before, state)) this.dispatchEvent(event);
    clearInterval(this.#tick);
    // What it shows counts whole seconds.
    if (state.phase === 'recording') this.#tick = setInterval(() => this.requestUpdate(), 500);
  }
}
