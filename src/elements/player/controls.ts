import { html, nothing } from 'lit';
import { counted } from '../counted.ts';
import type { PlaybackPhase } from '../../pipelines/playback-state.ts';
import { menu } from '../live-captions/menu.ts';
import {
  captionsIcon,
  fullscreenIcon,
  mutedIcon,
  panelIcon,
  pauseIcon,
  pipIcon,
  playIcon,
  quietIcon,
  replayIcon,
  settingsIcon,
  smallscreenIcon,
  soundIcon,
} from './icons.ts';
import type { PlayerStrings } from './player-strings.ts';

/** The row of buttons below the picture. */
export interface ControlsView {
  readonly words: PlayerStrings;
  readonly phase: PlaybackPhase;
  readonly paused: boolean;
  readonly muted: boolean;
  readonly volume: number;
  /** Null = recorded. */
  readonly live: { readonly atEdge: boolean; readonly behind: string; readonly latency: string } | null;
  readonly time: string;
  readonly duration: string;
  /** Null = there is one kind of time only. */
  readonly otherTime: string | null;
  readonly captions: boolean | null;
  readonly settings: unknown;
  /** Null = there is no panel. */
  readonly panelOpen: boolean | null;
  readonly unread: number;
  readonly pip: boolean | null;
  readonly fullscreen: boolean | null;
  readonly act: {
    toggle(): void;
    mute(): void;
    volume(volume: number): void;
    live(): void;
    time(): void;
    captions(): void;
    panel(): void;
    pip(): void;
    fullscreen(): void;
  };
}

/** What is seen, then what a press does: who controls by voice says what stands there (WCAG 2.5.3). */
const timeName = ({ time, duration, otherTime }: ControlsView): string => {
  const seen = duration === '' ? time : `${time} / ${duration}`;
  return otherTime === null ? seen : `${seen}. ${otherTime}`;
};

export const controlRow = (view: ControlsView) => {
  const { words, act, live } = view;
  return html`<div class="row">
    ${playButton(view)} ${sound(view)}
    ${
      live === null
        ? nothing
        : html`<button
            part="live-button"
            class="live ${live.atEdge ? 'on' : ''}"
            ?disabled=${false}
            aria-label=${live.atEdge ? words.playerLive : words.playerToLive}
            title=${live.atEdge ? live.latency : live.behind}
            @click=${() => act.live()}
          >
            <span class="dot"></span>${words.playerLive}
          </button>`
    }
    <button
      part="time"
      class="time"
      ?disabled=${view.otherTime === null}
      aria-label=${timeName(view)}
      title=${view.otherTime ?? ''}
      @click=${() => act.time()}
    >
      <bdi>${view.time}</bdi>${view.duration === '' ? nothing : html`<span class="of">/ <bdi>${view.duration}</bdi></span>`}
    </button>
    <span class="space"></span>
    ${
      view.captions === null
        ? nothing
        : toggle(
            view.captions,
            view.captions ? words.playerCaptionsOff : words.playerCaptionsOn,
            captionsIcon,
            () => act.captions(),
            'cc',
            words.playerCaptions,
          )
    }
    ${menu('settings', words.playerSettings, settingsIcon, view.settings)}
    ${view.panelOpen === null ? nothing : panelButton(view, view.panelOpen)}
    ${
      view.pip === null
        ? nothing
        : toggle(view.pip, view.pip ? words.playerPipLeave : words.playerPip, pipIcon, () => act.pip(), 'pip', words.playerPip)
    }
    ${
      view.fullscreen === null
        ? nothing
        : html`<button
            class="icon"
            aria-label=${view.fullscreen ? words.playerFullscreenLeave : words.playerFullscreen}
            title=${view.fullscreen ? words.playerFullscreenLeave : words.playerFullscreen}
            @click=${() => act.fullscreen()}
          >
            ${view.fullscreen ? smallscreenIcon : fullscreenIcon}
          </button>`
    }
  </div>`;
};

function playButton({ words, phase, paused, act }: ControlsView) {
  const [label, icon] =
    phase === 'ended' ? [words.playerReplay, replayIcon] : paused ? [words.playerPlay, playIcon] : [words.playerPause, pauseIcon];
  return html`<button part="play" class="icon" aria-label=${label} title=${label} @click=${() => act.toggle()}>${icon}</button>`;
}

function sound({ words, muted, volume, act }: ControlsView) {
  const silent = muted || volume === 0;
  const label = silent ? words.playerUnmute : words.playerMute;
  return html`<div class="sound">
    <button class="icon" aria-label=${label} title=${label} @click=${() => act.mute()}>
      ${silent ? mutedIcon : volume < 0.5 ? quietIcon : soundIcon}
    </button>
    <input
      class="volume"
      type="range"
      min="0"
      max="1"
      step="0.05"
      aria-label=${words.playerVolume}
      .value=${String(muted ? 0 : volume)}
      @input=${(event: Event) => act.volume(Number((event.currentTarget as HTMLInputElement).value))}
    />
  </div>`;
}

/** The label says what a press does; the pressed state is in the sign. */
const toggle = (on: boolean, title: string, icon: unknown, act: () => void, name: string, label: string) =>
  html`<button
    class="icon toggle ${name}"
    aria-pressed=${on ? 'true' : 'false'}
    aria-label=${label}
    title=${title}
    @click=${() => act()}
  >
    ${icon}
  </button>`;

function panelButton({ words, unread, act }: ControlsView, open: boolean) {
  const label = open ? words.playerPanelClose : words.playerPanel;
  const told = unread > 0 && !open ? `${words.playerPanel}, ${counted(words, 'playerAlertsAt', unread)}` : label;
  return html`<button
    class="icon panel-button"
    aria-expanded=${open ? 'true' : 'false'}
    aria-label=${told}
    title=${label}
    @click=${() => act.panel()}
  >
    ${panelIcon}${unread > 0 && !open ? html`<span class="badge" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>` : nothing}
  </button>`;
}
