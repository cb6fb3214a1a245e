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
/** Below, most are wrong (looked at on a dozen photographs and screens); people are missed more readily than made up. */
const SURE_ENOUGH = 0.35;
const PERSON_SURE_ENOUGH = 0.27;
/** Boxes of one kind that share so much are one thing; of two kinds, when they are almost the same box. */
const SAME_OF_KIND = 0.5;
const SAME = 0.8;

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
    const output = model.execute(input, 'tower_0/detections');
    const tensor = Array.isArray(output) ? output[0] : output;
    const rows = (tensor?.squeeze().arraySync() ?? []) as number[][];
    tf.dispose([input, output]);
    const things = rows.map(thing).filter(({ name, score }) => score > (name === 'person' ? PERSON_SURE_ENOUGH : SURE_ENOUGH));
    const kinds = [...new Set(things.map(({ name }) => name))];
    const each = kinds.flatMap((kind) =>
      distinct(
        things.filter(({ name }) => name === kind),
        SAME_OF_KIND,
      ),
    );
    return distinct(each, SAME);
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
