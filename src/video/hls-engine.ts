/// <reference path="./hls-light.d.ts" />
import type { default as HlsEngine, HlsConfig, LevelDetails } from 'hls.js';
import type { PlayedFragment } from '../shared/player-event.ts';

/** hls.js (light), loaded when it is first wanted: how it is set, and its playlists in the words of this library. */

export type Engine = typeof HlsEngine;

export const hlsEngine = async (): Promise<Engine> => (await import('hls.js/light')).default;

/** Bounded, for pictures that are watched for days. */
export const config: Partial<HlsConfig> = {
  // Fragmented MP4 needs no transmuxing; without a worker, no policy needs `worker-src`.
  enableWorker: false,
  lowLatencyMode: true,
  maxLiveSyncPlaybackRate: 1.1,
  backBufferLength: 60,
  maxBufferLength: 30,
  maxMaxBufferLength: 60,
  maxBufferSize: 30_000_000,
  appendTimeout: 20_000,
  // Written as true in hls.js's documents, and false in its code.
  preferManagedMediaSource: true,
  // Captions are drawn by the player itself.
  renderTextTracksNatively: false,
};

export const fragmentsOf = ({ fragments }: LevelDetails): readonly PlayedFragment[] =>
  // A date is of the first picture, whose place hls.js keeps beside that of the file's beginning: they differ where pictures are sent in
  // another order than they are shown.
  fragments.map(({ start, startPTS = start, duration, programDateTime }) => ({
    startS: startPTS,
    durationS: start + duration - startPTS,
    dateMs: programDateTime !== null && Number.isFinite(programDateTime) ? programDateTime : null,
  }));
