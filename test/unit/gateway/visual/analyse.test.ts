import { describe, expect, it } from 'vitest';
import { EngineFailedError, type Sighting } from '../../../../demo/server/engines/engine.ts';
import type { Frame } from '../../../../demo/server/media/media-stream.ts';
import { analyseVideo, samplingMs } from '../../../../demo/server/rtstream/visual/analyse.ts';
import { fakeSeeing, frame, NOTHING } from './frames.ts';

const signal = new AbortController().signal;

/** A frame a second. */
async function* film(colours: readonly string[]): AsyncGenerator<Frame> {
  for (const [second, colour] of colours.entries()) yield frame(second * 1000, colour);
}

const DARK = '#101010';
const LIGHT = '#f0f0f0';
const person: Sighting = {
  ...NOTHING,
  people: { count: 2, confidence: 0.8 },
  objects: [{ name: 'cup', confidence: 0.6 }],
  brightness: 240,
};

const analyse = (colours: readonly string[], tier: string | null = null, prompt = 'Describe the scene') => {
  const shares: number[] = [];
  const see = fakeSeeing((jpeg) => (jpeg.length > 0 && calls++ % 2 === 1 ? Promise.resolve(person) : Promise.resolve(NOTHING)));
  let calls = 0;
  return analyseVideo(
    { prompt, tier, lengthMs: colours.length * 1000, progress: (share) => shares.push(share), signal },
    film(colours),
    { see },
  ).then((found) => ({ ...found, shares }));
};

describe('a video', () => {
  it('is cut where its picture changes, and told scene by scene with what is in them', async () => {
    const { scenes, analysis, shares } = await analyse([DARK, DARK, DARK, LIGHT, LIGHT, DARK]);
    expect(scenes.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 3000],
      [3000, 5000],
      [5000, 6000],
    ]);
    expect(analysis.scenes[1]).toMatchObject({ start: 3, end: 5, text: expect.stringContaining('2 people visible') as string });
    expect(analysis.objects).toEqual([
      { name: 'person', most_at_once: 2, confidence: 0.8, seen: [[3, 5]] },
      { name: 'cup', most_at_once: 1, confidence: 0.6, seen: [[3, 5]] },
    ]);
    expect(analysis.actions).toEqual(
      expect.arrayContaining([
        { at: 3, action: 'people appear', about: '2' },
        { at: 5, action: 'people leave', about: '2' },
        { at: 3, action: 'object appears', about: 'cup' },
      ]),
    );
    expect(analysis.timeline.map(({ what }) => what)).toEqual(['mostly blue', '2 people; cup', 'mostly blue']);
    expect(analysis.unknown).toContain('what people do');
    expect(shares.at(-1)).toBe(99);
  });

  it('is told as JSON where that is asked for, and in the tier that is asked for', async () => {
    const { scenes } = await analyse([DARK, DARK], 'pro', 'JSON {"people": 0, "mood": "calm or busy"}');
    expect(scenes[0]).toMatchObject({ data: { people: 0, mood: null }, metadata: { tier: 'pro', frames: 2 } });
    await expect(analyse([DARK], 'mega')).rejects.toMatchObject({ name: 'UnknownTierError' });
  });

  it('keeps the scenes that an engine could not see, and says so', async () => {
    const see = fakeSeeing(() => Promise.reject(new EngineFailedError('see: broken')));
    const { scenes, analysis } = await analyseVideo(
      { prompt: 'Describe', tier: null, lengthMs: 2000, progress: () => undefined, signal },
      film([DARK, DARK]),
      { see },
    );
    expect(scenes[0]).toMatchObject({ metadata: { error: 'see: broken' }, evidence: '' });
    expect(analysis.timeline).toEqual([{ start: 0, end: 2, what: 'unknown' }]);
  });

  it('is looked at each second, a long one less often', () => {
    expect([samplingMs(5000), samplingMs(600_000), samplingMs(3_600_000)]).toEqual([1000, 1000, 6000]);
  });
});
