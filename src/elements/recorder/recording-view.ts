import { html, nothing } from 'lit';
import type { ErrorFacts } from '../../shared/errors.ts';
import { elapsedMs, type CaptureState, type LivePicture } from '../../session/recorder.ts';
import { fill } from '../strings.ts';
import { channelWord, type RecorderErrorKey, type RecorderStrings } from './recorder-strings.ts';
import { clockTime, durationTime, linkWords } from './recorder-words.ts';

/** What is seen of a recording while it goes on: its time, its pictures, its channels, how saving goes, and what went wrong. */

export type Words = RecorderStrings & Readonly<Record<RecorderErrorKey, string>>;

/** `nowMs`: Unix ms. */
export function elapsedView(state: CaptureState, nowMs: number, words: Words) {
  const ms = elapsedMs(state, nowMs);
  return html`<time part="elapsed" role="timer" aria-label=${words.recorderElapsed} datetime=${durationTime(ms)}
    >${clockTime(ms)}</time
  >`;
}

export function previewsView({ pictures }: CaptureState, words: Words) {
  const shown = (['camera', 'screen'] as const).flatMap((kind) => {
    const picture = pictures[kind];
    return picture === null ? [] : [preview(kind, picture, words)];
  });
  return shown.length === 0 ? nothing : html`<div class="previews">${shown}</div>`;
}

function preview(kind: 'camera' | 'screen', picture: LivePicture, words: Words) {
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

export function channelsView({ channels, refusals }: CaptureState, words: Words) {
  return html`<ul part="channels">
    ${channels.map(({ channel, label, state }) => {
      const name = label === '' ? words[channelWord[channel]] : `${words[channelWord[channel]]} (${label})`;
      return html`<li class=${state === 'recording' ? '' : 'warning'}>
        <bdi><bdi>${name}</bdi> ${words[`recorderChannel-${state}`]}</bdi>
      </li>`;
    })}
    ${refusals.map(({ channel, error }) => {
      const why = words[`recorder-error-${error.code}`];
      return html`<li class="warning">
        <bdi><bdi>${words[channelWord[channel]]}</bdi> ${fill(words.recorderRefused, { why })}</bdi>
      </li>`;
    })}
  </ul>`;
}

export function uploadView(state: CaptureState, words: Words) {
  const { droppedMs } = state.upload;
  return html`<p part="upload" class="muted ${state.link === 'lost' ? 'warning' : ''}">
    <bdi>${linkWords(state, words)}</bdi>
    ${
      droppedMs === 0
        ? nothing
        : html`<bdi class="warning">${fill(words.recorderDropped, { seconds: Math.ceil(droppedMs / 1000) })}</bdi>`
    }
  </p>`;
}

/** `facts` null: nothing is wrong. */
export function troubleView(facts: ErrorFacts | null, dismiss: () => void, words: Words) {
  // The region stands before its words come: some screen readers overlook one that is born full.
  return html`<div role="alert" class="trouble">
    ${
      facts === null
        ? nothing
        : html`<div part="alert">
            <p>${words[`recorder-error-${facts.code}`]}</p>
            <p class="muted">${facts.code}${facts.field === null ? nothing : html` · ${facts.field}`}</p>
            <button class="outline" @click=${dismiss}>${words.recorderDismiss}</button>
          </div>`
    }
  </div>`;
}
