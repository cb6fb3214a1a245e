import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seeing } from '../../demo/server/engines/engine.ts';
import { localSeeing } from '../../demo/server/engines/local/see.ts';
import { faces, objects } from '../../demo/server/engines/weights-table.ts';
import { cleaned, READ_LANGUAGES } from '../../demo/server/livestream/analysis/read-frames.ts';
import { characterErrorRate, drawSlide, HARD_SLIDES, SLIDES, textOf } from '../support/slides.ts';
import { signal, weightsHere } from './here.ts';

/** A few of the slides of `prove:livestream-report`, read by the real engine as frames of a recording are. */

let see: Seeing;
beforeAll(async () => {
  const [{ weights: things, log }, { weights }] = [await weightsHere(objects), await weightsHere(faces)];
  see = localSeeing({ weights: { objects: things, faces: weights }, log });
});
afterAll(() => see.close());

describe('a slide', () => {
  it.each([
    ['en-prices', 0.02],
    ['zh-battery', 0.05],
    ['mixed-summary', 0.05],
    ['en-columns', 0.02],
  ] as const)('%s is read in its order with at most %d of its characters wrong', { timeout: 60_000 }, async (id, most) => {
    const slide = [...SLIDES, ...HARD_SLIDES].find((one) => one.id === id)!;
    const jpeg = await sharp(await drawSlide(slide))
      .jpeg({ quality: 75 })
      .toBuffer();
    const lines = await see.read!(await sharp(jpeg).png().toBuffer(), { languages: READ_LANGUAGES, signal });
    const text = cleaned(lines.map(({ line }) => line));
    expect(characterErrorRate(textOf(slide).join(''), text), text).toBeLessThanOrEqual(most);
  });

  it('without text has none', { timeout: 60_000 }, async () => {
    const plain = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#246' } })
      .png()
      .toBuffer();
    expect(await see.read!(plain, { languages: READ_LANGUAGES, signal })).toEqual([]);
  });
});
