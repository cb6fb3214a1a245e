import sharp from 'sharp';
import * as tf from '@tensorflow/tfjs';
import { distinct, type Box } from './boxes.ts';
import { COCO } from './coco.ts';
import { loadGraphModel } from './graph-model.ts';

/** Everyday things and people, by CenterNet on the 80 classes of COCO. */

export interface Thing extends Box {
  readonly name: string;
}

const SIDE = 512;
/** The authors' own threshold; below it most are wrong. */
const SURE_ENOUGH = 0.22;
const SAME = 0.5;

export interface ObjectDetector {
  /** Best first; edges 0–1 of the picture's width and height. */
  find(picture: Buffer): Promise<readonly Thing[]>;
}

export async function objectDetector(folder: string): Promise<ObjectDetector> {
  const model = await loadGraphModel(folder, 'centernet');

  async function find(picture: Buffer): Promise<readonly Thing[]> {
    const pixels = await sharp(picture)
      .resize(SIDE, SIDE, { fit: 'fill' })
      .flatten()
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer();
    const input = tf.tidy(() => tf.tensor4d(Float32Array.from(pixels), [1, SIDE, SIDE, 3]));
    const output = await model.executeAsync(input, ['tower_0/detections']);
    const tensor = Array.isArray(output) ? output[0] : output;
    const rows = (tensor?.squeeze().arraySync() ?? []) as number[][];
    tf.dispose([input, output]);
    const things = rows.filter(([, , , , score = 0]) => score > SURE_ENOUGH).map(thing);
    return [...new Set(things.map(({ name }) => name))]
      .flatMap((name) =>
        distinct(
          things.filter((each) => each.name === name),
          SAME,
        ),
      )
      .sort((a, b) => b.score - a.score);
  }

  return { find };
}

/** A row is left, top, right, bottom (in the network's pixels), score, class. */
function thing([left = 0, top = 0, right = 0, bottom = 0, score = 0, kind = 0]: number[]): Thing {
  return {
    left: left / SIDE,
    top: top / SIDE,
    right: right / SIDE,
    bottom: bottom / SIDE,
    score,
    name: COCO[Math.trunc(kind)] ?? 'thing',
  };
}
