import type { HlsConfig } from 'hls.js';
import { EMPTY } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlayerEvent } from '../../../src/shared/player-event.ts';
import { watchHls } from '../../../src/video/hls.ts';

/** What a player makes of a live playlist that comes and does not grow; the engine is played, and so is time. */

type Listener = (name: string, data: unknown) => void;

class PlayedHls {
  static readonly Events = { LEVEL_UPDATED: 'level-updated', FRAG_BUFFERED: 'frag-buffered' };
  static made: PlayedHls[] = [];
  readonly config: Partial<HlsConfig>;
  readonly #listeners = new Map<string, Listener>();
  targetLatency = 0;

  constructor(config: Partial<HlsConfig>) {
    this.config = config;
    PlayedHls.made.push(this);
  }

  on(name: string, listener: Listener): void {
    this.#listeners.set(name, listener);
  }

  /** The playlist as it is now. */
  listed(edge: number, targetduration = 2, fragments: readonly object[] = []): void {
    const details = { live: true, edge, targetduration, fragments, partHoldBack: 1.5, holdBack: 6 };
    this.#listeners.get(PlayedHls.Events.LEVEL_UPDATED)?.('', { details });
  }

  attachMedia(): void {
    return;
  }
  loadSource(): void {
    return;
  }
  destroy(): void {
    return;
  }
}

const video = { readyState: 4, paused: true, seeking: false, currentTime: 3, buffered: { length: 0 } };

function watched() {
  const events: PlayerEvent['type'][] = [];
  const subscription = watchHls(
    PlayedHls as unknown as Parameters<typeof watchHls>[0],
    video as unknown as HTMLVideoElement,
    'live.m3u8',
    EMPTY,
  ).subscribe(({ type }) => type !== 'timeline' && events.push(type));
  const [hls] = PlayedHls.made;
  if (hls === undefined) throw new Error('nothing was made');
  const stand = (edge: number, seconds: number): void => {
    for (let second = 0; second < seconds; second++) {
      vi.advanceTimersByTime(1000);
      hls.listed(edge);
    }
  };
  return { hls, events, stand, close: () => subscription.unsubscribe() };
}

beforeEach(() => {
  PlayedHls.made = [];
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => vi.useRealTimers());

it('keeps a minute behind the picture and a minute ahead of it at most, however long it is watched', () => {
  const { hls, close } = watched();
  // hls.js keeps all that was played when the first is not set, and ten minutes ahead when the second is not.
  expect(hls.config.backBufferLength).toBeLessThanOrEqual(60);
  expect(hls.config.maxMaxBufferLength).toBeLessThanOrEqual(60);
  expect(hls.config.maxBufferSize).toBeLessThanOrEqual(30_000_000);
  close();
});

describe('a live source that goes away', () => {
  it('is told once, and told again when it is back, however long it took', () => {
    const { hls, events, stand, close } = watched();
    hls.listed(10);
    stand(10, 5);
    expect(events).toEqual(['attached']);
    stand(10, 600);
    expect(events).toEqual(['attached', 'source-paused']);
    hls.listed(12);
    expect(events).toEqual(['attached', 'source-paused', 'recovered']);
    stand(12, 8);
    expect(events.at(-1)).toBe('source-paused');
    close();
  });

  it('never makes the engine give the playlist up: it would not ask for it again', () => {
    const { hls, close } = watched();
    expect(hls.config.liveMaxUnchangedPlaylistRefresh ?? Infinity).toBe(Infinity);
    close();
  });

  it('is not taken for one whose segments are long, nor for a playlist that does not come', () => {
    const { hls, events, close } = watched();
    hls.listed(10, 6);
    vi.advanceTimersByTime(9000);
    hls.listed(10, 6);
    vi.advanceTimersByTime(60_000);
    expect(events).toEqual(['attached']);
    close();
  });
});

describe('a fragment whose first picture is shown after its beginning', () => {
  it('is placed where its date is: at that picture', () => {
    let timeline: PlayerEvent | undefined;
    const Hls = PlayedHls as unknown as Parameters<typeof watchHls>[0];
    const subscription = watchHls(Hls, video as unknown as HTMLVideoElement, 'film.m3u8', EMPTY).subscribe((event) => {
      if (event.type === 'timeline') timeline = event;
    });
    // As hls.js keeps them: the first one of a film begins at 0, whatever is shown first.
    PlayedHls.made[0]?.listed(4, 2, [
      { start: 0, startPTS: 0.08, duration: 2.08, programDateTime: 1_000_080 },
      { start: 2.08, startPTS: 2.08, duration: 2, programDateTime: null },
      { start: 4.08, duration: 2, programDateTime: null },
    ]);
    subscription.unsubscribe();
    expect(timeline).toMatchObject({
      fragments: [
        { startS: 0.08, durationS: 2, dateMs: 1_000_080 },
        { startS: 2.08, durationS: 2, dateMs: null },
        { startS: 4.08, durationS: 2, dateMs: null },
      ],
    });
  });
});
