import { html, nothing, type PropertyValues } from 'lit';
import { actionOf, type PlayerAction } from '../../pipelines/playback-keys.ts';
import { languagesOf } from '../../pipelines/playback-captions.ts';
import type { Chapter } from '../../pipelines/playback-chapters.ts';
import type { PlaybackPhase, PlaybackState } from '../../pipelines/playback-state.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import type {
  StreamAlert,
  StreamCaption,
  StreamCaptionTranslation,
  StreamFeedEvent,
  StreamScene,
} from '../../shared/stream-feed.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import { severityStyles } from '../alerts/severity.styles.ts';
import { VivaAlertEvent } from '../alerts/viva-alert-event.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import { viewerLanguage } from '../captions/language-names.ts';
import { controlStyles } from '../controls.styles.ts';
import { VivaErrorEvent } from '../events.ts';
import { menuStyles } from '../live-captions/menu.ts';
import { tokens } from '../tokens.styles.ts';
import { act, onlyRefused, togglePlaying, wantsKey, type Stage } from './acts.ts';
import { CaptionSchedule } from './caption-schedule.ts';
import { CaptionSources } from './caption-sources.ts';
import { controlRow } from './controls.ts';
import { cover, phaseWords } from './cover.ts';
import { holdMediaKeys, tellPosition } from './media-session.ts';
import { MirroredTrack } from './mirrored-track.ts';
import { namedFiles } from './named-files.ts';
import { panel, type PanelTab } from './panel.ts';
import { panelStyles } from './panel.styles.ts';
import { Playback } from './playback.ts';
import { PlayerProperties } from './player-properties.ts';
import { playerStrings } from './player-strings.ts';
import { playerStyles } from './player.styles.ts';
import { PlayerTimes } from './player-times.ts';
import { readPlayerPreferences, usual, writePlayerPreferences, type PlayerPreferences } from './remembered.ts';
import { settingsSheet } from './settings.ts';
import { StreamFollower } from './stream-follower.ts';
import { Taps } from './touch.ts';
import { Wakeful } from './wakeful.ts';

/** Captions a page adds by itself; times are ms on the picture's clock, or from the beginning of what has none. */
export type AddedCaption = Omit<StreamCaption, 'type' | 'final' | 'language'> &
  Partial<Pick<StreamCaption, 'final' | 'language'>>;
export type AddedAlert = Pick<StreamAlert, 'id' | 'label' | 'startMs'> & Partial<StreamAlert>;

/**
 * A video player for what is live and what is recorded: HLS or a file, with captions in two languages, alerts, scenes and a transcript on
 * the picture's own clock. Attributes, properties, methods and events of `<video>` keep their names.
 *
 * @attr src - HLS playlist or video file
 * @attr poster - Picture before the first frame
 * @attr autoplay - Begins by itself; browsers ask for `muted` then
 * @attr muted - Without sound at first
 * @attr volume - 0–1
 * @attr loop - Begins anew at the end
 * @attr playsinline - Within the page on telephones (default)
 * @attr crossorigin - As on `<video>`
 * @attr preload - `none`, `metadata` (default) or `auto`
 * @attr captions - Address of a WebVTT file; `<track>` children, or the playlist's own, do as well
 * @attr captions-language - BCP 47 of that file
 * @attr thumbnails - Address of a WebVTT file of preview pictures
 * @attr chapters - Address of a WebVTT file of chapters
 * @attr stream-id - Stream (`rts-…`) or video (`m-…`) whose captions, alerts and scenes are followed
 * @attr endpoint - Base URL of the gateway that tells of it; default: where the script came from
 * @attr token-url - Answers a POST with a client token
 * @attr clock - Time of day (`wall`), time played (`elapsed`), or `auto`: by whether it is live
 * @attr color-scheme - `light`, `dark`, or as the page is
 * @attr panel - What is open beside the picture: `transcript`, `alerts`, `scenes`, `chapters`, or nothing
 * @attr heading - What it is called, on lock screens too
 * @attr nocontrols - Without buttons
 * @attr nopanel - Without transcript and alerts beside the picture
 * @attr noalerts - Alerts do not pop up here
 * @attr nohotkeys - Without keys
 * @attr storage-key - Under which a viewer's choices are remembered; empty: not at all
 * @fires {VivaAlertEvent} viva-alert - An alert is about to pop up; cancelled, it is listed only
 * @fires {VivaErrorEvent} viva-error
 * @slot - `<track>` elements
 * @slot overlay - Above the picture, below the controls
 * @csspart stage - The picture with everything on it
 * @csspart captions - Captions on the picture
 * @csspart controls - Seek bar and buttons
 * @csspart play - The button that plays and pauses
 * @csspart live-button - The button that goes to live
 * @csspart time - The time, and what changes its kind
 * @csspart banner - Why it does not play
 * @csspart panel - Transcript, alerts, scenes and chapters
 */
export class VivaPlayer extends PlayerProperties {
  static override styles = [tokens, controlStyles, menuStyles, severityStyles, playerStyles, panelStyles];
  readonly #internals = this.attachInternals();
  readonly #playback = new Playback(this.video, (what) => this.#changed(what));
  readonly #follower = new StreamFollower(this.#playback, (error) => this.#fail(error));
  readonly #sources = new CaptionSources(this.#playback, (error) => this.#fail(error));
  readonly #schedule = new CaptionSchedule(
    this.#playback,
    () => ({ pace: this.#chosen.pace, to: this.#to }),
    () => this.#shown(),
  );
  readonly #times = new PlayerTimes(this.#playback, () => this.clock);
  readonly #mirror = new MirroredTrack(this.video);
  readonly #taps = new Taps();
  readonly #wakeful = new Wakeful(() => this.requestUpdate());
  #remembered: Partial<PlayerPreferences> = {};
  #releaseKeys: (() => void) | undefined;
  #opened: string | null = null;
  #followed = '';
  #fresh = true;
  #phase: PlaybackPhase = 'empty';
  #toldFailure: ErrorFacts | null = null;
  #looking = false;
  #alertsToo = false;
  /** The page gave this feed itself. */
  #ownFeed = false;

  /** Alerts, for a `<viva-alerts>` elsewhere on the page. */
  get desk(): AlertDesk {
    return this.#playback.desk;
  }

  /** What the viewer is told: `playing`, `paused`, `buffering`, `source-paused`, `retrying`, `failed` and so on. */
  get phase(): PlaybackPhase {
    return this.#playback.phase(navigator.onLine);
  }

  /** True while the source goes on. */
  get live(): boolean {
    return this.#playback.state.live;
  }

  /** What is on the screen, ms since the epoch where the picture has a clock; else ms from its beginning. */
  get currentDateMs(): number {
    return this.#playback.dateMs;
  }

  set currentDateMs(dateMs: number) {
    this.#playback.seekDate(dateMs);
  }

  seekToLive(): void {
    this.#playback.toLive();
  }

  /** Follows a feed of the page's own in place of `stream-id`; null lets go. */
  follow(feed: Parameters<StreamFollower['follow']>[0] | null): void {
    this.#ownFeed = feed !== null;
    if (feed === null) this.#follower.leave();
    else this.#follower.follow(feed);
  }

  addCaption({ final = true, language = '', ...caption }: AddedCaption): void {
    this.#take({ type: 'caption', final, language, ...caption });
  }

  addTranslation(translation: Omit<StreamCaptionTranslation, 'type'>): void {
    this.#take({ type: 'caption-translation', ...translation });
  }

  addAlert(alert: AddedAlert): void {
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

  addScene(scene: Omit<StreamScene, 'type'>): void {
    this.#take({ type: 'scene', ...scene });
  }

  /** Takes the place of the chapters there were. Positions are s on the timeline. */
  addChapters(chapters: readonly Chapter[]): void {
    this.#playback.chapters = [...chapters].sort((one, other) => one.startS - other.startS);
    this.requestUpdate();
  }

  /** Begins anew: the picture, the feed and the files. */
  load(): void {
    this.#opened = null;
    this.#followed = '';
    this.#sources.stop();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#remembered = readPlayerPreferences(this.storageKey);
    const { volume, muted, speed } = this.#remembered;
    if (volume !== undefined && !this.hasAttribute('volume')) this.volume = volume;
    if (muted !== undefined && !this.hasAttribute('muted')) this.muted = muted;
    if (speed !== undefined) this.video.defaultPlaybackRate = speed;
    this.desk.remember(this.storageKey);
    this.desk.place = this.#times.place;
    this.desk.announce = (alert) => !this.noalerts && this.dispatchEvent(new VivaAlertEvent(alert));
    for (const name of watched) this.video.addEventListener(name, this.#moved);
    for (const name of ['online', 'offline']) addEventListener(name, this.#network);
    document.addEventListener('fullscreenchange', this.#redraw);
    this.#opened = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of watched) this.video.removeEventListener(name, this.#moved);
    for (const name of ['online', 'offline']) removeEventListener(name, this.#network);
    document.removeEventListener('fullscreenchange', this.#redraw);
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#playback.close();
      this.#schedule.stop();
      this.#sources.stop();
      this.#followed = '';
      if (!this.#ownFeed) this.#follower.leave();
      this.#releaseKeys?.();
      this.#wakeful.stop();
      this.desk.dispose();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = this.#phase;
    this.#phase = this.phase;
    if (before === this.#phase) return;
    if (before !== 'empty') this.#internals.states.delete(before);
    this.#internals.states.add(this.#phase);
  }

  protected override render() {
    const view = this.#view();
    const { words, state } = view;
    return html`<div
        part="stage"
        class="stage ${this.#wakeful.awake || this.paused ? '' : 'idle'} ground-${this.#chosen.ground}"
        @pointermove=${this.#wakeful.wake}
        @focusin=${this.#wakeful.wake}
        @keydown=${this.#key}
        @pointerleave=${this.#wakeful.sleep}
      >
        <div class="picture" @click=${this.#pressed} @dblclick=${this.#doubled}>${this.video}</div>
        <slot name="overlay"></slot>
        <slot @slotchange=${this.#redraw} hidden></slot>
        ${this.#captions()}
        <div class="cover">
          ${cover({ ...view, controls: !this.nocontrols, fresh: this.#fresh, play: this.#toggle, retry: this.#retry })}
        </div>
        <div class="unseen" role="status">${phaseWords(view)}</div>
        <div class="unseen" role="alert">${this.#phase === 'failed' ? words.playerFailed : nothing}</div>
        ${state.feed === 'reconnecting' ? html`<p class="feed" aria-hidden="true">${words.playerReconnecting}</p>` : nothing}
        ${this.noalerts ? nothing : html`<viva-alert-toasts .desk=${this.desk} .words=${this.strings}></viva-alert-toasts>`}
        ${this.nocontrols ? nothing : this.#controls(view)}
      </div>
      ${this.#panel(view)}`;
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    if (this.#opened !== this.src) this.#open();
    this.#sources.load(async () => (await edges()).readCaptionFile, namedFiles(this));
    this.#follow();
    const { failed } = this.#playback.state;
    if (failed !== null && failed !== this.#toldFailure) this.#fail(failed);
    this.#toldFailure = failed;
  }

  #view(): View {
    const words = { ...captionStrings, ...playerStrings, ...this.strings };
    return { words, phase: this.#phase, state: this.#playback.state };
  }

  get #chosen(): PlayerPreferences {
    return { ...usual, ...this.#remembered, speed: this.video.playbackRate };
  }

  /** What of the two sides is read, and in which language the other one is. */
  get #wishes(): readonly string[] {
    const words = this.#chosen.languages.split(' ');
    return [...(words.includes('original') ? ['original'] : []), ...(this.#to === null ? [] : ['translation'])];
  }

  get #to(): string | null {
    return this.#chosen.languages.split(' ').find((word) => word !== 'original' && word !== '') ?? null;
  }

  #captions() {
    const { size, contrast, captionsOn, announce } = this.#chosen;
    const lines = captionsOn ? this.#schedule.lines : [];
    const wishes = this.#wishes.length === 0 ? ['original'] : this.#wishes;
    return html`<div part="captions" class="captions" aria-hidden="true" ?hidden=${lines.length === 0}>
        <viva-caption-rows
          size=${size}
          contrast=${contrast === 'page' ? 'dark' : contrast}
          .lines=${lines}
          .wishes=${wishes}
          .rows=${this.#playback.atEdge ? 2 : 4}
          .quiet=${true}
        ></viva-caption-rows>
      </div>
      <div class="unseen" role="log" aria-live=${announce ? 'polite' : 'off'}>
        ${
          announce
            ? lines.flatMap(({ id, original, translation }) => {
                const told = this.#to === null ? original : (translation ?? original);
                return told?.final === true
                  ? [html`<p id=${id} lang=${told.language === '' ? nothing : told.language}>${told.text}</p>`]
                  : [];
              })
            : nothing
        }
      </div>`;
  }

  #controls({ words, state }: View) {
    const playback = this.#playback;
    const { video } = this;
    const times = this.#times.view(words, viewerLanguage());
    const hasCaptions = playback.captions.list.length > 0;
    const { buffered } = video;
    const settings = settingsSheet({
      words,
      state,
      chosen: this.#chosen,
      languages: hasCaptions ? this.#languages() : [],
      reader: viewerLanguage(),
      quality: (index) => playback.command({ type: 'quality', index }),
      choose: (changes) => this.#choose(changes),
    });
    const row = controlRow({
      words,
      phase: this.#phase,
      paused: video.paused,
      muted: video.muted,
      volume: video.volume,
      ...times,
      captions: hasCaptions ? this.#chosen.captionsOn : null,
      settings,
      panelOpen: this.nopanel ? null : this.#tab !== null,
      unread: this.desk.store.unread,
      pip: document.pictureInPictureEnabled ? document.pictureInPictureElement === video : null,
      fullscreen: this.#canFill ? document.fullscreenElement === this : null,
      act: {
        ...this.#stage,
        toggle: this.#toggle,
        mute: () => (video.muted = !video.muted),
        volume: (volume) => Object.assign(video, { volume, muted: volume === 0 }),
        live: () => this.seekToLive(),
        time: () => this.#times.other(() => this.requestUpdate()),
        captions: this.#stage.toggleCaptions,
        panel: this.#stage.togglePanel,
        pip: this.#stage.togglePip,
        fullscreen: this.#stage.toggleFullscreen,
      },
    });
    return html`<div part="controls" class="controls">
      <viva-player-timeline
        exportparts="bar,marker,preview"
        .playback=${playback}
        .positionS=${video.currentTime}
        .bufferedS=${buffered.length > 0 ? buffered.end(buffered.length - 1) : 0}
        .live=${state.live}
        .axis=${playback.axis}
        .chapters=${playback.chapters}
        .thumbnails=${playback.thumbnails}
        .alertsVersion=${this.desk.store.version}
        .scenesVersion=${playback.scenes.version}
        .words=${this.strings}
        .timeText=${times.positionText}
        .spoken=${times.spoken}
        @seek=${({ detail }: CustomEvent<number>) => playback.seek(detail)}
      ></viva-player-timeline>
      ${row}
    </div>`;
  }

  #panel({ words }: View) {
    const tab = this.#tab;
    if (tab === null || this.nopanel) return nothing;
    const { scenes, chapters } = this.#playback;
    return panel({
      words,
      given: this.strings,
      playback: this.#playback,
      tab,
      shown: [
        'transcript',
        'alerts',
        ...(scenes.list.length > 0 ? ['scenes' as const] : []),
        ...(chapters.length > 0 ? ['chapters' as const] : []),
      ],
      nowMs: this.#playback.dateMs,
      wishes: this.#wishes,
      to: this.#to,
      timeText: this.#times.dateText,
      open: (next) => (this.panel = next),
      close: () => (this.panel = ''),
    });
  }

  get #tab(): PanelTab | null {
    const { panel: wished } = this;
    return wished === 'transcript' || wished === 'alerts' || wished === 'scenes' || wished === 'chapters' ? wished : null;
  }

  #seenLanguages: { readonly version: number; readonly languages: readonly string[] } = { version: -1, languages: [] };

  /** Of what is near the picture: looking through all captions at each change would cost more the more there are. */
  #languages(): readonly string[] {
    const { captions } = this.#playback;
    if (captions.version === this.#seenLanguages.version) return this.#seenLanguages.languages;
    const languages = languagesOf(captions.list.slice(-200));
    this.#seenLanguages = { version: captions.version, languages };
    return languages;
  }

  #open(): void {
    this.#opened = this.src;
    this.#fresh = true;
    const { src } = this;
    if (src === null || src === '') {
      this.#playback.close();
      return;
    }
    const { watch } = this;
    if (watch !== null) this.#playback.open(watch, src);
    else
      edges().then(
        ({ watchPicture }) => {
          if (this.isConnected && this.#opened === src) this.#playback.open(watchPicture, new URL(src, document.baseURI).href);
        },
        (cause: unknown) => this.#fail(AssistantError.from(cause, 'offline').toFacts()),
      );
  }

  #follow(): void {
    const { streamId, endpoint, tokenUrl, connect } = this;
    const wished = streamId === null || streamId === '' ? '' : JSON.stringify([streamId, endpoint, tokenUrl]);
    if (wished === this.#followed) return;
    this.#followed = wished;
    if (this.#ownFeed) return;
    this.#follower.leave();
    if (streamId === null || wished === '') return;
    const follow = (make: NonNullable<typeof connect>): void => this.#follower.follow(make({ streamId, endpoint, tokenUrl }));
    if (connect !== null) follow(connect);
    else
      edges().then(
        ({ connectStream }) => {
          if (this.isConnected && this.#followed === wished) follow(connectStream);
        },
        (cause: unknown) => this.#fail(AssistantError.from(cause, 'offline').toFacts()),
      );
  }

  #take(event: StreamFeedEvent): void {
    this.#follower.take(event);
  }

  #fail(facts: ErrorFacts): void {
    this.dispatchEvent(new VivaErrorEvent(facts));
  }

  #choose(changes: Partial<PlayerPreferences>): void {
    this.#remembered = { ...this.#remembered, ...changes };
    if (changes.speed !== undefined) this.video.playbackRate = this.video.defaultPlaybackRate = changes.speed;
    writePlayerPreferences(this.storageKey, this.#remembered);
    this.#keepPace();
    this.#schedule.refresh();
    this.requestUpdate();
  }

  /** Captions with the picture need a picture that waits for them. */
  #keepPace(): void {
    const { state, delay, clock, behindS } = this.#playback;
    if (!state.live) return;
    const neededMs = this.#chosen.pace === 'sync' ? delay.neededMs : null;
    if (neededMs === null || !clock.real) this.#playback.command({ type: 'latency', seconds: null });
    else {
      const nowBehindS = (Date.now() - this.#playback.dateMs) / 1000;
      this.#playback.command({ type: 'latency', seconds: Math.min(30, Math.max(1, behindS + neededMs / 1000 - nowBehindS)) });
    }
  }

  #changed(what: 'picture' | 'captions'): void {
    if (!this.isConnected) return;
    this.requestUpdate();
    if (what === 'captions') this.#alertsToo = true;
    if (this.#looking) return;
    this.#looking = true;
    // Thousands may be told at once, when a stream's past is read.
    queueMicrotask(() => {
      this.#looking = false;
      if (!this.isConnected) return;
      this.#schedule.refresh();
      if (this.#alertsToo) this.desk.refresh();
      this.#alertsToo = false;
    });
  }

  #shown(): void {
    this.#mirror.lines = this.#chosen.captionsOn ? this.#schedule.lines : [];
    this.requestUpdate();
  }

  readonly #redraw = (): void => {
    this.requestUpdate();
  };

  readonly #network = (): void => {
    if (navigator.onLine && this.#playback.state.retrying !== null) this.#retry();
    this.requestUpdate();
  };

  readonly #retry = (): void => {
    const { failed } = this.#playback.state;
    if (failed === null) this.#playback.command({ type: 'retry' });
    else this.load();
  };

  readonly #toggle = (): void => {
    if (this.#phase === 'failed') this.#retry();
    else togglePlaying(this.video);
  };

  /** The picture moved, or stood still. */
  readonly #moved = (event: Event): void => {
    const jump = event.type === 'seeking' || event.type === 'emptied';
    if (event.type === 'seeking') this.#fresh = false;
    if (event.type === 'playing') {
      this.#fresh = false;
      this.#wakeful.wake();
      this.#releaseKeys?.();
      this.#releaseKeys = holdMediaKeys({
        title: this.heading,
        poster: this.poster,
        play: () => void this.play().catch(onlyRefused),
        pause: () => this.pause(),
        stop: () => this.pause(),
        seekBy: (seconds) => this.#playback.seek(this.currentTime + seconds),
        seekTo: (seconds) => this.#playback.seek(seconds),
      });
    }
    if (event.type === 'volumechange' && this.hasUpdated) {
      const { volume, muted } = this.video;
      this.#remembered = { ...this.#remembered, volume, muted };
      writePlayerPreferences(this.storageKey, this.#remembered);
    }
    if (event.type === 'seeked' || event.type === 'durationchange') tellPosition(this.video);
    if (jump) this.#schedule.jumped();
    else this.#schedule.refresh();
    this.requestUpdate();
  };

  readonly #stage: Stage = {
    playback: this.#playback,
    speed: (speed) => this.#choose({ speed }),
    toggleCaptions: () => this.#choose({ captionsOn: !this.#chosen.captionsOn }),
    togglePanel: () => {
      this.panel = this.#tab === null ? (this.desk.store.unread > 0 ? 'alerts' : 'transcript') : '';
    },
    togglePip: () => {
      const floating = document.pictureInPictureElement === this.video;
      (floating ? document.exitPictureInPicture() : this.requestPictureInPicture()).catch(onlyRefusedPip);
    },
    toggleFullscreen: () => {
      const phone = this.video as HTMLVideoElement & { webkitEnterFullscreen?(): void };
      if (!document.fullscreenEnabled) phone.webkitEnterFullscreen?.();
      else (document.fullscreenElement === this ? document.exitFullscreen() : this.requestFullscreen()).catch(onlyRefusedPip);
    },
  };

  get #canFill(): boolean {
    return document.fullscreenEnabled || 'webkitEnterFullscreen' in this.video;
  }

  readonly #key = (event: KeyboardEvent): void => {
    this.#wakeful.wake();
    if (this.nohotkeys || event.defaultPrevented || wantsKey(event)) return;
    const action = actionOf(event, this.live);
    if (action === null) return;
    event.preventDefault();
    this.#act(action);
  };

  #act(action: PlayerAction): void {
    act(this.#stage, action);
    this.requestUpdate();
  }

  readonly #pressed = (event: MouseEvent): void => {
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (this.nocontrols) return;
    if (!touch) {
      this.#toggle();
      return;
    }
    const box = this.video.getBoundingClientRect();
    const tap = this.#taps.tap((event.clientX - box.left) / box.width, event.timeStamp);
    if (tap === 'back' || tap === 'on') this.#act({ type: 'seek-by', seconds: tap === 'on' ? 10 : -10 });
    else if (tap === 'middle') this.#toggle();
    else this.#wakeful.touch();
  };

  readonly #doubled = (event: MouseEvent): void => {
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!touch && !this.nocontrols) this.#stage.toggleFullscreen();
  };
}

interface View {
  readonly words: typeof captionStrings & typeof playerStrings;
  readonly phase: PlaybackPhase;
  readonly state: PlaybackState;
}

/** What the element tells that may change captions, times or buttons. */
const watched = [
  'durationchange',
  'emptied',
  'ended',
  'loadeddata',
  'pause',
  'playing',
  'play',
  'progress',
  'ratechange',
  'seeked',
  'seeking',
  'timeupdate',
  'volumechange',
  'waiting',
  'enterpictureinpicture',
  'leavepictureinpicture',
] as const;

const edges = () => import('../viva-voce/player-edges.ts');

/** Not possible here and now: the button stays as it is. */
function onlyRefusedPip(cause: unknown): void {
  if (!(cause instanceof DOMException) && !(cause instanceof TypeError)) throw cause;
}
