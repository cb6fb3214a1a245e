import { html, nothing } from 'lit';
import { languagesOf } from '../../pipelines/playback-captions.ts';
import type { PlaybackPhase, PlaybackState } from '../../pipelines/playback-state.ts';
import { severityStyles } from '../alerts/severity.styles.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import { viewerLanguage } from '../captions/language-names.ts';
import { controlStyles } from '../controls.styles.ts';
import { KeptFocus } from '../kept-focus.ts';
import { menuStyles } from '../live-captions/menu.ts';
import { filmTokens, tokens } from '../tokens.styles.ts';
import { controlRow } from './controls.ts';
import { playerControlStyles } from './controls.styles.ts';
import { cover, failure, phaseWords } from './cover.ts';
import { coverStyles } from './cover.styles.ts';
import { MirroredTrack } from './mirrored-track.ts';
import { panel } from './panel.ts';
import { panelStyles } from './panel.styles.ts';
import { playerStrings } from './player-strings.ts';
import { playerStyles } from './player.styles.ts';
import { PlayerStage } from './player-stage.ts';
import { settingsSheet } from './settings.ts';
import { captionsOnPicture } from './shown-captions.ts';

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
export class VivaPlayer extends PlayerStage {
  static override styles = [
    tokens,
    filmTokens,
    controlStyles,
    menuStyles,
    severityStyles,
    playerStyles,
    coverStyles,
    playerControlStyles,
    panelStyles,
  ];
  readonly #mirror = new MirroredTrack(this.video);

  constructor() {
    super();
    new KeptFocus(this, (gone) => {
      if (gone.closest('.panel') !== null) return this.renderRoot.querySelector('.panel-button');
      return gone.closest('.controls') === null ? this.renderRoot.querySelector('[part="play"]') : null;
    });
  }

  protected override shown(): void {
    this.#mirror.lines = this.choices.all.captionsOn ? this.schedule.lines : [];
    this.requestUpdate();
  }

  protected override render() {
    const view = this.#view();
    const { words, state } = view;
    return html`<div
        part="stage"
        class="stage ${this.wakeful.awake || this.paused ? '' : 'idle'} ground-${this.choices.all.ground}"
        @pointermove=${this.wakeful.wake}
        @focusin=${this.wakeful.wake}
        @keydown=${this.key}
        @pointerleave=${this.wakeful.sleep}
      >
        <div class="picture" @click=${this.pressed} @dblclick=${this.doubled}>${this.video}</div>
        <slot name="overlay"></slot>
        <div hidden @slotchange=${this.redraw}><slot></slot></div>
        ${captionsOnPicture(this.choices.all.captionsOn ? this.schedule.lines : [], this.choices, this.playback.atEdge)}
        <div class="cover">
          ${cover({ ...view, controls: !this.nocontrols, fresh: this.fresh, play: this.toggle, retry: this.retry })}
        </div>
        <div class="unseen" role="status">${phaseWords(view)}</div>
        <div class="unseen" role="alert">${this.shownPhase === 'failed' ? failure(view) : nothing}</div>
        ${state.feed === 'reconnecting' ? html`<p class="feed" aria-hidden="true">${words.playerReconnecting}</p>` : nothing}
        ${this.noalerts ? nothing : html`<viva-alert-toasts .desk=${this.desk} .words=${this.words}></viva-alert-toasts>`}
        ${this.nocontrols ? nothing : this.#controls(view)}
      </div>
      ${this.#panel(view)}`;
  }

  #view(): View {
    const words = { ...captionStrings, ...playerStrings, ...this.words };
    return { words, phase: this.shownPhase, state: this.playback.state };
  }

  #controls({ words, state }: View) {
    const playback = this.playback;
    const { video } = this;
    const times = this.times.view(words, viewerLanguage());
    const hasCaptions = playback.captions.list.length > 0;
    const { buffered } = video;
    const settings = settingsSheet({
      words,
      state,
      chosen: this.choices.all,
      languages: hasCaptions ? this.#languages() : [],
      reader: viewerLanguage(),
      quality: (index) => playback.command({ type: 'quality', index }),
      choose: (changes) => this.choose(changes),
    });
    const row = controlRow({
      words,
      phase: this.shownPhase,
      paused: video.paused,
      muted: video.muted,
      volume: video.volume,
      ...times,
      captions: hasCaptions ? this.choices.all.captionsOn : null,
      settings,
      panelOpen: this.nopanel ? null : this.tab !== null,
      unread: this.desk.store.unread,
      pip: document.pictureInPictureEnabled ? document.pictureInPictureElement === video : null,
      fullscreen: this.canFill ? document.fullscreenElement === this : null,
      act: {
        toggle: this.toggle,
        mute: () => (video.muted = !video.muted),
        volume: (volume) => Object.assign(video, { volume, muted: volume === 0 }),
        live: () => this.seekToLive(),
        time: () => this.times.other(() => this.requestUpdate()),
        captions: () => this.stage.toggleCaptions(),
        panel: () => this.stage.togglePanel(),
        pip: () => this.stage.togglePip(),
        fullscreen: () => this.stage.toggleFullscreen(),
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
        .words=${this.words}
        .timeText=${times.positionText}
        .spoken=${times.spoken}
        @seek=${({ detail }: CustomEvent<number>) => playback.seek(detail)}
      ></viva-player-timeline>
      ${row}
    </div>`;
  }

  #panel({ words }: View) {
    const tab = this.tab;
    if (tab === null || this.nopanel) return nothing;
    const { scenes, chapters } = this.playback;
    return panel({
      words,
      given: this.words,
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
      timeText: this.times.dateText,
      key: this.panelKey,
      open: (next) => (this.panel = next),
      close: () => (this.panel = ''),
    });
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
}

interface View {
  readonly words: typeof captionStrings & typeof playerStrings;
  readonly phase: PlaybackPhase;
  readonly state: PlaybackState;
}
