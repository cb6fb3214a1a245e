import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { CaptureChannelId } from '../../shared/capture.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { elapsedMs, idleCapture, type CaptureState, type LivePicture, type Recorder } from '../../session/recorder.ts';
import { Followed } from '../captions/followed.ts';
import { controlStyles } from '../controls.styles.ts';
import { VivaErrorEvent } from '../events.ts';
import { stopIcon } from '../icons.ts';
import { fill } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { choiceOf, isEmpty, wishesIn, type Wish } from './choice.ts';
import { VivaRecordedEvent, VivaRecorderChangeEvent } from './events.ts';
import { pauseIcon, recordIcon } from './icons.ts';
import { indicate } from './indicator.ts';
import { RecorderProperties } from './recorder-properties.ts';
import {
  channelWord,
  recorderErrorStrings,
  recorderStrings,
  type RecorderErrorKey,
  type RecorderStrings,
} from './recorder-strings.ts';
import {
  announcement,
  channelWords,
  clockTime,
  durationTime,
  isRunning,
  isUnsaved,
  linkWords,
  openChannels,
} from './recorder-words.ts';
import { recorderStyles } from './recorder.styles.ts';

type Words = RecorderStrings & Partial<Record<RecorderErrorKey, string>>;

const wishWord: Readonly<Record<Wish, CaptureChannelId>> = {
  microphone: 'mic',
  camera: 'camera',
  screen: 'screen',
  systemAudio: 'system_audio',
};

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
  static override styles = [tokens, controlStyles, recorderStyles];
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

  #made: Recorder | null = null;
  #told: CaptureState = idleCapture;
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
  }

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
      tell(this, new VivaErrorEvent(this.failure));
      throw error;
    }
  }

  pause(): void {
    this.#recorder?.pause();
  }

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
    const making = ['endpoint', 'tokenUrl', 'sessionId', 'token', 'endUserId', 'connect'] as const;
    if (!this.hasUpdated || !making.some((name) => changed.has(name)) || isUnsaved(this.state)) return;
    this.#made?.dispose();
    this.#made = null;
  }

  protected override render() {
    const words: Words = { ...recorderStrings, ...this.strings };
    const { state } = this;
    const running = isRunning(state.phase);
    return html`<section part="frame" class="frame" lang="en" aria-label=${words.recorderTitle}>
      <header part="header">
        <h2>${words.recorderTitle}</h2>
        ${running || state.phase === 'stopping' ? this.#elapsed(words) : nothing}
        <p class="muted ${state.phase === 'recording' ? 'live' : ''}"><bdi>${words[`recorderPhase-${state.phase}`]}</bdi></p>
      </header>
      ${running || state.phase === 'stopping' ? nothing : this.#choices(words)}
      ${running && !this.nopreview ? this.#previews(words) : nothing} ${running ? this.#channels(words) : nothing}
      ${running || state.phase === 'stopping' ? this.#upload(words) : nothing} ${this.#trouble(words)} ${this.#controls(words)}
      <slot></slot>
      <p class="unseen" role="status">${announcement(state, words)}</p>
    </section>`;
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

  #elapsed(words: Words) {
    const ms = elapsedMs(this.state, performance.timeOrigin + performance.now());
    return html`<time part="elapsed" role="timer" aria-label=${words.recorderElapsed} datetime=${durationTime(ms)}
      >${clockTime(ms)}</time
    >`;
  }

  #choices(words: Words) {
    const chosen = this.#chosen;
    const busy = this.state.phase === 'asking';
    return html`<fieldset part="choices" ?disabled=${busy}>
      <legend>${words.recorderChoose}</legend>
      ${this.#offered.map(
        (wish) =>
          html`<label>
            <input type="checkbox" name=${wish} .checked=${chosen.has(wish)} @change=${this.#choose} />
            <bdi>${words[channelWord[wishWord[wish]]]}</bdi>
          </label>`,
      )}
      ${isEmpty(choiceOf(chosen, this.#offered)) ? html`<p class="muted">${words.recorderNothing}</p>` : nothing}
    </fieldset>`;
  }

  #previews(words: Words) {
    const shown = (['camera', 'screen'] as const).flatMap((kind) => {
      const picture = this.state.pictures[kind];
      return picture === null ? [] : [this.#preview(kind, picture, words)];
    });
    return shown.length === 0 ? nothing : html`<div class="previews">${shown}</div>`;
  }

  #preview(kind: 'camera' | 'screen', picture: LivePicture, words: Words) {
    const label = fill(words.recorderPreview, { what: words[channelWord[kind]] });
    // The state knows pictures by id only; the page's are MediaStreams, a test's may be nothing that plays.
    const source = picture instanceof MediaStream ? picture : null;
    return html`<video
      part="preview"
      class=${kind}
      .srcObject=${source}
      .muted=${true}
      autoplay
      playsinline
      aria-label=${label}
    ></video>`;
  }

  #channels(words: Words) {
    const { channels, refusals } = this.state;
    const errors = { ...recorderErrorStrings, ...this.strings };
    return html`<ul part="channels">
      ${channels.map(({ channel, label, state }) => {
        const name = label === '' ? words[channelWord[channel]] : `${words[channelWord[channel]]} (${label})`;
        return html`<li class=${state === 'recording' ? '' : 'warning'}>
          <bdi>${name}</bdi> ${words[`recorderChannel-${state}`]}
        </li>`;
      })}
      ${refusals.map(({ channel, error }) => {
        const why = errors[`recorder-error-${error.code}`];
        return html`<li class="warning"><bdi>${words[channelWord[channel]]}</bdi> ${fill(words.recorderRefused, { why })}</li>`;
      })}
    </ul>`;
  }

  #upload(words: Words) {
    const { upload, link } = this.state;
    return html`<p part="upload" class="muted ${link === 'lost' ? 'warning' : ''}">
      <bdi>${linkWords(this.state, words)}</bdi>
      ${
        upload.droppedMs === 0
          ? nothing
          : html`<bdi class="warning">${fill(words.recorderDropped, { seconds: Math.ceil(upload.droppedMs / 1000) })}</bdi>`
      }
    </p>`;
  }

  #trouble(words: Words) {
    const { error, notice } = this.state;
    const facts = this.failure ?? error ?? notice;
    const errors = { ...recorderErrorStrings, ...this.strings };
    // The region stands before its words come: some screen readers overlook one that is born full.
    return html`<div role="alert" class="trouble">
      ${
        facts === null || facts === this.dismissed
          ? nothing
          : html`<div part="alert">
              <p>${errors[`recorder-error-${facts.code}`]}</p>
              <p class="muted">${facts.code}${facts.field === null ? nothing : html` · ${facts.field}`}</p>
              <button class="outline" @click=${() => (this.dismissed = facts)}>${words.recorderDismiss}</button>
            </div>`
      }
    </div>`;
  }

  #controls(words: Words) {
    const { phase } = this.state;
    if (!isRunning(phase)) {
      const busy = phase === 'asking' || phase === 'stopping';
      const label = phase === 'stopped' || phase === 'error' ? words.recorderAgain : words.recorderStart;
      const empty = isEmpty(choiceOf(this.#chosen, this.#offered));
      return html`<div part="controls">
        <button part="start" class="solid wide" ?disabled=${busy || empty} aria-busy=${busy} @click=${this.#begin}>
          ${recordIcon}<span>${label}</span>
        </button>
      </div>`;
    }
    const paused = phase === 'paused';
    return html`<div part="controls">
      <button part="pause" class="outline wide" @click=${() => (paused ? this.resume() : this.pause())}>
        ${paused ? recordIcon : pauseIcon}<span>${paused ? words.recorderResume : words.recorderPause}</span>
      </button>
      <button part="stop" class="outline end wide" @click=${() => this.stop()}>
        ${stopIcon}<span>${words.recorderStop}</span>
      </button>
    </div>`;
  }

  readonly #choose = (event: Event): void => {
    const { name, checked } = event.currentTarget as HTMLInputElement;
    const chosen = new Set(this.#chosen);
    if (checked) chosen.add(name as Wish);
    else chosen.delete(name as Wish);
    this.chosen = chosen;
  };

  readonly #begin = (): void => {
    this.dismissed = null;
    // Shown by then.
    this.start().catch(() => undefined);
  };

  readonly #leaving = (event: BeforeUnloadEvent): void => {
    if (isUnsaved(this.state)) event.preventDefault();
  };

  #tell(state: CaptureState): void {
    const before = this.#told;
    this.#told = state;
    this.#indicate(state);
    if (state.phase !== before.phase) tell(this, new VivaRecorderChangeEvent(state.phase, before.phase));
    const facts = state.error ?? state.notice;
    if (facts !== null && facts !== (before.error ?? before.notice)) tell(this, new VivaErrorEvent(facts));
    if (state.phase === 'stopped' && before.phase !== 'stopped') tell(this, new VivaRecordedEvent(state));
  }

  #indicate(state: CaptureState): void {
    const words: Words = { ...recorderStrings, ...this.strings };
    const open = openChannels(state);
    const paused = state.phase === 'paused';
    const label = fill(paused ? words.recorderMarkPaused : words.recorderMark, { what: channelWords(open, words) });
    indicate(this, open.length === 0 ? null : { label, paused });
    clearInterval(this.#tick);
    // What it shows counts whole seconds.
    if (state.phase === 'recording') this.#tick = setInterval(() => this.requestUpdate(), 500);
  }
}

// Apart from the class, whose events its header tells.
const tell = (tag: EventTarget, event: Event): boolean => tag.dispatchEvent(event);
