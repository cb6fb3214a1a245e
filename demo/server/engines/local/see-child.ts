import { constants, setPriority } from 'node:os';
import sharp from 'sharp';
import type { SeeDepth, Sighting } from '../engine.ts';
import { serveChild } from './child.ts';
import { colours } from './see/colours.ts';
import { faceDetector } from './see/faces.ts';
import { startTensorFlow } from './see/graph-model.ts';
import { objectDetector } from './see/objects.ts';
import { countPeople } from './see/people.ts';
import { reader } from './see/reading.ts';

/** The process that looks at pictures. */

/** 50 megapixels: a camera's; more is a bomb. */
const MOST_PIXELS = 50_000_000;
/** Longest side that is looked at, pixels. */
const LONG_SIDE = 2400;

export interface SeeData {
  /** Folders of the weights. */
  readonly objects: string;
  readonly faces: string;
}

/** What the parent asks for. */
export interface LookOrder {
  readonly image: Uint8Array;
  readonly depth: SeeDepth;
}

serveChild(async (weights: SeeData) => {
  // Whoever shows a picture waits a second anyway; who speaks meanwhile should not.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  sharp.concurrency(1);
  const [text, things, faces] = await Promise.all([reader(), ...(await detectors(weights))]);

  return {
    look: async ({ image, depth }: LookOrder): Promise<Sighting> => {
      const picture = await upright(image);
      if (depth === 'mini') return { ...NOT_LOOKED_FOR, ...(await colours(picture)) };
      const [lines, found, seenFaces, tones] = await Promise.all([
        text.read(picture),
        things.find(picture),
        faces.find(picture),
        colours(picture),
      ]);
      return {
        text: lines,
        people: countPeople(
          found.filter(({ name }) => name === 'person'),
          seenFaces,
        ),
        objects: found.filter(({ name }) => name !== 'person').map(({ name, score }) => ({ name, confidence: score })),
        ...tones,
      };
    },
  };
});

const NOT_LOOKED_FOR = { text: [], people: { count: 0, confidence: 0 }, objects: [] } as const;

async function detectors(weights: SeeData) {
  await startTensorFlow();
  return [objectDetector(weights.objects), faceDetector(weights.faces)] as const;
}

/** Turned as its EXIF says, not larger than is looked at. */
async function upright(image: Uint8Array): Promise<Buffer> {
  try {
    return await sharp(image, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize({ width: LONG_SIDE, height: LONG_SIDE, fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 1 })
      .toBuffer();
  } catch (cause) {
    throw new Error(`the picture cannot be read (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
  }
}
