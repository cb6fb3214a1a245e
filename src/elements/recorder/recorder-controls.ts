import { html, nothing } from 'lit';
import type { CaptureChannelId } from '../../shared/capture.ts';
import type { CaptureState } from '../../session/recorder.ts';
import { stopIcon } from '../icons.ts';
import { choiceOf, isEmpty, type Wish } from './choice.ts';
import { pauseIcon, recordIcon } from './icons.ts';
import { channelWord } from './recorder-strings.ts';
import { isRunning } from './recorder-words.ts';
import type { Words } from './recording-view.ts';

/** What can be pressed: which devices, start, pause, stop. */

const wishWord: Readonly<Record<Wish, CaptureChannelId>> = {
  microphone: 'mic',
  camera: 'camera',
  screen: 'screen',
  systemAudio: 'system_audio',
};

export interface Choosing {
  readonly offered: readonly Wish[];
  readonly chosen: ReadonlySet<Wish>;
  readonly choose: (wish: Wish, chosen: boolean) => void;
}

export function choicesView({ phase }: CaptureState, { offered, chosen, choose }: Choosing, words: Words) {
  return html`<fieldset part="choices" ?disabled=${phase === 'asking'}>
    <legend>${words.recorderChoose}</legend>
    ${offered.map(
      (wish) =>
        html`<label>
          <input
            type="checkbox"
            name=${wish}
            .checked=${chosen.has(wish)}
            @change=${(event: Event) => choose(wish, (event.currentTarget as HTMLInputElement).checked)}
          />
          <bdi>${words[channelWord[wishWord[wish]]]}</bdi>
        </label>`,
    )}
    ${isEmpty(choiceOf(chosen, offered)) ? html`<p class="muted">${words.recorderNothing}</p>` : nothing}
  </fieldset>`;
}

export interface Presses {
  readonly start: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

/** `empty`: nothing is chosen. */
export function controlsView({ phase }: CaptureState, empty: boolean, press: Presses, words: Words) {
  if (!isRunning(phase)) {
    const busy = phase === 'asking' || phase === 'stopping';
    const label = phase === 'stopped' || phase === 'error' ? words.recorderAgain : words.recorderStart;
    return html`<div part="controls">
      <button part="start" class="solid wide" ?disabled=${busy || empty} aria-busy=${busy} @click=${press.start}>
        ${recordIcon}<span>${label}</span>
      </button>
    </div>`;
  }
  const paused = phase === 'paused';
  return html`<div part="controls">
    <button part="pause" class="outline wide" @click=${paused ? press.resume : press.pause}>
      ${paused ? recordIcon : pauseIcon}<span>${paused ? words.recorderResume : words.recorderPause}</span>
    </button>
    <button part="stop" class="outline end wide" @click=${press.stop}>${stopIcon}<span>${words.recorderStop}</span></button>
  </div>`;
}
