import { describe, expect, it, vi } from 'vitest';
import { EngineBusyError, EngineFailedError, type Seeing, type Sighting } from '../../../../demo/server/engines/engine.ts';
import type { NewScene } from '../../../../demo/server/rtstream/scene.ts';
import { visualIndex, type VisualIndex } from '../../../../demo/server/rtstream/visual/visual-index.ts';
import { FakeFrames, fakeSeeing, frame, NOTHING } from './frames.ts';

/** Bears a machine that is busy. */
const SOON = { timeout: 8000, interval: 5 };
const WINDOW = { time: 2, frame_count: 5 };

interface Run {
  readonly media: FakeFrames;
  readonly scenes: NewScene[];
  readonly ended: () => boolean;
  stop(): void;
}

function watch(see: Seeing, index: Partial<VisualIndex> = {}): Run {
  const media = new FakeFrames();
  const scenes: NewScene[] = [];
  let ended = false;
  const running = visualIndex({ prompt: 'Describe the screen', model_name: null, extraction_config: WINDOW, ...index }, media, {
    see,
  }).subscribe({
    next: (scene) => scenes.push(scene),
    complete: () => (ended = true),
  });
  return { media, scenes, ended: () => ended, stop: () => running.unsubscribe() };
}

/** Windows of five frames; each frame's mark. */
async function give({ media }: Run, ...windows: readonly (readonly number[])[]): Promise<void> {
  for (const [number, marks] of windows.entries())
    for (const [place, mark] of marks.entries()) media.given.next(await frame(number * 2000 + place * 400, '#2040c0', mark));
}

const same = (mark: number): number[] => [mark, mark, mark, mark, mark];

describe('a visual index', () => {
  it('asks for a frame each 400 ms and tells one scene a window', async () => {
    const run = watch(fakeSeeing(() => Promise.resolve(NOTHING)));
    await give(run, same(0), same(0));
    await vi.waitFor(() => expect(run.scenes).toHaveLength(2), SOON);
    expect(run.media.wish).toEqual({ everyMs: 400, maxWidth: 1280 });
    expect(run.scenes.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 2000],
      [2000, 4000],
    ]);
    expect(run.scenes[0]).toMatchObject({
      data: null,
      metadata: { engine: 'fake', tier: 'basic', frames: 5, frame_count: 5, looked: 1, changed: 0 },
    });
    expect(run.scenes[1]).toMatchObject({ metadata: { looked: 0 } });
  });

  it.each([
    ['basic', 1],
    ['pro', 3],
  ])('at tier %s looks at a window of three pictures %i times, and not again at what it read', async (tier, times) => {
    const look = vi.fn(() => Promise.resolve(NOTHING));
    const run = watch(fakeSeeing(look), { model_name: tier });
    await give(run, [1, 1, 2, 2, 3], same(3));
    await vi.waitFor(() => expect(run.scenes).toHaveLength(2), SOON);
    expect(look).toHaveBeenCalledTimes(times);
    expect(run.scenes[0]).toMatchObject({ metadata: { looked: times, changed: 2 } });
    expect(look).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ depth: tier, background: true }));
  });

  it('tells cuts with their time', async () => {
    const run = watch(fakeSeeing(() => Promise.resolve(NOTHING)));
    for (const [place, colour] of ['#101010', '#101010', '#f0f0f0', '#f0f0f0', '#f0f0f0'].entries())
      run.media.given.next(await frame(place * 400, colour));
    await vi.waitFor(() => expect(run.scenes).toHaveLength(1), SOON);
    expect(run.scenes[0]).toMatchObject({ metadata: { scene_changes: [800] } });
    expect(run.scenes[0]?.text).toContain('The scene changed once (00:00:00.800 UTC)');
  });

  it('answers with the JSON that is asked for, null where it cannot know', async () => {
    const seen: Sighting = { ...NOTHING, text: [{ line: 'Send', confidence: 0.9 }], people: { count: 2, confidence: 0.8 } };
    const run = watch(
      fakeSeeing(() => Promise.resolve(seen)),
      {
        prompt:
          'Return JSON {"app_name": "name", "contains_text": true/false, "dominant_colors": ["colors"], "people": 0, "weather": "sun or rain"}',
      },
    );
    await give(run, same(0));
    await vi.waitFor(() => expect(run.scenes).toHaveLength(1), SOON);
    expect(run.scenes[0]?.data).toEqual({
      app_name: null,
      contains_text: true,
      dominant_colors: ['blue'],
      people: 2,
      weather: null,
    });
    expect(JSON.parse(run.scenes[0]?.text ?? '')).toEqual(run.scenes[0]?.data);
    expect(run.scenes[0]?.evidence).toContain('text: Send');
  });

  it('thins what waits while the engine is slow, in order, and says so', async () => {
    const waiting: (() => void)[] = [];
    const run = watch(
      fakeSeeing(() => new Promise((resolve) => waiting.push(() => resolve(NOTHING)))),
      { model_name: 'pro' },
    );
    await give(run, ...Array.from({ length: 8 }, (_, number) => [1, 2, 3, 4, 5].map((mark) => mark + (number % 3) * 2)));
    run.media.given.complete();
    await vi.waitFor(() => {
      waiting.splice(0).forEach((go) => go());
      expect(run.ended()).toBe(true);
    }, SOON);
    expect(run.scenes.map(({ startMs }) => startMs)).toEqual([0, 2000, 4000, 6000, 8000, 10_000, 12_000, 14_000]);
    expect(run.scenes.map(({ metadata }) => metadata['thinned'] ?? null)).toEqual([
      null,
      'key-frame',
      'key-frame',
      'key-frame',
      'key-frame',
      null,
      null,
      null,
    ]);
  });

  it('goes on after a failure that it tells, and waits for a busy engine', async () => {
    const look = vi
      .fn<Seeing['look']>()
      .mockRejectedValueOnce(new EngineFailedError('see: broken'))
      .mockRejectedValueOnce(new EngineBusyError('see: busy'))
      .mockResolvedValue(NOTHING);
    const run = watch(fakeSeeing(look));
    await give(run, same(1), same(2));
    await vi.waitFor(() => expect(run.scenes).toHaveLength(2), SOON);
    expect(run.scenes[0]).toMatchObject({
      metadata: { error: 'see: broken', looked: 0 },
      text: 'Not looked at: the engine failed.',
    });
    expect(run.scenes[1]).toMatchObject({ metadata: { looked: 1 } });
  });

  it('stops looking and decoding when it is left', async () => {
    let signal: AbortSignal | undefined;
    const run = watch(fakeSeeing((_, options) => new Promise(() => (signal = options.signal))));
    await give(run, same(1));
    await vi.waitFor(() => expect(signal).toBeDefined(), SOON);
    run.stop();
    expect(signal?.aborted).toBe(true);
    expect(run.media.given.observed).toBe(false);
  });
});

describe('where a model sees', () => {
  const prompt = 'Return JSON {"app_name": "name", "open": true/false}';
  const asking = (...answers: (string | Error)[]) => {
    const ask = vi.fn(() => {
      const answer = answers.shift() ?? '';
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
    return { ask, see: fakeSeeing(() => Promise.resolve(NOTHING), { ask }) };
  };

  it('it is asked with the frames, and once more when it answers something else', async () => {
    const { ask, see } = asking('I see Slack', '```json\n{"app_name":"Slack","open":"yes"}\n```');
    const run = watch(see, { prompt, model_name: 'pro' });
    await give(run, [1, 1, 2, 2, 2]);
    await vi.waitFor(() => expect(run.scenes).toHaveLength(1), SOON);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(ask).toHaveBeenCalledWith(
      expect.stringContaining(prompt),
      [expect.anything(), expect.anything()],
      expect.objectContaining({ json: true }),
    );
    expect(run.scenes[0]?.data).toEqual({ app_name: 'Slack', open: true });
    expect(run.scenes[0]?.metadata).not.toHaveProperty('fallback');
  });

  it('what is known otherwise stands in when it cannot be asked, and that is told', async () => {
    const { see } = asking(new EngineFailedError('see: it cannot be reached'));
    const run = watch(see, { prompt });
    await give(run, same(1));
    await vi.waitFor(() => expect(run.scenes).toHaveLength(1), SOON);
    expect(run.scenes[0]).toMatchObject({
      data: { app_name: null, open: null },
      metadata: { fallback: 'see: it cannot be reached' },
    });
  });

  it('prose is its own words', async () => {
    const { see } = asking('Somebody is writing a message.');
    const run = watch(see);
    await give(run, same(1));
    await vi.waitFor(() => expect(run.scenes).toHaveLength(1), SOON);
    expect(run.scenes[0]).toMatchObject({ text: 'Somebody is writing a message.', data: null });
    expect(run.scenes[0]?.evidence).toContain('told: Somebody is writing a message.');
  });
});
