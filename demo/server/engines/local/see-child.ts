import { constants, setPriority } from 'node:os';
import sharp from 'sharp';
import type { SeeDepth, Sighting } from '../engine.ts';
import { serveChild } from './child.ts';
import { colours } from './see/colours.ts';
import { faceDetector } from './see/faces.ts';
import { startTensorFlow } from './see/graph-model.ts';
import { objectDetector, type Thing } from './see/objects.ts';
import { pageReader } from './see/page-text.ts';
import { countPeople } from './see/people.ts';
import { reader } from './see/reading.ts';
import { readScreen } from './see/screen.ts';

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
  /** Null: as a conversation needs it, photographs foremost. */
  readonly depth: SeeDepth | null;
}

export interface ReadOrder {
  readonly image: Uint8Array;
  /** BCP 47 */
  readonly languages: readonly string[];
}

serveChild(async (weights: SeeData) => {
  // Whoever shows a picture waits a second anyway; who speaks meanwhile should not.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  sharp.concurrency(1);
  const [text, things, faces] = await Promise.all([reader(), ...(await detectors(weights))]);

  const page = pageReader();

  return {
    read: async ({ image, languages }: ReadOrder): Promise<Sighting['text']> => page.read(await upright(image), languages),
    look: async ({ image, depth }: LookOrder): Promise<Sighting> => {
      const picture = await upright(image);
      if (depth === 'mini') return { ...NOT_LOOKED_FOR, ...(await colours(picture)) };
      const [read, found, seenFaces, tones] = await Promise.all([
        depth === null ? text.read(picture).then((lines) => ({ text: lines })) : readScreen(picture, text, depth),
        things.find(picture),
        faces.find(picture),
        colours(picture),
      ]);
      return {
        ...read,
        people: countPeople(
          found.filter(({ name }) => name === 'person'),
          seenFaces,
        ),
        objects: found
          .filter((thing) => thing.name !== 'person' && !(read.text.length > 1 && isTheScreen(thing)))
          .map(({ name, score }) => ({ name, confidence: score })),
        ...tones,
      };
    },
  };
});

/** A picture of a screen looks like a screen from edge to edge. */
function isTheScreen({ name, left, top, right, bottom }: Thing): boolean {
  return /^(?:tv|laptop|cell phone|book|microwave|refrigerator|oven)$/.test(name) && (right - left) * (bottom - top) > 0.6;
}

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
