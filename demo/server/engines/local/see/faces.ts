import sharp from 'sharp';
import * as tf from '@tensorflow/tfjs';
import { distinct, type Box } from './boxes.ts';
import { loadGraphModel } from './graph-model.ts';

/** Faces, by BlazeFace (back camera, 256 pixels). */

const SIDE = 256;
const SURE_ENOUGH = 0.5;
const SAME = 0.3;
/** Where the network looks: 2 anchors at each point of a 16-pixel grid, 6 at each of a 32-pixel grid, in pixels. */
const ANCHORS: readonly (readonly [x: number, y: number])[] = [
  [16, 2],
  [32, 6],
].flatMap(([step = 0, each = 0]) =>
  Array.from({ length: (SIDE / step) ** 2 * each }, (_, index) => {
    const point = Math.floor(index / each);
    const across = SIDE / step;
    return [step * ((point % across) + 0.5), step * (Math.floor(point / across) + 0.5)] as const;
  }),
);
const FINE = 512;
const COARSE = 384;
/** Numbers of a box: centre offset, size, six points. */
const BOX = 16;

export interface FaceDetector {
  /** Best first; edges 0–1 of the picture's width and height. */
  find(picture: Buffer): Promise<readonly Box[]>;
}

export async function faceDetector(folder: string): Promise<FaceDetector> {
  const model = await loadGraphModel(folder, 'blazeface.json');

  async function find(picture: Buffer): Promise<readonly Box[]> {
    const { width, height } = await sharp(picture).metadata();
    const scale = SIDE / Math.max(width, height);
    const pixels = await sharp(picture)
      .resize(SIDE, SIDE, { fit: 'contain', background: '#000', position: 'left top' })
      .flatten()
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer();
    const [boxes, scores] = tf.tidy(() => {
      const input = tf.sub(tf.div(tf.tensor4d(Float32Array.from(pixels), [1, SIDE, SIDE, 3]), 127.5), 1);
      const output = model.execute(input);
      const all = Array.isArray(output) ? output : [output];
      const both = (numbers: number): tf.Tensor =>
        tf.concat(
          [FINE, COARSE].map((anchors) => shaped(all, anchors, numbers)),
          1,
        );
      return [both(BOX).dataSync(), tf.sigmoid(both(1)).dataSync()];
    });
    const found = ANCHORS.flatMap(([x, y], index): Box[] => {
      const score = scores[index] ?? 0;
      if (score < SURE_ENOUGH) return [];
      const [dx = 0, dy = 0, wide = 0, high = 0] = boxes.slice(index * BOX, index * BOX + 4);
      const [centreX, centreY] = [x + dx, y + dy];
      return [
        {
          left: (centreX - wide / 2) / scale / width,
          top: (centreY - high / 2) / scale / height,
          right: (centreX + wide / 2) / scale / width,
          bottom: (centreY + high / 2) / scale / height,
          score,
        },
      ];
    });
    return distinct(found, SAME);
  }

  return { find };
}

function shaped(tensors: readonly tf.Tensor[], anchors: number, numbers: number): tf.Tensor {
  const found = tensors.find(({ shape }) => shape[1] === anchors && shape[2] === numbers);
  if (found === undefined) throw new Error(`BlazeFace gives no output of ${String(anchors)} × ${String(numbers)}`);
  return found;
}
