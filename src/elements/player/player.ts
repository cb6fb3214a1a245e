import { html, nothing, type PropertyValues } from 'lit';
import { actionOf, type PlayerAction } from '../../pipelines/playback-keys.ts';
import { languagesOf } from '../../pipelines/playback-captions.ts';
import type { PlaybackPhase, PlaybackState } from '../../pipelines/playback-state.ts';
import { severityStyles } from '../alerts/severity.styles.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import { viewerLanguage } from '../captions/language-names.ts';
import { controlStyles } from '../controls.styles.ts';
import { menuStyles } from '../live-captions/menu.ts';
import { tokens } from '../tokens.styles.ts';
import { act, onlyRefused, togglePlaying, wantsKey, type Stage } from './acts.ts';
import { controlRow } from './controls.ts';
import { playerControlStyles } from './controls.styles.ts';
import { cover, phaseWords } from './cover.ts';
import { holdMediaKeys, tellPosition } from './media-session.ts';
import { MirroredTrack } from './mirrored-track.ts';
import { panel, type PanelTab } from './panel.ts';
import { panelStyles } from './panel.styles.ts';
import { playerStrings } from './player-strings.ts';
import { playerStyles } from './player.styles.ts';
import { PlayerContent } from './player-content.ts';
import { PlayerTimes } from './player-times.ts';
import type { PlayerPreferences } from './remembered.ts';
import { settingsSheet } from './settings.ts';
import { captionsOnPicture } from './shown-captions.ts';
import { Taps } from './touch.ts';
import { Wakeful } from './wakeful.ts';

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
export class VivaPlayer extends PlayerContent {
  static override styles = [tokens, controlStyles, menuStyles, severityStyles, playerStyles, playerControlStyles, panelStyles];
  readonly #internals = this.attachInternals();
  readonly #times = new PlayerTimes(this.playback, () => this.clock);
  readonly #mirror = new MirroredTrack(this.video);
  readonly #taps = new Taps();
  readonly #wakeful = new Wakeful(() => this.requestUpdate());
  #releaseKeys: (() => void) | undefined;
  #fresh = true;
  #phase: PlaybackPhase = 'empty';

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk.place = this.#times.place;
    for (const name of watched) this.video.addEventListener(name, this.#moved);
    for (const name of ['online', 'offline']) addEventListener(name, this.#network);
    document.addEventListener('fullscreenchange', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of watched) this.video.removeEventListener(name, this.#moved);
    for (const name of ['online', 'offline']) removeEventListener(name, this.#network);
    document.removeEventListener('fullscreenchange', this.#redraw);
  }

  protected override left(): void {
    super.left();
    this.#releaseKeys?.();
    this.#wakeful.stop();
  }

  protected override opening(): void {
    this.#fresh = true;
  }

  protected override shown(): void {
    this.#mirror.lines = this.choices.all.captionsOn ? this.schedule.lines : [];
    this.requestUpdate();
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
        class="stage ${this.#wakeful.awake || this.paused ? '' : 'idle'} ground-${this.choices.all.ground}"
        @pointermove=${this.#wakeful.wake}
        @focusin=${this.#wakeful.wake}
        @keydown=${this.#key}
        @pointerleave=${this.#wakeful.sleep}
      >
        <div class="picture" @click=${this.#pressed} @dblclick=${this.#doubled}>${this.video}</div>
        <slot name="overlay"></slot>
        <div hidden @slotchange=${this.#redraw}><slot></slot></div>
        ${captionsOnPicture(this.choices.all.captionsOn ? this.schedule.lines : [], this.choices, this.playback.atEdge)}
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

  #view(): View {
    const words = { ...captionStrings, ...playerStrings, ...this.strings };
    return { words, phase: this.#phase, state: this.playback.state };
  }

  #controls({ words, state }: View) {
    const playback = this.playback;
    const { video } = this;
    const times = this.#times.view(words, viewerLanguage());
    const hasCaptions = playback.captions.list.length > 0;
    const { buffered } = video;
    const settings = settingsSheet({
      words,
      state,
      chosen: this.choices.all,
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
      captions: hasCaptions ? this.choices.all.captionsOn : null,
      settings,
      panelOpen: this.nopanel ? null : this.#tab !== null,
      unread: this.desk.store.unread,
      pip: document.pictureInPictureEnabled ? document.pictureInPictureElement === video : null,
      fullscreen: this.#canFill ? document.fullscreenElement === this : null,
      act: {
        toggle: this.#toggle,
        mute: () => (video.muted = !video.muted),
        volume: (volume) => Object.assign(video, { volume, muted: volume === 0 }),
        live: () => this.seekToLive(),
        time: () => this.#times.other(() => this.requestUpdate()),
        captions: () => this.#stage.toggleCaptions(),
        panel: () => this.#stage.togglePanel(),
        pip: () => this.#stage.togglePip(),
        fullscreen: () => this.#stage.toggleFullscreen(),
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
    const { scenes, chapters } = this.playback;
    return panel({
      words,
      given: this.strings,
      playback: this.playback,
      tab,
      shown: [
        'transcript',
        'alerts',
        ...(scenes.list.length > 0 ? ['scenes' as const] : []),
        ...(chapters.length > 0 ? ['chapters' as const] : []),
      ],
      nowMs: this.playback.dateMs,
      wishes: this.choices.wishes,
      to: this.choices.to,
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
    const { captions } = this.playback;
    if (captions.version === this.#seenLanguages.version) return this.#seenLanguages.languages;
    const languages = languagesOf(captions.list.slice(-200));
    this.#seenLanguages = { version: captions.version, languages };
    return languages;
  }

  #choose(changes: Partial<PlayerPreferences>): void {
    this.choices.choose(changes);
    this.schedule.refresh();
    this.requestUpdate();
  }

  readonly #redraw = (): void => {
    this.requestUpdate();
  };

  readonly #network = (): void => {
    if (navigator.onLine && this.playback.state.retrying !== null) this.#retry();
    this.requestUpdate();
  };

  readonly #retry = (): void => {
    const { failed } = this.playback.state;
    if (failed === null) this.playback.command({ type: 'retry' });
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
        seekBy: (seconds) => this.playback.seek(this.currentTime + seconds),
        seekTo: (seconds) => this.playback.seek(seconds),
      });
    }
    if (event.type === 'volumechange' && this.hasUpdated) {
      const { volume, muted } = this.video;
      this.choices.choose({ volume, muted });
    }
    if (event.type === 'seeked' || event.type === 'durationchange') tellPosition(this.video);
    if (jump) this.schedule.jumped();
    else this.schedule.refresh();
    this.requestUpdate();
  };

  readonly #stage: Stage = {
    playback: this.playback,
    speed: (speed) => this.#choose({ speed }),
    toggleCaptions: () => this.#choose({ captionsOn: !this.choices.all.captionsOn }),
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

/** Not possible here and now: the button stays as it is. */
function onlyRefusedPip(cause: unknown): void {
  if (!(cause instanceof DOMException) && !(cause instanceof TypeError)) throw cause;
}
