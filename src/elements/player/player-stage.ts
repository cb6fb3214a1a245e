import type { PropertyValues } from 'lit';
import { actionOf, type PlayerAction } from '../../pipelines/playback-keys.ts';
import type { PlaybackPhase } from '../../pipelines/playback-state.ts';
import { act, onlyRefused, scrolls, togglePlaying, wantsKey, type Stage } from './acts.ts';
import { holdMediaKeys, tellPosition } from './media-session.ts';
import type { PanelTab } from './panel.ts';
import { PlayerContent } from './player-content.ts';
import { PlayerTimes } from './player-times.ts';
import type { PlayerPreferences } from './remembered.ts';
import { Taps } from './touch.ts';
import { Wakeful } from './wakeful.ts';

/** What keys, fingers, media keys and the picture itself do to a player, and what of it is awake. */
export abstract class PlayerStage extends PlayerContent {
  readonly #internals = this.attachInternals();
  protected readonly times = new PlayerTimes(this.playback, () => this.clock);
  readonly #taps = new Taps();
  protected readonly wakeful = new Wakeful(() => this.requestUpdate());
  #releaseKeys: (() => void) | undefined;
  protected fresh = true;
  protected shownPhase: PlaybackPhase = 'empty';

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk.place = this.times.place;
    for (const name of watched) this.video.addEventListener(name, this.#moved);
    for (const name of ['online', 'offline']) addEventListener(name, this.#network);
    document.addEventListener('fullscreenchange', this.redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of watched) this.video.removeEventListener(name, this.#moved);
    for (const name of ['online', 'offline']) removeEventListener(name, this.#network);
    document.removeEventListener('fullscreenchange', this.redraw);
  }

  protected override left(): void {
    super.left();
    this.#releaseKeys?.();
    this.wakeful.stop();
  }

  protected override opening(): void {
    this.fresh = true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = this.shownPhase;
    this.shownPhase = this.phase;
    if (before === this.shownPhase) return;
    if (before !== 'empty') this.#internals.states.delete(before);
    this.#internals.states.add(this.shownPhase);
  }

  protected get tab(): PanelTab | null {
    const { panel: wished } = this;
    return wished === 'transcript' || wished === 'alerts' || wished === 'scenes' || wished === 'chapters' ? wished : null;
  }

  protected choose(changes: Partial<PlayerPreferences>): void {
    this.choices.choose(changes);
    this.schedule.refresh();
    this.requestUpdate();
  }

  protected readonly redraw = (): void => {
    this.requestUpdate();
  };

  readonly #network = (): void => {
    if (navigator.onLine && this.playback.state.retrying !== null) this.retry();
    this.requestUpdate();
  };

  protected readonly retry = (): void => {
    const { failed } = this.playback.state;
    if (failed === null) this.playback.command({ type: 'retry' });
    else this.load();
  };

  protected readonly toggle = (): void => {
    if (this.shownPhase === 'failed') this.retry();
    else togglePlaying(this.video);
  };

  /** The picture moved, or stood still. */
  readonly #moved = (event: Event): void => {
    const jump = event.type === 'seeking' || event.type === 'emptied';
    if (event.type === 'seeking') this.fresh = false;
    if (event.type === 'playing') {
      this.fresh = false;
      this.wakeful.wake();
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

  protected readonly stage: Stage = {
    playback: this.playback,
    speed: (speed) => this.choose({ speed }),
    toggleCaptions: () => this.choose({ captionsOn: !this.choices.all.captionsOn }),
    togglePanel: () => {
      this.panel = this.tab === null ? (this.desk.store.unread > 0 ? 'alerts' : 'transcript') : '';
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

  protected get canFill(): boolean {
    return document.fullscreenEnabled || 'webkitEnterFullscreen' in this.video;
  }

  protected readonly key = (event: KeyboardEvent): void => {
    this.wakeful.wake();
    if (this.nohotkeys || event.defaultPrevented || wantsKey(event)) return;
    const action = actionOf(event, this.live);
    if (action === null) return;
    event.preventDefault();
    this.#act(action);
  };

  /** Beside the picture they do the same, but for what scrolls there. */
  protected readonly panelKey = (event: KeyboardEvent): void => {
    if (!scrolls(event.key)) this.key(event);
  };

  #act(action: PlayerAction): void {
    act(this.stage, action);
    this.requestUpdate();
  }

  protected readonly pressed = (event: MouseEvent): void => {
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (this.nocontrols) return;
    if (!touch) {
      this.toggle();
      return;
    }
    const box = this.video.getBoundingClientRect();
    const tap = this.#taps.tap((event.clientX - box.left) / box.width, event.timeStamp);
    if (tap === 'back' || tap === 'on') this.#act({ type: 'seek-by', seconds: tap === 'on' ? 10 : -10 });
    else if (tap === 'middle') this.toggle();
    else this.wakeful.touch();
  };

  protected readonly doubled = (event: MouseEvent): void => {
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!touch && !this.nocontrols) this.stage.toggleFullscreen();
  };
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
