import sharp from 'sharp';
import * as tf from '@tensorflow/tfjs';
import { distinct, type Box } from './boxes.ts';
import { COCO } from './coco.ts';
import { loadGraphModel } from './graph-model.ts';

/** Everyday things and people, by SSDLite-MobileNet v2 on the classes of COCO (the model of TensorFlow's coco-ssd). */

export interface Thing extends Box {
  readonly name: string;
}

/** What the network was trained at. */
const SIDE = 300;
/** coco-ssd's own threshold for things; people are missed more readily than made up. */
const SURE_ENOUGH = 0.5;
const PERSON_SURE_ENOUGH = 0.4;
/** Boxes of one kind that share so much are one thing; of two kinds, when they are almost the same box. */
const SAME_OF_KIND = 0.5;
const SAME = 0.8;

export interface ObjectDetector {
  /** Best first; edges 0–1 of the picture's width and height. */
  find(picture: Buffer): Promise<readonly Thing[]>;
}

export async function objectDetector(folder: string): Promise<ObjectDetector> {
  const model = await loadGraphModel(folder, 'coco-ssd.json');

  async function find(picture: Buffer): Promise<readonly Thing[]> {
    const pixels = await sharp(picture)
      .resize(SIDE, SIDE, { fit: 'fill' })
      .flatten()
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer();
    const input = tf.tensor4d(Int32Array.from(pixels), [1, SIDE, SIDE, 3], 'int32');
    const output = await model.executeAsync(input);
    const tensors = Array.isArray(output) ? output : [output];
    const [scores, boxes] = await Promise.all(tensors.map((tensor) => tensor.data()));
    const classes = tensors[0]?.shape[2] ?? 0;
    tf.dispose([input, output]);
    if (scores === undefined || boxes === undefined || classes === 0) throw new Error('coco-ssd gives no scores and boxes');
    return things(scores, boxes, classes);
  }

  return { find };
}

/** `scores`: per box and class, from class 1 on. `boxes`: top, left, bottom, right. */
export function things(scores: ArrayLike<number>, boxes: ArrayLike<number>, classes: number): readonly Thing[] {
  const found: Thing[] = [];
  for (let box = 0; box * 4 < boxes.length; box++) {
    let best = 0;
    for (let kind = 1; kind < classes; kind++)
      if ((scores[box * classes + kind] ?? 0) > (scores[box * classes + best] ?? 0)) best = kind;
    const score = scores[box * classes + best] ?? 0;
    const name = COCO[best + 1] ?? '';
    if (name === '' || score < (name === 'person' ? PERSON_SURE_ENOUGH : SURE_ENOUGH)) continue;
    const [top = 0, left = 0, bottom = 0, right = 0] = [0, 1, 2, 3].map((edge) => boxes[box * 4 + edge]);
    found.push({ name, score, top, left, bottom, right });
  }
  const kinds = [...new Set(found.map(({ name }) => name))];
  const each = kinds.flatMap((kind) =>
    distinct(
      found.filter(({ name }) => name === kind),
      SAME_OF_KIND,
    ),
  );
  return distinct(each, SAME);
}
