import { expect, test } from 'vitest';
import { PlaybackKernel } from '../../../../worklets/kernels/playback.ts';
import type { PlaybackCommand, PlaybackEvent, PlaybackLevel } from '../../../../worklets/messages.ts';

type Position = Extract<PlaybackEvent, { type: 'position' }>;

function bench(): {
  readonly events: PlaybackEvent[];
  readonly levels: PlaybackLevel[];
  obey(command: PlaybackCommand): void;
  render(ms: number): void;
} {
  const events: PlaybackEvent[] = [];
  const levels: PlaybackLevel[] = [];
  const kernel = new PlaybackKernel(48_000, {
    tell: (event) => void events.push(event),
    meter: (level) => void levels.push(level),
  });
  let frames = 0;
  return {
    events,
    levels,
    obey: (command) => {
      kernel.obey(command, (frames * 1000) / 48_000);
    },
    render: (ms) => {
      for (const end = frames + ms * 48; frames < end; frames += 128) kernel.render(new Float32Array(128), frames / 48_000);
    },
  };
}

const play = (ms: number, itemId = 'a'): PlaybackCommand => ({
  type: 'play',
  itemId,
  contentIndex: 2,
  rate: 24_000,
  pcm: new Int16Array(24 * ms).fill(8_192).buffer,
});

test('ten positions a second while it plays, one when it stops, none in silence', () => {
  const { events, render, obey } = bench();
  obey(play(1_000));
  obey({ type: 'end', itemId: 'a' });
  render(3_000);
  const positions = events.filter((event): event is Position => event.type === 'position');
  expect(positions.length).toBeGreaterThanOrEqual(10);
  expect(positions.length).toBeLessThanOrEqual(12);
  expect(positions.map(({ playing }) => playing).lastIndexOf(true)).toBe(positions.length - 2);
  expect(positions.at(-1)).toMatchObject({ itemId: 'a', contentIndex: 2, rendered: 24_000, received: 24_000, playing: false });
  expect(positions[4]!.level).toBeCloseTo(0.25, 2);
  expect(positions.map(({ rendered }) => rendered)).toEqual(positions.map(({ rendered }) => rendered).sort((a, b) => a - b));
});

test('`started` tells the context’s time', () => {
  const { events, render, obey } = bench();
  render(500);
  obey(play(200));
  render(10);
  expect(events[0]).toEqual({ type: 'started', itemId: 'a', at: expect.closeTo(0.5, 1) as number });
});

test('a flush is answered at once, with the item or with null', () => {
  const { events, render, obey } = bench();
  obey({ type: 'flush', id: 1 });
  expect(events).toEqual([{ type: 'flushed', id: 1, itemId: null, contentIndex: 0, rendered: 0, received: 0, rate: 0 }]);
  obey(play(1_000));
  render(400);
  obey({ type: 'flush', id: 2 });
  expect(events.at(-1)).toMatchObject({ type: 'flushed', id: 2, itemId: 'a', contentIndex: 2, received: 24_000, rate: 24_000 });
  render(100);
  expect(events.at(-1)).toMatchObject({ type: 'position', playing: false });
});

test('meters run while there is sound, and end with one zero', () => {
  const { levels, render, obey } = bench();
  render(1_000);
  expect(levels).toEqual([]);
  obey(play(1_000));
  obey({ type: 'end', itemId: 'a' });
  render(2_000);
  expect(levels.length).toBeGreaterThanOrEqual(16);
  expect(levels.length).toBeLessThanOrEqual(18);
  expect(levels.map(({ level }) => level).indexOf(0)).toBe(levels.length - 1);
});

test('sound beyond the bound is refused loudly, what was there plays on', () => {
  const { events, obey } = bench();
  for (let seconds = 0; seconds < 400; seconds++) obey(play(1_000));
  const refused = events.filter(({ type }) => type === 'refused');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]).toEqual({ type: 'refused', itemId: 'a', samples: 24_000 });
  expect((400 - refused.length) * 24_000).toBeGreaterThanOrEqual(24_000 * 120);
});
