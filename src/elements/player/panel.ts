import { html, nothing } from 'lit';
import type { CaptionWish } from '../caption-rows/viewer-choice.ts';
import type { Strings } from '../english.ts';
import { endIcon } from '../icons.ts';
import type { Playback } from './playback.ts';
import type { PlayerStrings } from './player-strings.ts';

/** Beside the picture: transcript, alerts, scenes and chapters, one at a time. */

export const tabs = ['transcript', 'alerts', 'scenes', 'chapters'] as const;
export type PanelTab = (typeof tabs)[number];

export interface PanelView {
  readonly words: PlayerStrings;
  readonly given: Partial<Strings>;
  readonly playback: Playback;
  readonly tab: PanelTab;
  readonly shown: readonly PanelTab[];
  readonly nowMs: number;
  readonly wishes: readonly CaptionWish[];
  readonly to: string | null;
  readonly timeText: (dateMs: number) => string;
  readonly open: (tab: PanelTab) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly close: () => void;
}

/** Scenes in the document at once, the nearest to the picture. */
const MOST_SCENES = 60;

export function panel(view: PanelView) {
  const { words, tab, shown, playback } = view;
  const names: Record<PanelTab, string> = {
    transcript: words.playerTranscript,
    alerts: words.playerAlerts,
    scenes: words.playerScenes,
    chapters: words.playerChapters,
  };
  return html`<section part="panel" class="panel" aria-label=${words.playerPanel} @keydown=${view.key}>
    <div class="head">
      <div class="tabs" role="tablist" aria-label=${words.playerPanel} @keydown=${arrows(view)}>
        ${shown.map(
          (each) =>
            html`<button
              role="tab"
              id="tab-${each}"
              aria-selected=${each === tab ? 'true' : 'false'}
              aria-controls="tabpanel"
              tabindex=${each === tab ? '0' : '-1'}
              @click=${() => view.open(each)}
            >
              ${names[each]}${
                each === 'alerts' && playback.desk.store.unread > 0
                  ? html`<span class="badge">${playback.desk.store.unread > 99 ? '99+' : playback.desk.store.unread}</span>`
                  : nothing
              }
            </button>`,
        )}
      </div>
      <button class="icon" aria-label=${words.playerPanelClose} title=${words.playerPanelClose} @click=${view.close}>
        ${endIcon}
      </button>
    </div>
    <div class="content ${tab}" role="tabpanel" id="tabpanel" aria-labelledby="tab-${tab}">${content(view)}</div>
  </section>`;
}

function content(view: PanelView) {
  const { playback, tab } = view;
  switch (tab) {
    case 'transcript':
      return html`<viva-player-transcript
        .playback=${playback}
        .version=${playback.captions.version}
        .current=${playback.captions.lastStarted(view.nowMs)}
        .wishes=${view.wishes}
        .to=${view.to}
        .words=${view.given}
        .timeText=${view.timeText}
        @seek-date=${({ detail }: CustomEvent<number>) => playback.seekDate(detail)}
      ></viva-player-transcript>`;
    case 'alerts':
      return html`<viva-alert-list .desk=${playback.desk} .words=${view.given}></viva-alert-list>`;
    case 'scenes':
      return scenes(view);
    case 'chapters':
      return chapters(view);
  }
}

function scenes({ playback, nowMs, words, timeText }: PanelView) {
  const { list } = playback.scenes;
  if (list.length === 0) return html`<p class="none">${words.playerNoScenes}</p>`;
  const current = playback.scenes.lastStarted(nowMs);
  const from = Math.max(0, Math.min(current - MOST_SCENES / 2, list.length - MOST_SCENES));
  return html`<ol class="rows">
    ${list
      .slice(from, from + MOST_SCENES)
      .map((scene, index) =>
        row(timeText(scene.startMs), scene.text, from + index === current, () => playback.seekDate(scene.startMs)),
      )}
  </ol>`;
}

function chapters({ playback, nowMs, timeText }: PanelView) {
  const at = playback.clock.nearest(nowMs);
  return html`<ol class="rows">
    ${playback.chapters.map(({ startS, endS, title }) =>
      row(timeText(playback.clock.dateAt(startS)), title, at >= startS && at < endS, () => playback.seek(startS)),
    )}
  </ol>`;
}

const row = (time: string, text: string, current: boolean, go: () => void) =>
  html`<li>
    <button class="goes" aria-current=${current ? 'true' : nothing} @click=${go}>
      <time><bdi>${time}</bdi></time
      ><span dir="auto">${text}</span>
    </button>
  </li>`;

/** The tabs as tabs are moved through; mirrored with the page. */
function arrows({ shown, tab, open }: PanelView) {
  return (event: KeyboardEvent): void => {
    const bar = event.currentTarget as HTMLElement;
    if (!(event.target instanceof Element) || event.target.getAttribute('role') !== 'tab') return;
    const forwards = getComputedStyle(bar).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const step = event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? (event.key === forwards ? 1 : -1) : 0;
    const next = shown[(shown.indexOf(tab) + step + shown.length) % shown.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    open(next);
    bar.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
}
