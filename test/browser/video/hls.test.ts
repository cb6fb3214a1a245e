import { Subject } from 'rxjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fragmentClock } from '../../../src/pipelines/playback-clock.ts';
import type { PlayerCommand, PlayerEvent } from '../../../src/shared/player-event.ts';
import { watchPicture } from '../../../src/video/picture.ts';
import { shownFrame } from '../../support/shown-frame.ts';

/** hls.js in Chromium with a real recording: what it tells, which frame is shown at which time, and that everything is let go. */

const RECORDING = '/test/fixtures/hls/';
const BEGAN = Date.parse('2026-03-01T09:00:00Z');
const FRAME_MS = 100;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  for (const video of document.querySelectorAll('video')) video.remove();
});

function watched(src: string) {
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  const events: PlayerEvent[] = [];
  const commands = new Subject<PlayerCommand>();
  const subscription = watchPicture(video, src, commands).subscribe((event) => events.push(event));
  closing.push(() => subscription.unsubscribe());
  const of = <T extends PlayerEvent['type']>(type: T) =>
    events.filter((event): event is Extract<PlayerEvent, { type: T }> => event.type === type);
  return { video, events, commands, of, close: () => subscription.unsubscribe() };
}

describe('a recording', () => {
  test('its facts, its renditions, its qualities; and nothing is left when it is let go', async () => {
    const { video, of, commands, close } = watched(`${RECORDING}master.m3u8`);
    await vi.waitFor(() => expect(video.readyState).toBeGreaterThanOrEqual(2), 10_000);
    expect(of('attached')).toEqual([{ type: 'attached', engine: 'hls' }]);
    const timeline = of('timeline').at(-1);
    expect(timeline?.live).toBe(false);
    expect(timeline?.fragments.map(({ dateMs }) => (dateMs ?? 0) - BEGAN)).toEqual([0, 2_000, 4_000, 16_000, 18_000, 20_000]);
    expect(of('renditions')[0]?.captions.map(({ language, name }) => [language, name])).toEqual([
      ['en', 'English'],
      ['es', 'Español'],
    ]);
    expect(of('qualities')[0]?.qualities.map(({ height }) => height)).toEqual([108, 216]);
    commands.next({ type: 'quality', index: 1 });
    await vi.waitFor(() => expect(of('quality').at(-1)).toEqual({ type: 'quality', index: 1, automatic: false }), 10_000);
    close();
    expect(video.getAttribute('src') ?? '').toBe('');
    expect(video.buffered.length).toBe(0);
  });

  test('the frame on the screen and its date agree, on both sides of the missing ten seconds', async () => {
    const { video, of } = watched(`${RECORDING}index.m3u8`);
    await vi.waitFor(() => expect(video.readyState).toBeGreaterThanOrEqual(2), 10_000);
    for (const seconds of [1.25, 5.85, 6.05, 6.15, 9.45, 5.75]) {
      video.currentTime = seconds;
      // What is drawn is asked for: the frame before may still be on its way when the seek is asked for.
      await vi.waitFor(() => {
        const frame = shownFrame(video);
        const clock = fragmentClock(of('timeline').at(-1)?.fragments ?? []);
        // Frames 60 and on were taken ten seconds later than they follow.
        const takenMs = BEGAN + frame * FRAME_MS + (frame >= 60 ? 10_000 : 0);
        expect(Math.abs(clock.dateAt(seconds) - takenMs), `at ${seconds} s, frame ${frame}`).toBeLessThanOrEqual(FRAME_MS);
      }, 10_000);
    }
  }, 60_000);
});

test('what is not there: told, tried again in a second, and at once when asked', async () => {
  const { of, commands } = watched(`${RECORDING}nothing.m3u8`);
  await vi.waitFor(() => expect(of('retrying')).toHaveLength(1), 15_000);
  expect(of('retrying')[0]?.inMs).toBeLessThanOrEqual(1_250);
  expect(of('retrying')[0]?.error.message).not.toContain('nothing.m3u8');
  commands.next({ type: 'retry' });
  await vi.waitFor(() => expect(of('retrying').length).toBeGreaterThanOrEqual(2), 15_000);
});

test('codecs that nobody decodes are refused, not waited for', async () => {
  const { of } = watched(`${RECORDING}refused.m3u8`);
  await vi.waitFor(() => expect(of('failed')[0]?.error.code).toBe('unsupported'), 10_000);
});
