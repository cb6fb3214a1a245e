import { html, nothing } from 'lit';
import type { PlaybackPhase, PlaybackState } from '../../pipelines/playback-state.ts';
import { fill } from '../strings.ts';
import { playIcon } from './icons.ts';
import type { PlayerStrings } from './player-strings.ts';

/** What stands on the picture when it does not simply play: waiting, paused at its source, failed; and the first press. */
export interface CoverView {
  readonly words: PlayerStrings;
  readonly phase: PlaybackPhase;
  readonly state: PlaybackState;
  /** Nothing was played yet. */
  readonly fresh: boolean;
  readonly controls: boolean;
  readonly play: () => void;
  readonly retry: () => void;
}

export function cover(view: CoverView) {
  const { words, phase, state } = view;
  switch (phase) {
    case 'failed':
      return banner('failed', failure(view), '', again(view));
    case 'offline':
      return banner('offline', words.playerOffline, '', again(view));
    case 'retrying':
      return banner(
        'retrying',
        fill(words.playerRetrying, { seconds: Math.max(1, Math.round((state.retrying?.inMs ?? 0) / 1000)) }),
        '',
        again(view),
      );
    case 'source-paused':
      return banner('source-paused', words.playerSourcePaused, state.stream?.message ?? words.playerSourcePausedHint, nothing);
    case 'loading':
    case 'buffering':
      return html`<div class="wait" aria-hidden="true"><span class="ring"></span></div>`;
    case 'paused':
      return view.fresh && view.controls ? big(view) : nothing;
    default:
      return nothing;
  }
}

/** What readers are told when it changes; empty while it simply plays. */
export function phaseWords({ words, phase, state }: Pick<CoverView, 'words' | 'phase' | 'state'>): string {
  switch (phase) {
    case 'source-paused':
      return `${words.playerSourcePaused}. ${state.stream?.message ?? words.playerSourcePausedHint}`;
    case 'buffering':
      return words.playerBuffering;
    case 'loading':
      return words.playerLoading;
    case 'ended':
      return words.playerEnded;
    case 'offline':
      return words.playerOffline;
    default:
      return state.feed === 'reconnecting' ? words.playerReconnecting : '';
  }
}

const banner = (name: string, title: string, hint: string, ways: unknown) =>
  html`<div part="banner" class="banner ${name}">
    <p class="title">${title}</p>
    ${hint === '' ? nothing : html`<p dir="auto">${hint}</p>`} ${ways}
  </div>`;

const again = ({ words, retry }: CoverView) => html`<button class="solid" @click=${retry}>${words.playerRetry}</button>`;

const big = ({ words, play }: CoverView) =>
  html`<button class="big" aria-label=${words.playerPlay} @click=${play}>${playIcon}</button>`;

/** Why it does not play. */
export function failure({ words, state }: Pick<CoverView, 'words' | 'state'>): string {
  switch (state.failed?.code) {
    case 'token-refused':
      return words.playerFailedRefused;
    case 'bad-option':
      return words.playerFailedMissing;
    case 'unsupported':
      return words.playerFailedCodecs;
    default:
      return words.playerFailed;
  }
}
