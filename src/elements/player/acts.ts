import { nextSpeed, type PlayerAction } from '../../pipelines/playback-keys.ts';
import { BEFORE_MS } from '../alerts/alert-desk.ts';
import type { Playback } from './playback.ts';

/** What keys, taps and media keys do to the picture. */

/** A frame of a picture whose rate nobody told, s. */
const FRAME_S = 1 / 30;

export interface Stage {
  readonly playback: Playback;
  toggleFullscreen(): void;
  togglePip(): void;
  toggleCaptions(): void;
  togglePanel(): void;
  speed(speed: number): void;
}

export function act(stage: Stage, action: PlayerAction): void {
  const { playback } = stage;
  const { video } = playback;
  switch (action.type) {
    case 'toggle':
      togglePlaying(video);
      return;
    case 'seek-by':
      playback.seek(video.currentTime + action.seconds);
      return;
    case 'seek-share':
      playback.seek(playback.axis.positionAt(action.share));
      return;
    case 'live':
      playback.toLive();
      return;
    case 'volume-by':
      video.volume = Math.min(1, Math.max(0, Math.round((video.volume + action.change) * 20) / 20));
      if (action.change > 0) video.muted = false;
      return;
    case 'mute':
      video.muted = !video.muted;
      return;
    case 'fullscreen':
      stage.toggleFullscreen();
      return;
    case 'captions':
      stage.toggleCaptions();
      return;
    case 'picture-in-picture':
      stage.togglePip();
      return;
    case 'frame':
      video.pause();
      playback.seek(video.currentTime + action.direction * FRAME_S);
      return;
    case 'speed':
      stage.speed(nextSpeed(video.playbackRate, action.direction));
      return;
    case 'alert': {
      // A press soon after another goes on from the alert itself, not from what was seen before it.
      const alert = playback.desk.store.neighbour(playback.dateMs + (action.direction > 0 ? BEFORE_MS : -500), action.direction);
      if (alert !== null) playback.seekDate(alert.startMs - BEFORE_MS);
      return;
    }
    case 'transcript':
      stage.togglePanel();
  }
}

/** Live goes on where the source is; what was paused for long is no longer there. */
export function togglePlaying(video: HTMLVideoElement): void {
  if (video.paused || video.ended) video.play().catch(onlyRefused);
  else video.pause();
}

/** A browser that wants a gesture first, or a pause that came in between: the picture shows that it stands. */
export function onlyRefused(cause: unknown): void {
  const names = ['NotAllowedError', 'AbortError', 'NotSupportedError'];
  if (!(cause instanceof DOMException) || !names.includes(cause.name)) throw cause;
}

/** Writing and choosing keep their keys; so does what a key presses or moves by itself. */
export function wantsKey(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  const { key } = event;
  if (target.closest('input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]') !== null) return true;
  if (key === ' ' || key === 'Enter') return target.closest('button, summary, a, input') !== null;
  return /^(?:Arrow|Home|End|Page)/.test(key) && target.matches('[type=range], [role=tab]');
}

/** A list that is read is scrolled by these, whatever in it has the focus. */
export const scrolls = (key: string): boolean => /^(?: |ArrowUp|ArrowDown|Home|End|Page.*)$/.test(key);
